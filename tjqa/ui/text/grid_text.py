"""A table laid out for the screen: its columns as wide as what stands in them, its heads in rows of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
class Placed:
    """A text on a row of the screen: from which character to which, and where it stands in the file."""

    start: int
    end: int
    span: Span | None


class GridText:
    """The rows of a table as strings, made when they are shown.

    Args:
        text: of the file.
        table: in it.
        span: the cited stretch, whose row is measured whatever its number.
    """

    def __init__(self, text: str, table: SourceTable, span: Span) -> None:
        self._text = text
        self.table = table
        self.cited = next((at for at, line in enumerate(table.lines) if _meets(line.cells, span)), 0)
        measured = [*table.lines[:_MEASURED], table.lines[self.cited]]
        columns = [[self._of(line.cells[at]) for line in measured] for at in range(len(table.heads))]
        heads = [tuple(map(one_line, own[-_MOST_HEADS:])) for own in table.heads]
        self._widths = [
            min(max(map(cells, (*own, *column, ""))), WIDEST_COLUMN) for own, column in zip(heads, columns, strict=True)
        ]
        self._right = [any(column) and all(map(_is_figure, filter(None, column))) for column in columns]
        depth = max(map(len, heads), default=0)
        self.heads = [self._row(list(_head_row(heads, level - depth))) for level in range(depth)]
        self.width = sum(self._widths) + len(GAP) * max(len(self._widths) - 1, 0)
        self.digits = len(str(table.lines[-1].number)) if table.lines else 1

    def row(self, at: int) -> tuple[str, list[Placed]]:
        """A row as it is shown, and where each of its cells stands on it."""
        spans = self.table.lines[at].cells
        texts = [self._of(span) for span in spans]
        return self._row(texts), self._places(texts, spans)

    def column_of(self, span: Span) -> tuple[int, int]:
        """The columns of the screen that the cell at a span takes, from and to; none where it is none of a cell."""
        left = 0
        for width, own in zip(self._widths, self.table.lines[self.cited].cells, strict=True):
            if own is not None and span.covers(own):
                return left, left + width
            left += width + len(GAP)
        return 0, 0

    def held_back(self, room: int) -> int:
        """How much at the left stays while the rest scrolls, in columns of the screen: what the rows are, as far as it
        leaves half of the room."""
        wide = self._widths[0] + len(GAP) if self._widths and not self._right[0] else 0
        return min(wide, room // 2)

    def _of(self, span: Span | None) -> str:
        return one_line(span.of(self._text)).strip() if span is not None else ""

    def _row(self, texts: Sequence[str]) -> str:
        return GAP.join(self._padded(text, at) for at, text in enumerate(texts))

    def _padded(self, text: str, at: int) -> str:
        shown = shorten(text, self._widths[at])
        blank = " " * (self._widths[at] - cells(shown))
        return blank + shown if self._right[at] else shown + blank

    def _places(self, texts: Sequence[str], spans: Sequence[Span | None]) -> list[Placed]:
        places: list[Placed] = []
        start = 0
        for at, (text, span) in enumerate(zip(texts, spans, strict=True)):
            padded = self._padded(text, at)
            first = start + len(padded) - len(padded.lstrip())
            places.append(Placed(first, start + len(padded.rstrip()), span))
            start += len(padded) + len(GAP)
        return places


def _meets(spans: Sequence[Span | None], cited: Span) -> bool:
    return any(own is not None and own.start < cited.end and cited.start < own.end for own in spans)


def _head_row(heads: Sequence[tuple[str, ...]], level: int) -> Iterator[str]:
    """One row of heads, counted from the innermost, -1; a head over several columns once."""
    before: tuple[str, ...] = ()
    for own in heads:
        upto = own[: len(own) + level + 1] if len(own) >= -level else ()
        yield upto[-1] if upto and (upto != before or level == -1) else ""
        before = upto


def _is_figure(text: str) -> bool:
    return text[:1].isdigit() or (text[:1] in "+-−" and text[1:2].isdigit())
