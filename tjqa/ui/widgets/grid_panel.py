"""The grid panel: a table of a file under its heads, which stay while it scrolls, opened at the cited cell."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tjqa.documents import Span
from tjqa.results import SourceView
from tjqa.ui.keys import local, scrolling
from tjqa.ui.text.grid_text import GAP, GridText
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import in_room, one_line, shorten

_LEAD_ROWS = 2
_STEP = 8
"""Columns of the screen that ← and → scroll by."""


class GridPanel(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one table: ▌ marks the cited row, the cited cells stand in the colours of an answer."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--head", "grid--number", "grid--cited", "grid--answer"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *scrolling(),
        local("grid.left", "sideways(-1)"),
        local("grid.right", "sideways(1)"),
        local("grid.text", "as_text"),
    ]

    class AsText(Message):
        """The document is wanted as a text."""

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.grid: GridText | None = None
        self._view: SourceView | None = None
        self._heading = ""
        self._is_placed = True

    def open(self, view: SourceView, heading: str = "") -> None:
        """Show the table of a view at its cited cell; `heading` stands on top, "" for the names of file and table."""
        assert view.table is not None
        self._view, self._heading = view, heading
        self.grid = GridText(view.text, view.table, view.span)
        self._is_placed = False
        self.speak()
        self._lay_out()
        self.call_after_refresh(self._lay_out)

    def speak(self) -> None:
        """Say the border in the language at hand."""
        if self.grid is not None and self._view is not None:
            room = max(self.size.width - 12, 20)
            name = one_line(f"{self._view.path} · {self.grid.table.name}".removesuffix(" · "))
            heading = in_room(one_line(self._heading), room + 6)
            self.border_title = Content(heading or self.texts("source_title", name=shorten(name, room)))
            self.border_subtitle = Content(self.texts("grid_rows", count=len(self.grid.table.lines)))
            self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """The heads stay, the cited cell stays in view when it was never seen."""
        self.speak()
        self._lay_out()

    @property
    def _gutter(self) -> int:
        return self.grid.digits + 3 if self.grid else 0

    def _lay_out(self) -> None:
        if self.grid is None or not self.size.width:
            return
        rows = len(self.grid.heads) + len(self.grid.table.lines)
        self.virtual_size = Size(self.grid.width + self._gutter, rows)
        if not self._is_placed and self._view is not None:
            self._is_placed = True
            left, right = self.grid.column_of(self._view.span)
            room = self.scrollable_content_region.width - self._gutter
            x = 0 if right <= room else min(left - self.grid.held_back(room), right - room + len(GAP))
            self.scroll_to(x=x, y=max(self.grid.cited - _LEAD_ROWS, 0), animate=False, immediate=True)
        self.refresh()

    @property
    def is_settled(self) -> bool:
        """True when the cited cell has been gone to."""
        return self._is_placed

    def action_sideways(self, direction: int) -> None:
        """Scroll to columns on the left or the right."""
        self.scroll_relative(x=direction * _STEP, animate=False)

    def action_as_text(self) -> None:
        """Ask for the document as a text."""
        self.post_message(self.AsText())

    def render_line(self, y: int) -> Strip:
        """A row of heads, or one of the table."""
        width = self.scrollable_content_region.width
        if self.grid is None or self._view is None:
            return Strip.blank(width, self.rich_style)
        heads = self.grid.heads
        at = self.scroll_offset.y + y - len(heads)
        quiet = self.get_component_rich_style("grid--number", partial=True)
        if y < len(heads):
            style = self.get_component_rich_style("grid--head", partial=True)
            gutter, segments = [Segment(" " * self._gutter, style)], [Segment(heads[y], style)]
        elif at < len(self.grid.table.lines):
            is_cited = at == self.grid.cited
            cited = self.get_component_rich_style("grid--cited", partial=True)
            number = f"{self.grid.table.lines[at].number:>{self.grid.digits}} "
            sign = Segment("▌", cited) if is_cited else Segment(" ", quiet)
            gutter, segments = [Segment(number, quiet), sign, Segment(" ", quiet)], self._cells(at, is_cited)
        else:
            return Strip.blank(width, self.rich_style)
        left, room = self.scroll_offset.x, width - self._gutter
        held = self.grid.held_back(room)
        row = Strip(segments).adjust_cell_length(max(self.grid.width, left + room))
        parts = [*gutter, *row.crop(0, held), *row.crop(held + left, left + room)]
        return Strip(parts).adjust_cell_length(width, self.rich_style).apply_style(self.rich_style)

    def _cells(self, at: int, is_cited: bool) -> list[Segment]:
        assert self.grid is not None and self._view is not None
        text, places = self.grid.row(at)
        if not is_cited:
            return [Segment(text)]
        lit = self.get_component_rich_style("grid--answer", partial=True)
        around = self.get_component_rich_style("grid--cited", partial=True)
        whole = all(place.span is None or self._view.span.covers(place.span) for place in places)
        segments: list[Segment] = []
        done = 0
        for place in places:
            if place.span is not None and not whole and _same(self._view.span, place.span):
                segments += [Segment(text[done : place.start], around), Segment(text[place.start : place.end], lit)]
                done = place.end
        return [*segments, Segment(text[done:], around)]


def _same(cited: Span, own: Span) -> bool:
    return cited.covers(own) or own.covers(cited)
