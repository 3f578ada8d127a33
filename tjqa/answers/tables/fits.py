"""A cell with how well it fits a question, as `matching` finds it and `choice` chooses by."""

from __future__ import annotations

from dataclasses import dataclass

from tjqa.answers.tables import parameters
from tjqa.answers.tables.grid import Grid, GridRow
from tjqa.documents.tables import Cell
from tjqa.text.periods import Period


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A cell and how well it fits: `score`, of which its kind and unit took `strange`.

    `cover` is the share of the question's weight that its heads and its table hold, `own` the share of what the table
    does not hold that its own heads do. `by_row`, `by_column`, `by_table` are how far each word is held by the heads of
    its row, by those of its column, by the names of its table; `row_share`, `column_share` how much of the heads the
    question holds, `named` the heads of the row and of the column that it holds whole. `is_unit` says that it counts in
    the unit asked for, `is_asked` that a head of it ends in what a question word asks for; `by_form` how far each word
    is held by any cell of the form that it is of; `pairs` are the pairs of characters of the question that the head of
    its row and those of its column hold; `is_said` that the cell itself says that its figure is of what is asked for,
    `is_last` that the innermost head of its row ends as the question does;
    `period` is "same" as asked, "other", "untold", or "" where none is asked for.
    """

    grid: Grid
    row: GridRow
    cell: Cell
    score: float
    cover: float
    own: float
    by_row: tuple[float, ...]
    by_column: tuple[float, ...]
    by_table: tuple[float, ...]
    row_share: float
    column_share: float
    named: tuple[frozenset[str], frozenset[str]]
    is_unit: bool
    is_asked: bool
    strange: float
    period: str
    by_form: tuple[float, ...] = ()
    pairs: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    is_said: bool = False
    is_last: bool = False

    @property
    def unranked(self) -> float:
        """How well it fits whatever the rank of its table."""
        return self.score - parameters.RANKED_FIRST / (1 + self.grid.rank)

    @property
    def place(self) -> tuple[str, int, int]:
        """What tells its cell from all other cells."""
        return (self.grid.path, self.cell.span.start, self.cell.span.end)


def same(asked: Period, own: Period) -> bool:
    """Whether a period is the one asked for; one without a year is that of any year."""
    if asked.year and own.year:
        return asked == own
    return (asked.first, asked.last) == (own.first, own.last) and not asked.until and not own.until
