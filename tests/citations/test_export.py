"""tjqa.citations: export, gbt7714, verification: what is kept can be checked again, and every change is noticed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder, Finished
from tjqa.citations.export import FORMATS, export, markdown, read_export
from tjqa.citations.gbt7714 import reference
from tjqa.citations.verification import claims_of, verify
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine
from tjqa.errors import UsageError
from tjqa.index.filters import Filter
from tjqa.messages import message
from tjqa.results import Answer, Citation

TODAY = date(2026, 11, 24)
Run = Callable[..., Finished]
PAGE = Citation(1, "a.txt", "0" * 64, Span(0, 2), 1, 1, "引文", "题名", "2023-08-22", 0.5)


@pytest.fixture
def answers(library: Settings, encoder: FakeEncoder) -> list[Answer]:
    """Answers of the small library, which holds a file with CRLF and one in GB18030."""
    engine = Engine.open(library)
    asked = [engine.ask(q) for q in ("石桥水库总库容多少", "锅温多少度", "新增就业多少人")]
    asked.append(engine.ask("锅温", filters=[Filter("file", "水库")]))
    assert all(answer.citations for answer in asked)
    return asked


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_be_checked_again(form: str, answers: list[Answer], library: Settings, tmp_path: Path) -> None:
    """Every quote, the answering sentences included, is read back and holds; one changed character is found."""
    path = tmp_path / f"e.{form}"
    path.write_bytes(export(answers, form, TODAY).encode())
    claims = claims_of(path)
    assert len(claims) == sum(len(a.best) + len(a.citations) for a in answers)
    assert [f.fault for f in verify(library.sources, claims)] == [None] * len(claims)
    assert {claim.question for claim in claims} >= {"石桥水库总库容多少"}
    wrong = replace(claims[0], quote=claims[0].quote.replace(claims[0].quote[5], "错"))
    assert [bool(f.fault) for f in verify(library.sources, [wrong, claims[1]])] == [True, False]


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_file_is_named_with_what_became_of_the_quote(
    form: str, answers: list[Answer], library: Settings
) -> None:
    """Moved, gone, the file gone: each is told apart; other files are not blamed."""
    claims = read_export(export(answers, form, TODAY))
    report = library.sources / "报告.txt"
    report.write_text("新的一行\n" + report.read_text("utf-8"), "utf-8")
    (library.sources / "茶叶.md").write_text("完全换了内容。", "utf-8")
    (library.sources / "水利" / "水库.txt").unlink()
    said = {"报告.txt": "这句话现在在第", "茶叶.md": "找不到这句话了", "水利/水库.txt": "不在资料文件夹里"}
    assert {claim.path for claim in claims} == said.keys()
    for finding in verify(library.sources, claims):
        assert said[finding.claim.path] in finding.fault.text() and not finding.is_same_file


def test_a_change_elsewhere_leaves_the_quote_in_place(answers: list[Answer], library: Settings) -> None:
    """The quote holds, the file is not the same any more."""
    claims = [c for c in read_export(export(answers, "json", TODAY)) if c.path == "报告.txt"]
    with (library.sources / "报告.txt").open("a", encoding="utf-8") as file:
        file.write("后来添的一行。\n")
    assert {(f.fault, f.is_same_file) for f in verify(library.sources, claims)} == {(None, False)}


def test_paths_of_an_export_open_nothing_outside(answers: list[Answer], library: Settings, tmp_path: Path) -> None:
    """An export may come from anyone: only documents of the library are read."""
    (tmp_path / "秘密.txt").write_text("秘密内容", "utf-8")
    claim = read_export(export(answers, "json", TODAY))[0]
    for path in ("../秘密.txt", str(tmp_path / "秘密.txt"), "/etc/passwd", "", "."):
        (finding,) = verify(library.sources, [replace(claim, path=path, span=Span(0, 4), quote="秘密内容")])
        assert finding.fault == message("quote_no_file")


@pytest.mark.parametrize(
    "text",
    ["", "# 别的文稿\n> 引文\n", "{}", '{"answers": [{"question": 1}]}', "{坏", "question,role,x\n1,2,3\n",
     '{"answers": [{"question": "问", "best": [], "citations": [{"start": 5, "end": 1}]}]}', "[" * 9999, "{" * 9999],
)  # fmt: skip
def test_what_is_no_export_is_told(text: str) -> None:
    """Another file, a damaged one: one sentence, no traceback."""
    with pytest.raises(UsageError):
        read_export(text)


def test_exit_codes(tjqa: Run, documents: Path, tmp_path: Path, answers: list[Answer]) -> None:
    """0 all hold, 1 some do not and are named, 2 no export, 3 no documents."""
    path = tmp_path / "e.md"
    path.write_bytes(export(answers, "md", TODAY).encode())
    good = tjqa("verify", str(path))
    assert good.code == 0 and good.out == "" and "处与原文相符。" in good.err
    (documents / "茶叶.md").write_text("换了\x1b[31m", "utf-8")
    bad = tjqa("verify", str(path))
    assert bad.code == 1 and "茶叶.md:" in bad.out and "找不到这句话了" in bad.out and "\x1b" not in bad.out
    assert tjqa("verify", str(tmp_path / "没有.md")).code == 2
    (tmp_path / "x.md").write_bytes(b"\xff\xfe")
    assert tjqa("verify", str(tmp_path / "x.md")).code == 2
    assert tjqa("verify", str(path), sources=tmp_path / "没有").code == 3


def test_markdown_steers_no_terminal_and_is_still_checkable() -> None:
    """Controls, bidi and markup of a document are shown as signs, one for one."""
    hostile = replace(PAGE, quote="\x1b[31m红\r\n第二行\u202e", title="\u202e题\n目", path="[/]\x07.txt")
    text = markdown(Answer("问\x1b", "weak", 0.1, (), (hostile,), 0.0), TODAY)
    assert not set(text) & set("\x1b\x07\u202e\r") and "红" in text
    (claim,) = read_export(text)
    assert claim.path == "[/]·.txt" and claim.quote == "·[31m红·\n第二行·" and claim.is_shown


def test_csv_computes_nothing_and_loses_nothing() -> None:
    """What looks like a formula is text; quotes with commas, quotation marks, line ends come back as they are."""
    quotes = ["=1+1", "'=1", "-3,5", '他说"好"\r\n', "@x", "+", "\t表", "plain"]
    text = export([Answer("=cmd()", "weak", 0, (), tuple(replace(PAGE, quote=q) for q in quotes), 0)], "csv", TODAY)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert all(row["question"] == "'=cmd()" for row in rows)
    assert not any(row["quote"].startswith(("=", "+", "-", "@", "\t")) for row in rows)
    assert [claim.quote for claim in read_export(text)] == quotes


def test_json_holds_every_field(answers: list[Answer]) -> None:
    """Raw slices, filters, references."""
    record = json.loads(export(answers, "json", TODAY))["answers"][-1]
    assert record["filters"] == ["文件:水库"] and record["citations"][0]["file"] == "水利/水库.txt"
    assert {"sha256", "line", "column", "title", "published", "reference"} <= record["citations"][0].keys()


@pytest.mark.parametrize(
    ("reporter", "publisher", "published", "expected"),
    [
        ("张三 李四", "某日报", "2023-08-22", "张三, 李四. 题名[EB/DK]. 某日报, 2023-08-22[2026-11-24]. a.txt."),
        (None, "某日报", None, "题名[EB/DK]. 某日报[2026-11-24]. a.txt."),
        (None, None, "2023-08-22", "题名[EB/DK]. (2023-08-22)[2026-11-24]. a.txt."),
        ("甲、乙、丙、丁", None, None, "甲, 乙, 丙, 等. 题名[EB/DK]. [2026-11-24]. a.txt."),
    ],
)
def test_references(reporter: str | None, publisher: str | None, published: str | None, expected: str) -> None:
    """What a page does not say is left out."""
    cited = replace(PAGE, reporter=reporter, publisher=publisher, published=published)
    assert reference(cited, TODAY) == expected
