"""The highest and the lowest of a column: 哪个城市最高. Only where all rows of a table are known, sums apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tjqa.answers.tables import parameters
from tjqa.answers.tables.computing import figure_of
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.question import CellQuestion

_Column = tuple[str, int, int]


def extreme_cells(question: CellQuestion, fits: Sequence[Fit]) -> tuple[tuple[Fit, ...], int]:
    """The cells with the highest or lowest figure of the column that a question speaks of, all where several are as
    high, and of how many rows they are it; none where no column is meant.

    Args:
        question: that asks for the highest or the lowest.
        fits: the cells that may be asked for, each with how well it fits.
    """
    columns: dict[_Column, list[tuple[Fit, Decimal]]] = {}
    for fit in fits:
        figure = None if fit.cell.total or not fit.grid.is_whole else figure_of(fit.cell)
        if figure is not None:
            at = fit.row.columns[fit.row.cells.index(fit.cell)]
            columns.setdefault((fit.grid.path, fit.grid.number, at), []).append((fit, figure))
    able = [column for column in columns.values() if len(column) >= parameters.LEAST_ROWS]
    ranked = sorted(able, key=lambda column: -_meant(question, column[0][0]))
    if not ranked or _covered(question, ranked[0][0][0]) < parameters.LEAST_COVER:
        return (), 0
    rows = _of_group(question, ranked[0])
    wanted = (max if question.operation == "highest" else min)(figure for _, figure in rows)
    found = tuple(fit for fit, figure in rows if figure == wanted)
    return found[: parameters.MOST_CELLS], len(rows)


def _meant(question: CellQuestion, fit: Fit) -> float:
    """How much a column is the one that is spoken of, by what holds for all of its cells."""
    value = _covered(question, fit) + fit.column_share * parameters.COLUMN_EXCESS - fit.strange
    value += parameters.RANKED_FIRST / (1 + fit.grid.rank)
    return value + (parameters.SAME_PERIOD if fit.period == "same" else 0)


def _covered(question: CellQuestion, fit: Fit) -> float:
    """The share of the question's weight that the column, the heads of the stub and the table hold."""
    return question.share(map(max, fit.by_column, fit.by_table))


def _of_group(question: CellQuestion, column: list[tuple[Fit, Decimal]]) -> list[tuple[Fit, Decimal]]:
    """The rows that a question names, themselves or by a line above them: 化工产品里最贵的; all where it names none."""
    found = [(fit, figure) for fit, figure in column if _named(question, fit) >= parameters.LEAST_GAIN]
    return found or column


def _named(question: CellQuestion, fit: Fit) -> float:
    """The share of the question's weight that the heads of a row hold and neither its column nor its table does."""
    rest = map(max, fit.by_column, fit.by_table)
    return question.share(max(row - other, 0.0) for row, other in zip(fit.by_row, rest, strict=True))
