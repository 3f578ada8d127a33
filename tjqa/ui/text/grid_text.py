"""A table laid out for the screen: its columns as wide as what stands in them, its heads in rows of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tjqa.documents import Span
from tjqa.results import SourceTable
from tjqa.ui.text.wrap import cells, one_line, shorten

WIDEST_COLUMN = 32
"""Columns of the screen that a column of a table may take; of a longer text the beginning is shown."""

_MEASURED = 500
"""Rows that the widths are taken from: a table of 100,000 rows would take a second."""

_MOST_HEADS = 4

GAP = "  "


@dataclass(frozen=True, slots=True)
class Shown:
    """A column that is in view: which one, and how many columns of the screen it has there."""

    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What is shown of a cell, blanks around it included, and where the cell stands in the file."""

    text: str
    span: Span | None = None


class GridText:
    """The rows of a table as strings, made when they are shown, of the columns that are in view.

    Args:
        text: of the file.
        table: in it.
        span: the cited stretch, whose row is measured whatever its number; an empty one is where one reads.
    """

    def __init__(self, text: str, table: SourceTable, span: Span) -> None:
        self._text = text
        self.table = table
        self.cited = table.row_at(span) if len(span) else None
        self.row_at_hand = self.cited if self.cited is not None else table.row_from(span.start) or 0
        measured = [*table.lines[:_MEASURED], *table.lines[self.row_at_hand : self.row_at_hand + 1]]
        columns = [
            [self._of(line.cells[at]) for line in measured if not line.is_head] for at in range(len(table.heads))
        ]
        self._heads = [tuple(map(one_line, own[-_MOST_HEADS:])) for own in table.heads]
        self._widths = [
            min(max(map(cells, (*own, *column, ""))), WIDEST_COLUMN)
            for own, column in zip(self._heads, columns, strict=True)
        ]
        self._right = [any(column) and all(map(_is_figure, filter(None, column))) for column in columns]
        # What the rows are: also years and dates, not running numbers.
        self._is_named = bool(columns) and any(char.isalpha() for text in columns[0] for char in text)
        self.head_rows = max(map(len, self._heads), default=0)
        self.width = sum(self._widths) + len(GAP) * max(len(self._widths) - 1, 0)
        self.digits = len(str(table.lines[-1].number)) if table.lines else 1

    # --- which columns are in view

    def in_view(self, left: int, room: int) -> list[Shown]:
        """The columns in view, each from its beginning on; only the last one may have less room than it wants.

        Args:
            left: how far the grid is scrolled to the right, in columns of the screen.
            room: columns of the screen there are.
        """
        held = self.held_back(room)
        shown: list[Shown] = []
        if held:
            width = self._widths[0] if not left else held - len(GAP)
            shown, room = [Shown(0, min(width, room))], room - width - len(GAP)
        for at in range(self.first(left, held), len(self._widths)):
            if room <= 0:
                break
            shown.append(Shown(at, min(self._widths[at], room)))
            room -= self._widths[at] + len(GAP)
        return shown

    def first(self, left: int, held: int) -> int:
        """The first column in view behind those held back: a column that begins further left is not shown in part."""
        starts = [(at, start) for at, start in enumerate(self._starts()) if at or not held]
        return next((at for at, start in starts if start >= held + left), len(self._widths) - 1 if starts else 1)

    def beside(self, left: int, room: int, direction: int) -> int:
        """How far to scroll so that the first column in view is the one on the right (1) or on the left (-1)."""
        held = self.held_back(room)
        least = 1 if held else 0
        wanted = max(self.first(left, held) + direction, least)
        if wanted == least:
            return 0
        return self._starts()[wanted] - held if wanted < len(self._widths) else left

    def _starts(self) -> list[int]:
        return list(accumulate((width + len(GAP) for width in self._widths[:-1]), initial=0)) if self._widths else []

    def column_of(self, span: Span) -> tuple[int, int]:
        """The columns of the screen that the cited cell takes, from and to; none where the span is none of a cell."""
        own_cells = self.table.lines[self.cited].cells if self.cited is not None else ()
        for start, width, own in zip(self._starts(), self._widths, own_cells, strict=False):
            if own is not None and span.covers(own):
                return start, start + width
        return 0, 0

    def held_back(self, room: int) -> int:
        """How much at the left stays while the rest scrolls, in columns of the screen: what the rows are, as far as it
        leaves half of the room."""
        wide = self._widths[0] + len(GAP) if self._is_named else 0
        return min(wide, room // 2) if room // 2 > len(GAP) else 0

    # --- what stands in them

    def heads(self, level: int, shown: Sequence[Shown]) -> str:
        """A row of heads, from 0, of the columns in view."""
        texts = _head_row([self._heads[one.column] for one in shown], level - self.head_rows)
        return GAP.join(self._fitted(text, one) for text, one in zip(texts, shown, strict=True))

    def row(self, at: int, shown: Sequence[Shown], room: int) -> list[Piece]:
        """What is shown of each of the columns in view in a row; a line that heads rows goes across all the room."""
        spans = self.table.lines[at].cells
        if self.table.lines[at].is_head:
            return [Piece(shorten(self._of(spans[0]), room), spans[0])]
        return [Piece(self._fitted(self._of(spans[one.column]), one), spans[one.column]) for one in shown]

    def _of(self, span: Span | None) -> str:
        return one_line(span.of(self._text)).strip() if span is not None else ""

    def _fitted(self, text: str, one: Shown) -> str:
        """A text in the room of its column: whole, else its beginning and …; a part of a figure would be another."""
        if cells(text) > one.width:
            text = "…" if _is_figure(text) or one.width == 1 else shorten(text, one.width)
        blank = " " * (one.width - cells(text))
        return blank + text if self._right[one.column] else text + blank


def _head_row(heads: Sequence[tuple[str, ...]], level: int) -> Iterator[str]:
    """One row of heads, counted from the innermost, -1; a head over several columns once."""
    before: tuple[str, ...] = ()
    for own in heads:
        upto = own[: len(own) + level + 1] if len(own) >= -level else ()
        yield upto[-1] if upto and (upto != before or level == -1) else ""
        before = upto


def _is_figure(text: str) -> bool:
    return text[:1].isdigit() or (text[:1] in "+-−" and text[1:2].isdigit())
