"""tjqa.citations.notebook: what is kept, in which order, whether it still stands, and nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.citations.notebook.library import REPORT, TABLE, kept, library, notebook, quote
from tests.support.helpers import ROOT
from tjqa.citations.notebook import parameters
from tjqa.citations.notebook.excerpt import excerpt_from, row_of
from tjqa.documents import Span
from tjqa.errors import SourcesError, TjqaError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report and a table."""
    return library(tmp_path / "资料")


def test_a_quote_is_kept_with_its_place_topic_and_note(folder: Path) -> None:
    """Read again from the file it is the same; blanks around topic and note go."""
    book = notebook(folder, titled=True)
    excerpt = kept(book, folder, "新增就业5200人", "  就业 \n情况", " 好句\n第二行 ")
    assert book.excerpts() == (excerpt,) == notebook(folder).excerpts()
    assert (excerpt.topic, excerpt.note) == ("就业 情况", "好句\n第二行")
    citation = excerpt.citation
    assert citation.span.of(REPORT) == citation.quote == "新增就业5200人"
    assert (citation.line, citation.column, citation.title) == (2, 3, "甲区《工作》报告")
    assert citation.cut == (True, True)
    assert excerpt.before.endswith("全年") and excerpt.after.startswith(",完成")
    assert excerpt_from(row_of(excerpt)) == excerpt


def test_a_quote_is_kept_once_under_a_topic(folder: Path) -> None:
    """Under another one it may be kept again; the same words of another place are another quote."""
    book = notebook(folder)
    kept(book, folder, "39540", "收入", name="表")
    assert book.add(quote(book, folder, "39540", name="表"), "收入", "又一次") is None
    kept(book, folder, "39540", "别的", name="表")
    kept(book, folder, "39540", "收入", name="表", at=1)
    assert [excerpt.topic for excerpt in book.excerpts()] == ["收入", "收入", "别的"]
    assert book.topics() == ("收入", "别的")
    assert len(book.excerpts("收入")) == 2 and book.excerpts("没有") == ()


def test_only_what_stands_in_the_document_is_kept(folder: Path) -> None:
    """A file that changed or went meanwhile, or a quote that was never there, is refused."""
    book = notebook(folder)
    citation = quote(book, folder, "新开工项目13个")
    (folder / "报告.txt").write_text(REPORT.replace("13个", "14个"), encoding="utf-8")
    with pytest.raises(SourcesError, match="已改动"):
        book.add(citation)
    (folder / "报告.txt").unlink()
    with pytest.raises(SourcesError, match="打不开"):
        book.add(citation)
    with pytest.raises(SourcesError):
        book.cite("没有.txt", Span(0, 1))
    with pytest.raises(SourcesError):
        book.cite("../excerpts.jsonl", Span(0, 1))
    with pytest.raises(SourcesError):
        book.cite("表.txt", Span(0, 10_000))
    with pytest.raises(UsageError):
        book.cite("表.txt", Span(2, 3))  # a tab
    assert book.excerpts() == () and not book.path.exists()


def test_order_topics_and_notes_are_the_readers(folder: Path) -> None:
    """Moved within a topic, past excerpts of others; ends stay ends."""
    book = notebook(folder)
    one, two = kept(book, folder, "5200人", "一"), kept(book, folder, "104%", "二")
    three, four = kept(book, folder, "13.2亿元", "一"), kept(book, folder, "6.5%", "一")

    def quotes() -> list[str]:
        return [excerpt.quote for excerpt in book.excerpts()]

    assert quotes() == ["5200人", "13.2亿元", "6.5%", "104%"]
    book.move(four, -1)
    book.move(four, -1)
    book.move(four, -1)
    assert quotes() == ["6.5%", "5200人", "13.2亿元", "104%"]
    book.move(two, 1)
    book.move(three, 1)
    assert quotes() == ["6.5%", "5200人", "13.2亿元", "104%"]
    assert book.change(one, "二", "新的备注").topic == "二"
    assert quotes() == ["6.5%", "13.2亿元", "104%", "5200人"]
    assert [excerpt.note for excerpt in book.excerpts("二")] == ["", "新的备注"]


def test_what_was_deleted_comes_back_where_it_was(folder: Path) -> None:
    """Also the first one, also when the one before it is gone; a second time nothing happens."""
    book = notebook(folder)
    one, two, three = (kept(book, folder, words) for words in ("5200人", "104%", "13.2亿元"))
    removed = book.remove(two)
    book.put_back(removed)
    book.put_back(removed)
    assert book.excerpts() == (one, two, three)
    first = book.remove(one)
    book.put_back(first)
    assert book.excerpts() == (one, two, three)
    last, middle = book.remove(three), book.remove(two)
    book.put_back(last)
    book.put_back(middle)
    assert book.excerpts() == (one, two, three)
    book.remove(three)
    with pytest.raises(TjqaError, match="不在了"):
        book.change(three, "", "")
    with pytest.raises(TjqaError, match="不在了"):
        book.move(three, 1)


def states(folder: Path, name: str, text: str | None) -> list[str]:
    """What becomes of all excerpts when a file has another text, or none."""
    file = folder / f"{name}.txt"
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8", newline="")
    return [checked.state for checked in notebook(folder).checked()]


def test_a_quote_is_looked_for_again(folder: Path) -> None:
    """Where it stands after lines were put in above it; not after a word of it changed; not in a file that is gone."""
    book = notebook(folder)
    words = "全区完成税收13.2亿元,增长6.5%"
    kept(book, folder, words)
    assert [checked.state for checked in book.checked()] == ["holds"]
    assert states(folder, "报告", REPORT + "又一行\n") == ["holds"]
    assert states(folder, "报告", "新的一行\n" + REPORT) == ["moved"]
    moved = notebook(folder).checked()[0]
    assert moved.is_good and moved.citation.line == 4 and moved.citation.edited
    assert moved.citation.span.of("新的一行\n" + REPORT) == words
    assert states(folder, "报告", REPORT.replace("13.2", "13.3")) == ["changed"]
    assert not notebook(folder).checked()[0].is_good
    assert states(folder, "报告", None) == ["unread"]


@pytest.mark.parametrize(
    ("name", "words", "before", "after", "state"),
    [
        ("报告", "13个", "项目13个", "项目14个,另有13个", "changed"),
        ("报告", "13个", "新开工项目13个", "全年新开工项目13个", "moved"),
        ("表", "39540", "2018\t甲区\t39540", "2018\t甲区\t39541", "changed"),
        ("表", "39540", "年份\t", "表\n年份\t", "moved"),
        ("表", "42110", "2019\t甲区\t42110", "2019\t丙区\t50000\n2020\t甲区\t42110", "changed"),
    ],
)
def test_a_short_quote_is_known_by_what_stands_beside_it(
    folder: Path, name: str, words: str, before: str, after: str, state: str
) -> None:
    """13个 of another sentence and 39540 of another district are not the quote that was kept."""
    kept(notebook(folder), folder, words, name=name)
    text = REPORT if name == "报告" else TABLE
    assert before in text
    assert states(folder, name, text.replace(before, after)) == [state]


SHEET = "指标\t2022年\t2023年\n收入\t36000\t39540\n支出\t26000\t29540\n"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (SHEET + "结余\t10000\t10000\n", "holds"),
        (SHEET.replace("2022", "2024"), "holds"),
        (SHEET.replace("2023", "2024"), "changed"),
        (SHEET.replace("2022年\t2023年", "2023年\t2022年"), "changed"),
        (SHEET.replace("指标\t2022年\t2023年\n", "") + "2022年\t2023年\n", "changed"),
        ("2023年\t收入\n" + SHEET.replace("2023年", "2021年"), "changed"),
    ],
)
def test_a_figure_under_other_heads_is_another_figure(folder: Path, text: str, state: str) -> None:
    """Also where its row is as it was, and the heads stand somewhere."""
    library(folder, 数=SHEET)
    book = notebook(folder)
    excerpt = kept(book, folder, "39540", name="数")
    assert excerpt.citation.heads == ("收入", "2023年")
    assert states(folder, "数", text) == [state]
    if state == "changed":
        with pytest.raises(SourcesError, match="已改动"):
            book.add(excerpt.citation, "又一次")


def test_an_edited_document_is_referred_to_as_it_is_now(folder: Path) -> None:
    """Not by the title and date that it had when the quote was kept."""
    page = "甲区发布新规定\n\n2023-08-22\n\n甲区今年安排专项资金两千万元，支持小微企业发展。\n"
    library(folder, 页=page)
    book = notebook(folder)
    citation = kept(book, folder, "支持小微企业发展", name="页").citation
    assert (citation.title, citation.published) == ("甲区发布新规定", "2023-08-22")
    states(folder, "页", page.replace("新规定", "旧规定").replace("2023", "2019"))
    for now in (book.checked()[0].citation, notebook(folder).checked()[0].citation):
        assert (now.title, now.published) == ("甲区发布旧规定", "2019-08-22")
    again = book.add(citation, "又一次")
    assert again is not None and again.citation.title == "甲区发布旧规定"


def test_lines_that_are_no_excerpts_stay_as_they_are(folder: Path) -> None:
    """Edited by hand, of a newer version, bytes that are no text: a change writes them back unchanged."""
    book = notebook(folder)
    excerpt = kept(book, folder, "5200人")
    good = book.path.read_text("utf-8").strip()
    strange = [
        "不是 JSON",
        json.dumps({"key": "1"}),
        good.replace('"file": "报告.txt"', '"file": "../外.txt"'),
        good.replace('"quote": "5200人"', '"quote": "5200人啊"'),
        good,  # a copy: the same key twice
        "[" * 100_000,
    ]
    raw = "\n".join([*strange[:4], good, *strange[4:]]).encode() + b"\n\xff\xfe\n\n"
    book.path.write_bytes(raw)
    assert book.excerpts() == (excerpt,)
    book.change(excerpt, "新", "备注")
    lines = book.path.read_bytes().split(b"\n")
    assert [line for line in lines if line and b"\xe5\xa4\x87\xe6\xb3\xa8" not in line] == [
        *(line.encode() for line in strange),
        b"\xff\xfe",
    ]
    assert [one.note for one in book.excerpts()] == ["备注"]


def test_notes_of_any_text_are_read_back(folder: Path) -> None:
    """Line breaks, half characters of a broken terminal, signs that a terminal would obey."""
    book = notebook(folder)
    strange = '行一\n行二\u2028三\x1b[31m\ud800“”\\"'
    kept(book, folder, "5200人", "主\u202e题", strange)
    assert book.excerpts()[0].note == strange
    assert book.path.read_text("utf-8").count("\n") == 1
    assert "\x1b" not in book.path.read_text("utf-8")
    kept(book, folder, "104%", "长" * 1000, "长" * 10_000)
    long = book.excerpts()[-1]
    assert len(long.note) == parameters.MOST_NOTE and len(long.topic) == parameters.MOST_TOPIC


ADD = """
import sys
from pathlib import Path
from tests.citations.notebook.library import kept, notebook
folder, start = Path(sys.argv[1]), int(sys.argv[2])
book = notebook(folder)
for number in range(start, start + 15):
    kept(book, folder, "5200人", f"主题{number}")
"""


@pytest.mark.slow
def test_two_programs_lose_nothing_of_each_other(folder: Path) -> None:
    """Both add at the same time; every excerpt of both is there, each on a line of its own."""
    command = [sys.executable, "-c", ADD, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen([*command, start], cwd=ROOT, env=environment) for start in ("0", "15", "30")]
    assert [process.wait(120) for process in running] == [0, 0, 0]
    assert {excerpt.topic for excerpt in notebook(folder).excerpts()} == {f"主题{number}" for number in range(45)}


def test_a_change_of_another_program_is_waited_for_and_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes milliseconds; one that holds on is told of."""
    from filelock import FileLock

    monkeypatch.setattr(parameters, "WAIT", 0.1)
    book = notebook(folder)
    excerpt = kept(book, folder, "5200人")
    with FileLock(f"{book.path}.lock"), pytest.raises(TjqaError, match="另一个程序"):
        book.remove(excerpt)
    assert book.excerpts() == (excerpt,)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_notebook_that_cannot_be_written_is_told(folder: Path) -> None:
    """The folder is read only; what was there stays."""
    book = notebook(folder)
    kept(book, folder, "5200人")
    book.path.parent.chmod(0o500)
    try:
        with pytest.raises(TjqaError, match="写不了"):
            kept(book, folder, "104%")
    finally:
        book.path.parent.chmod(0o700)
    assert len(book.excerpts()) == 1


def test_what_is_no_file_is_not_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in its place, a file too large: told, and never written over."""
    book = notebook(folder)
    book.path.mkdir()
    with pytest.raises(TjqaError, match="读不了"):
        book.excerpts()
    with pytest.raises(TjqaError):
        kept(book, folder, "5200人")
    book.path.rmdir()
    kept(book, folder, "5200人")
    monkeypatch.setattr(parameters, "MOST_BYTES", book.path.stat().st_size + 10)
    with pytest.raises(TjqaError, match="太大"):  # grown by one more it could not be read again
        kept(book, folder, "104%")
    assert [one.quote for one in book.excerpts()] == ["5200人"]
    monkeypatch.setattr(parameters, "MOST_BYTES", 10)
    before = book.path.read_bytes()
    with pytest.raises(TjqaError, match="太大"):
        kept(book, folder, "104%")
    assert book.path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_planted_link_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    """In the place of the lock: a folder that was downloaded may bring one along."""
    own = tmp_path / "重要.txt"
    own.write_text("重要", "utf-8")
    book = notebook(folder)
    book.path.with_name(f"{book.path.name}.lock").symlink_to(own)
    with pytest.raises(TjqaError, match="写不了"):
        kept(book, folder, "5200人")
    assert own.read_text("utf-8") == "重要"
