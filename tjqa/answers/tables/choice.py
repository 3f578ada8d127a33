"""Which of the cells that fit answer a question, and whether any does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tjqa.answers.tables import parameters
from tjqa.answers.tables.extremes import extreme_cells, selected_cells
from tjqa.answers.tables.fits import Fit, same
from tjqa.answers.tables.question import CellQuestion
from tjqa.documents.tables import ColumnKind
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period

_SEVERAL = re.compile("[和与及、或]|以及|还有")
_OF = "的"


@dataclass(frozen=True, slots=True)
class Choice:
    """The cells that answer, best first; none when the question is not answered by a cell. `rivals` are cells of other
    tables that fit as well, a tuple for each table: the question does not say which is meant. `lacking` are the periods
    of the question that no cell of the kind is of, `existing` those that there are, in the file
    `path`; `of` is how many rows of a column were compared, 0 where none were, `count` how many of them meet a
    condition."""

    fits: tuple[Fit, ...]
    rivals: tuple[tuple[Fit, ...], ...] = ()
    lacking: tuple[Period, ...] = ()
    existing: tuple[Period, ...] = ()
    path: str = ""
    of: int = 0
    count: int = 0


def chosen(question: CellQuestion, fits: Sequence[Fit], elsewhere: Callable[[], Iterable[Fit]]) -> Choice:
    """The cells that answer a question.

    Args:
        question: it.
        fits: the cells that may be asked for.
        elsewhere: gives those of other periods than the ones asked for; looked at only where no cell answers.
    """
    best = max(fits, key=lambda fit: fit.score, default=None)
    if question.operation in ("highest", "lowest"):
        found, of = extreme_cells(question, fits)
        return Choice(found, of=of)
    if question.operation == "select":
        found, of, count = selected_cells(question, fits)
        return Choice(found, of=of, count=count)
    if best is None or not answers(question, best, fits):
        return _of_other_periods(question, elsewhere(), question.periods)
    if len(question.periods) > 1:
        return _each_period(question, best, fits, elsewhere)
    rivals = tuple(_cells_of(question, rival, fits) for rival in _rivals(question, best, fits))
    return Choice(_cells_of(question, best, fits), rivals)


def _cells_of(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The cells of one table that are meant, where one of them is `best`."""
    of_table = [fit for fit in fits if fit.grid is best.grid]
    if question.every:
        return _whole(best, of_table)
    if best.grid.is_form and question.several:
        return _of_form(question, best, of_table)
    return _beside(question, best, of_table) or _alike(best, of_table)


def _rivals(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> list[Fit]:
    """The best cells of other tables of the same names that fit as well, and say something else."""
    of_grid: dict[int, Fit] = {}
    for fit in fits:
        known = of_grid.get(id(fit.grid))
        if fit.grid is not best.grid and (known is None or fit.score > known.score):
            of_grid[id(fit.grid)] = fit
    found = [
        fit
        for fit in sorted(of_grid.values(), key=lambda fit: -fit.score)
        if fit.unranked >= best.unranked - parameters.ALIKE_TABLES
        and _holds_the_same(question, fit, best)
        and fit.cell.text != best.cell.text
        and answers(question, fit, fits)
    ]
    return found[: parameters.MOST_RIVALS]


def _holds_the_same(question: CellQuestion, fit: Fit, other: Fit) -> bool:
    """Whether two cells hold the same words of a question, be it by the heads of their rows or of their columns."""
    if {*_named(fit)} == {*_named(other)}:
        return True
    own, others = ([max(held) for held in zip(one.by_row, one.by_column, strict=True)] for one in (fit, other))
    lost = question.share(max(theirs - mine, 0.0) for mine, theirs in zip(own, others, strict=True))
    return lost < parameters.LEAST_GAIN


def answers(question: CellQuestion, fit: Fit, fits: Iterable[Fit] = ()) -> bool:
    """Whether a cell is what the question speaks of: its words are there, and its row and column are meant. Of several
    things that are asked for at once, one cell is one of them: `fits` are those that may be the others."""
    held = _held(question, fit, fits)
    if lacking_most(question, fit, held) >= parameters.MOST_LACKING or lacks_narrower(question, fit, held):
        return False
    if _names_another(question, fit, held):
        return False
    dated = fit.period == "same" and fit.cell.period is not None and fit.cell.period.origin in ("row", "cell")
    if (fit.named[0] or dated) and fit.row_share >= 1 and fit.named[1] and fit.column_share >= 1:
        return fit.cover >= parameters.LEAST_COVER_OF_NAMED
    cover = max(fit.cover, parameters.CONTEXT * question.share(held))
    is_label = fit.grid.is_form and fit.row_share >= 1  # what the form is of another cell of it says
    own = 1.0 if is_label else fit.own * max(cover, 1e-9) / max(fit.cover, 1e-9)
    if cover < parameters.LEAST_COVER or own < parameters.LEAST_OWN:
        return False
    by_row = question.share(fit.by_row)
    is_row = dated or fit.row_share >= parameters.LEAST_ROW or by_row >= parameters.LEAST_ROW or not fit.cell.row_heads
    # 石蜡多少钱 names no column: the unit tells it, or that nothing else is asked.
    is_column = fit.column_share >= parameters.LEAST_ROW or not fit.cell.column_heads or fit.is_unit
    return is_row and (is_column or by_row >= parameters.NOTHING_ELSE or _only_value(fit))


def _held(question: CellQuestion, fit: Fit, fits: Iterable[Fit]) -> list[float]:
    """How far each word of a question is held by the heads of a cell and by its table; where several things are asked
    for, also by the heads of the other cells of its row and its column."""
    found = [max(one) for one in zip(fit.by_row, fit.by_column, fit.by_table, strict=True)]
    found = list(map(max, found, fit.by_form))
    if question.several:
        for other in fits:
            if other.grid is fit.grid and _column(other) == _column(fit):
                found = list(map(max, found, other.by_row))
            elif other.grid is fit.grid and _row(other) == _row(fit):
                found = list(map(max, found, other.by_column))
    return found


def _names_another(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether what the question names beside the cell's row is held by nothing else: 学校 in 2017年西乡有多少学校,
    where the table is of inhabitants. Where one such name is held, another may be how it is asked."""
    first = next((at for at, in_row in enumerate(fit.by_row) if in_row), 0)  # what stands before it is more of its name
    beside = [
        (one, word.weight)
        for word, one, in_row in list(zip(question.words, held, fit.by_row, strict=True))[first:]
        if word.narrows and word.weight >= parameters.NAMED_THING and not in_row
    ]
    if any(one for one, _ in beside):
        return False
    return sum(weight for _, weight in beside) > parameters.NEGLIGIBLE * question.total


def lacking_most(question: CellQuestion, fit: Fit, held: Sequence[float] = ()) -> float:
    """The share of the question's weight of the heaviest word that neither a cell's heads nor its table hold at all, or
    nothing of what is `held`."""
    held = held or list(map(max, fit.by_row, fit.by_column, fit.by_table))
    lacking = [word.weight for word, one in zip(question.words, held, strict=True) if not one]
    return max(lacking, default=0.0) / max(question.total, 1e-9)


def lacks_narrower(question: CellQuestion, fit: Fit, held: Sequence[float] = ()) -> bool:
    """Whether what stands right before the measure that a question ends with, and narrows it, is held nowhere: 女性人口
    is not 人口, however little 女性 weighs. Of several things at once (甲和乙) one cell holds one of them."""
    held = held or list(map(max, fit.by_row, fit.by_column, fit.by_table))
    if not held or not held[-1] or _SEVERAL.search(question.folded):
        return False
    words = question.words
    gaps = [question.folded[one.span.end : two.span.start] for one, two in pairwise(words)]
    for at in range(len(words) - 2, -1, -1):
        if held[at] and (len(gaps[at]) > 1 or gaps[at] == _OF):
            return False  # here begins what is measured
        if not held[at]:
            near = len(gaps[at]) < 2
            return near and words[at].narrows and words[at].weight >= parameters.NARROWING
    return False


def _only_value(fit: Fit) -> bool:
    """Whether no other cell of its row holds a value."""
    return sum(cell.kind is ColumnKind.VALUE for cell in fit.row.cells) == 1


def _each_period(
    question: CellQuestion, best: Fit, fits: Sequence[Fit], elsewhere: Callable[[], Iterable[Fit]]
) -> Choice:
    """A cell of each period that is asked for, all of the same row and column names."""
    found: list[Fit] = []
    lacking = []
    for period in question.periods:
        of_it = [fit for fit in fits if _is_of(fit, period) and _named(fit) == _named(best)]
        if of_it:
            found.append(max(of_it, key=lambda fit: fit.score))
        else:
            lacking.append(period)
    if lacking:
        return _of_other_periods(question, [*fits, *elsewhere()], lacking)
    return Choice(tuple(found))


def _is_of(fit: Fit, period: Period) -> bool:
    return fit.cell.period is not None and same(period, Period.read(fit.cell.period.value))


def _named(fit: Fit) -> tuple[str, ...]:
    """What a cell is called in its table, its period apart: the innermost head of its row, the heads of its column."""
    own = "" if _dates(fit, "row") else squeeze(fold("".join(fit.cell.row_heads[-1:])))
    return (own, *(squeeze(fold(head)) for head in fit.cell.column_heads if not _dates(fit, "head")))


def _dates(fit: Fit, origin: str) -> bool:
    return fit.cell.period is not None and fit.cell.period.origin == origin


def _of_other_periods(question: CellQuestion, elsewhere: Iterable[Fit], lacking: Sequence[Period]) -> Choice:
    """No cell; where the same is told of other periods, which these are."""
    able = [fit for fit in elsewhere if answers(question, fit) and fit.cell.period is not None]
    if not able:
        return Choice(())
    best = max(able, key=lambda fit: fit.score)
    alike = [fit for fit in able if _named(fit) == _named(best)]
    existing = {Period.read(fit.cell.period.value) for fit in alike if fit.cell.period is not None}
    return Choice((), lacking=tuple(lacking), existing=tuple(sorted(existing)), path=best.grid.path)


def _alike(best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The best cell, with those of its column that the question names as well as it: 汽油（92#） and 汽油（95#）."""
    near = [fit for fit in fits if _column(fit) == _column(best) and fit.row_share == best.row_share]
    found = [fit for fit in near if fit.score >= best.score - parameters.ALIKE]
    return tuple(found) if len(found) <= parameters.MOST_CELLS // 3 else (best,)


def _column(fit: Fit) -> tuple[object, ...]:
    return (fit.grid.path, fit.grid.number, fit.cell.column_heads, fit.cell.address.rstrip("0123456789"))


def _row(fit: Fit) -> tuple[object, ...]:
    return (fit.grid.path, fit.grid.number, fit.row.number, fit.row.passage.span)


def _beside(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The best cell with those beside and below it that hold what the question leaves open: 期末和期初, 甲和乙."""
    rows, columns = [best], [best]
    for line, key, other in ((columns, _row, True), (rows, _column, False)):
        near = [fit for fit in fits if key(fit) == key(best) and fit.place != best.place]
        for fit in sorted(near, key=lambda fit: -fit.score):
            share = fit.column_share if other else fit.row_share
            score = fit.score + (fit.strange if share >= 1 else 0)  # named whole it is meant whatever it is
            if score < best.score - parameters.BESIDE or share < parameters.LEAST_BESIDE:
                continue
            is_new = _gain(question, fit, line, by_column=other) >= parameters.LEAST_GAIN
            if is_new or _is_another(question, fit, line, by_column=other):
                line.append(fit)
    if len(rows) == len(columns) == 1:
        return ()
    wanted = {(_row(row), _column(column)) for row in rows for column in columns}
    found = [fit for fit in fits if (_row(fit), _column(fit)) in wanted]
    return tuple(found[: parameters.MOST_CELLS])


def _of_form(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The cells of a form that stand beside the labels a question names: 星座和血型."""
    chosen = [best]
    for fit in sorted(fits, key=lambda fit: -fit.score):
        near = fit.row_share >= parameters.LEAST_LABEL and fit.place != best.place
        is_new = _gain(question, fit, chosen, by_column=False) >= parameters.LEAST_GAIN
        if near and (is_new or _is_another(question, fit, chosen, by_column=False)):
            chosen.append(fit)
    return tuple(sorted(chosen, key=lambda fit: fit.cell.span.start))[: parameters.MOST_CELLS]


def _is_another(question: CellQuestion, fit: Fit, line: Sequence[Fit], *, by_column: bool) -> bool:
    """Whether the question holds the whole head of a cell and it is no part of a chosen one: 合并报表和公司报表."""
    chosen = {name for one in line for name in one.named[by_column]}
    return any(
        not any(name in longer and (name == longer or longer in question.folded) for longer in chosen)
        for name in fit.named[by_column]
    )


def _gain(question: CellQuestion, fit: Fit, line: Sequence[Fit], *, by_column: bool) -> float:
    """The share of the question's weight that a cell's head holds, and no head of the chosen ones nor the names of
    the table do: what those hold is left open by no cell of it."""
    of_line = (one.by_column if by_column else one.by_row for one in line)
    before = [max(held) for held in zip(fit.by_table, *of_line, strict=True)]
    now = fit.by_column if by_column else fit.by_row
    return question.share(max(new - old, 0) for new, old in zip(now, before, strict=True))


def _whole(best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """All cells of the row or the column that is named, where the other one is not."""
    key = _column if best.row_share < best.column_share else _row
    found = [fit for fit in fits if key(fit) == key(best)]
    return tuple(found[: parameters.MOST_CELLS])
