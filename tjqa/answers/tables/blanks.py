"""Cells of a table that hold nothing, found by the row and the column that a question names: a refusal can say so.

An index keeps no blank cells. Where a row of a whole table has nothing in a column, the cell is made with the text of
another one of that column, so that it is weighed as what it would hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tjqa.answers.tables import parameters
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.grid import Grid, GridRow
from tjqa.answers.tables.heads import HeadReader
from tjqa.answers.tables.markers import is_no_value
from tjqa.documents import Span
from tjqa.documents.tables import Cell, Column, ColumnKind, TablePart, Value
from tjqa.results import BlankCell


@dataclass(frozen=True, slots=True)
class BlankPlace:
    """A row with a cell that holds nothing, number `at` of its cells, as if it held something."""

    row: GridRow
    at: int


def blank_places(grid: Grid, heads: HeadReader) -> Iterator[BlankPlace]:
    """The blank cells of a whole table whose row and column a question holds to a good part."""
    if not grid.is_whole:
        return
    columns = _columns(grid)
    samples: dict[int, str] = {}
    for row in grid.rows:
        for number, cell in zip(row.columns, row.cells, strict=True):
            if cell.kind is ColumnKind.VALUE and not is_no_value(cell.text):
                samples.setdefault(number, cell.text)
    able = [column for number, column in columns.items() if number in samples and _is_near(column.heads, heads)]
    pieces = Counter(row.number for row in grid.rows)  # a row that is cut lacks in each what the others hold
    for row in grid.rows if able else ():
        names = [text for cell in row.cells for text in (*cell.row_heads, *_own_name(cell))]
        if pieces[row.number] > 1 or not _is_near(names, heads):
            continue
        for column in able:
            told = dict(zip(row.columns, row.cells, strict=True)).get(column.number)
            if told is None or is_no_value(told.text):
                yield from _made(row, column, samples[column.number], columns)


def _columns(grid: Grid) -> dict[int, Column]:
    """The columns of values of a table: a passage knows those alone of which its rows hold something."""
    found: dict[int, Column] = {}
    for row in grid.rows:
        table = row.passage.table
        for column in table.columns if table is not None else ():
            if column.kind is ColumnKind.VALUE:
                found.setdefault(column.number, column)
    return found


def _own_name(cell: Cell) -> tuple[str, ...]:
    return (cell.text,) if cell.kind is ColumnKind.NAME else ()


def _is_near(names: tuple[str, ...] | list[str], heads: HeadReader) -> bool:
    """Whether the question holds one of the heads, or a good part of it; what has no head is told by its row."""
    read = [heads.of(name) for name in names]
    return not read or any(head.is_named or head.dates or head.share >= parameters.LEAST_BESIDE for head in read)


def _made(row: GridRow, column: Column, text: str, columns: dict[int, Column]) -> Iterator[BlankPlace]:
    """The row with a cell in a column where it has none, or none but a mark."""
    part = row.passage.table
    own = next((one for one in part.rows if one.number == row.number), None) if part is not None else None
    if part is None or own is None:
        return
    start = row.passage.span.start
    known = {one.number: at for at, one in enumerate(part.columns)}
    whole = part.columns if column.number in known else (*part.columns, column)
    at = known.get(column.number, len(part.columns))
    values = [value for value in own.values if value.column != at]
    values.append(Value(at, Span(start, start), text))
    values.sort(key=lambda value: whole[value.column].number)
    told: TablePart = replace(part, columns=whole, rows=(replace(own, values=tuple(values)),))
    cells = tuple(told.cells(row.passage.text, start))
    number = next(place for place, value in enumerate(values) if value.column == at)
    yield BlankPlace(replace(row, cells=cells, columns=tuple(whole[value.column].number for value in values)), number)


def told_blank(fit: Fit) -> BlankCell:
    """A blank cell as a refusal names it."""
    table = fit.row.passage.table
    real = next(row for row in fit.grid.rows if row.passage is fit.row.passage and row.number == fit.row.number)
    column = next(n for n, cell in zip(fit.row.columns, fit.row.cells, strict=True) if cell is fit.cell)
    mark = dict(zip(real.columns, real.cells, strict=True)).get(column)
    return BlankCell(
        fit.grid.path,
        table.name if table is not None else "",
        fit.cell.row_heads,
        fit.cell.column_heads,
        mark.text if mark is not None else "",
    )
