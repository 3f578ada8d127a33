"""tjqa sources FILE: the tree of a document, named as people name it; what could not be read, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ingest.cleaning.test_templates import HEAD, TAIL, TOWNS, page
from tests.ingest.test_outline import MADE
from tests.support.helpers import FakeEncoder
from tjqa.cli.index import sources
from tjqa.cli.outline import outlines
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError, UsageError

LAW_TREE = [
    "  白鹭县住房补贴办法",
    "    第一章 总则",
    "      第一节 目的",
    "        第一条",
    "        第二条",
    "          (一)购买住房的",
]


@pytest.fixture
def shelf(place: Settings) -> Settings:
    """The small library with a document of each format and one that cannot be read."""
    for name, raw in MADE.items():
        (place.sources / name).write_bytes(raw)
    (place.sources / "坏.txt").write_bytes(b"\x00\x01\x02")
    return place


def printed(capsys: pytest.CaptureFixture[str], place: Settings, *names: str, as_json: bool = False) -> list[str]:
    """What is printed of some documents."""
    capsys.readouterr()
    assert outlines(place, names, as_json) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("indexed", [True, False])
def test_a_document_is_printed_as_a_tree(
    shelf: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str], indexed: bool
) -> None:
    """Indented by levels, each row with its place and size, with an index and without."""
    if indexed:
        build(shelf)
    head, *rows = printed(capsys, shelf, "办法.docx")
    assert head.startswith("办法.docx  1 篇") and head.endswith("DOCX")
    assert [row.rpartition("  第")[0].rstrip() for row in rows[1:6]] == LAW_TREE[1:]
    assert rows[0].startswith(f"{LAW_TREE[0]}  第 1 段  ") and rows[0].endswith("7 段")
    assert rows[5] == "          (一)购买住房的  第 6 段  9 字"


def test_left_out_parts_are_printed_with_reason_and_size(
    shelf: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the index says of the file, the template of its folder and the user's own rules among it."""
    folder = shelf.sources / "网站"
    folder.mkdir()
    for number, town in enumerate(TOWNS):
        (folder / f"{number}.txt").write_text(page(number, town))
    (shelf.sources / ".tjqa-drop").write_text("网站/1.txt: 施工单位介绍*\n")
    build(shelf)
    rows = printed(capsys, shelf, "网站/1.txt")
    assert f"  × 略去：各页重复  第 1 行  {len(HEAD)} 字" in rows
    assert any(row.startswith(f"  {TOWNS[1]}镇道路改造工程完工  2023-05-11  第 3 行  ") for row in rows)
    assert any(row.startswith("  × 略去：自定规则  第 9 行") for row in rows)
    assert rows[-1].startswith(f"  × 略去：各页重复  第 11 行  {len(TAIL)} 字")
    held = next(summary for summary in Engine.open(shelf).sources() if summary.path == "网站/1.txt")
    found = Engine.open(shelf).outline("网站/1.txt")
    assert not found.changed
    assert (found.summary.dropped, found.summary.kept, found.summary.passages) == (
        held.dropped,
        held.kept,
        held.passages,
    )


@pytest.mark.parametrize("name", MADE)
def test_the_sums_are_those_of_the_index(shelf: Settings, encoder: FakeEncoder, name: str) -> None:
    """Of every format: passages, characters kept and left out."""
    build(shelf)
    engine = Engine.open(shelf)
    held = next(summary for summary in engine.sources() if summary.path == name)
    found = engine.outline(name).summary
    assert (found.passages, found.kept, found.dropped, found.articles) == (
        held.passages,
        held.kept,
        held.dropped,
        held.articles,
    )


def test_json_has_a_line_a_node(shelf: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]) -> None:
    """With spans that are slices of the text, and places."""
    build(shelf)
    rows = [json.loads(row) for row in printed(capsys, shelf, "云岭.html", "办法.pdf", "坏.txt", as_json=True)]
    assert rows[-1].keys() == {"file", "skipped"}
    page_rows = [row for row in rows if row["file"] == "云岭.html"]
    text = Engine.open(shelf).view_source("云岭.html").text
    heading = next(row for row in page_rows if row["title"] == "难点")
    assert heading["kind"] == "heading" and heading["level"] > 0 and heading["passages"] == 1
    assert text[heading["start"] :].startswith("难点")
    assert {row["reason"] for row in page_rows if row["kind"] == "left_out"} == {"导航", "页脚"}
    second = next(row for row in rows if row["title"] == "第二章 发放")
    assert second["page"] == "第 2 页" and second["line"] > 5


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("水利/水库.txt", "水利/水库.txt"),
        ("水库", "水利/水库.txt"),
        ("水库.TXT", "水利/水库.txt"),
        ("水利", "水利/水库.txt"),
        ("{folder}/水利/水库.txt", "水利/水库.txt"),
        ("报告", "报告.txt"),
    ],
)
def test_a_document_is_named_by_path_or_part(
    place: Settings, capsys: pytest.CaptureFixture[str], name: str, path: str
) -> None:
    """From the folder, from the disk, by its name, by a part of its path; a whole name goes before parts of others."""
    (place.sources / "报告附件.txt").write_text("附件一份。\n")
    assert printed(capsys, place, name.format(folder=place.sources))[0].startswith(f"{path}  ")


@pytest.mark.parametrize(
    ("name", "said"),
    [("没有", "没有文件叫 没有"), ("", "没有文件叫"), ("../报告", "没有文件叫"), ("\0", "没有"), (".", "可以是")],
)
def test_a_name_that_fits_none_or_several_says_what_to_do(place: Settings, name: str, said: str) -> None:
    """Wrong usage, with the names of some that fit."""
    with pytest.raises(UsageError) as error:
        outlines(place, [name], as_json=False)
    assert said in error.value.what and error.value.hint


def test_unread_files_give_their_reason(
    shelf: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Alone, beside others, in the list of all, and without an index; the others are printed as ever."""
    assert printed(capsys, shelf, "坏.txt")[0].startswith("坏.txt  略过：")
    build(shelf)
    rows = printed(capsys, shelf, "坏.txt", "报告.txt")
    assert rows[0].startswith("坏.txt  略过：") and rows[1].startswith("报告.txt  1 篇")
    capsys.readouterr()
    assert sources(shelf, as_json=False) == 0
    assert "坏.txt  略过：" in capsys.readouterr().out


def test_a_file_that_changed_or_is_new_is_shown_as_it_is(
    place: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """And that is said; one that is gone gives the reason."""
    build(place)
    (place.sources / "报告.txt").write_text("一、新的标题\n\n县里新建了一座图书馆,藏书九十六万册。\n")
    (place.sources / "新.txt").write_text("一、另一标题\n\n县里新建了一座体育馆,座位一千八百个。\n")
    capsys.readouterr()
    assert outlines(place, ["报告.txt", "新.txt"], as_json=False) == 0
    out, err = capsys.readouterr()
    assert "一、新的标题" in out and "一、另一标题" in out
    assert err.count("与索引里的不同") == 2
    (place.sources / "报告.txt").unlink()
    assert printed(capsys, place, "报告.txt")[0].startswith("报告.txt  略过：")


def test_titles_cannot_steer_the_terminal(place: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor write lines of their own."""
    (place.sources / "恶.md").write_text("# 甲\x1b[2J\u202e乙\n\n县里新建了一座图书馆,藏书九十六万册。\n")
    out = "\n".join(printed(capsys, place, "恶.md"))
    assert "\x1b" not in out and "\u202e" not in out and "甲" in out


def test_without_the_folder_it_says_so(place: Settings, tmp_path: Path) -> None:
    """As every command does."""
    with pytest.raises(SourcesError):
        outlines(Settings(tmp_path / "没有", place.embeddings), ["报告"], as_json=False)
