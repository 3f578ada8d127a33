"""How a row of a source is painted: its number, the sign before it, its text in the styles of what stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from tjqa.ui.text.finding import Finding
from tjqa.ui.text.source_text import SourceRow, SourceText
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells

SIGN_COLUMNS = 3
"""Columns between the number of a row and its text: a blank, the sign, a blank."""

StyledRange = tuple[int, int, Style]
"""Start and end of characters, and their style."""


@dataclass(frozen=True, slots=True)
class RowPainter:
    """Paints rows of a document.

    `style` gives the style of a part of the panel by its name (cited, dropped, number, answer, match, found), `finding`
    what is looked for in the document, `width` the columns of a row with its number.
    """

    source: SourceText
    texts: Texts
    style: Callable[[str], Style]
    width: int
    finding: Finding | None = None

    @property
    def gutter(self) -> int:
        """Columns before the text."""
        return self.source.number_width + SIGN_COLUMNS

    def segments(self, row: SourceRow, is_top: bool, selected: StyledRange | None) -> list[Segment]:
        """A whole row; `is_top` says that it is the first of the window."""
        return [*self._gutter_of(row, is_top), *self._text_of(row, selected)]

    def _gutter_of(self, row: SourceRow, is_top: bool) -> list[Segment]:
        number = self.source.number(row, is_top)
        quiet = self.style("number")
        mark, style = " ", quiet
        if self.source.is_cited(row):
            mark, style = "▌", self.style("cited")
        elif self.source.is_dropped(row):
            mark, style = "×", self.style("dropped")
        return [Segment(f"{number:>{self.source.number_width}} ", quiet), Segment(mark, style), Segment(" ", quiet)]

    def _text_of(self, row: SourceRow, selected: StyledRange | None) -> list[Segment]:
        """The row's text cut into runs of one style."""
        styles = self._styles(row)
        if selected is not None:
            styles.append(selected)
        cuts = sorted({row.start, row.end, *(p for s, e, _ in styles for p in (s, e) if row.start < p < row.end)})
        segments: list[Segment] = []
        for start, end in pairwise(cuts):
            style = Style.combine([Style.null(), *(st for s, e, st in styles if s <= start and end <= e)])
            segments.append(Segment(self.source.shown[start:end], style))
        return [*segments, *self._reason(row)]

    def _reason(self, row: SourceRow) -> list[Segment]:
        """Behind the last row of what is left out, why it is, where there is room for it."""
        reason = self.source.reason_after(row) if self.source.is_dropped(row) else None
        if reason is None:
            return []
        note = f"  ‹{self.texts('source_dropped', reason=self.texts.left_out(reason))}›"
        fits = cells(self.source.shown[row.start : row.end]) + cells(note) <= self.width - self.gutter
        return [Segment(note, self.style("number"))] if fits else []

    def _styles(self, row: SourceRow) -> list[StyledRange]:
        source = self.source
        styles = [(d.span.start, d.span.end, self.style("dropped")) for d in source.dropped_in(row.start, row.end)]
        if source.span is not None:
            styles.append((source.span.start, source.span.end, self.style("cited")))
        styles += [(m.start, m.end, self.style("answer")) for m in source.marks]
        if self.finding is not None:
            for start, end, is_current in self.finding.within(row.start, row.end):
                styles.append((start, end, self.style("found" if is_current else "match")))
        return styles
