"""Which of the cells that fit answer a question, and whether any does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tjqa.answers.tables import parameters
from tjqa.answers.tables.aspects import Aspect, aspects_of_heads
from tjqa.answers.tables.computing import can_be_summed
from tjqa.answers.tables.deciding import answers, column_of, is_doubtful, row_of, without_sums
from tjqa.answers.tables.extremes import extreme_cells, selected_cells
from tjqa.answers.tables.fits import Fit, same
from tjqa.answers.tables.level_and_share import asks_share_too, level_beside
from tjqa.answers.tables.question import CellQuestion
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period


@dataclass(frozen=True, slots=True)
class Choice:
    """The cells that answer, best first; none when the question is not answered by a cell. `rivals` are cells of other
    tables that fit as well, a tuple for each table: the question does not say which is meant. `lacking` are the periods
    of the question that no cell of the kind is of, `existing` those that there are, in the file
    `path`; `of` is how many rows of a column were compared, 0 where none were, `count` how many of them meet a
    condition; `blank` is the cell that would answer and holds nothing;
    `is_doubtful` says that the cells may be of another measure."""

    fits: tuple[Fit, ...]
    rivals: tuple[tuple[Fit, ...], ...] = ()
    lacking: tuple[Period, ...] = ()
    existing: tuple[Period, ...] = ()
    path: str = ""
    of: int = 0
    count: int = 0
    blank: Fit | None = None
    is_doubtful: bool = False


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
        if found or not question.is_between:
            return Choice(found, of=of)
        question = replace(question, operation="look")  # of two columns, or of one row that is told alone
    if question.operation == "select":
        found, of, count = selected_cells(question, fits)
        return Choice(found, of=of, count=count)
    best = _answering(question, best, fits)
    if best is None:
        return _of_other_periods(question, elsewhere(), question.periods)
    if len(question.periods) > 1:
        return _each_period(question, best, fits, elsewhere)
    rivals = tuple(_cells_of(question, rival, fits) for rival in _rivals(question, best, fits))
    cells = _cells_of(question, best, fits)
    return Choice(cells, rivals, is_doubtful=is_doubtful(question, best) or _is_one_side(question, cells))


def _is_one_side(question: CellQuestion, cells: Sequence[Fit]) -> bool:
    """Whether two things are held against each other of which a single cell tells one alone, or cells of several rows
    and columns tell more; or whether a sum is asked for of cells that make none."""
    if question.operation == "total" and len(cells) > 1:
        return not can_be_summed(cells)
    if question.operation == "difference" and len(cells) == 1:
        heads = squeeze(fold("".join((*cells[0].cell.row_heads, *cells[0].cell.column_heads))))
        return Aspect.CHANGE not in aspects_of_heads(heads, "") and "差" not in heads
    lines = len({*map(row_of, cells)}), len({*map(column_of, cells)})
    return question.is_between and (len(cells) == 1 or min(lines) > 1)


def with_blank(question: CellQuestion, choice: Choice, fits: Sequence[Fit], blanks: Iterable[Fit]) -> Choice:
    """The choice, or none and the blank cell that is asked for: where no cell answers, or one of the same table that
    fits less than the blank one."""
    if question.operation in ("highest", "lowest", "select") or question.every:
        return choice
    best = choice.fits[0] if choice.fits else None
    if best is not None and question.several:
        return choice
    able = [blank for blank in blanks if _is_meant(blank)]
    if best is not None:
        able = [one for one in able if one.grid is best.grid and one.score > best.score + parameters.ALIKE]
    for blank in sorted(able, key=lambda fit: -fit.score)[: parameters.MOST_TRIED]:
        if answers(question, blank, fits):
            return Choice((), blank=blank)
    return choice


def _is_meant(fit: Fit) -> bool:
    """Whether the question names both the row and the column of a cell, be it not quite whole."""
    dated = fit.period == "same" and fit.cell.period is not None
    row = bool(fit.named[0]) or fit.row_share >= parameters.LEAST_LABEL or dated
    column = bool(fit.named[1]) or fit.column_share >= parameters.LEAST_LABEL or dated or fit.is_asked
    return row and (column or not fit.cell.column_heads)


def _answering(question: CellQuestion, best: Fit | None, fits: Sequence[Fit]) -> Fit | None:
    """The best cell where it answers, else the best of those that hold more of the question and answer: 转销的金额 is
    no 金额 though that head is named whole."""
    if best is None or answers(question, best, fits):
        return best
    others = (
        fit
        for fit in fits
        if fit.score >= best.score - parameters.BESIDE and fit.cover >= best.cover + parameters.LEAST_GAIN
    )
    ranked = sorted(others, key=lambda fit: -fit.score)[: parameters.MOST_TRIED]
    return next((fit for fit in ranked if answers(question, fit, fits)), None)


def _cells_of(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The cells of one table that are meant, where one of them is `best`."""
    of_table = [fit for fit in fits if fit.grid is best.grid]
    if question.every:
        return _whole(question, best, of_table)
    if best.grid.is_form and question.several:
        return _of_form(question, best, of_table)
    return _beside(question, best, of_table) or _alike(question, best, of_table)


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
    return Choice(tuple(found), is_doubtful=is_doubtful(question, best))


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


def _alike(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The best cell, with those of its column that the question names as well as it: 汽油（92#） and 汽油（95#）."""
    near = [fit for fit in fits if column_of(fit) == column_of(best) and fit.row_share == best.row_share]
    if _is_told(question, best.named[0]):
        near = [fit for fit in near if _is_told(question, fit.named[0])]
    found = [fit for fit in near if fit.score >= best.score - parameters.ALIKE]
    return tuple(found) if len(found) <= parameters.MOST_CELLS // 3 else (best,)


def _beside(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The best cell with those beside and below it that hold what the question leaves open: 期末和期初, 甲和乙."""
    rows, columns = [best], [best]
    for line, key, other in ((columns, row_of, True), (rows, column_of, False)):
        near = [fit for fit in fits if key(fit) == key(best) and fit.place != best.place]
        for fit in sorted(near, key=lambda fit: -fit.score):
            share = fit.column_share if other else fit.row_share
            score = fit.score + (fit.strange if share >= 1 else 0)  # named whole it is meant whatever it is
            is_near = score >= best.score - parameters.BESIDE or (question.several and bool(fit.named[other]))
            own = best.column_share if other else best.row_share
            if not is_near or share < min(parameters.LEAST_BESIDE, parameters.AS_BESIDE * own):
                continue
            is_new = _gain(question, fit, line, by_column=other) >= parameters.LEAST_GAIN
            is_new = is_new or (
                share >= parameters.LEAST_OF_SEVERAL and _is_one_more(question, fit, line, by_column=other)
            )
            is_new = is_new or _is_another(question, fit, line, by_column=other)
            if is_new and (question.several or answers(question, fit, fits)):
                line.append(fit)
    if question.several and asks_share_too(question):
        columns += [level for column in columns if (level := level_beside(column, fits)) is not None]
    if len(rows) == len(columns) == 1:
        return ()
    columns += _crossed(columns, fits) if question.several else []
    wanted = {(row_of(row), column_of(column)) for row in rows for column in columns}
    found = [fit for fit in fits if (row_of(fit), column_of(fit)) in wanted]
    return tuple(found[: parameters.MOST_CELLS])


def _crossed(columns: Sequence[Fit], fits: Sequence[Fit]) -> list[Fit]:
    """The further columns of which every head is one of a chosen column's: 本期收入 of 本期成本 and 上期收入."""
    depth = len(columns[0].cell.column_heads)
    if depth < 2 or any(len(fit.cell.column_heads) != depth for fit in columns):
        return []
    levels = [{fit.cell.column_heads[level] for fit in columns} for level in range(depth)]
    chosen = {column_of(fit) for fit in columns}
    found = {
        column_of(fit): fit
        for fit in fits
        if row_of(fit) == row_of(columns[0])
        and column_of(fit) not in chosen
        and len(fit.cell.column_heads) == depth
        and all(head in level for head, level in zip(fit.cell.column_heads, levels, strict=True))
    }
    return list(found.values())


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
    is_told = _is_told(question, chosen)
    return any(
        (name in question.folded or not is_told)
        and not any(name in longer and (name == longer or longer in question.folded) for longer in chosen)
        for name in fit.named[by_column]
    )


def _is_told(question: CellQuestion, names: Iterable[str]) -> bool:
    """Whether the question holds one of the names itself: beside 值班领导 its 谁 asks for no 值班人员."""
    return any(name in question.folded for name in names)


def _is_one_more(question: CellQuestion, fit: Fit, line: Sequence[Fit], *, by_column: bool) -> bool:
    """Whether of several things that are asked for at once a head holds characters that no chosen one does, however
    little their word weighs: 投资 in 经营、投资、筹资活动产生的现金流量净额."""
    return question.several and bool(fit.pairs[by_column] - frozenset().union(*(one.pairs[by_column] for one in line)))


def _gain(question: CellQuestion, fit: Fit, line: Sequence[Fit], *, by_column: bool) -> float:
    """The share of the question's weight that a cell's head holds, and no head of the chosen ones nor the names of
    the table do: what those hold is left open by no cell of it."""
    of_line = (one.by_column if by_column else one.by_row for one in line)
    before = [max(held) for held in zip(fit.by_table, *of_line, strict=True)]
    now = fit.by_column if by_column else fit.by_row
    return question.share(max(new - old, 0) for new, old in zip(now, before, strict=True))


def _whole(question: CellQuestion, best: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """All cells of the row or the column that is named, where the other one is not; of a column no sums unasked."""
    if best.row_share >= best.column_share:
        return tuple(fit for fit in fits if row_of(fit) == row_of(best))[: parameters.MOST_CELLS]
    found = [fit for fit in fits if column_of(fit) == column_of(best)]
    return tuple(found if question.operation == "total" else without_sums(found, fits))[: parameters.MOST_CELLS]
