"""The highest and the lowest of a column, and the rows that meet a condition: 哪个城市最高, 有几个超过1000亿元. Only
where all rows of a table are known, sums apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tjqa.answers.tables import parameters
from tjqa.answers.tables.aspects import Aspect, aspects_of_heads
from tjqa.answers.tables.computing import figures_of
from tjqa.answers.tables.contrast import is_another, is_another_column, is_held
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.heads import bare_head
from tjqa.answers.tables.operations import extreme_at
from tjqa.answers.tables.question import CellQuestion
from tjqa.answers.tables.statement import told
from tjqa.documents.tables import Origin
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import whole_period

_Column = tuple[str, ...]
_CHANGE = re.compile("(?:增长|增速|增幅|涨幅|降幅|跌幅|增加|上涨|下降)得?$")
_WHICH_PERIOD = re.compile("哪一?个?(?:年|月|季|旬|期)|什么时候|何时|几月")
_WHICH = re.compile("哪一?[个些家类种座]?$")  # 哪个镇最大: what follows is the kind of row


def extreme_cells(question: CellQuestion, fits: Sequence[Fit]) -> tuple[tuple[Fit, ...], int]:
    """The cells with the highest or lowest figure of the column that a question speaks of, all where several are as
    high, behind them those they are held against where these are named, and of how many rows; none where no column is
    meant.

    Args:
        question: that asks for the highest or the lowest.
        fits: the cells that may be asked for, each with how well it fits.
    """
    rows = _column_meant(question, fits)
    if not rows:
        return (), 0
    wanted = (max if question.operation == "highest" else min)(figure for _, figure in rows)
    found = [fit for fit, figure in rows if figure == wanted]
    if question.is_between and len(rows) <= parameters.MOST_CELLS:
        found += [fit for fit, figure in rows if figure != wanted]  # both sides are shown
    return tuple(found[: parameters.MOST_CELLS]), len(rows)


def selected_cells(question: CellQuestion, fits: Sequence[Fit]) -> tuple[tuple[Fit, ...], int, int]:
    """The cells of the column that a question speaks of which meet its condition, out of how many rows, and how many
    they are. Of none the nearest one is given, so that it can be seen; no cells where the units cannot be held against
    each other, or more meet it than can be shown.

    Args:
        question: that has a condition.
        fits: the cells that may be asked for, each with how well it fits.
    """
    condition = question.condition
    rows = _column_meant(question, fits)
    if condition is None or not rows:
        return (), 0, 0
    held = [(fit, figure, condition.holds(figure, _unit(fit))) for fit, figure in rows]
    found = tuple(fit for fit, _, meets in held if meets)
    if any(meets is None for _, _, meets in held) or len(found) > parameters.MOST_SELECTED:
        return (), 0, 0
    if not found:
        nearest = (max if condition.sign.startswith(">") else min)(rows, key=lambda row: row[1])
        return (nearest[0],), len(rows), 0
    return found, len(rows), len(found)


def _unit(fit: Fit) -> str:
    return fit.cell.unit.value if fit.cell.unit is not None else told(fit).unit


def _column_meant(question: CellQuestion, fits: Sequence[Fit]) -> list[tuple[Fit, Decimal]]:
    """The rows of the column that a question speaks of, or of the group of rows that it names, or the periods of the
    row that it speaks of; none where none is meant."""
    columns: dict[_Column, list[Fit]] = {}
    for fit in fits:
        along = _is_along(question, fit)
        if (along or not fit.cell.total) and fit.grid.is_whole:
            columns.setdefault(_row(fit) if along else _column(question, fit), []).append(fit)
    figures = [_with_figures(column) for column in columns.values()]
    least = 2 if question.is_between and len(question.periods) == 2 else parameters.LEAST_ROWS
    able = [column for column in figures if len(column) >= least]
    able = [column for column in able if not _is_another(question, column[0][0])]
    ranked = sorted(able, key=lambda column: -_meant(question, column[0][0]))
    if not ranked or max(_covered(question, fit) for fit, _ in ranked[0]) < parameters.LEAST_COVER:
        return []
    if lacks_measure(question, ranked[0][0][0]):
        return []
    return _of_group(question, ranked[0])


def _is_along(question: CellQuestion, fit: Fit) -> bool:
    """Whether it is asked when a row was highest whose columns are periods: 哪年最多."""
    period = fit.cell.period
    return period is not None and period.origin == Origin.HEAD and _WHICH_PERIOD.search(question.folded) is not None


def _is_another(question: CellQuestion, fit: Fit) -> bool:
    """Whether a column, or a row that is looked along, is another one than the question names."""
    if not _is_along(question, fit):
        return is_another_column(question, fit)
    held = list(map(max, fit.by_row, fit.by_column, fit.by_table))
    return is_another(question, fit, held) or fit.row_share < parameters.LEAST_ROW


def _row(fit: Fit) -> _Column:
    """What the cells of a row have in common, but for those whose columns are more than periods."""
    heads = [head for head in fit.cell.column_heads if whole_period(fold(head)) is None]
    return (fit.grid.path, str(fit.grid.number), str(fit.row.number), str(fit.row.passage.span), *heads)


def lacks_measure(question: CellQuestion, fit: Fit) -> bool:
    """Whether neither a column nor its table says what a question asks to be the highest in: 面积最大 of a column of
    收入; 增长最快 of one that tells no change."""
    at = extreme_at(question.folded)
    before = question.folded[: at or 0]
    if _CHANGE.search(before):
        unit = fit.cell.unit.value if fit.cell.unit is not None else ""
        return Aspect.CHANGE not in aspects_of_heads(squeeze(fold(" ".join(fit.cell.column_heads))), unit)
    own = [one for one in enumerate(question.words) if one[1].span.end == len(before.removesuffix("的"))]
    if not own or len(own[0][1].text) < 2 or _WHICH.search(question.folded[: own[0][1].span.start]):
        return False
    number, word = own[0]
    along = _is_along(question, fit)
    heads = (*fit.cell.row_heads, *fit.cell.column_heads) if along else fit.cell.column_heads
    texts = (*map(bare_head, heads), fit.grid.context, fit.grid.stub)
    return not (fit.by_column[number] or fit.by_table[number] or (along and fit.by_row[number])) and not is_held(
        question, word, texts
    )


def _with_figures(column: Sequence[Fit]) -> list[tuple[Fit, Decimal]]:
    """The cells of a column that are figures."""
    figures = figures_of([fit.cell for fit in column])
    return [(fit, figure) for fit, figure in zip(column, figures, strict=True) if figure is not None]


def _column(question: CellQuestion, fit: Fit) -> _Column:
    """What the cells of a column have in common, also where it goes on in a table beside or below: their period, or,
    where it is asked when it was highest, what else names their rows."""
    table, unit, period = fit.row.passage.table, fit.cell.unit, fit.cell.period
    named = (table.name, table.sheet) if table is not None else ("", "")
    of: tuple[str, ...] = (period.value,) if period else ("",)
    if period is not None and period.origin == Origin.ROW and _WHICH_PERIOD.search(question.folded):
        of = tuple(head for head in fit.cell.row_heads if whole_period(fold(head)) is None)
    return (fit.grid.path, *named, unit.value if unit else "", *of, *fit.cell.column_heads)


def _meant(question: CellQuestion, fit: Fit) -> float:
    """How much a column is the one that is spoken of, by what holds for all of its cells."""
    along = _is_along(question, fit)
    held = map(max, fit.by_row, fit.by_table) if along else map(max, fit.by_column, fit.by_table)
    share = fit.row_share if along else fit.column_share
    value = question.share(held) + share * parameters.COLUMN_EXCESS - fit.strange
    value += parameters.RANKED_FIRST / (1 + fit.grid.rank)
    return value + (parameters.SAME_PERIOD if fit.period == "same" else 0)


def _covered(question: CellQuestion, fit: Fit) -> float:
    """The share of the question's weight that a row, the column, the heads of the stub and the table hold."""
    return question.share(map(max, fit.by_row, fit.by_column, fit.by_table))


def _of_group(question: CellQuestion, column: list[tuple[Fit, Decimal]]) -> list[tuple[Fit, Decimal]]:
    """The rows that a question names, themselves or by a line above them: 化工产品里最贵的; all where it names
    none, none where it holds two against each other and names no two."""
    found = [(fit, figure) for fit, figure in column if _named(question, fit) >= parameters.LEAST_GAIN]
    if question.is_between and (found or question.several):
        own = [row for row in found if _is_told_apart(row[0], found)]
        return own if len(own) > 1 else []
    return found or column


def _is_told_apart(fit: Fit, rows: Sequence[tuple[Fit, Decimal]]) -> bool:
    """Whether the question names a row by a word that no other row holds as well."""
    return any(
        held >= parameters.SINGLE_CHARACTER and all(other.by_row[at] < held for other, _ in rows if other is not fit)
        for at, held in enumerate(fit.by_row)
    )


def _named(question: CellQuestion, fit: Fit) -> float:
    """The share of the question's weight that the heads of a row hold and neither its column nor its table does."""
    rest = map(max, fit.by_column, fit.by_table)
    return question.share(max(row - other, 0.0) for row, other in zip(fit.by_row, rest, strict=True))
