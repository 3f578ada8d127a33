"""The source panel: a file, virtually scrolled, opened at the cited characters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from tjqa.documents import Span
from tjqa.results import SourceView
from tjqa.ui.keys import local, scrolling
from tjqa.ui.text.source_text import SourceRow, SourceText
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten, shorten_name

_LEAD_ROWS = 2
"""Rows kept above the cited span, so that it is read in its surroundings."""

_LONG_TEXT = 100_000
"""Characters from which wrapping takes long enough to wait until a window that is being dragged has its size."""

_SETTLED = 0.15


class NothingCited(Message):
    """Another citation was wanted where there is none."""


class AsGrid(Message):
    """The table that is cited is wanted as a grid."""


class SourcePanel(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one file; ▌ marks the cited rows, × the dropped ones; ← and → go from citation to citation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"source--number", "source--dropped", "source--cited", "source--answer"}
    BINDINGS: ClassVar[list[BindingType]] = [
        local("source.next", "step(1)"),
        local("source.previous", "step(-1)"),
        *scrolling(),
        local("grid.text", "as_grid"),
    ]

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.source: SourceText | None = None
        self._current = 0
        self._goal: Callable[[], int] | None = None
        self._resizing: Timer | None = None

    def speak(self) -> None:
        """Say the border in the language at hand."""
        if self.source is not None:
            self._title()
            self.refresh()

    def open(
        self, view: SourceView, marks: tuple[Span, ...] = (), cited: tuple[Span, ...] = (), top: int | None = None
    ) -> None:
        """Show a file at its span, or at row `top`."""
        preface = self.texts("source_quote", quote=view.quote) if view.quote else ""
        self.source = SourceText(view, marks, cited, preface)
        spans = self.source.cited
        self._current = spans.index(self.source.span) if self.source.span in spans else 0
        self._goal = self._citation_row if top is None else lambda: top
        self._title()
        self._lay_out()
        self.call_after_refresh(self._fit)  # a panel just shown may get no Resize (LibraryPanel.fit)

    def _title(self) -> None:
        assert self.source is not None
        name = shorten_name(one_line(self.source.view.path), max(self.size.width - 12, 20))
        self.border_title = Content(self.texts("source_title", name=name))
        view = self.source.view
        about = self.texts("quote_gone" if view.is_current else "source_changed") if view.changed else ""
        if not about and self.source.cited:
            about = self.texts("next_citation", index=self._current + 1, count=len(self.source.cited))
        self.border_subtitle = Content(shorten(one_line(about), max(self.size.width - 6, 20)))

    @property
    def _gutter(self) -> int:
        return len(str(self.source.lines)) + 3 if self.source else 0

    def _lay_out(self) -> None:
        if self.source is None or not self.size.width:
            return
        width = self.scrollable_content_region.width
        rows = self.source.rows(max(width - self._gutter, 2))
        self.virtual_size = Size(width, len(rows))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again; the character at the top keeps its place."""
        if self.source is None:
            return
        if self._goal is None:
            rows = self.source.rows()
            top = rows[min(self.scroll_offset.y, len(rows) - 1)].start if rows else 0
            self._goal = partial(self.source.row_of, top)
        self._title()
        if len(self.source.shown) > _LONG_TEXT and self.source.rows():
            if self._resizing is not None:
                self._resizing.stop()
            self._resizing = self.set_timer(_SETTLED, self._fit)
        else:
            self._fit()

    def _fit(self) -> None:
        """Lay out for the size at hand, and go to where the reader was."""
        self._resizing = None
        self._lay_out()
        self._reach()
        if self.display and not self.size.width and self.source is not None:
            self._resizing = self.set_timer(_SETTLED, self._fit)

    def _reach(self) -> None:
        """Scroll to the goal, as soon as the rows are laid out: a panel just shown has a size before it has rows."""
        if self._goal is not None and self.source is not None and self.source.rows():
            self.scroll_to(y=self._goal(), animate=False, immediate=True)
            self._goal = None

    @property
    def is_settled(self) -> bool:
        """True when nothing is left to scroll to."""
        return self._goal is None and self._resizing is None

    def _citation_row(self) -> int:
        """The row to open at: the cited span, or the answer in it when that would stay below the window."""
        if self.source is None or self.source.span is None:
            return 0
        row = self.source.row_of(self.source.span.start)
        inside = [mark for mark in self.source.marks if self.source.span.covers(mark)]
        answer = self.source.row_of(inside[0].start) if inside else row
        if answer >= row + self.size.height - _LEAD_ROWS - 1:
            row = answer
        return max(row - _LEAD_ROWS, 0)

    def action_as_grid(self) -> None:
        """Ask for the table as a grid."""
        self.post_message(AsGrid())

    def action_step(self, direction: int) -> None:
        """Go to the next or the previous citation in this file, around the end."""
        if self.source is None or not self.source.cited:
            self.post_message(NothingCited())
            return
        self._current = (self._current + direction) % len(self.source.cited)
        self.source.span = self.source.cited[self._current]
        self._title()
        self.scroll_to(y=self._citation_row(), animate=False)
        self.refresh()

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint the selection."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text without gutter and without line breaks of the window."""
        if self.source is None:
            return None
        parts: list[str] = []
        for y, row in enumerate(self.source.rows()):
            span = selection.get_span(y)
            if span is None:
                continue
            text = self.source.shown[row.start : row.end]
            start = max(span[0] - self._gutter, 0)
            end = len(text) if span[1] == -1 else max(span[1] - self._gutter, 0)
            parts.append(("\n" if parts and row.first else "") + text[start:end])
        return "".join(parts), "\n"

    def render_line(self, y: int) -> Strip:
        """One row: number, mark, text."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if self.source is None or index >= len(rows := self.source.rows()):
            return Strip.blank(width, self.rich_style)
        segments = [*self._gutter_of(rows[index]), *self._text_of(rows[index], index)]
        strip = Strip(segments).adjust_cell_length(width, self.rich_style)
        return strip.apply_style(self.rich_style).apply_offsets(0, index)

    def _gutter_of(self, row: SourceRow) -> list[Segment]:
        assert self.source is not None
        digits = self._gutter - 3
        number = str(row.line) if row.first and row.line > 0 else ""
        quiet = self.get_component_rich_style("source--number", partial=True)
        if self.source.is_cited(row):
            mark, style = "▌", self.get_component_rich_style("source--cited", partial=True)
        elif self.source.is_dropped(row):
            mark, style = "×", self.get_component_rich_style("source--dropped", partial=True)
        else:
            mark, style = " ", quiet
        return [Segment(f"{number:>{digits}} ", quiet), Segment(mark, style), Segment(" ", quiet)]

    def _text_of(self, row: SourceRow, index: int) -> list[Segment]:
        """The row's text cut into runs of one style."""
        assert self.source is not None
        styles: list[tuple[int, int, Style]] = self._styles(row, index)
        cuts = sorted({row.start, row.end, *(p for s, e, _ in styles for p in (s, e) if row.start < p < row.end)})
        segments: list[Segment] = []
        for start, end in pairwise(cuts):
            style = Style.combine([Style.null(), *(st for s, e, st in styles if s <= start and end <= e)])
            segments.append(Segment(self.source.shown[start:end], style))
        reason = self.source.reason_after(row) if self.source.is_dropped(row) else None
        if reason is not None:
            room = self.scrollable_content_region.width - self._gutter
            note = f"  ‹{self.texts('source_dropped', reason=self.texts.left_out(reason))}›"
            if cells(self.source.shown[row.start : row.end]) + cells(note) <= room:
                segments.append(Segment(note, self.get_component_rich_style("source--number", partial=True)))
        return segments

    def _styles(self, row: SourceRow, index: int) -> list[tuple[int, int, Style]]:
        assert self.source is not None
        part = self.get_component_rich_style
        styles = [
            (d.span.start, d.span.end, part("source--dropped", partial=True))
            for d in self.source.dropped_in(row.start, row.end)
        ]
        if self.source.span is not None:
            styles.append((self.source.span.start, self.source.span.end, part("source--cited", partial=True)))
        styles += [(m.start, m.end, part("source--answer", partial=True)) for m in self.source.marks]
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(index)) is not None:
            start = row.start + max(span[0] - self._gutter, 0)
            end = row.end if span[1] == -1 else row.start + max(span[1] - self._gutter, 0)
            styles.append((start, max(end, start), self.screen.get_component_rich_style("screen--selection")))
        return styles


def top_to_keep(panel: SourcePanel) -> int | None:
    """The row at the top of a panel, None while the cited span is in sight: then that is what is being read."""
    source, top = panel.source, panel.scroll_offset.y
    if source is None or source.span is None or not source.rows():
        return top
    return None if 0 <= source.row_of(source.span.start) - top < panel.size.height else top
