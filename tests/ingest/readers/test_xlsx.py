"""Workbooks: each cell as Excel shows it, nothing lost, what is hidden or missing told."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.formats import as_xlsx
from tjqa.documents import Merged
from tjqa.ingest.readers import xlsx
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.excel.number_formats import NumberFormat

STRICT = "http://purl.oclc.org/ooxml"


def read(after_rows: str, before_rows: str = "", formats: tuple[str | int, ...] = ()) -> Extracted:
    """A sheet of rows as they stand in the file."""
    return xlsx.read(as_xlsx({"表": []}, before_rows, after_rows, formats=formats), "表.xlsx")


def places(found: Extracted) -> list[str]:
    """The names of the rows."""
    return [mark.name for mark in found.landmarks]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0.0%", "0.645", "64.5%"),
        ("0%", "0.285", "29%"),
        ("0.00%", "-0.012", "-1.20%"),
        ('0.0"亿元"', "12.5", "12.5亿元"),
        ('"约"0', "7", "约7"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0.00", "2.675", "2.68"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("0.0", "0.05", "0.1"),
        ("00000", "123", "00123"),
        ("000-0000", "5550123", "555-0123"),
        ('0\\.0,"万"', "45000", "4.5万"),
        ("#,##0.0,,", "1234567891", "1,234.6"),
        ("0;(0)", "-3", "(3)"),
        ('0.0;-0.0;"零"', "0", "零"),
        (r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1234.5", "-1,234.50"),
        (r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-"),
        ("[$¥-804]#,##0.00", "8.5", "¥8.50"),
        ("[Red]0.0", "1.25", "1.3"),
        ('[>=100]0"大";0"小"', "120", "120大"),
        (";;;", "5", ""),
        ("0.##", "1.5", "1.5"),
        ("# ?/?", "0.3333", "1/3"),
        ("# ?/?", "2.5", "2 1/2"),
        ("# ?/8", "0.25", "2/8"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("##0.0E+0", "12345", "12.3E+3"),
        ('General"元"', "0.5", "0.5元"),
        ('yyyy"年"m"月"', "45047", "2023年5月"),
        ('yyyy"年"m"月"d"日"', "45047", "2023年5月1日"),
        ("yyyy/m/d", "45047", "2023/5/1"),
        ("yyyy-mm-dd hh:mm", "45047.5", "2023-05-01 12:00"),
        ("m/d/yy", "45047", "5/1/23"),
        ("d-mmm-yy", "45047", "1-May-23"),
        ("aaaa", "45047", "星期一"),
        ("[h]:mm", "1.25", "30:00"),
        ("[mm]:ss", "0.5", "720:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ('上午/下午h"时"mm"分"', "0.75", "下午6时00分"),
        ("mm:ss.0", "0.0001", "00:08.6"),
        ("yyyy/m/d", "60", "1900/2/29"),
    ],
)
def test_numbers_read_as_they_are_shown(code: str, value: str, shown: str) -> None:
    """What a format does to a number belongs to the figure: percent, units, dates, signs."""
    assert NumberFormat(code).shown(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("[DBNum1]0", "1234.5", "1234.5"),
        ("[$-804]mmmm", "45047", "2023-05-01"),
        ("[$-404]e/m/d", "45047", "2023-05-01"),
        ("[$-107041E]yyyy", "45047", "2023-05-01"),
        ("[$-30000804]0.0", "12.5", "12.5"),
        (r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "45047", "2023-05-01"),
        ("0!.0,", "45000", "45000"),
        ("[<0]0.0;0", "-3", "-3"),
        ("bbbb", "45047", "45047"),
        ("yyyy-mm-dd", "-1", "-1"),
        ("yyyy-mm-dd", "9999999", "9999999"),
        ("0" * 400, "5", "5"),
        ('0"没有结束', "5", "5"),
    ],
)
def test_formats_that_are_not_understood_leave_the_number(code: str, value: str, shown: str) -> None:
    """A guess could be wrong; a date is still written as one."""
    assert NumberFormat(code).shown(value) == shown


def test_numbers_without_a_format() -> None:
    """All 15 digits, no power of ten where the figure can be written out, no noise of binary fractions."""
    written = ["0.30000000000000004", "1e-05", "1E+22", "123456789012345678", "-0.5", "1e6", "12.0"]
    shown = ["0.3", "0.00001", "1E+22", "123456789012345678", "-0.5", "1000000", "12"]
    assert [NumberFormat("General").shown(one) for one in written] == shown


@pytest.mark.parametrize("code", ["0", "0.0", "#,##0.00", "0.0%", '0.000"吨"'])
def test_the_fast_way_shows_the_same(code: str) -> None:
    """Halves, large and tiny numbers: formats that are met most take a shorter way to the same figure."""
    shape = NumberFormat(code)
    for value in ("0.5", "1.005", "2.345", "99.995", "1e-7", "123456789012.25", "1e15", "0.0005", "7", "-0.5", "0"):
        assert shape.shown(value) == shape._worked_out(value), value


def test_formats_reach_the_cells() -> None:
    """By their own code and by number, of numbers and of text."""
    row = (
        '<row r="1"><c r="A1" s="1"><v>0.645</v></c><c r="B1" s="2"><v>45047</v></c><c r="C1" s="3"><v>45047</v></c>'
        '<c r="D1" s="4" t="inlineStr"><is><t>00123</t></is></c><c r="E1" s="5"><v>1234.5</v></c>'
        '<c r="F1" s="6" t="str"><v>云岭</v></c><c r="G1" s="7" t="d"><v>2023-05-01T00:00:00</v></c></row>'
    )
    formats = ("0.0%", 31, 14, 49, 7, '@"县"', 'yyyy"年"m"月"')
    assert read(row, formats=formats).text == "64.5%\t2023年5月1日\t2023-05-01\t00123\t1,234.50\t云岭县\t2023年5月\n"


def test_dates_since_1904() -> None:
    """Workbooks of old Macs count from another day."""
    cell = '<row r="1"><c r="A1" s="1"><v>43585</v></c></row>'
    raw = as_xlsx({"表": []}, "", cell, formats=["yyyy-mm-dd"], workbook=('<workbookPr date1904="1"/>', ""))
    assert xlsx.read(raw, "旧.xlsx").text == "2023-05-01\n"


def test_errors_and_booleans() -> None:
    """As Excel shows them."""
    row = '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="b"><v>0</v></c></row>'
    assert read(row).text == "#DIV/0!\tTRUE\tFALSE\n"


class TestFormulas:
    """The value that was saved; a missing one is seen and told."""

    def test_without_a_value(self) -> None:
        """The formula stands where the figure is missing."""
        row = '<row r="1"><c r="A1"><f>B2+B3</f></c><c r="B1"><f>SUM(B2:B9)</f><v></v></c><c r="C1"><v>7</v></c></row>'
        found = read(row)
        assert found.text == "=B2+B3\t=SUM(B2:B9)\t7\n"
        assert found.encoding == "XLSX(2 处公式没有存下结果,写的是公式)"

    def test_with_a_value_or_an_empty_one(self) -> None:
        """A formula whose result is an empty text shows nothing, and lacks nothing."""
        found = read('<row r="1"><c r="A1"><f>B2+B3</f><v>12</v></c><c r="B1" t="str"><f>T(C1)</f><v></v></c></row>')
        assert (found.text, found.encoding) == ("12\n", "XLSX")

    def test_shared(self) -> None:
        """Cells that share a formula each have their own."""
        rows = (
            '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">A1+B1</f></c></row>'
            '<row r="2"><c r="C2"><f t="shared" si="0"/></c></row><row r="3"><c r="C3"><f t="shared" si="9"/></c></row>'
        )
        assert read(rows).text == "\t\t=A1+B1\n\t\t=A2+B2\n\t\t=?\n"
        assert read(rows.replace("A1+B1", "A1+" * 500 + "B1")).text.endswith("B1\n\t\t=?\n\t\t=?\n")

    def test_values_to_be_worked_out_anew(self) -> None:
        """Some programs save 0 for every formula and leave the rest to Excel, which the file says."""
        cell = '<row r="1"><c r="A1"><f>B2+B3</f><v>0</v></c></row>'
        raw = as_xlsx({"表": []}, "", cell, workbook=("", '<calcPr calcId="1" fullCalcOnLoad="1"/>'))
        assert "存下的可能不对" in xlsx.read(raw, "表.xlsx").encoding
        for rows, asked in (("", ' fullCalcOnLoad="1"'), (cell, ' fullCalcOnLoad="0"'), (cell, "")):
            plain = as_xlsx({"表": [[1]]}, "", rows, workbook=("", f'<calcPr calcId="1"{asked}/>'))
            assert xlsx.read(plain, "表.xlsx").encoding == "XLSX"


class TestHidden:
    """Read, but said to be hidden wherever it is quoted."""

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_sheets(self, state: str) -> None:
        """Also those that Excel does not even offer to show."""
        raw = as_xlsx({"甲": [["收入", "支出"], [1, 2]], "乙": [["底稿", "数"]]}, states=["visible", state])
        found = xlsx.read(raw, "表.xlsx")
        assert places(found) == ["甲 第 1 行", "甲 第 2 行", "乙(隐藏的表) 第 1 行"]
        assert found.encoding == "XLSX(隐藏的有 1 个表)"
        assert [sheet.title for sheet in found.sheets] == ["甲", "乙(隐藏的表)"]

    def test_rows_and_columns(self) -> None:
        """A filter hides rows; a column of width 0 is hidden, too."""
        columns = '<cols><col min="2" max="2" hidden="1"/><col min="4" max="5" width="0"/></cols>'
        rows = (
            '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
            '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row>'
            '<row r="3"><c r="A3"><v>5</v></c><c r="D3"><v>6</v></c></row>'
            '<row r="4" hidden="1"/>'
        )
        found = read(rows, columns)
        assert found.text == "1\t2\n3\n5\t\t\t6\n"
        assert places(found) == ["表 第 1 行(隐藏的列 B)", "表 第 2 行(隐藏的行)", "表 第 3 行(隐藏的列 D)"]
        assert found.encoding == "XLSX(隐藏的有 1 行、2 列)"

    def test_many_columns(self) -> None:
        """The first of them are named."""
        row = '<row r="1">' + "".join(f"<c><v>{n}</v></c>" for n in range(9)) + "</row>"
        found = read(row, '<cols><col min="3" max="16384" hidden="1"/></cols>')
        assert places(found) == ["表 第 1 行(隐藏的列 C、D、E 等)"]


class TestOrder:
    """Programs other than Excel do not always write from the top and from the left."""

    def test_rows(self) -> None:
        """Each in its place, with its number."""
        rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}0</v></c></row>' for n in (5, 2, 9, 1))
        found = read(rows)
        assert found.text == "10\n20\n50\n90\n"
        assert places(found)[1] == "表 第 2 行"

    def test_cells(self) -> None:
        """Also those left of the last one, and without a place after it."""
        row = (
            '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="E1"><v>5</v></c></row>'
        )
        assert read(row).text == "1\t2\t3\t\t5\n"

    def test_parts_of_a_row(self) -> None:
        """A row in two parts is one; a cell that is there twice keeps both values."""
        rows = '<row r="1"><c r="B1"><v>2</v></c></row><row r="3"><c r="A3"><v>9</v></c></row>'
        rows += '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>4</v></c><c r="C1"><v>3</v></c></row>'
        found = read(rows)
        assert found.text == "1\t2 4\t3\n9\n"
        assert places(found) == ["表 第 1 行", "表 第 3 行"]


def test_text_of_cells() -> None:
    """Runs in several fonts are one text, on one line; how characters are pronounced is not."""
    row = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>收</t></r><r><rPr><b/></rPr><t>入</t></r>'
        '<rPh sb="0" eb="1"><t>shou</t></rPh></is></c><c r="B1" t="inlineStr"><is><t>甲\n乙</t></is></c></row>'
    )
    assert read(row).text == "收入\t甲 乙\n"


def test_the_strict_dialect() -> None:
    """Other namespaces, dates spelled out; nothing else differs."""
    row = '<row r="1"><c r="A1"><v>7</v></c><c r="B1" t="d"><v>2023-05-01</v></c>'
    row += '<c r="C1" t="d" s="1"><v>2023-05-01</v></c><c r="D1" t="d" s="1"><v>早年</v></c></row>'
    raw = as_xlsx({"表": [["甲", "乙"]]}, "", row, formats=['yyyy"年"m"月"'])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(made, "w") as strict:
        for name in archive.namelist():
            part = archive.read(name).decode()
            part = part.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main", f"{STRICT}/spreadsheetml/main"
            )
            office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            strict.writestr(name, part.replace(office, f"{STRICT}/officeDocument/relationships"))
    assert xlsx.read(made.getvalue(), "表.xlsx").text == "甲 7\t乙 2023-05-01\t2023年5月\t早年\n"


def test_what_stands_under_merged_cells_is_not_shown() -> None:
    """Only their first cell is; rows out of order and ranges that are none do no harm."""
    rows: list[list[object]] = [
        ["地区", "收入", "支出"], ["白鹭县", 10, 11], ["青禾市", 20, 21], ["云岭县", 30, 31], ["甲", "乙", "丙"],
    ]  # fmt: skip
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("B2:B4", "A5:C5", "C9:C12", "B1", "1:2"))
    found = xlsx.read(
        as_xlsx({"表": rows}, after_rows=f"</sheetData><mergeCells>{merged}</mergeCells><sheetData>"), "表.xlsx"
    )
    assert found.text == "地区\t收入\t支出\n白鹭县\t10\t11\n青禾市\t\t21\n云岭县\t\t31\n甲\n"
    assert found.sheets[0].merged == (Merged(1, 1, 3, 1), Merged(4, 0, 1, 3))
    below = "".join(f'<row r="{at}"><c r="A{at}"><v>{value}</v></c></row>' for at, value in ((3, 7), (1, 5), (2, 6)))
    found = read(f'{below}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells><sheetData>')
    assert found.text == "5\n7\n" and places(found) == ["表 第 1 行", "表 第 3 行"]
