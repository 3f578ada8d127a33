"""The filters in force, as chips over the input; a click takes one away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content, Span
from textual.message import Message
from textual.widget import Widget

from tjqa.index.filters import Filter
from tjqa.retrieval.query_syntax import shown
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.styles import QUIET_STYLE, WARN_STYLE

CHIP_STYLE = "bold $cite on $hit-bg"

_WIDEST = 24


def chip_text(filter_: Filter, texts: Texts) -> str:
    """A filter with the sign that takes it away."""
    return f" {shorten(one_line(shown(filter_, texts.language)), _WIDEST)} × "


class ChipBar(Widget):
    """One row of chips; not there while there are no filters."""

    @dataclass
    class Removed(Message):
        """A chip was clicked."""

        filter_: Filter

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="chips")
        self.texts = texts
        self.filters: tuple[Filter, ...] = ()
        self._documents: int | None = None

    def leaves(self, documents: int | None) -> None:
        """Say in how many documents something passes; None says nothing."""
        self._documents = documents
        self.refresh()

    def show(self, filters: Sequence[Filter]) -> None:
        """Show other filters."""
        if tuple(filters) != self.filters:
            self._documents = None
        self.filters = tuple(filters)
        self.set_class(bool(filters), "-shown")
        self.refresh(layout=True)

    def render(self) -> Content:
        """Label, chips, what they leave, and how to take one away where there is room."""
        text = f"{self.texts('filters')}  "
        spans = [Span(0, len(text), QUIET_STYLE)]
        for chip in (chip_text(filter_, self.texts) for filter_ in self.filters):
            spans.append(Span(len(text), len(text) + len(chip), CHIP_STYLE))
            text += f"{chip} "
        if self._documents is not None:
            told = self.texts("filters_leave" if self._documents else "filters_leave_none", count=self._documents)
            spans.append(Span(len(text), len(text) + len(told) + 1, QUIET_STYLE if self._documents else WARN_STYLE))
            text += f" {told}  "
        hint = self.texts("filters_hint")
        if cells(text) + cells(hint) < self.content_size.width:
            spans.append(Span(len(text), len(text) + len(hint) + 1, QUIET_STYLE))
            text += f" {hint}"
        return Content(text, spans).truncate(self.content_size.width)

    def on_click(self, event: events.Click) -> None:
        """Take the chip under the pointer away."""
        offset = event.get_content_offset(self)
        at = cells(f"{self.texts('filters')}  ")
        for filter_ in self.filters:
            end = at + cells(chip_text(filter_, self.texts))
            if offset is not None and at <= offset.x < end:
                self.post_message(self.Removed(filter_))
            at = end + 1
