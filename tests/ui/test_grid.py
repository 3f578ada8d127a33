"""A cited table as a grid: laid out, opened at the cell, heads in place."""

from __future__ import annotations

from rich.cells import cell_len

from tests.support.tables import packed
from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, FixedEngine
from tjqa.citations.source_tables import table_at
from tjqa.documents import Span
from tjqa.results import Citation, SourceView
from tjqa.ui.text.grid_text import WIDEST_COLUMN, GridText

ROWS = [f"第{n}号冷热轧普通碳素钢材,吨,{n * 1000}.5,{n},{'长' * 40},甲乙丙丁" for n in range(1, 61)]
CSV = "\n".join(["品名,单位,2024年价格（元）,涨跌（元）,说明,产地", *ROWS]) + "\n"


def view(quote: str) -> SourceView:
    """The table opened at a cell."""
    source, passages = packed(CSV.encode(), "价格.csv")
    start = source.text.index(quote)
    span = Span(start, start + len(quote))
    return SourceView("价格.csv", source.text, span, quote, (), table=table_at(passages, span))


def test_a_table_is_gathered_from_all_of_its_passages() -> None:
    """Heads, every row once in order, each cell where it stands in the file; running text has none."""
    opened = view("40000.5")
    table = opened.table
    assert table is not None and [heads[-1] for heads in table.heads][:3] == ["品名", "单位", "2024年价格（元）"]
    assert len(table.lines) == 60
    row = [span.of(opened.text) for span in table.lines[39].cells if span is not None]
    assert row[:3] == ["第40号冷热轧普通碳素钢材", "吨", "40000.5"]
    source, passages = packed("一句话。\n又一句话。\n".encode(), "甲.txt")
    assert table_at(passages, Span(0, 3)) is None and source.text


def test_columns_are_aligned() -> None:
    """Wide characters count two, figures end in one column, a long text is cut, every row is of one width."""
    opened = view("40000.5")
    assert opened.table is not None
    grid = GridText(opened.text, opened.table, opened.span)
    rows = [grid.row(at)[0] for at in range(60)]
    assert {cell_len(row) for row in (*rows, *grid.heads)} == {grid.width}
    assert grid.cited == 39 and cell_len("长" * 40) > WIDEST_COLUMN and "…" in rows[0]
    left, right = grid.column_of(opened.span)
    shown, places = grid.row(39)
    place = next(place for place in places if place.span == opened.span)
    assert shown[place.start : place.end] == "40000.5"
    assert left <= cell_len(shown[: place.start]) and cell_len(shown[: place.end]) == right
    assert {cell_len(row[: row.index(".5") + 2]) for row in rows} == {right}


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
