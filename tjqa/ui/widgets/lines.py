"""Single rows of the main screen: text cut to the width, hints with notices, the key bar."""

from __future__ import annotations

import time
from collections.abc import Iterable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from tjqa.ui.commands import footer_text
from tjqa.ui.keys import shown_key
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.rows import Row, Rows, text_rows

_BETWEEN_HINTS = " · "


class OneLine(Static):
    """A single row of text, cut with … where the window is too narrow."""

    def __init__(self, text: str = "", id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.text = text

    def say(self, text: str) -> None:
        """Show `text`."""
        self.text = text
        self.refresh(layout=True)

    def render(self) -> Content:
        """The text that fits."""
        return Content(shorten(one_line(self.text), self.content_size.width))


class Wrapped(Rows):
    """A text in as many rows as it takes, for a window that is too narrow for one."""

    def __init__(self, text: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text

    def say(self, text: str) -> None:
        """Show `text`."""
        self.text = text
        self.changed()

    def build_rows(self, width: int) -> Iterable[Row]:
        """All of it."""
        return text_rows(one_line(self.text), width)


class HintLine(OneLine):
    """Key hints, as many as fit; a notice takes their place, until the next key that does something, so that nothing
    ever covers the input."""

    NOTICE_SECONDS = 6.0
    SEEN_SECONDS = 1.0  # a notice that came while somebody was typing is still seen

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hint = ""
        self._timer: Timer | None = None
        self._since = 0.0
        self._news = ""  # waits
        self._is_news = False  # what stands

    def render(self) -> Content:
        """The hints that fit, each whole; a notice as far as it fits."""
        if self.text != self._hint:
            return super().render()
        hints = self.text.split(_BETWEEN_HINTS)
        while len(hints) > 1 and cells(_BETWEEN_HINTS.join(hints)) > self.content_size.width:
            hints.pop()
        return Content(shorten(one_line(_BETWEEN_HINTS.join(hints)), self.content_size.width))

    def hint(self, text: str) -> None:
        """Set the hint; it shows when no notice does."""
        self._hint = text
        if self._timer is None:
            self.say(text)

    def notice(self, text: str) -> None:
        """Show `text` for a while."""
        if self._timer is not None:
            self._timer.stop()
        self._is_news = False
        self.set_class(True, "-notice")
        self.say(text)
        self._since = time.monotonic()
        self._timer = self.set_timer(self.NOTICE_SECONDS, self._end_notice)

    def news(self, text: str) -> None:
        """Show `text`, which nobody waits for: after the notice that stands, for that answers what somebody did."""
        if self._timer is None or self._is_news:
            self.notice(text)
            self._is_news = True
        else:
            self._news = text

    def end_notice(self) -> None:
        """End it, as soon as it could be seen."""
        if self._timer is None:
            return
        self._timer.stop()
        left = self.SEEN_SECONDS - (time.monotonic() - self._since)
        if left > 0:
            self._timer = self.set_timer(left, self._end_notice)
        else:
            self._end_notice()

    def _end_notice(self) -> None:
        self._timer = None
        if self._news:
            text, self._news = self._news, ""
            self.news(text)
            return
        self.set_class(False, "-notice")
        self.say(self._hint)


class KeyBar(Footer):
    """The footer, in the language at hand: as many keys as fit, each whole."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(show_command_palette=False)
        self.texts = texts

    def compose(self) -> ComposeResult:
        """The keys of the main screen with our words."""
        for key in super().compose():
            if isinstance(key, FooterKey):
                key.description = footer_text(key.action, self.texts.language)
                key.key_display = shown_key(key.key, self.texts.language == "zh")  # as hints and help write it: not ^t
            yield key

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the last ones that do not fit."""
        self.call_after_refresh(self._leave_out)

    async def recompose(self) -> None:
        """The same of keys that are made anew."""
        await super().recompose()
        self._leave_out()

    def _leave_out(self) -> None:
        room = self.size.width
        for key in self.query(FooterKey):
            room -= key.render().cell_len + key.styles.gutter.width
            key.display = room >= 0
