"""The rows of all tables of a document by where they stand in its text, for the packing of passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tjqa.documents import Article, SourceFile, Span
from tjqa.ingest import parameters
from tjqa.ingest.tables.find import tables_of
from tjqa.ingest.tables.parted import doubtful_rows
from tjqa.ingest.tables.rows import RowPlan
from tjqa.ingest.tables.table import Table


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row at its place; `plan` is None for a row of the head and what stands above it."""

    span: Span
    table: Table
    plan: RowPlan | None

    @property
    def is_head(self) -> bool:
        """Whether it is a part of the head, or heads the rows below it."""
        return self.plan is None or self.plan.heads

    @property
    def holds_values(self) -> bool:
        """Whether it is a row of values."""
        return self.plan is not None and self.plan.holds_values


@dataclass(frozen=True)
class Rows:
    """Rows in the order of the text."""

    rows: Sequence[TableRow] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [row.span.start for row in self.rows]

    @cached_property
    def alone(self) -> bool:
        """Whether each row is a passage: of a very large table several are."""
        return len(self.rows) <= parameters.ROWS_ALONE

    def within(self, span: Span) -> Iterator[TableRow]:
        """Those that lie wholly in a stretch of the text."""
        for at in range(bisect_left(self._starts, span.start), len(self.rows)):
            row = self.rows[at]
            if row.span.start >= span.end:
                return
            if row.span.end <= span.end:
                yield row


NO_ROWS = Rows()


def rows_of(source: SourceFile, articles: Sequence[Article]) -> Rows:
    """The rows of all tables of a document that was cleaned to `articles`."""
    found = [row for table in tables_of(source, articles) for row in _rows(table)]
    found.sort(key=lambda row: row.span)
    return Rows(list(_apart(found)))


def _rows(table: Table) -> Iterator[TableRow]:
    grid = table.block.grid
    if grid.loose and not table.head.rows and not any(column.heads for column in table.columns):
        return  # lines with gaps in them and nothing that says what they are
    for row in range(table.block.first, table.head.end):
        yield TableRow(table.span(row), table, None)
    doubtful = doubtful_rows(table)
    least = _least_cells(table)
    for plan in table.plans:
        # A cell that holds a whole text is packed like one, sentence by sentence.
        cells = grid.cells(plan.row)
        short = max((end - start for start, end in cells), default=0) <= parameters.LONGEST_PASSAGE
        shifted = grid.loose and plan.holds_values and not least <= len(cells) <= len(table.columns)
        if short and not shifted and plan.row not in doubtful:
            yield TableRow(table.span(plan.row), table, plan)


def _least_cells(table: Table) -> int:
    """How many cells a row needs so that each is known to stand in its column: all that there are, unless rows show
    that blank cells are parted like others and none shows one at its end. Such an end is what a shorter row lacks."""
    grid = table.block.grid
    if not grid.loose:
        return 0
    blank = [[end <= start for start, end in grid.cells(plan.row)] for plan in table.plans if plan.holds_values]
    hides_ends = any(any(row[:-1]) for row in blank) and not any(row[-1] for row in blank)
    return 2 if hides_ends else len(table.columns)


def _apart(rows: Iterable[TableRow]) -> Iterator[TableRow]:
    """Without those that hold nothing, or overlap one before them."""
    end = 0
    for row in rows:
        if len(row.span) and row.span.start >= end:
            yield row
            end = row.span.end
