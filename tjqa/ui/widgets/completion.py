"""What may be completed, over the input: a row each, the chosen one lit."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tjqa.ui.text.completing import MOST_OFFERS, Offer, Offers
from tjqa.ui.text.wrap import cells, one_line, shorten, shorten_name
from tjqa.ui.widgets.rows import styled
from tjqa.ui.widgets.styles import CITE_STYLE, QUIET_STYLE

_WIDEST_LABEL = 26
_WIDEST = 84
_GAP = 2


class Completion(Widget):
    """A list over the other widgets, right above the input; nothing in it takes the focus."""

    @dataclass
    class Picked(Message):
        """A row was clicked."""

        number: int

    def __init__(self) -> None:
        super().__init__(id="completion")
        self.offers: Offers | None = None

    def show(self, offers: Offers | None, bottom: int, width: int) -> None:
        """Show other offers, or none.

        Args:
            offers: what may be completed.
            bottom: the row of the screen below the list.
            width: of the screen.
        """
        self.offers = offers
        self.display = offers is not None
        if offers is None:
            return
        rows = min(len(offers.offers), MOST_OFFERS, max(bottom - self.gutter.height, 1))
        self.styles.width = min(width - 2, _WIDEST)
        self.styles.height = rows + self.gutter.height
        self.styles.offset = (1, max(bottom - rows - self.gutter.height, 0))
        more = f" {offers.chosen + 1}/{len(offers.offers)} " if len(offers.offers) > rows else ""
        self.border_subtitle = Content(more)
        self.refresh(layout=True)

    @property
    def _first(self) -> int:
        """The first offer in sight."""
        assert self.offers is not None
        return max(0, self.offers.chosen - self.content_size.height + 1)

    def render(self) -> Content:
        """Name, what it does, its key or count."""
        if self.offers is None or not self.content_size.height:
            return Content("")
        shown = self.offers.offers[self._first : self._first + self.content_size.height]
        label = min(max(cells(one_line(offer.label)) for offer in self.offers.offers), _WIDEST_LABEL)
        rows = [self._row(offer, label, self._first + at == self.offers.chosen) for at, offer in enumerate(shown)]
        return Content("\n").join(rows)

    def _row(self, offer: Offer, label: int, is_chosen: bool) -> Content:
        name = shorten_name(one_line(offer.label), label)
        room = max(self.content_size.width - label - _GAP - cells(offer.key) - 1, 4)
        told = shorten(one_line(offer.told), room)
        parts = (name, " " * (label - cells(name) + _GAP), told, " " * (room - cells(told) + 1), offer.key)
        if is_chosen:
            return styled("".join(parts), "bold reverse")
        styles = (CITE_STYLE, "", "", "", QUIET_STYLE)
        return Content.assemble(*(styled(text, style) for text, style in zip(parts, styles, strict=True)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row each."""
        return len(self.offers.offers) if self.offers is not None else 0

    def on_click(self, event: events.Click) -> None:
        """Take the row under the pointer."""
        offset = event.get_content_offset(self)
        if self.offers is not None and offset is not None and self._first + offset.y < len(self.offers.offers):
            event.stop()
            self.post_message(self.Picked(self._first + offset.y))
