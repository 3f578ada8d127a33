"""Workbooks of before 2007: the same lines as those of today; damaged, hostile and misnamed ones."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.support.compound import as_xls, compound, hidden_column, hidden_row, merged_cells
from tests.support.formats import as_html, as_xlsx
from tjqa.documents import DocumentKind, Merged
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract, xls

DATA = Path(__file__).parents[2] / "data" / "formats"
ROWS: list[list[object]] = [["地区", "收入", "增长"], ["云岭县", 1234.5, 0.645], ["白鹭县", 87, -0.02]]


def test_rows_and_places() -> None:
    """A line a row, sheet after sheet; places are Excel's."""
    found = xls.read(as_xls({"收入": ROWS, "支出": [["甲", None, "乙"]]}), "表.xls")
    assert found.text == "地区\t收入\t增长\n云岭县\t1234.5\t0.645\n白鹭县\t87\t-0.02\n甲\t\t乙\n"
    assert [mark.name for mark in found.landmarks] == ["收入 第 1 行", "收入 第 2 行", "收入 第 3 行", "支出 第 1 行"]
    assert (found.encoding, found.kind) == ("XLS", DocumentKind.TABLE)
    assert [sheet.title for sheet in found.sheets] == ["收入", "支出"]


def test_numbers_as_they_are_shown() -> None:
    """Percent, units, groups, dates since 1900 and 1904; truths and errors."""
    formats = ["0.0%", '#,##0.0"亿元"', 'yyyy"年"m"月"', "00000"]
    raw = as_xls({"表": [[0.645, 12345.25, 45047, 123, True, "一\n二"]]}, formats=formats, styles=[[1, 2, 3, 4, 0, 0]])
    assert xls.read(raw, "表.xls").text == "64.5%\t12,345.3亿元\t2023年5月\t00123\tTRUE\t一 二\n"
    old = as_xls({"表": [[43585]]}, formats=["yyyy-mm-dd"], styles=[[1]], epoch=1)
    assert xls.read(old, "表.xls").text == "2023-05-01\n"
    error = struct.pack("<HHHHHBB", 0x205, 8, 0, 0, 0, 7, 1)
    assert xls.read(as_xls({"表": []}, records=error), "表.xls").text == "#DIV/0!\n"


def test_what_is_struck_out_is_marked() -> None:
    """Seen, but not what holds."""
    plain = struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0)
    struck = struct.pack("<HHHHHBBBB", 200, 8, 0, 400, 0, 0, 0, 0, 0)
    assert xls.read(as_xls({"表": [[199, "甲"]]}).replace(plain, struck), "表.xls").text == "~~199~~\t~~甲~~\n"


def test_what_stands_under_merged_cells_is_not_shown() -> None:
    """Only their first cell is."""
    records = merged_cells(1, 2, 1, 2) + merged_cells(0, 0, 0, 1)
    found = xls.read(as_xls({"表": ROWS}, records=records), "表.xls")
    assert found.text == "地区\t\t增长\n云岭县\t1234.5\n白鹭县\n"
    assert found.sheets[0].merged == (Merged(1, 1, 2, 2), Merged(0, 0, 1, 2))


def test_merged_and_hidden() -> None:
    """Merged cells count in all they cover; what is hidden is read and told."""
    records = merged_cells(0, 1, 0, 0) + hidden_row(2) + hidden_column(1)
    found = xls.read(as_xls({"表": ROWS, "底": [["甲", "乙"]]}, records=records, hidden=["底"]), "表.xls")
    assert found.sheets[0].merged == (Merged(0, 0, 2, 1),)
    assert [mark.name for mark in found.landmarks] == [
        "表 第 1 行(隐藏的列 B)",
        "表 第 2 行(隐藏的列 B)",
        "表 第 3 行(隐藏的行)(隐藏的列 B)",
        "底(隐藏的表) 第 1 行(隐藏的列 B)",
    ]
    assert found.encoding == "XLS(隐藏的有 1 个表、1 行、2 列)"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (as_xlsx({"收入": ROWS}), "XLSX"),
        (b"<html><meta charset=utf-8><table><tr><td>1<td>2<tr><td>3<td>4</table>", "HTML UTF-8"),
        (as_html("云岭县的收入"), "HTML UTF-8"),
        ("地区\t收入\n云岭县\t3\n白鹭县\t4\n".encode("gb18030"), "GB18030"),
    ],
    ids=["xlsx", "table", "page", "tabs"],
)
def test_other_formats_under_this_name(raw: bytes, encoding: str) -> None:
    """Systems export them so; Excel opens them by what they are."""
    found = extract(raw, "导出.xls")
    assert found.encoding == encoding and found.text.strip()


def test_a_file_of_another_program() -> None:
    """As LibreOffice writes it, with strings and formats shared."""
    found = xls.read((DATA / "libreoffice.xls").read_bytes(), "表.xls")
    assert found.text.split("\n")[:3] == [
        "地区\t收入(亿元)\t增长\t日期",
        "云岭县\t1,234.50\t64.5%\t2023年5月1日",
        "白鹭县\t87.00\t-2.0%\t2024年2月29日",
    ]


WHOLE = as_xls({"收入": ROWS})
LOOP = bytearray(WHOLE)
LOOP[-512:-508] = struct.pack("<I", 0)  # the first sector of the workbook is followed by itself


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        WHOLE[:700],
        WHOLE[:3000],
        bytes(LOOP),
        compound({"Other": b"x"}),
        b"\0" * 99,
    ],
    ids=["empty", "magic", "cut", "cut-later", "loop", "no-workbook", "zeros"],
)
def test_damaged_files_are_told(raw: bytes) -> None:
    """A message, whatever is wrong."""
    with pytest.raises(SourcesError) as told:
        extract(raw, "坏.xls")
    assert "坏.xls" in str(told.value) and told.value.hint


def test_a_password_is_told() -> None:
    """What to do is said."""
    locked = WHOLE.replace(struct.pack("<HHH", 0x22, 2, 0), struct.pack("<HHH", 0x2F, 2, 1))
    with pytest.raises(SourcesError, match="密码"):
        extract(locked, "密.xls")


def test_a_row_far_down_costs_nothing_and_a_million_is_told() -> None:
    """Rows and columns are numbers of 16 bits; a sheet of empty cells ends in a message or in few lines."""
    far = struct.pack("<HHHHHd", 0x203, 14, 65535, 255, 0, 7.0)
    found = xls.read(as_xls({"表": [["甲"]]}, records=far), "表.xls")
    assert [mark.name for mark in found.landmarks] == ["表 第 1 行", "表 第 65536 行"]
