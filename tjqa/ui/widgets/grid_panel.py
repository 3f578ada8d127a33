"""The grid panel: a table of a file under its heads, which stay while it scrolls, opened at the cited cell."""

from __future__ import annotations

from collections.abc import Sequence
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
from tjqa.results import SourceTable, SourceView
from tjqa.ui.keys import local, scrolling
from tjqa.ui.text.grid_text import GAP, GridText, Piece
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import in_room, one_line, shorten

_LEAD_ROWS = 2


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
        self._span = Span(0, 0)
        self._is_placed = True

    def open(self, view: SourceView, table: SourceTable, span: Span, heading: str = "") -> None:
        """Show a table of a file.

        Args:
            view: the file.
            table: of it.
            span: the cited cell to show it at; an empty one for the row that stands there, of which nothing is cited.
            heading: stands on top, "" for the names of file and table.
        """
        self._view, self._heading, self._span = view, heading, span
        self.grid = GridText(view.text, table, span)
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

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width - self._gutter

    def _lay_out(self) -> None:
        if self.grid is None or not self.size.width:
            return
        rows = self.grid.head_rows + len(self.grid.table.lines)
        self.virtual_size = Size(self.grid.width + self._gutter, rows)
        self._set_bars()
        if not self._is_placed and self._view is not None:
            self._is_placed = True
            left, right = self.grid.column_of(self._span)
            held = self.grid.held_back(self._room)
            x = 0 if right <= self._room else min(left - held, right - self._room + len(GAP))
            y = self.grid.row_at_hand - (_LEAD_ROWS if self.grid.cited is not None else 0)
            self.scroll_to(x=x, y=max(y, 0), animate=False, immediate=True)
        self.refresh()

    def _set_bars(self) -> None:
        """Show the bars that there is something to scroll by. Not overflow: auto, by which a panel that was just shown
        could not be scrolled to its cell before the next layout."""
        region, bars = self.scrollable_content_region, self.scrollbars_enabled
        is_wide = self.virtual_size.width > region.width + bars[0] - 1
        is_high = self.virtual_size.height > region.height + bars[1] - is_wide
        self.styles.overflow_x = "scroll" if is_wide else "hidden"
        self.styles.overflow_y = "scroll" if is_high else "hidden"

    @property
    def is_settled(self) -> bool:
        """True when the cited cell has been gone to."""
        return self._is_placed

    def action_sideways(self, direction: int) -> None:
        """Scroll by a column to the left or the right."""
        if self.grid is not None:
            self.scroll_to(x=self.grid.beside(int(self.scroll_offset.x), self._room, direction), animate=False)

    def action_as_text(self) -> None:
        """Ask for the document as a text."""
        self.post_message(self.AsText())

    def render_line(self, y: int) -> Strip:
        """A row of heads, or one of the table."""
        width = self.scrollable_content_region.width
        if self.grid is None:
            return Strip.blank(width, self.rich_style)
        shown = self.grid.in_view(int(self.scroll_offset.x), self._room)
        at = int(self.scroll_offset.y) + y - self.grid.head_rows
        if y < self.grid.head_rows:
            style = self.get_component_rich_style("grid--head", partial=True)
            parts = [Segment(" " * self._gutter, style), Segment(self.grid.heads(y, shown), style)]
        elif at < len(self.grid.table.lines):
            is_cited = at == self.grid.cited
            parts = [*self._number(at, is_cited), *self._cells(self.grid.row(at, shown, self._room), is_cited)]
        else:
            return Strip.blank(width, self.rich_style)
        return Strip(parts).adjust_cell_length(width, self.rich_style).apply_style(self.rich_style)

    def _number(self, at: int, is_cited: bool) -> list[Segment]:
        assert self.grid is not None
        quiet = self.get_component_rich_style("grid--number", partial=True)
        cited = self.get_component_rich_style("grid--cited", partial=True)
        number = f"{self.grid.table.lines[at].number or '':>{self.grid.digits}} "
        return [Segment(number, quiet), Segment("▌", cited) if is_cited else Segment(" ", quiet), Segment(" ", quiet)]

    def _cells(self, pieces: Sequence[Piece], is_cited: bool) -> list[Segment]:
        if not is_cited or self.grid is None or self.grid.cited is None:
            return [Segment(GAP.join(piece.text for piece in pieces))]
        lit = self.get_component_rich_style("grid--answer", partial=True)
        around = self.get_component_rich_style("grid--cited", partial=True)
        own = self.grid.table.lines[self.grid.cited].cells
        whole = all(span is None or self._span.covers(span) for span in own)
        segments: list[Segment] = []
        for piece in pieces:
            before, text, after = _stripped(piece.text)
            is_lit = piece.span is not None and not whole and _same(self._span, piece.span)
            between = Segment(GAP if segments else "", around)
            segments += [between, Segment(before, around), Segment(text, lit if is_lit else around)]
            segments.append(Segment(after, around))
        return segments


def _stripped(text: str) -> tuple[str, str, str]:
    """The blanks before a text, the text, the blanks behind it."""
    words = text.strip()
    before = text[: len(text) - len(text.lstrip())]
    return before, words, text[len(before) + len(words) :]


def _same(cited: Span, own: Span) -> bool:
    return cited.covers(own) or own.covers(cited)
