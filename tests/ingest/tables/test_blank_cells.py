"""A blank cell stays blank in its column, and its row in the table, where rules, tabs or columns show where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.support.pdf_pages import Rule, Text, grid, lines, placed_pdf
from tests.support.tables import cells_of, packed
from tjqa.documents.tables import ColumnKind
from tjqa.text.wrapping import _width as columns_of

HEAD = ["地区", "2021年", "2022年", "2023年"]
ROWS = [
    ["青禾市", "12.5", "13.1", "14.2"],
    ["云溪县", "", "8.7", "9.9"],
    ["石桥县", "6.1", "", "6.9"],
    ["白鹭县", "5.5", "5.8", ""],
    ["柳湾县", "", "", "3.4"],
]
WANTED = {(row[0], HEAD[at], text) for row in ROWS for at, text in enumerate(row) if at and text}
ABOVE = ["青禾市统计公报", "", "表1 各县常住人口(万人)", ""]
BELOW = ["", "以上数据由各县上报,统计口径与上年相同。"]


def told(raw: bytes, name: str) -> set[tuple[str, str, str]]:
    """Row, column and text of each value."""
    values = [cell for cell in cells_of(raw, name) if cell.kind is ColumnKind.VALUE]
    return {(cell.row_heads[-1], cell.column_heads[-1], cell.text) for cell in values}


def ruled(rows: Sequence[Sequence[str]], xs: Sequence[float] = (60, 160, 260, 360, 460)) -> bytes:
    """A PDF with rules around all cells."""
    ys = [120 + 20 * at for at in range(len(rows) + 1)]
    texts = [
        Text(xs[column] + 6, ys[row] + 14, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]
    return placed_pdf([[*lines(["青禾市统计公报", "表1 各县常住人口(万人)"], y=60), *grid(xs, ys), *texts]])


def set_left(cells: Sequence[str]) -> str:
    """A row whose cells begin below each other."""
    return "".join(text + " " * (12 - columns_of(text)) for text in cells).rstrip()


def set_right(cells: Sequence[str]) -> str:
    """A row whose figures end below each other."""
    first = cells[0] + " " * (10 - columns_of(cells[0]))
    return (first + "".join(" " * (10 - columns_of(text)) + text for text in cells[1:])).rstrip()


def set_wide(cells: Sequence[str]) -> str:
    """A row with blanks as wide as Chinese characters."""
    return "".join(text + "\u3000" * ((14 - columns_of(text)) // 2) for text in cells).rstrip()


def tabbed(cells: Sequence[str]) -> str:
    """A row of which an editor took the tabs at its end."""
    return "\t".join(cells).rstrip("\t")


def test_ruled_pdf() -> None:
    """At the head of a row, within it and at its end."""
    assert told(ruled([HEAD, *ROWS]), "人口.pdf") == WANTED


@pytest.mark.parametrize("row", [set_left, set_right, set_wide, tabbed])
def test_plain_text(row: Callable[[Sequence[str]], str]) -> None:
    """Columns of blanks, however they are set, and tabs."""
    text = "\n".join([*ABOVE, *(row(cells) for cells in (HEAD, *ROWS)), *BELOW])
    assert told(text.encode(), "人口.txt") == WANTED


def test_first_cell_blank() -> None:
    """A row of a group without a name of its own begins with white."""
    rows = [["县区", "作物", "产量", "面积"], ["云溪县", "小麦", "1.5", "2.5"], ["", "玉米", "", "3.5"]]
    rows.append(["石桥县", "小麦", "4.5", "5.5"])
    text = "\n".join([*ABOVE, *map(set_left, rows), *BELOW])
    cells = [cell for cell in cells_of(text.encode(), "作物.txt") if cell.text == "3.5"]
    assert [(cell.row_heads, cell.column_heads) for cell in cells] == [(("云溪县", "玉米"), ("面积",))]


def test_unit_above_and_rule_below_the_head() -> None:
    """A line that tells the unit and one of dashes are no rows."""
    rows = ["表1 各县常住人口        单位：万人", set_left(HEAD), "-" * 46, *map(set_left, ROWS)]
    text = "\n".join(["青禾市统计公报", "", *rows, *BELOW])
    assert told(text.encode(), "人口.txt") == WANTED
    assert {cell.unit.value for cell in cells_of(text.encode(), "人口.txt") if cell.unit} == {"万人"}


def test_in_a_text_that_was_wrapped() -> None:
    """Lines of prose are joined, rows are not."""
    prose = "全市各县常住人口由统计机构按年度上报经过审核以后汇总成表其中部分年份由于区划调整没有分县的数字故在表里空着"
    wrapped = [prose[at : at + 26] for at in range(0, len(prose), 26)] * 3
    text = "\n".join([*wrapped, "", *map(set_left, [HEAD, *ROWS]), *BELOW])
    assert told(text.encode(), "人口.txt") == WANTED


def test_words_in_columns_are_no_table() -> None:
    """Names below each other, without a figure, head nothing."""
    text = "\n".join([*ABOVE, *(set_left(["张三", "李四", "王五"]) for _ in range(4)), *BELOW])
    assert not any(passage.table for passage in packed(text.encode(), "名单.txt")[1])


def test_merged_cells_of_a_ruled_pdf() -> None:
    """A name over two columns heads both; one beside two rows names both, and nothing of it is blank."""
    xs = (60, 130, 200, 270, 340, 410)
    page: list[Text | Rule | str] = [*lines(["青禾市统计公报"], y=60)]
    page += [Rule(xs[0], y, xs[-1], y) for y in (120, 160, 180, 220, 240)]
    page += [Rule(xs[1], y, xs[-1], y) for y in (140, 200)]
    page += [Rule(x, 140 if at in (2, 4) else 120, x, 240) for at, x in enumerate(xs)]
    page += [Text(64, 145, "地区", 10), Text(150, 134, "人口", 10), Text(300, 134, "面积", 10)]
    rows = {
        154: ["", "2021年", "2022年", "2021年", "2022年"],
        174: ["青禾市", "1.5", "2.5", "3.5", "4.5"],
        194: ["", "5.5", "", "7.5", "8.5"],
        204: ["云溪县"],
        214: ["", "9.5", "10.5", "", "12.5"],
        234: ["石桥县", "13.5", "14.5", "15.5", ""],
    }
    page += [Text(xs[at] + 4, y, text, 10) for y, cells in rows.items() for at, text in enumerate(cells) if text]
    cells = [cell for cell in cells_of(placed_pdf([page]), "a.pdf") if cell.kind is ColumnKind.VALUE]
    found = {cell.text: (cell.row_heads[-1], *cell.column_heads) for cell in cells}
    assert len(found) == 13
    assert found["7.5"] == ("云溪县", "面积", "2021年")
    assert found["12.5"] == ("云溪县", "面积", "2022年")
    assert found["15.5"] == ("石桥县", "面积", "2021年")
