"""tjqa.citations: export_reading, verification: a genuine export holds, whatever else is named with its line."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.forgeries import as_old, edited, resealed
from tests.support.helpers import DOCUMENTS, FakeEncoder, Finished
from tjqa import engine
from tjqa.citations.documents_now import DocumentsNow, ReadDocument
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_reading import load_export, read_export
from tjqa.citations.verification import Verification, check_export, verify
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine, build
from tjqa.errors import UsageError
from tjqa.index.filters import Filter
from tjqa.ingest.sources import read_source
from tjqa.results import Answer

TODAY = date(2026, 11, 24)
Run = Callable[..., Finished]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """Answers of a library like the small one, which holds a file with CRLF and one in GB18030; asked once, for they
    hold no place but those in the documents."""
    folder, fake = tmp_path_factory.mktemp("asked"), FakeEncoder()
    place = Settings(folder / "资料", folder / "embeddings")
    for name, raw in DOCUMENTS.items():
        path = place.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Settings, "encoder_dir", None)
        patch.setattr(engine, "load_encoder", lambda asked, folder: fake)
        patch.setattr(engine, "model_name", lambda asked, folder: fake.name)
        engine.build(place)
        opened = Engine.open(place)
        found = [opened.ask(q) for q in ("石桥水库总库容多少", "锅温多少度", "新增就业多少人")]
        found.append(opened.ask("锅温", filters=[Filter("file", "水库")]))
    assert all(answer.citations for answer in found) and any(answer.best for answer in found)
    return found


@pytest.fixture
def answers(asked: list[Answer], library: Settings) -> list[Answer]:
    """Answers of the small library."""
    return list(asked)


def told(text: str, library: Path | DocumentsNow) -> list[str]:
    """What is said against an export, each with its line."""
    documents = library if isinstance(library, DocumentsNow) else DocumentsNow(library)
    return [f"{fault.line}: {fault.reason.text()}" for fault in verify(read_export(text), documents).faults]


def line_with(text: str, part: str, start: int = 0) -> int:
    """The number of the first line after `start` others that holds `part`."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if n > start and part in line)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("age", ["new", "old"])
def test_a_genuine_export_holds(form: str, age: str, answers: list[Answer], library: Settings) -> None:
    """Every quote is read back and holds; one changed character of it is found, and only there."""
    text = export(answers, form, TODAY)
    text = as_old(text, form) if age == "old" else text
    found = check_export(read_export(text), library.sources)
    count = sum(len(a.best) + len(a.citations) for a in answers)
    assert found == Verification(count, count, (), (), age == "new")
    quote = answers[0].citations[0].quote
    wrong = check_export(read_export(text.replace(quote[3:9], "错" + quote[4:9])), library.sources)
    assert 0 < wrong.quotes - wrong.kept < count


@pytest.mark.parametrize("form", FORMATS)
def test_honest_editors_change_nothing(form: str, answers: list[Answer], library: Settings) -> None:
    """CRLF, a byte-order mark, trailing blanks added and taken away, newlines at the end, JSON laid out otherwise."""
    for variant in edited(export(answers, form, TODAY), form, random.Random(4)):
        assert told(variant.text, library.sources) == [], variant.what


def forged(text: str, old: str, new: str) -> str:
    """A text with the first occurrence of something replaced, sealed again by the forger when it is Markdown."""
    assert old in text
    return resealed(text.replace(old, new, 1), "json" if text.startswith("{") else "md")


def test_what_markdown_hid(answers: list[Answer], library: Settings) -> None:
    """A forged quote is seen though its place line ends in blanks or its hash is in capitals."""
    text = export(answers, "md", TODAY)
    cited = answers[0].citations[0]
    lie = forged(text, "    > " + cited.quote[:5], "    > 谎言" + cited.quote[2:5])
    assert any("引文与文件" in why for why in told(lie, library.sources))
    for end in (" ", "  ", "\t"):
        assert told(lie.replace(cited.sha256, cited.sha256 + end), library.sources) == told(lie, library.sources)
    assert told(forged(text, cited.sha256, cited.sha256.upper()), library.sources)


@pytest.mark.parametrize(
    "line", ["\t谎言", "   谎言", ">谎言", "> 谎言", "    >谎言", "谎言", "    > 谎言", "\u200b", "## "]
)
def test_a_line_more_is_named(line: str, answers: list[Answer], library: Settings) -> None:
    """Wherever it is put, and though the digest is made to fit."""
    lines = export(answers, "md", TODAY).split("\n")
    documents = DocumentsNow(library.sources)
    for at in range(len(lines) - 1):
        changed = [*lines[:at], line, *lines[at:]]
        assert told(resealed("\n".join(changed), "md"), documents), (at, line)


def test_a_line_less_is_named(answers: list[Answer], library: Settings) -> None:
    """Every line of an export is needed, blank ones, too."""
    lines = export(answers, "md", TODAY).split("\n")[:-1]
    documents = DocumentsNow(library.sources)
    for at in range(len(lines)):
        assert told("\n".join(lines[:at] + lines[at + 1 :]), documents), lines[at]


FORGED_VALUES = {
    "title": "另一个题名",
    "section": "另一章",
    "published": "1999-01-01",
    "cut": True,
    "publisher": "某报",
    "reporter": "某人",
    "line": 99,
    "column": 99,
    "place": "第 9 页",
    "byte_start": 1,
    "byte_end": None,
    "reference": "另一条.",
    "number": 7,
    "unchanged": False,
    "sha256": "0" * 64,
    "start": 1.0,
    "end": 10**9,
    "file": "茶叶.md",
    "quote": "谎言",
    "score": 1.5,
}


@pytest.mark.parametrize("name", FORGED_VALUES)
@pytest.mark.parametrize("role", ["best", "citations"])
def test_every_field_of_json_is_checked(name: str, role: str, answers: list[Answer], library: Settings) -> None:
    """Each is compared with the documents and named with its own line, though the digest is made to fit."""
    records = json.loads(export(answers, "json", TODAY))
    record = records["answers"][0][role][0]
    assert record.keys() == FORGED_VALUES.keys()
    record[name] = FORGED_VALUES[name]
    text = resealed(json.dumps(records, ensure_ascii=False, indent=2), "json")
    found = check_export(read_export(text), library.sources)
    if name == "sha256":  # a changed file is told, the quote is where it was
        assert found.faults or found.changed == (record["file"],)
        return
    first = line_with(text, f'"{role}"')
    lines = {line_with(text, part, first) for part in (f'"{name}"', '"number"')}
    assert lines & {fault.line for fault in found.faults}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda a: a["best"].pop(), "answer"),
        (lambda a: a.update(answer="谎言"), "answer"),
        (lambda a: a.update(state="weak"), "state"),
        (lambda a: a["citations"].reverse(), "编号"),
        (lambda a: a["citations"].append(a["citations"][0]), "已经列过"),
        (lambda a: a["best"][0].update(number=2), "引文里"),
        (lambda a: a.update(extra=1), "extra"),
        (lambda a: a.pop("filters"), "filters"),
    ],
)
def test_answers_of_json_fit_together(
    change: Callable[[Any], object], said: str, answers: list[Answer], library: Settings
) -> None:
    """The answer is its sentences, each of which stands in the citation it names; nothing more, nothing less."""
    records = json.loads(export(answers, "json", TODAY))
    change(next(answer for answer in records["answers"] if answer["best"] and len(answer["citations"]) > 1))
    text = resealed(json.dumps(records, ensure_ascii=False, indent=2), "json")
    assert said in " ".join(told(text, library.sources))


def test_a_key_twice_is_no_export(answers: list[Answer]) -> None:
    """Two readers could see two different values."""
    text = export(answers, "json", TODAY)
    with pytest.raises(UsageError):
        read_export(text.replace('"question"', '"question": "谎言",\n "question"', 1))


def test_a_changed_digest_or_count_is_named(answers: list[Answer], library: Settings) -> None:
    """What no document tells is covered by the digest: the question, the score."""
    for form in FORMATS:
        text = export(answers, form, TODAY)
        assert any("校验" in why for why in told(text.replace("石桥水库总库容", "石桥水库面积"), library.sources))
    text = export(answers, "md", TODAY)
    count = sum(len(a.best) + len(a.citations) for a in answers)
    assert told(forged(text, f"{count} 处引文", f"{count + 1} 处引文"), library.sources) == [
        f"1: quotes 写的是 {count + 1}，实有 {count}。"
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_file_is_named_with_what_became_of_the_quote(
    form: str, answers: list[Answer], library: Settings
) -> None:
    """Moved, gone, the file gone: each is told apart; other files are not blamed."""
    read = read_export(export(answers, form, TODAY))
    report = library.sources / "报告.txt"
    report.write_text("新的一行\n" + report.read_text("utf-8"), "utf-8")
    (library.sources / "茶叶.md").write_text("完全换了内容。", "utf-8")
    (library.sources / "水利" / "水库.txt").unlink()
    said = {"报告.txt": "这句话现在在第", "茶叶.md": "找不到这句话了", "水利/水库.txt": "不在资料文件夹里"}
    found = check_export(read, library.sources)
    assert found.kept == 0 and found.changed == ()
    assert {fault.quote.path for fault in found.faults if fault.quote} == said.keys()
    for fault in found.faults:
        assert fault.quote is not None and said[fault.quote.path] in fault.reason.text()


def test_a_change_elsewhere_leaves_the_quote_in_place(answers: list[Answer], library: Settings) -> None:
    """The quote holds, the file is not the same any more, and is named."""
    with (library.sources / "报告.txt").open("a", encoding="utf-8") as file:
        file.write("后来添的一行。\n")
    found = check_export(read_export(export(answers, "json", TODAY)), library.sources)
    assert found.faults == () and found.changed == ("报告.txt",)


def test_paths_of_an_export_open_nothing_outside(answers: list[Answer], library: Settings, tmp_path: Path) -> None:
    """An export may come from anyone: only documents of the library are read."""
    (tmp_path / "秘密.txt").write_text("秘密内容", "utf-8")
    for path in ("../秘密.txt", str(tmp_path / "秘密.txt"), "/etc/passwd", "", "."):
        records = json.loads(export(answers, "json", TODAY))
        records["answers"][0]["citations"][0] |= {"file": path, "start": 0, "end": 4, "quote": "秘密内容"}
        text = resealed(json.dumps(records), "json")
        assert any("不在资料文件夹里" in why for why in told(text, library.sources))


@pytest.mark.parametrize(
    "text",
    ["", "# 别的文稿\n> 引文\n", "{}", '{"answers": [{"question": 1}]}', "{坏", "question,role,x\n1,2,3\n", "question,",
     '{"answers": [{"question": "问", "best": [], "citations": [{"start": 5, "end": 1}]}]}', "[" * 9999, "{" * 9999,
     '{"a":' * 99999],
)  # fmt: skip
def test_what_is_no_export_is_told(text: str) -> None:
    """Another file, a damaged one: one sentence, no traceback."""
    with pytest.raises(UsageError):
        read_export(text)


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe is not waited for, a folder and a device are not read, a huge file is measured first."""
    pipe, huge = tmp_path / "管.md", tmp_path / "大.md"
    os.mkfifo(pipe)
    with huge.open("wb") as file:
        file.truncate(2**31)
    for path, said in ((pipe, "普通文件"), (tmp_path, "普通文件"), (Path("/dev/zero"), "普通文件"), (huge, "MB")):
        with pytest.raises(UsageError, match=said):
            load_export(path)


def test_exit_codes(tjqa: Run, documents: Path, tmp_path: Path, answers: list[Answer]) -> None:
    """0 all hold, 1 some do not and are named with their line, 2 no export, 3 no documents."""
    path = tmp_path / "e.md"
    path.write_bytes(export(answers, "md", TODAY).encode())
    good = tjqa("verify", str(path))
    assert good.code == 0 and good.out == "" and "处与原文相符。" in good.err and "无从与原文核对" in good.err
    path.write_bytes(as_old(export(answers, "md", TODAY), "md").encode())
    assert "没有自身的校验" in tjqa("verify", str(path)).err and "没有自身的校验" not in good.err
    (documents / "茶叶.md").write_text("换了\x1b[31m", "utf-8")
    bad = tjqa("verify", str(path))
    assert bad.code == 1 and "茶叶.md:" in bad.out and "找不到这句话了" in bad.out and "\x1b" not in bad.out
    assert tjqa("verify", str(tmp_path / "没有.md")).code == 2
    (tmp_path / "x.md").write_bytes(b"\xff\xfe")
    assert tjqa("verify", str(tmp_path / "x.md")).code == 2
    assert tjqa("verify", str(path), sources=tmp_path / "没有").code == 3


def test_thousands_of_faults_are_counted_not_listed(tjqa: Run, tmp_path: Path, answers: list[Answer]) -> None:
    """A wrong folder would fill the screen."""
    path = tmp_path / "e.json"
    path.write_text(export(answers * 40, "json", TODAY), "utf-8")
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "甲.txt").write_text("别的文字。", "utf-8")
    bad = tjqa("verify", str(path), sources=tmp_path / "别处")
    assert bad.code == 1 and "没有列出" in bad.out and len(bad.out.splitlines()) < 200


SITE = "滨河新区门户网站欢迎您\n\n{title}\n2023-08-2{day} 来源:滨河日报\n\n{body}\n\n版权所有 滨河新区管理委员会\n"


def test_titles_that_only_the_folder_tells(place: Settings, encoder: FakeEncoder) -> None:
    """Pages that share a slogan have their headline below it; what the cleaner would drop is cited where it is kept."""
    for day in range(1, 7):
        body = f"滨河新区今年建成第{day}座公园,总面积1{day}.5公顷,种了{day}千棵树,修了八公里步道,市民都说好。"
        text = SITE.format(title=f"滨河新区建成第{day}座公园", day=day, body=body)
        (place.sources / f"页{day}.txt").write_text(text, "utf-8")
    (place.sources / ".tjqa-keep").write_text("页1.txt\n", "utf-8")
    build(place)
    engine = Engine.open(place)
    passages = [engine.ask(q, 20) for q in ("第3座公园总面积多少公顷", "版权所有", "门户网站欢迎您")]
    assert {c.title for a in passages for c in a.citations} >= {"滨河新区建成第3座公园"}
    for form in FORMATS:
        assert told(export(passages, form, TODAY), place.sources) == []
    (place.sources / ".tjqa-keep").unlink()
    (place.sources / ".tjqa-drop").write_text("*: 滨河新区建成*\n", "utf-8")
    assert told(export(passages, "json", TODAY), place.sources) == []
    build(place)
    again = [Engine.open(place).ask("第3座公园总面积多少公顷", 20)]
    assert {c.title for c in again[0].citations} & {"滨河新区建成第3座公园"} == set()
    assert told(export(again, "json", TODAY), place.sources) == []


def test_citations_are_those_the_library_makes(answers: list[Answer], library: Settings) -> None:
    """What is worked out from the files is what was shown, field by field."""
    documents = DocumentsNow(library.sources)
    for cited in answers[0].citations:
        document = documents.read(cited.path)
        (again, *_) = documents.citations(document, cited.number, cited.span)  # type: ignore[arg-type]
        for name in ("sha256", "span", "line", "column", "quote", "title", "section", "byte_range", "published"):
            assert getattr(again, name) == getattr(cited, name)


def test_json_quotes_are_exact(place: Settings, encoder: FakeEncoder) -> None:
    """In JSON no editor touches the inside of a quote: not even blanks at the end of its lines may differ."""
    text = (
        "石桥水库的管理\r\n\r\n石桥水库总库容四千万立方米,  \r\n大坝高八十米,灌溉农田六万亩。 \t\r\n"
        "值班人员在调度中心看水位,水位超过时放水。\r\n"
    )
    (place.sources / "空白.txt").write_text(text, "utf-8", newline="")
    build(place)
    answer = Engine.open(place).ask("石桥水库总库容四千万立方米 大坝高八十米", 20)
    cited = [c for c in answer.citations if "  \r\n" in c.quote]
    assert cited
    for form in FORMATS:
        assert told(export([answer], form, TODAY), place.sources) == []
    for old, new in (("  \\r\\n", "\\r\\n"), ("  \\r\\n", "  \\n")):
        assert told(forged(export([answer], "json", TODAY), old, new), place.sources)


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2028", "\x1b", "\x0b", "\x85", "\ufeff"])
def test_markdown_holds_no_hidden_signs(sign: str, answers: list[Answer], library: Settings) -> None:
    """Not in the question either, where nothing else would tell: what was exported shows them."""
    text = as_old(export(answers, "md", TODAY), "md")
    assert told(text, library.sources) == []
    assert told(text.replace("## 石桥", f"## 石{sign}桥"), library.sources)


@pytest.mark.parametrize("form", ["md", "json"])
def test_a_document_that_repeats_itself_is_searched_to_its_end(
    form: str, answers: list[Answer], library: Settings
) -> None:
    """A quote of the same line again and again, but for its last: to try every line in turn takes minutes."""
    lines = "滨河新区\n" * 160_000
    (library.sources / "报告.txt").write_text(lines, "utf-8")
    cited = next(c for answer in answers for c in answer.citations if c.path == "报告.txt")
    long = replace(cited, quote=lines[: len(lines) // 2] + "乙", span=Span(0, len(lines) // 2 + 1), marks=(), also=())
    answer = replace(answers[0], state="weak", best=(), citations=(replace(long, number=1),))
    assert any("找不到这句话了" in why for why in told(export([answer], form, TODAY), library.sources))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("words", ["215人", "就业3", "4%以内", "失业率控制在3", "增长7", "5亿元"])
def test_no_part_of_a_number_is_a_quote(words: str, form: str, answers: list[Answer], library: Settings) -> None:
    """Though it stands there, with … at its ends and all else worked out anew: it says another number."""
    answer = next(one for one in answers if one.best and one.best[0].path == "报告.txt")
    source = read_source(library.sources, library.sources / "报告.txt")
    at = source.text.index(words)
    documents = DocumentsNow(library.sources)
    held = documents.read("报告.txt")
    assert isinstance(held, ReadDocument)
    number = answer.best[0].number
    forged = next(iter(documents.citations(held, number, Span(at, at + len(words)))))
    passage = next(iter(documents.citations(held, number, Span(at - 9, at + len(words) + 9))))
    passages = tuple(replace(one, number=n) for n, one in enumerate([passage, *answer.citations[1:]], 1))
    text = export([replace(answer, best=(replace(forged, number=1),), citations=passages)], form, TODAY)
    assert any("把一个数从中间断开" in one for one in told(text, documents))
