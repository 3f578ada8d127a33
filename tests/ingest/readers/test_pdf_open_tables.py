"""tjqa.ingest.readers.pdf.open_tables: tables that have rules across only."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.ingest.readers.test_pdf import FULL, MORE, REST, of, paragraphs
from tests.support.pdf_pages import Page, Rule, Text, lines
from tjqa.documents import Merged

CAPTION = "表2 各乡镇的水库"
COLUMNS = (60, 160, 260, 360)
RIVERS = [("青石镇", "12", "3.4", "甲等"), ("白沙乡", "9", "1.2", "乙等"), ("东渠村", "30", "11.75", "甲等")]


def across(*heights: float, x0: float = 50, x1: float = 450) -> list[Rule]:
    """Rules of one length."""
    return [Rule(x0, y, x1, y) for y in heights]


def rows(cells: Sequence[Sequence[str]], top: float, step: float = 26) -> list[Text]:
    """Cells in the columns; blank ones are left out."""
    return [
        Text(x, top + step * n, cell)
        for n, row in enumerate(cells)
        for x, cell in zip(COLUMNS, row, strict=True)
        if cell
    ]


def tabbed(cells: Sequence[Sequence[str]]) -> list[str]:
    """As lines of the text."""
    return ["\t".join(row) for row in cells]


def test_labels_of_several_lines_are_whole() -> None:
    """The unit stands below the label; the corner is blank; rows stand far apart."""
    head = [("", "座数", "库容", "等级"), ("", "（座）", "（亿方）", "")]
    page = [
        Text(200, 80, CAPTION),
        *across(100, 160, 250),
        *rows(head, 122),
        *rows(RIVERS, 182),
        Text(60, 290, "合计。"),
    ]
    found = paragraphs(of(page))
    assert found == [CAPTION, "\t座数（座）\t库容（亿方）\t等级", *tabbed(RIVERS), "合计。"]


def test_a_label_around_its_row() -> None:
    """A label of two lines, its figures in the middle between them: one row."""
    page = [
        *across(100, 130, 190),
        *rows([("", "青石镇", "白沙乡", "东渠村")], 120),
        *(Text(60, y, text) for y, text in ((150, "水库"), (178, "（座）"))),
        *rows([("", "12", "9", "30")], 164),
    ]
    assert paragraphs(of(page)) == ["\t青石镇\t白沙乡\t东渠村", "水库（座）\t12\t9\t30"]


def test_labels_over_several_columns() -> None:
    """They stand above those of the columns, and reach over them."""
    page = [
        *across(100, 160, 250),
        *rows([("乡镇", "", "", "等级")], 136),
        Text(180, 122, "水库和湖泊的数和库容"),
        *rows([("", "座数", "库容", "")], 150),
        *rows(RIVERS, 182),
    ]
    found = of(page)
    assert paragraphs(found) == ["乡镇\t水库和湖泊的数和库容\t\t等级", "\t座数\t库容\t", *tabbed(RIVERS)]
    assert Merged(0, 1, 1, 2) in found.tables[0].merged


def test_what_goes_on_overleaf_has_no_foot() -> None:
    """Its rows are those below the rule of the head; the page's number is none."""
    page = [*across(600, 626), *rows([("乡镇", "座数", "库容", "等级")], 618), *rows(RIVERS, 645), Text(300, 760, "12")]
    assert paragraphs(of(page)) == ["乡镇\t座数\t库容\t等级", *tabbed(RIVERS), "12"]


def test_the_caption_of_the_next_table() -> None:
    """It stands between two tables, of which the first may have no rule at its foot, and the last one in pieces."""
    head = ("乡镇", "座数", "库容", "等级")
    page = [
        *across(100, 126), *rows([head], 118), *rows(RIVERS, 145), Text(180, 225, CAPTION),
        *across(235, 260, x1=455), *rows([head], 252), *rows(RIVERS, 280),
        Rule(50, 345, 120, 345), Rule(380, 345, 455, 345),
    ]  # fmt: skip
    assert paragraphs(of(page)) == ["\t".join(head), *tabbed(RIVERS), CAPTION, "\t".join(head), *tabbed(RIVERS)]


@pytest.mark.parametrize(
    ("page", "read_as"),
    [
        ([*lines([FULL, MORE, REST]), *across(50, 70, 200, x0=50, x1=470)], [FULL + MORE + REST]),
        (
            [
                *lines([FULL, MORE, REST]),
                *(Rule(60, y, 455, y) for y in (83, 99, 115)),
            ],
            [FULL + MORE + REST],
        ),
        (
            [
                *across(60, 150, 240, x0=50, x1=470),
                *(Text(70, 80 + 20 * n, f"{n}.") for n in range(8)),
                *(Text(100, 80 + 20 * n, f"第{'一二三四五六七八'[n]}句代码") for n in range(8)),
            ],
            [f"{n}.  第{'一二三四五六七八'[n]}句代码" for n in range(8)],
        ),
    ],
    ids=["rules of a running head", "underlined lines", "numbered lines in boxes"],
)
def test_no_tables(page: Page, read_as: list[str]) -> None:
    """What has rules across of one length and is prose, or a list."""
    found = [text.replace("\t", "  ") for text in paragraphs(of(page))]
    assert [text.replace(" ", "") for text in found] == [text.replace(" ", "") for text in read_as]


def test_rows_of_far_cells_are_no_columns() -> None:
    """Without any rule: each half of the page would be filled from its left to its right end by cells alone."""
    cells = [
        (name, str(100 + n), str(200 + n), str(300 + n))
        for n, name in enumerate(["青石镇", "白沙乡", "东渠村", "西渠村", "南湖镇"])
    ]
    page = [Text(60 + 130 * at, 80 + 28 * n, cell) for n, row in enumerate(cells) for at, cell in enumerate(row)]
    assert paragraphs(of(page)) == tabbed(cells)
