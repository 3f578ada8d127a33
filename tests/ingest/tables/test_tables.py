"""tjqa.ingest.tables: in whatever form a table stands, each of its cells knows what it is."""

# ruff: noqa: E501  rows of tables and markup are long

from __future__ import annotations

import csv
import io
import time

import pytest

from tests.support.formats import as_docx, as_xlsx
from tests.support.pdf_pages import Rule, Text, grid, placed_pdf
from tests.support.tables import (
    MEASURES,
    STREETS,
    YEARS,
    Wanted,
    as_page,
    assert_known,
    body,
    cells_of,
    figure,
    heads,
    html_row,
    long_heads,
    packed,
)
from tjqa.documents.tables import ColumnKind, Origin
from tjqa.ingest.readers import html
from tjqa.ingest.readers.csv_tables import separator_of

MERGED = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:D1"/><mergeCell ref="E1:G1"/></mergeCells>'


def test_long_heads() -> None:
    """Names of columns are whole, however long."""
    assert_known(cells_of(as_xlsx({"Sheet1": [long_heads(), *body()]}), "a.xlsx"))


def test_title_and_unit_above_the_head() -> None:
    """A title, a line with the unit and the office: the head is below them, the unit holds where no head tells one."""
    rows = [["各街道2022—2023年主要指标"], ["", "", "", "", "", "", "单位：万人"], *heads(), *body()]
    cells = cells_of(as_xlsx({"Sheet1": rows}), "a.xlsx")
    assert_known(cells)
    assert {cell.address[0] for cell in cells} == set("ABCDEFG")
    plain = [
        ["常住人口"],
        ["", "单位：万人"],
        ["街道", "人数"],
        *([name, str(at + 1)] for at, name in enumerate(STREETS)),
    ]
    values = [cell for cell in cells_of(as_xlsx({"Sheet1": plain}), "a.xlsx") if cell.kind is ColumnKind.VALUE]
    assert {(cell.unit.value, cell.unit.origin) for cell in values if cell.unit} == {("万人", Origin.CAPTION)}


def test_heads_in_two_rows() -> None:
    """Merged or only left blank, as a CSV file has them."""
    assert_known(cells_of(as_xlsx({"Sheet1": [*heads(), *body()]}, after_rows=MERGED), "a.xlsx"))
    assert_known(cells_of(as_xlsx({"Sheet1": [*heads(), *body()]}), "a.xlsx"))


def test_web_page() -> None:
    """rowspan and colspan, paragraphs within cells."""
    first = f'<tr><th rowspan="2"><p>街道</p></th>{"".join(f"<th colspan=3>{year}年</th>" for year in YEARS)}</tr>'
    second = html_row([f"{title}({unit})" for _ in YEARS for title, unit in MEASURES], "th")
    rows = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in body())
    assert_known(cells_of(as_page(first + second + rows), "a.html"))


def _row_of(*cells: str) -> str:
    """A row of a page's table, each cell as it stands in the source behind its `td`: " rowspan=2>甲"."""
    return "<tr>" + "".join(f"<td{cell if '>' in cell else '>' + cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize("span", ["rowspan=5", "rowspan=65534", "rowspan=0", 'rowspan="0"', "rowspan=' +3 rows'"])
@pytest.mark.parametrize("group", ["tbody", "tfoot"])
def test_a_cell_of_a_page_ends_with_its_group_of_rows(span: str, group: str) -> None:
    """However many rows it says it takes; the rows of the next group have all of their own columns."""
    head = html_row(["片区", "镇", "收入(万元)", "支出(万元)"], "th")
    first = _row_of(f" {span}>东片", "青石镇", "110", "111") + _row_of("白水镇", "220", "221")
    second = _row_of("西片", "黑石镇", "330", "331") + _row_of(" rowspan=9>南片", "红土镇", "440", "441")
    third = _row_of("北片", "蓝田镇", "550", "551") + _row_of("中片", "紫云镇", "660", "661")
    groups = f"<tbody>{head}{first}</tbody><{group}>{second}</{group}><tbody>{third}</tbody>"
    values = {c.text: c for c in cells_of(as_page(groups), "a.html") if c.kind is ColumnKind.VALUE}
    rows = ["青石镇 东片", "白水镇 东片", "黑石镇 西片", "红土镇 南片", "蓝田镇 北片", "紫云镇 中片"]
    for number, names in enumerate(rows, 1):
        for text, head_of in ((f"{number}{number}0", "收入(万元)"), (f"{number}{number}1", "支出(万元)")):
            assert values[text].column_heads == (head_of,), text
            assert set(values[text].row_heads) == set(names.split()), text


@pytest.mark.parametrize("span", ["rowspan=5", "rowspan=0"])
@pytest.mark.parametrize("table", ["{0}{1}{2}", "{2}{1}{0}", "{1}{0}{2}"])
def test_heads_stand_above_and_feet_below(span: str, table: str) -> None:
    """Wherever they are written, as a browser shows them; a head ends with its group of rows, too."""
    head = f"<thead><tr><th {span}>镇</th><th>收入(万元)</th><th>支出(万元)</th></tr></thead>"
    body = f"<tbody>{html_row(['青石镇', '110', '111'])}{html_row(['白水镇', '220', '221'])}</tbody>"
    page = as_page(table.format(head, body, f"<tfoot>{html_row(['合计', '330', '332'])}</tfoot>"))
    found = [(c.text, c.row_heads, c.column_heads) for c in cells_of(page, "a.html") if c.kind is ColumnKind.VALUE]
    assert found == [
        (text, (town,), (what,))
        for town, *texts in (("青石镇", "110", "111"), ("白水镇", "220", "221"), ("合计", "330", "332"))
        for text, what in zip(texts, ("收入(万元)", "支出(万元)"), strict=True)
    ]


@pytest.mark.parametrize("span", ["colspan=0", "colspan=x", "colspan=-2", "colspan=''", "colspan='1 格'", "rowspan=-1"])
def test_what_is_no_span_is_one_cell(span: str) -> None:
    """A cell that says so takes its own place and no other."""
    rows = (
        html_row(["镇", "面积(公顷)", "人口(人)"], "th")
        + _row_of("甲镇", f" {span}>61", "5100")
        + _row_of("乙镇", "72", "6200")
    )
    values = [
        (c.row_heads, c.column_heads, c.text) for c in cells_of(as_page(rows), "a.html") if c.kind is ColumnKind.VALUE
    ]
    assert values == [
        (("甲镇",), ("面积(公顷)",), "61"), (("甲镇",), ("人口(人)",), "5100"),
        (("乙镇",), ("面积(公顷)",), "72"), (("乙镇",), ("人口(人)",), "6200"),
    ]  # fmt: skip


@pytest.mark.parametrize("cells", [1, 100, 1000])
def test_cells_that_reach_over_thousands_of_rows_cost_little(cells: int) -> None:
    """Each of the rows below them passes by all of them: where they add up to more than any table has, it is text."""
    rows = (
        html_row(["镇", "人口(人)"], "th") + 20 * ("<tr>" + "<td rowspan=65534>甲" * cells) + 20_000 * "<tr><td>乙<td>1"
    )
    started = time.process_time()
    found = html.read(as_page(rows), "a.html")
    assert time.process_time() - started < 10
    assert found.text.count("乙") == 20_000
    assert bool(found.tables) == (cells == 1)


def test_word() -> None:
    """Cells over several columns and rows."""

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    years = "".join(cell(f"{year}年", '<w:gridSpan w:val="3"/>') for year in YEARS)
    first = f"<w:tr>{cell('街道', '<w:vMerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}{years}</w:tr>"
    names = "".join(cell(f"{title}({unit})") for _ in YEARS for title, unit in MEASURES)
    second = f"<w:tr>{cell('', '<w:vMerge/>')}{names}</w:tr>"
    rows = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in body())
    assert_known(cells_of(as_docx("表1 各街道主要指标", f"<w:tbl>{first}{second}{rows}</w:tbl>"), "a.docx"))


def test_markdown() -> None:
    """A head above a rule of dashes; a bar within a cell is escaped."""
    lines = ["# 主要指标", "", "表1 各街道主要指标", "", "|".join(["", *long_heads(), ""]), "|" + ":--|" * 7]
    lines += ["| " + " | ".join(row) + " |" for row in body()]
    assert_known(cells_of("\n".join(lines).encode(), "a.md"))
    text = "# 里程\n\n全区公路里程见下表,数据为年末数。\n\n|路|里程|\n|-|-|\n|甲\\|乙|7 km|\n|丙|8 km|\n"
    first, second = [c for c in cells_of(text.encode(), "a.md") if c.kind is ColumnKind.VALUE]
    assert (first.text, first.row_heads, first.column_heads) == ("7 km", ("甲\\|乙",), ("里程",))
    assert second.row_heads == ("丙",)


@pytest.mark.parametrize(
    ("ends", "text"),
    [((".md", ".markdown"), "|路|里程|\n|-|-|\n|甲|7 km|\n"), ((".txt", ".text"), "路\t里程\n甲\t7\n乙\t8\n")],
)
def test_both_names_of_a_format_have_its_tables(ends: tuple[str, str], text: str) -> None:
    """What is read as .md is read as .markdown, too."""
    short, long = (cells_of(text.encode(), f"a{end}") for end in ends)
    assert short == long and any(cell.row_heads == ("甲",) for cell in long)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_separated_values(separator: str, encoding: str) -> None:
    """Whatever parts the cells, in either encoding, with a title above and a note below."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(
        [["各街道主要指标"], *heads(), *body(), ["注：数据为快报数,尾数未调整。"]]
    )
    assert_known(cells_of(out.getvalue().encode(encoding), "a.csv"))


def _values(text: str, name: str = "白鹭县收支.csv") -> list[tuple[str, str, str]]:
    """The cells of values of a file: the last name of each one's row, its head, its text."""
    cells = [cell for cell in cells_of(text.encode(), name) if cell.kind is ColumnKind.VALUE]
    return [(cell.row_heads[-1], (cell.column_heads or ("",))[-1], cell.text) for cell in cells]


@pytest.mark.parametrize("separator", "\t;|")
@pytest.mark.parametrize("figures", [("1,234", "2,345"), ("1,5", "2,7"), ("1,234", "12"), ("1,234,567.8元", "2,345")])
@pytest.mark.parametrize("above", ["", "白鹭县各镇收支,2023年\n", "注：甲，乙\n"])
def test_commas_within_figures_part_no_cells(separator: str, figures: tuple[str, str], above: str) -> None:
    """The head has none: what parts its names parts the cells."""
    rows = [["地区", "收入", "支出"], *([town, *figures] for town in ("青石镇", "白水镇", "黑石镇"))]
    text = above + "".join(separator.join(row) + "\n" for row in rows)
    expected = [(row[0], head, cell) for row in rows[1:] for head, cell in zip(("收入", "支出"), row[1:], strict=True)]
    assert _values(text) == expected
    two = "".join(separator.join(row[:2]) + "\n" for row in rows)
    assert _values(two) == [one for one in expected if one[1] == "收入"]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("地区,收入,备注\n甲镇,12,见表一；另附\n乙镇,34,见表二；另附\n", ","),
        ("地区,收入\n甲镇,1|2\n乙镇,3|4\n", ","),
        ("地区，收入\n甲镇，1,234\n乙镇，3,456\n", "，"),
        ("地区\t收入,元\t支出,元\n甲镇\t1,234\t2,345\n乙镇\t3,456\t4,567\n", "\t"),
        ("地区;收入;支出\n甲镇;1,5;2,7;\n乙镇;3,4;4,6;\n丙镇;5,8;6,9;\n", ";"),
        ('"地区","内容"\n"甲镇","步道;广场"\n"乙镇","水渠;桥"\n', ","),
        ("一行字\n又一行\n", ","),
        ("", ","),
    ],
)
def test_what_parts_cells_holds_least_of_the_others(text: str, separator: str) -> None:
    """Of several that fit, the one that leaves whole figures and names."""
    assert separator_of(text, 0) == separator


def test_records_longer_than_the_head_have_none() -> None:
    """A comma within a figure or a name parted them, nobody can tell where; the line is text like any other."""
    head = "地区,收入(元),支出(元),结余(元)\n"
    rows = "青石镇,1,234,567,89\n白水镇,2,345,678,90\n黑石镇,12,34,56\n紫云镇,1200,800,400\n"
    source, passages = packed((head + rows).encode(), "白鹭县收支.csv")
    assert _values(head + rows) == [
        *zip(["黑石镇"] * 3, ("收入(元)", "支出(元)", "结余(元)"), ("12", "34", "56"), strict=True),
        *zip(["紫云镇"] * 3, ("收入(元)", "支出(元)", "结余(元)"), ("1200", "800", "400"), strict=True),
    ]
    assert "青石镇,1,234,567,89" in "\n".join(passage.text for passage in passages)
    assert source.text == head + rows
    names = "地区,收入,支出\n甲镇,乙镇,12,34\n丙镇,56,78\n丁镇,90,12\n"
    assert {town for town, _, _ in _values(names)} == {"丙镇", "丁镇"}
    blank_heads = "地区,收入,支出,,\n甲镇,1,234,567,,\n丙镇,56,78,,\n丁镇,90,12,有备注,\n"
    assert {town for town, _, _ in _values(blank_heads)} == {"丙镇", "丁镇"}


@pytest.mark.parametrize("end", ["", ",", ",,", ",另附"])
def test_records_that_fit_keep_their_heads(end: str) -> None:
    """Figures below a thousand beside ones of three places, quoted figures with commas, blank cells at the end."""
    more = ",备注" if end else ""
    text = f'地区,收入,支出{more}\n甲镇,1,234{end}\n乙镇,"1,234",567{end}\n丙镇,12,345{end}\n'
    values = [one for one in _values(text) if one[1] != "备注"]
    assert [cell for _, _, cell in values] == ["1", "234", "1,234", "567", "12", "345"]


def test_line_breaks_in_quotes() -> None:
    """A cell goes on in the next line, and ends where its quotation mark does."""
    out = io.StringIO()
    rows = [[name, "步道;\n广场", '宽5" 的', str(100 + at)] for at, name in enumerate(STREETS)]
    csv.writer(out).writerows([["公园", "内容", "备注", "投资(万元)"], *rows])
    cells = [cell for cell in cells_of(out.getvalue().encode(), "a.csv") if cell.kind is ColumnKind.VALUE]
    money = [cell for cell in cells if "投资" in cell.column_heads[0]]
    assert [(cell.row_heads[-1], cell.text) for cell in money] == [
        (name, str(100 + at)) for at, name in enumerate(STREETS)
    ]
    assert {cell.unit.value for cell in money if cell.unit} == {"万元"}
    assert [cell.text for cell in cells if "内容" in cell.column_heads[0]] == ["步道;\n广场"] * len(STREETS)


@pytest.mark.parametrize("year", ["{}年", "{}", "{}年度"])
def test_years_as_heads(year: str) -> None:
    """A year at the head of a column is its name and no figure."""
    names = ["地区", *(year.format(y) for y in range(2015, 2021))]
    rows = [[name, *(f"{at}{y}.5" for y in range(6))] for at, name in enumerate(STREETS, 1)]
    cells = [c for c in cells_of(as_xlsx({"Sheet1": [names, *rows]}), "a.xlsx") if c.kind is ColumnKind.VALUE]
    for at, name in enumerate(STREETS, 1):
        for y in range(6):
            (cell,) = [one for one in cells if one.text == f"{at}{y}.5"]
            assert (cell.row_heads, cell.period.value if cell.period else "") == ((name,), str(2015 + y))
            assert cell.place is not None
            assert cell.place.value == name


def test_side_by_side() -> None:
    """Two halves of a table beside each other: a figure on the right is not of the name on the left."""
    head = ["城市", "环比", "同比"]
    rows = [[name, f"{at}.1", f"{at}.2"] for at, name in enumerate(STREETS)]
    pairs = [[*left, *right] for left, right in zip(rows[:10], rows[10:], strict=True)]
    for gap in ([], [""]):
        table = [[*head, *gap, *head], *([*pair[:3], *gap, *pair[3:]] for pair in pairs)]
        cells = [c for c in cells_of(as_xlsx({"S": table}), "a.xlsx") if c.kind is ColumnKind.VALUE]
        assert len(cells) == 2 * len(STREETS)
        for cell in cells:
            assert cell.row_heads == (STREETS[int(cell.text.split(".")[0])],)
            assert cell.column_heads == (("环比",) if cell.text.endswith("1") else ("同比",))


def test_several_tables_on_a_sheet() -> None:
    """One below the other, each with its own title, unit and head; a note between them belongs to none."""
    rows = [
        ["表1 人口"], ["", "单位：万人"], ["街道", "人口"], *([name, f"1{at}"] for at, name in enumerate(STREETS)),
        ["注：人口为年末数。"], [],
        ["表2 投资"], ["", "单位：亿元"], ["街道", "投资"], *([name, f"9{at}"] for at, name in enumerate(STREETS)),
    ]  # fmt: skip
    cells = [c for c in cells_of(as_xlsx({"S": rows}), "a.xlsx") if c.kind is ColumnKind.VALUE]
    assert len(cells) == 2 * len(STREETS)
    for cell in cells:
        first = cell.text.startswith("1")
        assert cell.unit is not None
        assert (cell.column_heads, cell.unit.value) == ((("人口",), "万人") if first else (("投资",), "亿元"))


def test_percent_and_date_formats() -> None:
    """Cells are as Excel shows them; a percent sign is a unit."""
    rows: list[list[object]] = [["镇", "机械化率", "验收日期"], *([name, 0.645, 45292] for name in STREETS)]
    raw = as_xlsx({"S": rows}, formats=["0.0%", "yyyy年m月d日"])
    cells = [c for c in cells_of(raw, "a.xlsx") if c.kind is ColumnKind.VALUE]
    assert {cell.column_heads for cell in cells} == {("机械化率",), ("验收日期",)}
    assert len(cells) == 2 * len(STREETS)


def test_formulas_without_a_value() -> None:
    """What is not known is shown as the formula, in its place."""
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>{name}</t></is></c><c r="B{at}"><f>C{at}*2</f></c><c r="C{at}"><v>{at}</v></c></row>'
        for at, name in enumerate(STREETS, 2)
    )
    head = '<row r="1">' + "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>' for letter, text in zip("ABC", ["街道", "两倍", "原数"], strict=True)
    ) + "</row>"  # fmt: skip
    raw = as_xlsx({"S": []}, before_rows="", after_rows="")
    import zipfile

    box = io.BytesIO(raw)
    names = {name: zipfile.ZipFile(box).read(name) for name in zipfile.ZipFile(box).namelist()}
    sheet = next(name for name in names if "sheet1" in name)
    names[sheet] = names[sheet].replace(b"<sheetData></sheetData>", f"<sheetData>{head}{rows}</sheetData>".encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    cells = [c for c in cells_of(out.getvalue(), "a.xlsx") if c.kind is ColumnKind.VALUE]
    assert [c.text for c in cells if c.column_heads == ("原数",)] == [str(at) for at in range(2, 22)]
    assert [c.text for c in cells if c.column_heads == ("两倍",)] == [f"=C{at}*2" for at in range(2, 22)]


def test_merged_names_of_rows() -> None:
    """A name merged over several rows is that of each of them, and of no other."""
    rows = [
        ["科室", "岗位", "人数"],
        ["规划科", "测绘员", "3"],
        ["", "制图员", "4"],
        ["财务科", "会计", "2"],
        ["", "出纳", "1"],
    ]
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:A5"/></mergeCells>'
    for after in (merged, ""):
        cells = cells_of(as_xlsx({"S": rows}, after_rows=after), "a.xlsx")
        found = {cell.text: cell.row_heads for cell in cells if cell.kind is ColumnKind.VALUE}
        assert found == {
            "3": ("规划科", "测绘员"), "4": ("规划科", "制图员"), "2": ("财务科", "会计"), "1": ("财务科", "出纳"),
        }  # fmt: skip


def test_names_above_rows() -> None:
    """A line of its own heads the rows below it until the next one; numbers and indents show what belongs to what."""
    rows = [
        ["指标", "数值(亿元)"], ["一、农业", ""], ["谷物", "11"], ["棉花", "12"], ["二、工业", "20"], ["其中：采矿业", "21"],
        ["制造业", "22"], ["合计", "43"],
    ]  # fmt: skip
    cells = {c.text: c for c in cells_of(as_xlsx({"S": rows}), "a.xlsx") if c.kind is ColumnKind.VALUE}
    assert cells["12"].row_heads == ("一、农业", "棉花")
    assert cells["20"].row_heads == ("二、工业",)
    assert cells["21"].row_heads == ("二、工业", "其中：采矿业")
    assert (cells["43"].row_heads, cells["43"].total) == (("合计",), True)
    indented = [["指标", "数"], ["全国", "1"], ["  东部", "2"], ["    江苏", "3"], ["  西部", "4"], ["其他", "5"]]
    found = {c.text: c.row_heads for c in cells_of(as_xlsx({"S": indented}), "a.xlsx") if c.kind is ColumnKind.VALUE}
    assert found == {
        "1": ("全国",),
        "2": ("全国", "东部"),
        "3": ("全国", "东部", "江苏"),
        "4": ("全国", "西部"),
        "5": ("其他",),
    }


def test_row_units() -> None:
    """A column of units says what each row counts in, beside the unit of the price."""
    rows = [["产品", "单位", "价格(元)"], ["石蜡", "吨", "6915.7"], ["电", "千瓦时", "0.5"], ["木材", "立方米", "900"]]
    cells = {c.text: c for c in cells_of(as_xlsx({"S": rows}), "a.xlsx")}
    assert cells["吨"].kind is ColumnKind.UNIT
    known = cells["0.5"]
    assert known.unit is not None
    assert known.row_unit is not None
    assert (known.unit.value, known.row_unit.value, known.row_heads) == ("元", "千瓦时", ("电",))


@pytest.mark.parametrize(
    ("name", "tab", "caption", "wanted", "origin"),
    [
        ("2024年3月中旬价格.xlsx", "Sheet1", "", "2024-03-11/2024-03-20", Origin.FILE),
        ("价格_2024-03-24.xlsx", "Sheet1", "", "2024-03-24", Origin.FILE),
        ("价格.xlsx", "2024年3月11日-20日", "", "2024-03-11/2024-03-20", Origin.SHEET),
        ("2024年价格.xlsx", "3月", "", "2024-03", Origin.SHEET),
        ("2023年价格.xlsx", "Sheet1", "表1 2024年一季度价格", "2024-01/2024-03", Origin.CAPTION),
    ],
)
def test_period_from_names(name: str, tab: str, caption: str, wanted: str, origin: Origin) -> None:
    """The nearest name that tells one: caption, sheet, file."""
    rows = [*([[caption]] if caption else []), ["产品", "价格"], ["石蜡", "6915.7"], ["沥青", "3600"]]
    cells = [c for c in cells_of(as_xlsx({tab: rows}), name) if c.kind is ColumnKind.VALUE]
    assert {(c.period.value, c.period.origin) for c in cells if c.period} == {(wanted, origin)}
    assert all(c.period for c in cells)


def test_months_below_a_year() -> None:
    """全年 and 四季度 are those of the year that the file's name tells."""
    rows = [
        ["行业", "四季度", "", "全年", ""],
        ["", "利用率(%)", "增减(百分点)", "利用率(%)", "增减(百分点)"],
        ["工业", "75.9", "0.2", "75.1", "-0.5"],
    ]
    cells = {c.text: c for c in cells_of(as_xlsx({"S": rows}), "2023年产能利用率.xlsx") if c.kind is ColumnKind.VALUE}
    assert {text: cell.period.value for text, cell in cells.items() if cell.period} == {
        "75.9": "2023-10/2023-12", "0.2": "2023-10/2023-12", "75.1": "2023", "-0.5": "2023",
    }  # fmt: skip
    assert cells["0.2"].unit is not None
    assert cells["0.2"].unit.value == "百分点"


def test_table_that_goes_on() -> None:
    """续表 has the name and the head of the table before it."""
    first = [["表1 人口"], ["街道", "2022年", "2023年"], ["东河", "11", "12"], ["西河", "21", "22"], []]
    rows = [*first, ["续表1"], ["街道", "2022年", "2023年"], ["南河", "31", "32"]]
    found = packed(as_xlsx({"S": rows}), "a.xlsx")[1]
    assert {passage.table.name for passage in found if passage.table} == {"表1 人口"}


def test_forms_are_no_heads() -> None:
    """Of a form the first answer is not the name of a column; each answer stands under the label before it."""
    rows = [["姓名", "张三", "电话", "8355"], ["地址", "文轩路", "邮编", "4100"], ["职务", "秘书", "传真", "8356"]]
    found = {c.text: (c.row_heads, c.column_heads) for c in cells_of(as_xlsx({"S": rows}), "a.xlsx")}
    assert found["8355"] == (("电话",), ())
    assert found["文轩路"] == (("地址",), ())


def test_layout_tables_are_text() -> None:
    """A table that lays a page out is no table: its sentences stay sentences."""
    prose = "本馆每周二至周日开放,周一闭馆。入馆请出示身份证,团体参观请提前三天预约,每批不超过五十人。" * 2
    rows = f"<tr><td>{prose}</td><td>{prose}</td></tr><tr><td>{prose}</td><td>{prose}</td></tr>"
    assert all(passage.table is None for passage in packed(as_page(rows), "a.html")[1])


def test_rows_are_found_by_their_heads() -> None:
    """What is searched with a row are the heads of its columns and the name of its table, and no other row."""
    from tjqa.documents import context

    rows = [["各街道主要指标"], *heads(), *body()]
    passages = [p for p in packed(as_xlsx({"S": rows}), "2023年.xlsx")[1] if p.table is not None]
    assert len(passages) == len(STREETS)
    told = context(passages[3])
    assert all(title in told for title, _ in MEASURES)
    assert "各街道主要指标" in told
    assert STREETS[4] not in told
    assert figure(4, 0, 0) not in passages[3].text


def test_kept_with_the_passage() -> None:
    """A passage as a line of the index is the same passage again."""
    from tjqa.documents import line_of, passage_of

    for passage in packed(as_xlsx({"S": [*heads(), *body()]}, after_rows=MERGED), "2023年.xlsx")[1]:
        assert passage_of(line_of(passage)) == passage


@pytest.mark.parametrize("total", ["合计", "总计", "全市"])
@pytest.mark.parametrize("head", ["城市", "地区", "区县"])
def test_a_total_is_no_place(total: str, head: str) -> None:
    """It stands in the column of places."""
    cells = cells_of(f"{head},2022年\n天津,100\n{total},100\n".encode(), "a.csv")
    assert {cell.place.value for cell in cells if cell.place is not None} == {"天津"}


def test_wide_rows_are_cut_between_cells() -> None:
    """A row longer than a passage keeps its name in each part, and every cell whole."""
    names = ["地区", *(f"第{at}项收入的合计数额" for at in range(80))]
    rows = [[name, *(f"{at}{column:03}123456.5" for column in range(80))] for at, name in enumerate(STREETS)]
    cells = [c for c in cells_of(as_xlsx({"S": [names, *rows]}), "a.xlsx") if c.kind is ColumnKind.VALUE]
    assert len(cells) == 80 * len(STREETS)
    assert all(c.row_heads[-1] == STREETS[int(c.text[:-11])] for c in cells)


@pytest.mark.parametrize("count", [2000, 8000])
def test_each_part_of_a_wide_row_tells_its_own_columns(count: int) -> None:
    """All heads in each of hundreds of parts would make megabytes of a file of kilobytes, and hide those that count."""
    lines = [["地区", *(f"第{at}项" for at in range(count))], [STREETS[0], *(f"{at}.5" for at in range(count))]]
    passages = packed("\n".join(map(",".join, lines)).encode(), "a.csv")[1]
    parts = [(p, p.table) for p in passages if p.table is not None]
    assert sum(len(table.columns) for _, table in parts) == count + 1
    for passage, table in parts:
        cells = [c for c in table.cells(passage.text, passage.span.start) if c.kind is ColumnKind.VALUE]
        assert cells and all(c.column_heads == (f"第{c.text[:-2]}项",) for c in cells)
        assert all(c.row_heads == (STREETS[0],) for c in cells)
        assert cells[0].column_heads[0] in table.words()


def test_without_a_wish() -> None:
    """`Wanted` says what may be missing; here nothing is."""
    assert Wanted() == Wanted(unit=True, year=True)


def test_pdf() -> None:
    """A table with rules that goes on on the next page has the head of the first."""
    columns = (60, 220, 400)

    def page(rows: list[list[str]], first: float) -> list[Text | Rule | str]:
        texts = [Text(columns[n] + 4, first + 24 * at, row[n]) for at, row in enumerate(rows) for n in range(3)]
        return [*texts, *grid([*columns, 540], [first - 16 + 24 * at for at in range(len(rows) + 1)])]

    rows = [[name, f"1{at:02}.5", f"2{at:02}.25"] for at, name in enumerate(STREETS)]
    head = ["街道名称", "公园数(个)", "绿地面积(公顷)"]
    pages = [[Text(60, 60, "各街道绿地统计表"), *page([head, *rows[:10]], 110)], page(rows[10:], 110)]
    cells = [c for c in cells_of(placed_pdf(pages), "a.pdf") if c.kind is ColumnKind.VALUE]
    found = {c.text: (c.row_heads, c.column_heads, c.unit.value if c.unit else "") for c in cells}
    for at, name in enumerate(STREETS):
        assert found[f"2{at:02}.25"] == ((name,), ("绿地面积(公顷)",), "公顷")


def test_rows_that_may_be_shifted_are_text() -> None:
    """In a text whose cells only gaps part, a row with a cell less than the head says nothing of columns."""
    text = "统计\n\n街道\t人口(人)\t面积(公顷)\n东河\t100\t5.5\n西河\t7.5\n南河\t300\t8.5\n"
    passages = packed(text.encode(), "a.txt")[1]
    cells = [c for p in passages if p.table for c in p.table.cells(p.text, p.span.start)]
    assert {c.text: c.column_heads for c in cells if c.kind is ColumnKind.VALUE} == {
        "100": ("人口(人)",), "5.5": ("面积(公顷)",), "300": ("人口(人)",), "8.5": ("面积(公顷)",),
    }  # fmt: skip
    assert any("7.5" in p.text for p in passages)


def test_hidden_cells_are_none() -> None:
    """A cell that a page hides takes no column."""
    rows = html_row(["街道", "人口", "面积"], "th") + "".join(
        f'<tr><td>{name}</td><td style="display:none">0</td><td>{at}1</td><td>{at}2</td></tr>'
        for at, name in enumerate(STREETS, 1)
    )
    cells = [c for c in cells_of(as_page(rows), "a.html") if c.kind is ColumnKind.VALUE]
    assert len(cells) == 2 * len(STREETS)
    assert {c.column_heads for c in cells if c.text.endswith("1")} == {("人口",)}


def test_tables_in_tables_are_read_by_themselves() -> None:
    """A table that only frames another one is none; the one within is."""
    inner = f"<table>{html_row(['街道', '人口'], 'th')}{''.join(html_row([name, str(at)]) for at, name in enumerate(STREETS))}</table>"
    cells = cells_of(as_page(f"<tr><td>导航</td><td>{inner}</td></tr><tr><td>甲</td><td>乙</td></tr>"), "a.html")
    assert [c.text for c in cells if c.kind is ColumnKind.VALUE] == [str(at) for at in range(len(STREETS))]


def test_forms_of_words() -> None:
    """Labels and answers by turns, without a figure: the first answer heads nothing, every answer knows its label."""
    rows = [
        ["中文名", "四书五经总称", "确立", "之名始立于宋代"],
        ["外文名", "Four Books and Classics", "朝代", "汉武帝在位的时候"],
    ]
    found = {c.text: (c.row_heads, c.column_heads) for c in cells_of(as_xlsx({"S": rows}), "a.xlsx")}
    assert found["之名始立于宋代"] == (("确立",), ())
    assert found["汉武帝在位的时候"] == (("朝代",), ())
    pairs = [["联系人", "张三"], ["地址", "文轩路"], ["电话", "8355"], ["网址", "www.example.com"]]
    assert {c.column_heads for c in cells_of(as_xlsx({"S": pairs}), "a.xlsx")} == {()}


def test_forms_of_words_and_figures() -> None:
    """Short answers beside labels, some with figures: the first row heads nothing; below a real head all stays."""
    rows = [
        ["品牌", "云表", "机芯类型", "石英机芯"],
        ["货号", "GX-100A", "表盘直径", "44mm及以上"],
        ["发售价格", "890元", "显示方式", "指针式"],
        ["发售日期", "2015.6.1", "防水深度", "200米"],
    ]
    found = {c.text: (c.row_heads, c.column_heads) for c in cells_of(as_xlsx({"S": rows}), "a.xlsx")}
    assert found["石英机芯"] == (("机芯类型",), ())
    assert found["890元"] == (("发售价格",), ())
    people = [["姓名", "年龄", "籍贯", "联系方式"]]
    people += [
        [f"{name}师傅", str(30 + at), f"{name}镇", "无" if at % 2 else f"13{at}5"] for at, name in enumerate("赵钱孙李")
    ]
    heads = {c.text: c.column_heads for c in cells_of(as_xlsx({"S": people}), "a.xlsx")}
    assert heads["31"] == ("年龄",) and heads["赵镇"] == ("籍贯",)


def test_a_day_far_down_a_form_is_no_head() -> None:
    """Of two columns a row of words was none: a day beside its label does not name the figures below."""
    rows = [
        ["是否审计", "是"],
        ["审计意见", "无保留意见"],
        ["机构", "云川会计师事务所"],
        ["编号", "云审字第5号"],
        ["报告日期", "2022年6月9日"],
        ["年限", "1年"],
        ["报酬", "11万元"],
    ]
    assert {c.column_heads for c in cells_of(as_xlsx({"S": rows}), "a.xlsx")} == {()}


def test_days_of_a_device_are_values() -> None:
    """Merged over the rows of its parameters, they name none of these; the parameters keep the device."""
    rows = [
        ["设备", "生产日期", "主要参数", ""],
        ["1号水泵", "2011-03", "型号", "WFC-92E"],
        ["", "", "额定功率", "1200W"],
    ]
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C1:D1"/></mergeCells>'
    cells = {c.text: c for c in cells_of(as_xlsx({"S": rows}, after_rows=merged), "a.xlsx")}
    assert (cells["2011-03"].kind, cells["2011-03"].row_heads) == (ColumnKind.VALUE, ("1号水泵",))
    assert cells["WFC-92E"].row_heads == ("1号水泵", "型号")
    assert cells["1200W"].row_heads == ("1号水泵", "额定功率")


def test_a_merged_answer_is_no_label_of_itself() -> None:
    """One filled in across the columns of another row's two answers stands under its label alone."""
    rows = [
        ["券商", "云川证券", ""],
        ["办公地址", "云川市滨河路", ""],
        ["会计师", "郑一", "许二"],
        ["年限", "1年", "2年"],
    ]
    merged = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="B2:C2"/></mergeCells>'
    found = [c for c in cells_of(as_xlsx({"S": rows}, after_rows=merged), "a.xlsx") if c.text == "云川市滨河路"]
    assert found and all("云川市滨河路" not in c.row_heads for c in found)


def test_running_numbers_merged_over_rows() -> None:
    """One number for two rows of an office: the column names nothing, the office does."""
    rows = [
        ["序号", "单位", "职位", "电话"],
        ["1", "石桥镇审计站", "科员", "0001"],
        ["2", "青溪镇水务站", "办公室科员", "0002"],
        ["", "", "工程科科员", "0003"],
        ["3", "白鹭镇救助站", "出纳", "0004"],
    ]
    merged = '<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="B3:B4"/></mergeCells>'
    found = {cell.text: cell for cell in cells_of(as_xlsx({"S": rows}, after_rows=merged), "a.xlsx")}
    assert found["2"].kind is ColumnKind.NUMBER
    assert found["0003"].row_heads == ("青溪镇水务站", "工程科科员")
