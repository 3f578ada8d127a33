"""How well a cell fits a question: what of the question its heads hold, what they say more, its kind, unit, period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tjqa.answers.tables import parameters
from tjqa.answers.tables.asked_cells import AskedCells
from tjqa.answers.tables.blanks import blank_places
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.grid import Grid, GridRow
from tjqa.answers.tables.heads import Head, HeadReader
from tjqa.answers.tables.kinds import strangeness
from tjqa.answers.tables.measures import goes_on, may_name, named_whole, pairs, shares, tells_row, timeliness
from tjqa.answers.tables.question import WHOLE_COUNTRY, CellQuestion
from tjqa.answers.tables.self_told import said_measure, unit_of
from tjqa.answers.tables.timing import Timing
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.text.normalize import fold

_DIGIT = re.compile(r"\d")


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
    that may be its label; `told_by` are names in other cells that tell its row."""

    at: _Row
    cell: Cell
    above: tuple[str, ...]
    left: str
    period: str
    told_by: frozenset[str]


class CellMatcher:
    """Weighs the cells of tables for one question."""

    def __init__(self, question: CellQuestion, heads: HeadReader) -> None:
        self.question = question
        self._heads = heads
        self._none = (0.0,) * len(question.words)
        self._asked = AskedCells(question, heads)
        self._timing = Timing(question)
        self._shadowed: frozenset[str] = frozenset()

    def fits(self, grid: Grid, *, other_periods: bool = False) -> Iterator[Fit]:
        """The cells of a table that could be asked for, in order: those of the periods asked for and of untold ones, or
        those of other periods."""
        context, form = self._around(grid)
        for at_row, row in enumerate(grid.rows):
            can_answer = [at for at, cell in enumerate(row.cells) if self._asked.can_answer(cell)]
            if not at_row:
                can_answer = [at for at in can_answer if row.columns[at] not in grid.naming_columns]
            dated = [(at, self._timing.of(row.cells[at], row)) for at in can_answer]
            timely = [(at, period) for at, period in dated if (period == "other") == other_periods]
            if timely:
                yield from self._of_row(_Row(grid, row, context, form, grid.labels.get(at_row, {})), timely)

    def blanks(self, grid: Grid) -> Iterator[Fit]:
        """The cells of a table that hold nothing and could be asked for, each as if it held something."""
        context, form = self._around(grid)
        for place in blank_places(grid, self._heads):
            period = self._timing.of(place.row.cells[place.at], place.row)
            if period != "other":
                yield from self._of_row(_Row(grid, place.row, context, form, {}), [(place.at, period)])

    def _around(self, grid: Grid) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """How far the names of a table, and the texts of a form, hold the words of the question."""
        context = self._most([self._heads.of(text).support for text in (grid.context, grid.stub)])
        form = self._most([self._heads.of(text).support for text in grid.form_texts])
        self._shadowed = self._within_others(grid)
        return context, tuple(parameters.FORM_WORD * held for held in form)

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

    def _of_row(self, place: _Row, timely: list[tuple[int, str]]) -> Iterator[Fit]:
        # Words in the other cells of the row say which row it is: 存续起始日期为2021年6月30日的贷款.
        grid, row = place.grid, place.row
        # What stands behind it names what follows, a parameter of the device whose days stand before it.
        told = {at: self._said_of(cell.text, grid) for at, cell in enumerate(row.cells) if tells_row(cell)}
        names = {at for at, cell in enumerate(row.cells) if cell.kind is ColumnKind.NAME}
        telling = {at: self._asked.told_name(cell.text, grid) for at, cell in enumerate(row.cells)}
        for at, period in timely:
            cell = row.cells[at]
            behind = {other for other in names if other > at}
            others = [held for other, held in told.items() if other not in {at, *behind}] if not grid.is_form else []
            above = () if cell.column_heads or grid.is_form else grid.column_texts.get(row.columns[at], ())
            above = tuple(text for text in above if text != cell.text and may_name(text))
            # The names of rows are heads already.
            left = row.cells[at - 1].text if at and row.cells[at - 1].kind is ColumnKind.VALUE else ""
            over = place.labels.get(row.columns[at], "")
            if over and not grid.is_form and self._heads.of(over).is_named:
                left, above = over, (*above, over)
            told_by = frozenset(name for other, name in telling.items() if name and other != at)
            yield self._of_cell(_Place(place, cell, above, left, period, told_by), others)

    def _of_cell(self, place: _Place, others: list[tuple[float, ...]]) -> Fit:
        cell, grid, context = place.cell, place.at.grid, place.at.context
        row_heads = [self._heads.of(head) for head in cell.row_heads]
        column_heads = [self._heads.of(head) for head in cell.column_heads]
        by_row = self._most([*self._of_names(cell.row_heads, grid), *others])
        by_column, is_said = self._of_column(place)
        label = self._heads.of(place.left) if may_name(place.left) else None
        own = tuple(map(max, by_row, by_column))
        cover = self.question.share(map(max, own, (parameters.CONTEXT * held for held in context), place.at.form))
        row_share, column_share = shares(row_heads, column_heads)
        row_share = 1.0 if place.told_by else row_share
        is_label = label is not None and label.is_named and not self._asked.owns(label.bare)
        if label is not None and is_label and not self._heads.of(cell.text).is_named:
            # 别名 | 岁星 | 公转周期 | 11.862年: what stands on the left says what the cell is.
            row_heads, row_share, column_share = [*row_heads, label], max(row_share, 1.0), 1.0
        row_names = named_whole(row_heads) | place.told_by
        heads = " ".join([*(head.bare for head in row_heads[-1:]), *(head.folded for head in column_heads)])
        strange, is_unit = strangeness(self.question, heads, unit_of(cell), fold(cell.text))
        is_asked = any(head.is_asked for head in (*row_heads[-1:], *column_heads[-1:]))
        score = cover + parameters.RANKED_FIRST / (1 + grid.rank) + timeliness(place.period)
        excess = (parameters.ROW_EXCESS, parameters.COLUMN_EXCESS)
        if column_share >= 1 and self.question.share(by_column) >= parameters.NOTHING_ELSE:
            excess = excess[::-1]  # the column says what is spoken of: the table lies on its side
        score -= excess[0] * (1 - row_share) * bool(row_heads) + excess[1] * (1 - column_share) * bool(column_heads)
        is_within = any(head.bare in self._shadowed for head in (*row_heads[-1:], *column_heads))
        score -= parameters.WITHIN_ANOTHER * is_within
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
            named=(row_names - self._shadowed, named_whole(column_heads) - self._shadowed),
            is_unit=is_unit or is_asked,
            is_asked=is_asked,
            strange=strange,
            period=place.period,
            by_form=place.at.form,
            pairs=(pairs(row_heads[-1:]), pairs(column_heads)),
            is_last=any(head.is_last for head in row_heads[-1:]),
            is_said=is_said,
        )

    def _of_names(self, names: tuple[str, ...], grid: Grid) -> Iterator[tuple[float, ...]]:
        """How far the words of the question are held by the names of a row, each alone and together with those behind
        it: 云溪 | 石桥."""
        for at in range(len(names)):
            for name in dict.fromkeys((names[at], "".join(names[at:]))):
                if len(self._heads.of(name).bare) <= parameters.LONGEST_KEY:
                    yield self._said_of(name, grid)

    def _of_column(self, place: _Place) -> tuple[tuple[float, ...], bool]:
        """How far the words of the question are held by the heads of a column, and by what a cell itself says that its
        figure is of; whether that holds any."""
        said = said_measure(place.cell.text) if self.question.wants_figure else ""
        own = self._heads.of(said).support if said else self._none
        told = [self._heads.of(head).support for head in (*place.cell.column_heads, *place.above)]
        return self._most([*told, own]), any(own)

    def _said_of(self, text: str, grid: Grid) -> tuple[float, ...]:
        """How far a text of a row holds the words of the question, also those of which it is the beginning and the
        names of the table hold the end: in a table of 机场, 白鹭机场 is 白鹭."""
        head = self._heads.of(text)
        return tuple(
            1.0 if len(head.bare) > 1 and goes_on(word.text, head.bare, grid.context + grid.stub) else held
            for word, held in zip(self.question.words, head.support, strict=True)
        )

    def _beyond(self, own: tuple[float, ...], context: tuple[float, ...]) -> float:
        """Of what the names of the table leave open, the share that a cell's own heads hold; 1 where hardly any is."""
        words = zip(self.question.words, own, context, strict=True)
        open_ = [(word.weight * (1 - held), is_own) for word, is_own, held in words if word.text not in WHOLE_COUNTRY]
        left = sum(weight for weight, _ in open_)
        if left <= parameters.COMMON_WORD:
            return 1.0
        return sum(weight * is_own for weight, is_own in open_) / left

    def _most(self, supports: list[tuple[float, ...]]) -> tuple[float, ...]:
        if len(supports) == 1:
            return supports[0]
        return tuple(map(max, *supports)) if supports else self._none

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
