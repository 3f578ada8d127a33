"""A source file laid out for reading: rows of its lines, and what each character is.

Rows are ranges of the file's own text, so a citation's span needs no translation.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from tjqa.documents import Dropped, DropReason, Span
from tjqa.results import SourceView
from tjqa.ui.text.wrap import display, wrap


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A screen row: its range of the shown text, its line number (below 1: preface), whether it begins that line."""

    start: int
    end: int
    line: int
    first: bool


# A long file is opened at one citation after the other, in the same window: 1 MB takes 0.4 s to lay out.
@lru_cache(maxsize=4)
def _displayed(text: str) -> str:
    return display(text)


@lru_cache(maxsize=4)
def _laid_out(shown: str, width: int, first: int) -> list[SourceRow]:
    rows: list[SourceRow] = []
    offset = 0
    for number, line in enumerate(shown.split("\n"), start=first):
        rows += [SourceRow(offset + s, offset + e, number, s == 0) for s, e in wrap(line.rstrip(), width)]
        offset += len(line) + 1
    return rows


LONG_LINE = 200
"""Characters of a line from which its number alone does not say where one is in it."""


@lru_cache(maxsize=4)
def _number_width(text: str) -> int:
    """Columns of the widest number that a row of a text may bear: 3, or 3+489 within a long line."""
    lines = text.split("\n")
    long = (f"{number}+{len(line)}" for number, line in enumerate(lines, 1) if len(line) > LONG_LINE)
    return max(len(str(len(lines))), *map(len, long), 0)


class SourceText:
    """The rows of a file at a width, with the cited span, the answer marks and the dropped spans.

    Args:
        view: the file and the span it was opened at.
        marks: answer spans to light up.
        cited: other cited spans, for going from one to the next.
        preface: shown above a file that changed, where no span can be trusted.
    """

    def __init__(
        self, view: SourceView, marks: tuple[Span, ...] = (), cited: tuple[Span, ...] = (), preface: str = ""
    ) -> None:
        self.view = view
        self._preface = display(preface) + "\n\n" if preface and view.changed else ""
        self.shown = self._preface + _displayed(view.text)
        fits = not view.changed and view.span.end <= len(view.text)
        self.span = view.span if fits and len(view.span) else None
        self.marks = marks if fits else ()
        spans = {*cited, *([self.span] if self.span else [])} if fits else set()
        self.cited = tuple(sorted(s for s in spans if s.end <= len(view.text)))
        self.dropped = () if view.changed else tuple(sorted(view.dropped, key=lambda d: d.span))
        self._dropped_starts = [d.span.start for d in self.dropped]
        self.width = 0
        self._rows: list[SourceRow] = []

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return self.view.text.count("\n") + 1

    @property
    def number_width(self) -> int:
        """Columns of the widest number before a row."""
        return _number_width(self.view.text)

    @property
    def offset(self) -> int:
        """How many shown characters stand before the file's first one."""
        return len(self._preface)

    def number(self, row: SourceRow, is_top: bool) -> str:
        """What stands before a row: the number of its line; within a long line, at the top of the window and where a
        citation begins, the number of a character, too. Nothing before the other rows of a line."""
        cited = self.span.start if self.span is not None and row.start <= self.span.start < row.end else None
        if row.line < 1 or not (row.first or is_top or cited is not None):
            return ""
        at = row.start if cited is None else cited
        begins = self.shown.rfind("\n", 0, row.start) + 1
        if row.first or at - begins < LONG_LINE:
            return str(row.line) if row.first or is_top else ""
        return f"{row.line}+{at - begins + 1}"

    def place_of_line(self, line: int, column: int = 1) -> int | None:
        """The character that begins line `line` of the file, or number `column` in it; None where it has no such line.
        A column beyond its end means its last character."""
        if not 1 <= line <= self.lines:
            return None
        at = self.offset
        for _ in range(line - 1):
            at = self.shown.index("\n", at) + 1
        end = self.shown.find("\n", at)
        return min(at + max(column, 1) - 1, max((len(self.shown) if end < 0 else end) - 1, at))

    def rows(self, width: int = 0) -> list[SourceRow]:
        """All rows at `width` columns, kept until the width changes; without a width, as last laid out."""
        if width and width != self.width:
            self.width, self._rows = width, _laid_out(self.shown, width, 1 - self._preface.count("\n"))
        return self._rows

    def row_of(self, offset: int) -> int:
        """The row that shows the character at `offset`."""
        return max(bisect_right(self._rows, offset, key=lambda row: row.start) - 1, 0)

    def dropped_in(self, start: int, end: int) -> list[Dropped]:
        """Dropped spans that overlap a range."""
        first = max(bisect_right(self._dropped_starts, start) - 1, 0)
        found: list[Dropped] = []
        for dropped in self.dropped[first:]:
            if dropped.span.start >= end:
                break
            if dropped.span.end > start:
                found.append(dropped)
        return found

    def is_cited(self, row: SourceRow) -> bool:
        """True when the row shows part of the span the file was opened at."""
        return self.span is not None and row.start < self.span.end and row.end > self.span.start

    def is_dropped(self, row: SourceRow) -> bool:
        """True when nothing readable of the row is searched."""
        if row.start == row.end:
            return False
        kept = set(range(row.start, row.end))
        for dropped in self.dropped_in(row.start, row.end):
            kept -= set(range(dropped.span.start, dropped.span.end))
        return all(self.shown[i].isspace() for i in kept)

    def reason_after(self, row: SourceRow) -> DropReason | None:
        """The reason of the dropped span whose last readable character this row shows, else None."""
        for dropped in self.dropped_in(row.start, row.end):
            last = dropped.span.start + len(dropped.span.of(self.shown).rstrip())
            if row.start < last <= row.end:
                return dropped.reason
        return None
