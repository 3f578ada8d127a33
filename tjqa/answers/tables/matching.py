"""How well a cell fits a question: what of the question its heads hold, what they say more, its kind, unit, period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tjqa.answers.tables import parameters
from tjqa.answers.tables.fits import Fit, same
from tjqa.answers.tables.grid import Grid, GridRow, is_figure
from tjqa.answers.tables.heads import Head, HeadReader
from tjqa.answers.tables.kinds import strangeness
from tjqa.answers.tables.question import CellQuestion
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period, periods
from tjqa.text.units import is_unit

_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"[-+]?\d[\d,.]*\s*(\D{1,8})")
_GOES_ON = re.compile(r"(?![的和与及是在有])[\u4e00-\u9fff]{2}")  # the text is the beginning of a longer name
_MEANS = "指"  # between a term and what it stands for
_DAY = 10  # characters of an ISO day


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: how far the words of the question are held by the names of the table (`context`) and by the
    other cells of a form, and the labels over its cells that stand in the row above."""

    grid: Grid
    row: GridRow
    context: tuple[float, ...]
    form: tuple[float, ...]
    labels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell where it stands, with the texts `above` it that may name its column, and the one on its `left` or over it
    that may be its label."""

    at: _Row
    cell: Cell
    above: tuple[str, ...]
    left: str
    period: str


class CellMatcher:
    """Weighs the cells of tables for one question."""

    def __init__(self, question: CellQuestion, heads: HeadReader) -> None:
        self.question = question
        self._heads = heads
        self._none = (0.0,) * len(question.words)
        self._timely: dict[str, str] = {}
        self._shadowed: frozenset[str] = frozenset()

    def fits(self, grid: Grid, *, other_periods: bool = False) -> Iterator[Fit]:
        """The cells of a table that could be asked for, in order: those of the periods asked for and of untold ones, or
        those of other periods."""
        context = self._most([self._heads.of(text).support for text in (grid.context, grid.stub)])
        form = self._most([self._heads.of(text).support for text in grid.form_texts])
        form = tuple(parameters.FORM_WORD * held for held in form)
        self._shadowed = self._within_others(grid)
        for at_row, row in enumerate(grid.rows):
            can_answer = [at for at, cell in enumerate(row.cells) if self._can_answer(cell)]
            if not at_row:
                can_answer = [at for at in can_answer if row.columns[at] not in grid.naming_columns]
            dated = [(at, self._period(row.cells[at], row)) for at in can_answer]
            timely = [(at, period) for at, period in dated if (period == "other") == other_periods]
            if timely:
                yield from self._of_row(_Row(grid, row, context, form, grid.labels.get(at_row, {})), timely)

    def _within_others(self, grid: Grid) -> frozenset[str]:
        """The heads of a table that the question holds only within a longer one of it: 上年期末 beside 上上年期末."""
        told = {head for row in grid.rows for cell in row.cells for head in (*cell.row_heads[-1:], *cell.column_heads)}
        named = {head.bare for head in map(self._heads.of, told) if head.is_named}
        found = set()
        for name in named:
            rest = self.question.folded
            for longer in sorted(named, key=len, reverse=True):
                rest = rest.replace(longer, "|") if name != longer and name in longer else rest
            if name not in rest and name in self.question.folded:
                found.add(name)
        return frozenset(found)

    def _can_answer(self, cell: Cell) -> bool:
        """A name of a row is asked for by its column: 哪家公司; never where a figure is."""
        if _names(cell.text) and self._heads.of(cell.text).is_named and not self._is_asked_for(cell):
            return False  # what a question says it does not ask for
        if self.question.wants_figure and cell.text.lstrip().startswith("="):
            return False  # a formula that was never computed is no figure
        if cell.text.strip() == _MEANS:
            return False
        if cell.kind is ColumnKind.NAME:
            return not self.question.wants_figure and bool(cell.column_heads) and not is_figure(cell.text)
        return cell.kind is ColumnKind.VALUE

    def _is_asked_for(self, cell: Cell) -> bool:
        """Whether the question names the head of a cell and in a longer name its text: 简称 of
        天铭科技股份有限公司, which is 天铭科技."""
        heads = [self._heads.of(head) for head in (*cell.row_heads[-1:], *cell.column_heads[-1:])]
        if cell.kind is not ColumnKind.VALUE or not any(head.is_named and not head.dates for head in heads):
            return False
        text = squeeze(fold(cell.text))
        at = self.question.folded.find(text)
        return at >= 0 and bool(_GOES_ON.match(self.question.folded, at + len(text)))

    def _of_row(self, place: _Row, timely: list[tuple[int, str]]) -> Iterator[Fit]:
        # Words in the other cells of the row say which row it is: 存续起始日期为2021年6月30日的贷款.
        grid, row = place.grid, place.row
        # What stands behind it names what follows, a parameter of the device whose days stand before it.
        told = {at: self._heads.of(cell.text).support for at, cell in enumerate(row.cells) if _names(cell.text)}
        names = {at for at, cell in enumerate(row.cells) if cell.kind is ColumnKind.NAME}
        for at, period in timely:
            cell = row.cells[at]
            behind = {other for other in names if other > at}
            others = [held for other, held in told.items() if other not in {at, *behind}] if not grid.is_form else []
            above = () if cell.column_heads or grid.is_form else grid.column_texts.get(row.columns[at], ())
            above = tuple(text for text in above if text != cell.text and _names(text))
            # The names of rows are heads already.
            left = row.cells[at - 1].text if at and row.cells[at - 1].kind is ColumnKind.VALUE else ""
            over = place.labels.get(row.columns[at], "")
            if over and not grid.is_form and self._heads.of(over).is_named:
                left, above = over, (*above, over)
            yield self._of_cell(_Place(place, cell, above, left, period), others)

    def _of_cell(self, place: _Place, others: list[tuple[float, ...]]) -> Fit:
        cell, grid, context = place.cell, place.at.grid, place.at.context
        row_heads = [self._heads.of(head) for head in cell.row_heads]
        column_heads = [self._heads.of(head) for head in cell.column_heads]
        by_row = self._most([head.support for head in row_heads if len(head.bare) <= parameters.LONGEST_KEY] + others)
        by_column = self._most([self._heads.of(head).support for head in (*cell.column_heads, *place.above)])
        label = self._heads.of(place.left) if _names(place.left) else None
        own = tuple(map(max, by_row, by_column))
        cover = self.question.share(map(max, own, (parameters.CONTEXT * held for held in context), place.at.form))
        row_share, column_share = _shares(row_heads, column_heads)
        if label is not None and label.is_named and not self._heads.of(cell.text).is_named:
            # 别名 | 岁星 | 公转周期 | 11.862年: what stands on the left says what the cell is.
            row_heads, row_share, column_share = [*row_heads, label], max(row_share, 1.0), 1.0
        heads = " ".join([*(head.bare for head in row_heads[-1:]), *(head.folded for head in column_heads)])
        strange, is_unit = strangeness(self.question, heads, _unit_of(cell), fold(cell.text))
        is_asked = any(head.is_asked for head in (*row_heads[-1:], *column_heads[-1:]))
        score = cover + parameters.RANKED_FIRST / (1 + grid.rank) + self._timeliness(place.period)
        excess = (parameters.ROW_EXCESS, parameters.COLUMN_EXCESS)
        if column_share >= 1 and self.question.share(by_column) >= parameters.NOTHING_ELSE:
            excess = excess[::-1]  # the column says what is spoken of: the table lies on its side
        score -= excess[0] * (1 - row_share) * bool(row_heads) + excess[1] * (1 - column_share) * bool(column_heads)
        score -= parameters.WITHIN_ANOTHER * any(
            head.bare in self._shadowed for head in (*row_heads[-1:], *column_heads)
        )
        score += self._of_head(row_heads, column_heads, cell) - strange + parameters.ASKED_HEAD * is_asked
        return Fit(
            grid=grid,
            row=place.at.row,
            cell=cell,
            score=score,
            cover=cover,
            own=self._beyond(own, tuple(map(max, context, place.at.form))),
            by_row=by_row,
            by_column=by_column,
            by_table=context,
            row_share=row_share,
            column_share=column_share,
            named=(_named(row_heads) - self._shadowed, _named(column_heads) - self._shadowed),
            is_unit=is_unit or is_asked,
            strange=strange,
            period=place.period,
            by_form=place.at.form,
            pairs=(_pairs(row_heads[-1:]), _pairs(column_heads)),
        )

    def _beyond(self, own: tuple[float, ...], context: tuple[float, ...]) -> float:
        """Of what the names of the table leave open, the share that a cell's own heads hold; 1 where hardly any is."""
        left = sum(word.weight * (1 - held) for word, held in zip(self.question.words, context, strict=True))
        if left <= parameters.COMMON_WORD:
            return 1.0
        found = zip(self.question.words, own, context, strict=True)
        return sum(word.weight * is_own * (1 - held) for word, is_own, held in found) / left

    def _most(self, supports: list[tuple[float, ...]]) -> tuple[float, ...]:
        if len(supports) == 1:
            return supports[0]
        return tuple(map(max, *supports)) if supports else self._none

    def _timeliness(self, period: str) -> float:
        if period == "untold":
            return -parameters.UNTOLD_PERIOD
        return parameters.SAME_PERIOD if period == "same" else 0.0

    def _of_head(self, row_heads: list[Head], column_heads: list[Head], cell: Cell) -> float:
        """What it counts that the question names the whole row or column (a table may lie on its side), that it is a
        sum, and that it holds no figure."""
        is_named = any(head.is_named for head in row_heads[-1:])
        is_named = is_named or any(head.is_named and not head.dates for head in column_heads[-1:])
        value = parameters.WHOLE_HEAD if is_named else 0.0
        if self.question.wants_figure and not _DIGIT.search(cell.text):
            value -= parameters.NO_FIGURE
        if cell.total and self.question.operation != "total":
            value -= parameters.TOTAL_ROW * (1 - (row_heads[-1].share if row_heads else 0))
        return value

    def _period(self, cell: Cell, row: GridRow) -> str:
        question = self.question
        if question.published:
            published = row.passage.published or ""
            return "same" if published == question.published else "other" if len(published) == _DAY else "untold"
        if not question.periods:
            return ""
        if cell.period is None:
            told = [dated.period for dated in periods(fold(row.passage.text))]
            return "same" if any(same(asked, one) for one in told for asked in question.periods) else "untold"
        value = cell.period.value
        if value not in self._timely:
            own = Period.read(value)
            self._timely[value] = "same" if any(same(asked, own) for asked in question.periods) else "other"
        return self._timely[value]


def _shares(row_heads: list[Head], column_heads: list[Head]) -> tuple[float, float]:
    """How much of the heads of a row and of a column the question holds, 0..1: of a row the innermost counts most."""
    row = (max(head.share for head in row_heads) + row_heads[-1].share) / 2 if row_heads else 0.0
    naming = [head for head in column_heads if not head.counts] or column_heads
    column = sum(head.share for head in naming) / len(naming) if naming else 0.0
    return row, column


def _unit_of(cell: Cell) -> str:
    """The unit that its table tells for a cell, else the one behind its figure: 1500元."""
    if cell.unit is not None:
        return cell.unit.value
    own = _COUNTED.fullmatch(cell.text.strip())
    return own[1] if own is not None and is_unit(own[1]) else ""


def _pairs(heads: list[Head]) -> frozenset[str]:
    return frozenset().union(*(head.pairs for head in heads))


def _named(heads: list[Head]) -> frozenset[str]:
    return frozenset(head.bare for head in heads if head.is_named and not head.dates)


def _names(text: str) -> bool:
    """Whether a cell may say what its row or column is: a short text and no figure."""
    return 0 < len(text.strip()) <= parameters.LONGEST_KEY and not is_figure(text)
