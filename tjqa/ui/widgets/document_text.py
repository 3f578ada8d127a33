"""A document as a text, virtually scrolled: wrapped for the width at hand, painted row by row, selected and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from tjqa.documents import Span
from tjqa.ui.text.finding import Finding
from tjqa.ui.text.source_text import SourceRow, SourceText
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.source_rows import SIGN_COLUMNS, RowPainter, StyledRange

_LONG_TEXT = 100_000
"""Characters from which wrapping takes long enough to wait until a window that is being dragged has its size."""

_SETTLED = 0.15


class DocumentText(ScrollView, inherit_bindings=False):
    """Shows `source`; what is told of it around the text is for the class that is made of this one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("source--number", "source--dropped", "source--cited", "source--answer", "source--match", "source--found")
    }

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.source: SourceText | None = None
        self.finding: Finding | None = None
        self._goal: Callable[[], int] | None = None
        self._resizing: Timer | None = None

    def tell(self) -> None:
        """Say around the text what is known of it."""

    # --- laying out

    @property
    def _gutter(self) -> int:
        return self.source.number_width + SIGN_COLUMNS if self.source else 0

    def lay_out(self) -> None:
        """Wrap for the width at hand."""
        if self.source is None or not self.size.width:
            return
        width = self.scrollable_content_region.width
        rows = self.source.rows(max(width - self._gutter, 2))
        self.virtual_size = Size(width, len(rows))
        self.tell()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again; the character at the top keeps its place."""
        if self.source is None:
            return
        if self._goal is None:
            self._goal = partial(self.source.row_of, self.top)
        self.tell()
        if len(self.source.shown) > _LONG_TEXT and self.source.rows():
            if self._resizing is not None:
                self._resizing.stop()
            self._resizing = self.set_timer(_SETTLED, self.fit)
        else:
            self.fit()

    def fit(self) -> None:
        """Lay out for the size at hand, and go to where the reader was."""
        self._resizing = None
        self.lay_out()
        self._reach()
        if self.display and not self.size.width and self.source is not None:
            self._resizing = self.set_timer(_SETTLED, self.fit)

    def _reach(self) -> None:
        """Scroll to the goal, as soon as the rows are laid out: a panel just shown has a size before it has rows."""
        if self._goal is not None and self.source is not None and self.source.rows():
            self.scroll_to(y=self._goal(), animate=False, immediate=True)
            self._goal = None

    def aim(self, goal: Callable[[], int]) -> None:
        """Go to a row, worked out when the rows are laid out."""
        self._goal = goal

    @property
    def is_settled(self) -> bool:
        """True when nothing is left to scroll to."""
        return self._goal is None and self._resizing is None

    @property
    def top(self) -> int:
        """The shown character at the top of the window."""
        rows = self.source.rows() if self.source is not None else []
        return rows[min(self.scroll_offset.y, len(rows) - 1)].start if rows else 0

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """How far one has read is said around the text."""
        super().watch_scroll_y(old_value, new_value)
        if self.source is not None and round(old_value) != round(new_value):
            self.tell()

    # --- selecting

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint the selection."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text without gutter and without line breaks of the window."""
        if self.source is None:
            return None
        parts: list[str] = []
        for row, start, end in self._selected_rows(selection):
            parts.append(("\n" if parts and row.first else "") + self.source.shown[start:end])
        return "".join(parts), "\n"

    def _selected_rows(self, selection: Selection) -> Iterator[tuple[SourceRow, int, int]]:
        assert self.source is not None
        for y, row in enumerate(self.source.rows()):
            if (span := selection.get_span(y)) is not None:
                yield row, *self._characters(row, span)

    @property
    def selected(self) -> Span | None:
        """The selected characters of the file; None where nothing of it is selected."""
        if self.source is None or self.text_selection is None:
            return None
        rows = list(self._selected_rows(self.text_selection))
        before = self.source.offset
        span = Span(max(rows[0][1] - before, 0), max(rows[-1][2] - before, 0)) if rows else Span(0, 0)
        return span if span.of(self.source.view.text).strip() else None

    # --- painting

    def render_line(self, y: int) -> Strip:
        """One row: number, mark, text."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if self.source is None or index >= len(rows := self.source.rows()):
            return Strip.blank(width, self.rich_style)
        painter = RowPainter(self.source, self.texts, self._part, width, self.finding)
        segments = painter.segments(rows[index], y == 0, self._selected(rows[index], index))
        strip = Strip(segments).adjust_cell_length(width, self.rich_style)
        return strip.apply_style(self.rich_style).apply_offsets(0, index)

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"source--{name}", partial=True)

    def _selected(self, row: SourceRow, index: int) -> StyledRange | None:
        selection = self.text_selection
        if selection is None or (span := selection.get_span(index)) is None:
            return None
        start, end = self._characters(row, span)
        return start, max(end, start), self.screen.get_component_rich_style("screen--selection")

    def _characters(self, row: SourceRow, columns: tuple[int, int]) -> tuple[int, int]:
        """The characters of a row from one column of its painted text to another, -1 for its end."""
        start = row.start + max(columns[0] - self._gutter, 0)
        end = row.end if columns[1] == -1 else row.start + max(columns[1] - self._gutter, 0)
        return min(start, row.end), min(end, row.end)
