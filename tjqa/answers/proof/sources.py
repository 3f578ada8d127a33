"""The library as a draft is held against it: sentences and cells of passages, each with what is true of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tjqa.answers.figures.parameters import LONGEST_HEAD
from tjqa.answers.figures.quantities import last_digit, unit_of
from tjqa.answers.proof.codes import Code, codes_of
from tjqa.answers.proof.facts import pairs, times
from tjqa.answers.proof.labels import labels_of
from tjqa.answers.proof.values import Bound, Quantity, standing_quantities
from tjqa.answers.tables.computing import figure_of
from tjqa.answers.tables.earlier_periods import timely
from tjqa.documents import Passage, Span, context
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Dated, Period, periods
from tjqa.text.sentences import sentences, trim


@dataclass(frozen=True, eq=False)
class SourceCell:
    """A figure of a table: `row_heads` and `column_heads` are folded, `around` what else is told of it."""

    cell: Cell
    quantity: Quantity
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    around: str
    period: Period | None

    @property
    def heads(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.row_heads, *self.column_heads)


@dataclass(frozen=True, eq=False)
class SourceUnit:
    """A sentence of a passage, at `span` of its text, or a row of its table."""

    source: SourceText
    span: Span
    folded: str
    is_row: bool = False

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Its pairs of letters."""
        return pairs(self.folded)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its figures; those of a row that say no unit are looked at as cells, under their heads."""
        written = self.span.of(self.source.passage.text)
        return tuple(one for one in standing_quantities(self.folded, written) if one.base or not self.is_row)

    @cached_property
    def labels(self) -> list[str]:
        """What each of its figures is said to be of."""
        return labels_of(self.folded, self.quantities)

    @cached_property
    def periods(self) -> tuple[Dated, ...]:
        """The stretches of time that it tells."""
        return tuple(times(self.folded))

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """What names one of several alike in it."""
        return tuple(codes_of(self.folded))


class SourceText:
    """A passage, folded and taken apart when needed."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.folded = fold(passage.text)
        self.context = fold(f"{context(passage)} {passage.path} {passage.published or ''}")

    @cached_property
    def units(self) -> tuple[SourceUnit, ...]:
        """Its sentences and rows."""
        rows = self._rows
        found = []
        for sentence in sentences(self.folded):
            span = trim(self.folded, sentence)
            if len(span):
                is_row = any(sentence.start < row.end and row.start < sentence.end for row in rows)
                found.append(SourceUnit(self, span, span.of(self.folded), is_row))
        return tuple(found)

    @cached_property
    def _rows(self) -> list[Span]:
        """Where rows stand; one with a whole text in a cell is read as a text."""
        table, base = self.passage.table, self.passage.span.start
        rows = table.rows if table is not None else ()
        spans = [[value.span for value in row.values if self.passage.span.covers(value.span)] for row in rows]
        short = [own for own in spans if own and max(map(len, own)) <= LONGEST_HEAD]
        return [Span(min(s.start for s in own) - base, max(s.end for s in own) - base) for own in short]

    @cached_property
    def cells(self) -> tuple[SourceCell, ...]:
        """The figures of its table."""
        table = self.passage.table
        if table is None:
            return ()
        around = fold(f"{table.name} {table.sheet} {self.context}")
        cells = table.cells(self.passage.text, self.passage.span.start)
        return tuple(made for cell in cells if (made := _cell(timely(cell), self.passage, around)) is not None)

    @cached_property
    def section_periods(self) -> tuple[Dated, ...]:
        """The stretches of time that its headings tell: more surely of its own figures than its title does."""
        return tuple(times(fold(self.passage.section)))

    @cached_property
    def context_periods(self) -> tuple[Period, ...]:
        """The stretches of time that its title, section, file and date tell."""
        return tuple(one.period for one in periods(self.context))


def _cell(cell: Cell, passage: Passage, around: str) -> SourceCell | None:
    value = figure_of(cell) if cell.kind is ColumnKind.VALUE and passage.span.covers(cell.span) else None
    if value is None:
        return None
    written = fold(cell.text)
    own = written.strip(" +-−0123456789.,")
    unit = unit_of(cell.unit.value if cell.unit is not None else own)
    base = "%" if unit.base in ("%", "％") or own == "%" else unit.base
    grain = last_digit(cell.text) * unit.scale
    quantity = Quantity(
        cell.span, cell.span, value * unit.scale, base, grain, grain, Bound.EXACT, is_scaled=unit.scale != 1
    )
    rows, columns = (
        tuple(squeeze(fold(head)) for head in heads if head.strip()) for heads in (cell.row_heads, cell.column_heads)
    )
    place = f" {cell.place.value}" if cell.place is not None else ""
    period = Period.read(cell.period.value) if cell.period is not None else None
    return SourceCell(cell, quantity, rows, columns, around + fold(place), period)


class Sources:
    """Passages taken apart, those of the last sentences kept: neighbours in a draft mostly come from the same ones."""

    _KEPT = 400

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[str, Span], SourceText] = OrderedDict()

    def of(self, passages: Sequence[Passage]) -> list[SourceText]:
        """Each of some passages, once."""
        return list(dict.fromkeys(self._taken(passages)))

    def _taken(self, passages: Sequence[Passage]) -> Iterator[SourceText]:
        for passage in passages:
            key = (passage.path, passage.span)
            if key not in self._texts:
                self._texts[key] = SourceText(passage)
            self._texts.move_to_end(key)
            yield self._texts[key]
        while len(self._texts) > self._KEPT:
            self._texts.popitem(last=False)
