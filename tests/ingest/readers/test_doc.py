"""Binary Word files: text, tables, notes, what is hidden; files of another program; damaged and hostile ones."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.support.compound import (
    CELL,
    DELETED,
    HIDDEN,
    RAISED,
    ROW,
    SPECIAL,
    STRUCK,
    as_doc,
    as_xls,
    compound,
    row_edges,
    sprm,
)  # fmt: skip
from tests.support.formats import as_docx, as_html
from tjqa.documents import DocumentKind, Merged
from tjqa.errors import SourcesError
from tjqa.ingest.readers import doc, extract
from tjqa.ingest.readers.word97.summary import title_in

DATA = Path(__file__).parents[2] / "data" / "formats"


def test_a_picture_within_a_number() -> None:
    """Leaves a mark: nobody knows the number."""
    text = ["面积1\x015公顷。"]
    assert doc.read(as_doc(text, [(0, 3, b""), (3, 4, SPECIAL), (4, 8, b"")]), "a.doc").text == "面积1〓5公顷。\n"
    assert doc.read(as_doc(text), "a.doc").text == "面积15公顷。\n"  # no picture, though its sign


def test_paragraphs() -> None:
    """A line a paragraph, in either width of characters, those beyond the first 65,536 too; breaks are lines."""
    found = doc.read(as_doc(["关于修路的通知", "第一条\x0b文字\x1e甲。", "𠮷野家。"]), "通知.doc")
    assert found.text == "关于修路的通知\n第一条\n文字-甲。\n𠮷野家。\n"
    assert [mark.name for mark in found.landmarks] == ["第 1 段", "第 2 段", "第 3 段"]
    assert (found.kind, found.encoding) == (DocumentKind.DOCUMENT, "DOC")
    assert doc.read(as_doc(["Water 12.5 m", "café"], narrow=True), "a.doc").text == "Water 12.5 m\ncafé\n"


def test_runs() -> None:
    """Hidden and deleted text is not shown, raised figures are no other numbers."""
    runs = [(0, 2, b""), (2, 3, RAISED), (3, 5, b""), (5, 7, HIDDEN), (7, 9, DELETED), (9, 12, b"")]
    assert doc.read(as_doc(["104平方隐藏删除米。"], runs), "a.doc").text == "10⁴平方米。\n"
    moved = [(0, 2, b""), (2, 3, sprm(0x4845, 12, 2)), (3, 4, b""), (4, 5, sprm(0x4845, 0x10000 - 6, 2)), (5, 6, b"")]
    assert doc.read(as_doc(["104平2米"], moved), "a.doc").text == "10⁴平₂米\n"
    struck = [(0, 2, b""), (2, 5, STRUCK), (5, 9, b"")]
    assert doc.read(as_doc(["原价199现价。"], struck), "a.doc").text == "原价~~199~~现价。\n"


def test_fields() -> None:
    """Their result, not their code; a field within a field too."""
    text = "见\x13 REF a \x13 PAGE \x14 9\x15 \\h \x14第三条\x15。"
    assert doc.read(as_doc([text]), "a.doc").text == "见第三条。\n"


def test_tables() -> None:
    """A row a line; cells over several columns, and over several rows, are one."""
    wide = ROW + row_edges(0, 1000, 3000, below=[3]) + sprm(0x3404, 1, 1)
    full, below = ROW + row_edges(0, 1000, 2000, 3000), ROW + row_edges(0, 1000, 2000, 3000, below=[1])
    rows = [
        ("地区\x07", CELL), ("收入\x07", CELL), ("\x07", wide),
        ("\x07", CELL), ("2022年\x07", CELL), ("2023年\x07", CELL), ("\x07", below),
        ("云岭县\x07", CELL), ("3.5\r", CELL), ("亿\x07", CELL), ("4.1\x07", CELL), ("\x07", full),
    ]  # fmt: skip
    found = doc.read(as_doc(["表一", *rows, "完。"]), "a.doc")
    assert found.text == "表一\n地区\t收入\n2022年\t2023年\n云岭县\t3.5 亿\t4.1\n完。\n"
    sheet = found.tables[0]
    assert (sheet.head, sheet.leads) == (1, (0, 1, 0))
    assert set(sheet.merged) == {Merged(0, 1, 1, 2), Merged(0, 0, 2, 1)}
    joined = row_edges(0, 1000, 2000, 3000).replace(bytes(20) * 3, b"\1" + bytes(19) + b"\2" + bytes(39))
    rows = [("地区\x07", CELL), ("99\x07", CELL), ("收入\x07", CELL), ("\x07", ROW + joined)]
    assert doc.read(as_doc([*rows, "完。"]), "a.doc").text == "地区\t\t收入\n完。\n"


def test_footnotes() -> None:
    """Marks in the text, the notes after it."""
    found = doc.read(
        as_doc(["水位\x02下降。"], [(0, 2, b""), (2, 3, SPECIAL), (3, 7, b"")], notes=["见附表。"]), "a.doc"
    )
    assert found.text == "水位¹下降。\n¹见附表。\n"
    assert found.landmarks[-1].name == "脚注 1"


def test_a_file_of_another_program() -> None:
    """As LibreOffice writes it: headings by style, counted paragraphs, a table, a footnote, the title."""
    found = doc.read((DATA / "libreoffice.doc").read_bytes(), "办法.doc")
    lines = ["第一章 总则", "第一条 面积10⁴平方米¹。", "第二条 二氧化碳CO₂。", "第二章 附则", "年份\t收入", "2021\t3.5"]
    assert found.text.split("\n")[:-1] == [*lines, "¹ 注文。"]
    headings = [(mark.span.of(found.text), mark.level) for mark in found.headings]
    assert headings == [("第一章 总则", 1), ("第二章 附则", 1)]
    assert found.title == "云岭县管理办法" and len(found.tables) == 1


@pytest.mark.parametrize(
    ("raw", "encoding"), [(as_docx("文字"), "DOCX"), (as_html("文字"), "HTML UTF-8")], ids=["docx", "page"]
)
def test_other_formats_under_this_name(raw: bytes, encoding: str) -> None:
    """Word opens them by what they are."""
    found = extract(raw, "导出.doc")
    assert (found.text.strip(), found.encoding) == ("文字", encoding)


WHOLE = as_doc(["文字。"] * 5)
HEAD = WHOLE.index(struct.pack("<HH", 0xA5EC, 0xC1))


def patched(at: int, value: int) -> bytes:
    """A file whose head says something else."""
    data = bytearray(WHOLE)
    struct.pack_into("<I", data, HEAD + at, value)
    return bytes(data)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WHOLE[:600], WHOLE[: len(WHOLE) // 2], as_xls({"表": [["甲"]]}),
        compound({"WordDocument": bytes(5000)}), as_doc(["文"], flags=0x100), as_doc(["文"], version=0x65),
    ],
    ids=["empty", "magic", "cut", "cut-later", "workbook", "zeros", "password", "word-6"],
)  # fmt: skip
def test_damaged_files_are_told(raw: bytes) -> None:
    """A message with what to do."""
    with pytest.raises(SourcesError) as told:
        extract(raw, "坏.doc")
    assert "坏.doc" in str(told.value) and told.value.hint


def summary(*properties: tuple[int, bytes], count: int | None = None) -> bytes:
    """The stream of properties by their numbers."""
    at, entries, values = 8 + 8 * len(properties), b"", b""
    for key, value in properties:
        entries += struct.pack("<II", key, at + len(values))
        values += value
    listed = len(properties) if count is None else count
    return bytes(44) + struct.pack("<III", 48, 0, listed) + entries + values


def test_titles_of_properties() -> None:
    """In the encoding they name; a list of properties without end, and an unknown encoding, give none."""
    title = struct.pack("<II", 30, 9) + "管理办法".encode("gb18030") + b"\0"
    page = struct.pack("<Ihh", 2, 936, 0)
    assert title_in(summary((1, page), (2, title))) == "管理办法"
    assert title_in(summary((2, struct.pack("<II", 31, 4) + "办法\0\0".encode("utf-16-le")))) == "办法"
    assert title_in(summary((1, struct.pack("<Ihh", 2, 12, 0)), (2, title))) == ""
    assert title_in(summary((1, page), count=2**32 - 1)) == "" and title_in(b"") == ""


def test_hostile_heads_end() -> None:
    """Lengths beyond the file, pages of properties that are none, pieces that repeat the text without end."""
    for at in (0x4C, 0x9A + 8 * 12 + 4, 0x9A + 8 * 13, 0x9A + 8 * 13 + 4, 0x9A + 8, 0x9A + 12):
        assert "文字" in extract(patched(at, 0x7FFFFFFF), "甲.doc").text
    count = 40_000
    places = struct.pack(f"<{count + 1}I", *range(0, 1000 * count + 1, 1000))
    table = (
        b"\x02" + struct.pack("<I", len(places) + 8 * count) + places + struct.pack("<HIH", 0, 0x40000000, 0) * count
    )
    data = bytearray(5000)
    struct.pack_into("<HH", data, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", data, 10, 0x200)
    struct.pack_into("<II", data, 0x9A + 8 * 33, 0, len(table))
    with pytest.raises(SourcesError, match="个字"):
        extract(compound({"WordDocument": bytes(data), "1Table": table}), "弹.doc")
