"""A cited table as a grid: laid out, opened at the cell, heads in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.support.formats import as_xlsx
from tests.support.tables import packed
from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, FixedEngine, citation
from tjqa.citations.source_tables import tables_of
from tjqa.documents import Span
from tjqa.index.filters import Filter
from tjqa.reports import SourceSummary
from tjqa.results import Answer, Citation, SourceTable, SourceView, TableLine
from tjqa.ui.text.grid_text import GAP, WIDEST_COLUMN, GridText
from tjqa.ui.widgets.lines import HintLine

ROWS = [f"第{n}号冷热轧普通碳素钢材,吨,{n * 1000}.5,{n},{'长' * 40},甲乙丙丁" for n in range(1, 61)]
CSV = "\n".join(["品名,单位,2024年价格（元）,涨跌（元）,说明,产地", *ROWS]) + "\n"


def view(quote: str) -> SourceView:
    """The table opened at a cell."""
    source, passages = packed(CSV.encode(), "价格.csv")
    start = source.text.index(quote)
    span = Span(start, start + len(quote))
    return SourceView("价格.csv", source.text, span, quote, (), tables=tables_of(passages))


def test_a_table_is_gathered_from_all_of_its_passages() -> None:
    """Heads, every row once in order, each cell where it stands in the file; running text has none."""
    opened = view("40000.5")
    table = opened.table_at(opened.span)
    assert table is not None and [heads[-1] for heads in table.heads][:3] == ["品名", "单位", "2024年价格（元）"]
    assert len(table.lines) == 60
    row = [span.of(opened.text) for span in table.lines[39].cells if span is not None]
    assert row[:3] == ["第40号冷热轧普通碳素钢材", "吨", "40000.5"]
    source, passages = packed("一句话。\n又一句话。\n".encode(), "甲.txt")
    assert not tables_of(passages) and source.text


def lines(grid: GridText, left: int, room: int) -> list[str]:
    """Heads and rows as they are shown, `left` columns scrolled to the right."""
    shown = grid.in_view(left, room)
    heads = [grid.heads(level, shown) for level in range(grid.head_rows)]
    rows = [grid.row(at, shown, room) for at in range(len(grid.table.lines))]
    return [*heads, *(GAP.join(piece.text for piece in row) for row in rows)]


def test_columns_are_aligned() -> None:
    """Wide characters count two, figures end in one column, a long text is cut, every row is of one width."""
    opened = view("40000.5")
    grid = GridText(opened.text, opened.tables[0], opened.span)
    shown = lines(grid, 0, grid.width)
    assert {cell_len(row) for row in shown} == {grid.width}
    assert grid.cited == 39 and cell_len("长" * 40) > WIDEST_COLUMN and "…" in shown[1]
    left, right = grid.column_of(opened.span)
    row = grid.row(39, grid.in_view(0, grid.width), grid.width)
    (at,) = [at for at, piece in enumerate(row) if piece.span == opened.span]
    texts = [piece.text for piece in row]
    assert texts[at].strip() == "40000.5"
    assert cell_len(GAP.join(texts[:at]) + GAP) == left and cell_len(GAP.join(texts[: at + 1])) == right
    assert {cell_len(line[: line.index(".5") + 2]) for line in shown[1:]} == {right}


NAMES = ["聚乙烯（LLDPE，熔融指数2薄膜料）", "线材（Φ8—10mm，HPB300）", "稻米（粳稻米）"]
PRICES = "\n".join(
    [
        "产品名称,单位,本期价格（元）,比上期价格涨跌（元）,涨跌幅（％）",
        *(f"{name},吨,{8232 + at}.6,-{24 + at}.5,-{at}.3" for at, name in enumerate(NAMES)),
    ]
)


@pytest.mark.parametrize("room", range(4, 120))
def test_no_part_of_a_figure_or_of_a_name_is_shown_as_if_it_were_all(room: int) -> None:
    """Wherever the grid is scrolled to, in a view of any width: each cell is whole, or ends with …, figures as … alone;
    a character of two columns is not lost where the view, or what is held back, ends within it."""
    source, passages = packed(f"{PRICES}\n".encode(), "价格.csv")
    at = source.text.index(NAMES[0])
    (table,) = tables_of(passages)
    grid = GridText(source.text, table, Span(at, at + 1))
    whole = {text for line in source.text.split("\n") for text in line.split(",")}
    for left in range(max(grid.width - room, 0) + 1):
        shown = grid.in_view(left, room)
        assert shown and {cell_len(line) for line in lines(grid, left, room)} == {cell_len(grid.heads(0, shown))}
        assert cell_len(grid.heads(0, shown)) <= room
        pieces = [piece.text.strip() for row in range(3) for piece in grid.row(row, shown, room)]
        pieces += [text for text in grid.heads(0, shown).split(GAP) if text.strip()]
        for text in filter(None, map(str.strip, pieces)):
            assert text in whole or any(own.startswith(text.removesuffix("…")) for own in whole if text.endswith("…"))
            assert text == "…" or not text.endswith("…") or not text.lstrip("-")[0].isdigit()


def test_the_columns_are_gone_through_one_by_one() -> None:
    """To the right until the last one is in view whole, and back to where it began."""
    source, passages = packed(f"{PRICES}\n".encode(), "价格.csv")
    at = source.text.index(NAMES[0])
    (table,) = tables_of(passages)
    grid, room, left = GridText(source.text, table, Span(at, at + 1)), 40, 0
    firsts = [grid.in_view(left, room)[1].column]
    while left < grid.width - room:
        left = min(grid.beside(left, room, 1), grid.width - room)
        firsts.append(grid.in_view(left, room)[1].column)
    assert grid.in_view(left, room)[-1].column == 4 and "涨跌幅（％）" in lines(grid, left, room)[0]
    while left:
        left = grid.beside(left, room, -1)
        firsts.append(grid.in_view(left, room)[1].column)
    assert firsts[0] == firsts[-1] == 1 and all(abs(one - other) <= 1 for one, other in pairwise(firsts))


def test_a_head_over_several_columns_stays_when_the_first_of_them_is_out_of_view() -> None:
    """So of every column the whole head can be read."""
    heads = (("街道",), ("2023年", "人口"), ("2023年", "产值"))
    line = TableLine(1, (Span(0, 2), Span(3, 5), Span(6, 8)))
    grid = GridText("东街 12 34", SourceTable("", heads, (line,)), Span(0, 2))
    assert [piece.text.strip() for piece in grid.row(0, grid.in_view(8, 17), 17)] == ["东街", "34"]
    assert "2023年" in grid.heads(0, grid.in_view(8, 17))


@pytest.mark.parametrize(("first", "held"), [("2024年{}月", True), ("{}月", True), ("一般", True), ("{}", False)])
def test_what_the_rows_are_stays_at_the_left(first: str, held: bool) -> None:
    """Also years and months, which end in one column as figures do; running numbers scroll with the rest."""
    rows = "".join(f"{first.format(n)},{n * 7}.5,{n * 9}.5,{n}.25\n" for n in range(1, 10))
    source, passages = packed(f"时间,生产指数,新订单指数,采购量指数\n{rows}".encode(), "指数.csv")
    (table,) = tables_of(passages)
    grid = GridText(source.text, table, Span(0, 0))
    assert bool(grid.held_back(30)) == held
    assert (grid.in_view(12, 30)[0].column == 0) == held


GROUPS = [
    ["产品名称", "单位", "价格（元）", "涨跌（元）"],
    ["一、黑色金属", None, None, None],
    ["螺纹钢", "吨", 3858.5, -51.2],
    ["线材", "吨", 4063.7, -54.6],
    ["二、有色金属及其他很长的一个组名，比第一列宽得多", None, None, None],
    ["电解铜", "吨", 68880.7, 578.2],
    ["铝锭", "吨", 18800.5, 55.5],
]


def test_lines_that_head_rows_are_shown_above_them() -> None:
    """With their head alone, across the columns, and their number where it is known; a citation of the whole passage
    marks the row, not the line above it."""
    source, passages = packed(as_xlsx({"价格": GROUPS}), "价格.xlsx")
    start = source.text.index("68880.7")
    (table,) = tables_of(passages)
    assert [line.number for line in table.lines] == [0, 3, 4, 5, 6, 7]
    assert [line.number for line in table.lines if line.is_head] == [0, 5]
    cited = Span(source.text.index("二、"), start + 7)
    grid = GridText(source.text, table, cited)
    assert grid.cited == 4 and GridText(source.text, table, Span(cited.start, cited.start + 2)).cited == 3
    (head,) = grid.row(3, grid.in_view(0, 60), 60)
    assert head.text == GROUPS[4][0]
    assert grid.row(3, grid.in_view(0, 20), 20)[0].text.endswith("…") and grid.in_view(0, 60)[0].width < 20


class Sheets(FixedEngine):
    """Every citation opens the table."""

    def view(self, citation: Citation) -> SourceView:
        """The last column but three of row 40."""
        return view("40000.5")


async def test_a_cited_cell_opens_in_a_grid_and_as_a_text() -> None:
    """In view with its row, the heads above it also after scrolling; Space shows the text and the grid again."""
    app = make_app(FixedBackend(Sheets()))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.reading.open_citation(card.answer, 1)
        await wait_until(pilot, lambda: "40 ▌ 第40号" in screen_text(app).replace("41 ▌", "40 ▌"))
        assert "40000.5" in screen_text(app) and "2024年价格（元）" in screen_text(app)
        assert app.focused is app.view.grid_panel
        await pilot.press("end", *["right"] * 6)
        await wait_until(pilot, lambda: "第60号" in screen_text(app) and "产地" in screen_text(app))
        assert "第40号" not in screen_text(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: app.focused is app.view.source_panel and "40000.5" in screen_text(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: app.focused is app.view.grid_panel)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "13个" in screen_text(app))


TWO_TABLES = (
    "# 价格\n\n本期多数品种价格下降。\n\n| 品名 | 价格（元） |\n| --- | --- |\n"
    + "".join(f"| 第{n}号钢材 | {n * 1000}.5 |\n" for n in range(1, 31))
    + "\n另有煤炭的价格如下。\n\n| 煤炭 | 报价（元） |\n| --- | --- |\n"
    + "".join(f"| 第{n}号煤 | {n * 100}.25 |\n" for n in range(1, 31))
)
FILE = "价格.md"


class TwoTables(FixedEngine):
    """A document with two tables; every answer cites a sentence, two cells of the first and one of the second."""

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """The four, as they stand in the file."""
        quotes = ("本期多数品种价格下降。", "3000.5", "29000.5", "2900.25")
        citations = tuple(citation(FILE, quote, n, 0.9, folder=self.folder) for n, quote in enumerate(quotes, 1))
        return Answer(question, "found", 0.9, citations[1:2], citations, 0.001)

    def _view(self, path: str, span: Span, quote: str) -> SourceView:
        source, passages = packed((self.folder / path).read_bytes(), path)
        return SourceView(path, source.text, span, quote, (), tables=tables_of(passages))

    def sources(self) -> tuple[SourceSummary, ...]:
        """The one document."""
        return (replace(FixedEngine().sources()[0], path=FILE),)


def two_tables(folder: Path) -> FixedBackend:
    """Over a folder with the document."""
    (folder / FILE).write_text(TWO_TABLES, "utf-8")
    return FixedBackend(TwoTables(folder=folder))


async def test_the_grid_follows_the_citation_that_is_looked_at(tmp_path: Path) -> None:
    """→ in the text, then Space: row, cell and number on top are those that F7 and F12 mean, also in another table."""
    app = make_app(two_tables(tmp_path), folder=tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.reading.open_citation(card.answer, 2)
        await wait_until(pilot, lambda: app.focused is app.view.grid_panel and "4 ▌ 第3号钢材" in screen_text(app))
        for number, row in ((3, "30 ▌ 第29号钢材"), (4, "30 ▌ 第29号煤"), (2, "4 ▌ 第3号钢材")):
            await pilot.press("space")
            await wait_until(pilot, lambda: app.focused is app.view.source_panel)
            await pilot.press("right", *["right"] * (number == 2), "space")
            await wait_until(pilot, lambda row=row: app.focused is app.view.grid_panel and row in screen_text(app))
            found = app.reading.passage_at_hand("")
            assert found is not None and found[1].number == number
            assert str(app.view.grid_panel.border_title).startswith(f"[{number}]")


@pytest.mark.parametrize("size", [(200, 50), (120, 36)])
async def test_a_scrollbar_is_there_only_where_there_is_something_to_scroll(size: tuple[int, int]) -> None:
    """A table that fits has no empty track below it; one that is too wide has a bar; all rows are reached."""
    app = make_app(FixedBackend(Sheets()))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.reading.open_citation(card.answer, 1)
        panel = app.view.grid_panel
        await wait_until(pilot, lambda: "40 ▌ 第40号" in screen_text(app).replace("41 ▌", "40 ▌"))
        assert panel.grid is not None
        is_wide = panel.grid.width + panel._gutter > panel.scrollable_content_region.width
        assert panel.show_horizontal_scrollbar == is_wide and panel.show_vertical_scrollbar
        await pilot.press("end")
        await wait_until(pilot, lambda: "第60号" in screen_text(app))


async def test_what_stands_in_no_table_has_no_grid(tmp_path: Path) -> None:
    """Space says so, the hints do not offer it, and the text with the citation stays."""
    app = make_app(two_tables(tmp_path), folder=tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.reading.open_citation(card.answer, 1)
        await wait_until(pilot, lambda: app.focused is app.view.source_panel)
        assert "表格" not in hint(app) and "上下引用" in hint(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: "不在表格里" in hint(app))
        assert app.focused is app.view.source_panel
        await pilot.press("right")
        await wait_until(pilot, lambda: "空格 看表格" in app.view.main.query_one(HintLine)._hint)


async def test_a_document_of_the_library_is_a_grid_too(tmp_path: Path) -> None:
    """Space shows the table at or below the place where one reads, none of its rows marked as cited; the hints offer
    nothing that needs a citation."""
    app = make_app(two_tables(tmp_path), folder=tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        app.reading.open_file(FILE)
        await wait_until(pilot, lambda: app.focused is app.view.source_panel and "多数品种" in screen_text(app))
        assert "空格 看表格" in hint(app) and "引用" not in hint(app) and "摘下" not in hint(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: app.focused is app.view.grid_panel and "2   第1号钢材" in screen_text(app))
        assert "▌" not in screen_text(app) and "为什么" not in hint(app) and "看全文" in hint(app)
        await pilot.press("space", "end")
        await wait_until(pilot, lambda: app.focused is app.view.source_panel and "第30号煤" in screen_text(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: app.focused is app.view.grid_panel and "报价（元）" in screen_text(app))
        assert "第20号煤" in screen_text(app) and "第1号煤" not in screen_text(app) and "▌" not in screen_text(app)


def hint(app: Any) -> str:
    """The row of hints, or of a notice."""
    return str(app.view.main.query_one(HintLine).render())
