"""The input: history, what may be completed, filters, a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from tjqa.ui.keys import local
from tjqa.ui.text.completing import Offers
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.growing_input import GrowingInput

QUESTION_LIMIT = 10_000
"""Characters a question may hold; typing in the input gets slow far above."""

COUNTED_FROM = 9_000
"""Characters from which on the input says how many there are."""

FULL_WIDTH_BLANK = "\u3000"
"""What an input method sends for a blank; Textual takes it for no character."""


class QuestionBox(GrowingInput):
    """The input: Enter sends; whole pastes on one line; ↑↓ go through its rows, then through past questions; page keys
    for the conversation; where something may be completed, ↑↓ and Tab are for that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False),
        Binding("tab", "take_offer", show=False),
        Binding("escape", "drop_offers", show=False),
        local("input.newline", "new_line"),
        local("input.older", "older"),
        local("input.newer", "newer"),
        local("page.up", "page(-1)"),
        local("page.down", "page(1)"),
    ]

    @dataclass
    class Submitted(Message):
        """A line was sent."""

        value: str

    @dataclass
    class Recall(Message):
        """An older (-1) or newer (1) question is wanted."""

        direction: int

    @dataclass
    class Page(Message):
        """The conversation is to scroll a page."""

        direction: int

    class Erase(Message):
        """Backspace was pressed where nothing is left to erase."""

    @dataclass
    class Cut(Message):
        """`count` characters did not fit."""

        count: int

    class Offering(Message):
        """What may be completed is another."""

    def __init__(self, id: str | None = None) -> None:
        self.candidates: list[str] = []
        """What grey suggestions are of: past questions, sample questions, titles; the first that fits wins."""
        self.complete: Callable[[str], Offers | None] = lambda before: None
        """What may be completed, given the text before the cursor."""
        self.offers: Offers | None = None
        self._dropped: str | None = None  # the text at which the offers were not wanted
        super().__init__(id=id)

    # --- what it shows

    def watch_selection(self) -> None:
        """The cursor moved: a suggestion is for its end only."""
        self.update_suggestion()

    def update_suggestion(self) -> None:
        """The first candidate that goes on from what was typed; what may be completed is looked up as well."""
        typed = self.value
        going_on = (c for c in self.candidates if c.startswith(typed) and c != typed)
        self.suggestion = next(going_on, "")[len(typed) :] if typed and self.cursor_at_end else ""
        self.border_subtitle = Content(f" {len(typed):,} / {QUESTION_LIMIT:,} ") if len(typed) >= COUNTED_FROM else ""
        if typed != self._dropped:
            self._dropped = None
            self._offer(self.complete(self.before_cursor))

    def _offer(self, offers: Offers | None) -> None:
        if offers != self.offers:
            self.offers = offers
            self.post_message(self.Offering())

    # --- keys

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key of the input does now, in the order of the keys: left to the app, which gets it later, Enter
        would find the next question typed on to this one. A full-width blank is a blank."""
        event.prevent_default()
        self._restart_blink()
        typed = " " if event.character == FULL_WIDTH_BLANK else event.character if event.is_printable else None
        if typed is not None:
            event.stop()
            if self.selection.is_empty and len(self.value) >= QUESTION_LIMIT:
                self.post_message(self.Cut(1))
            else:
                self.insert_text_at_cursor(typed)
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.node is self and await self.app.run_action(bound.binding.action, self):
            event.stop()

    def action_submit(self) -> None:
        """Send what was typed, and be empty for what is typed next; of a command half typed the one that is offered."""
        line = self.value
        if self.offers is not None and self.offers.is_wanted(line):
            line = self.offers.taken(line)
            if not self.offers.runs:
                self.put(line)
                return
        self.value = ""
        self.post_message(self.Submitted(line))

    def action_new_line(self) -> None:
        """Break the line."""
        if len(self.value) < QUESTION_LIMIT:
            self.insert_text_at_cursor("\n")

    def give_back(self, line: str) -> None:
        """A line that was sent and not understood, to be mended; what has been typed since stays instead."""
        if not self.value:
            self.put(line)

    def action_older(self) -> None:
        """Up: another offer, the row above, an older question."""
        if not self._choose(-1):
            if self.is_in_first_row:
                self.post_message(self.Recall(-1))
            else:
                self.action_cursor_up()

    def action_newer(self) -> None:
        """Down: another offer, the row below, a newer question."""
        if not self._choose(1):
            if self.is_in_last_row:
                self.post_message(self.Recall(1))
            else:
                self.action_cursor_down()

    def action_page(self, direction: int) -> None:
        """Ask for scrolling."""
        self.post_message(self.Page(direction))

    def action_delete_left(self) -> None:
        """In an empty input, say so: the last filter goes."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Erase())

    def action_cursor_line_end(self, select: bool = False) -> None:
        """At the end already, take the grey suggestion."""
        if self.cursor_at_end and not select and self.suggestion:
            self.insert(self.suggestion)
        else:
            super().action_cursor_line_end(select)

    # --- what may be completed

    def _choose(self, direction: int) -> bool:
        if self.offers is None:
            return False
        self._offer(self.offers.moved(direction))
        return True

    def action_take_offer(self) -> None:
        """Tab: complete."""
        if self.offers is None:
            raise SkipAction
        self.put(self.offers.taken(self.value))

    def take_offer(self, number: int) -> None:
        """A click: complete."""
        if self.offers is not None:
            self.put(self.offers.at(number).taken(self.value))
            self.focus()

    def action_drop_offers(self) -> None:
        """Esc: nothing of the kind, until something else is typed."""
        if self.offers is None:
            raise SkipAction
        self._dropped = self.value
        self._offer(None)

    # --- pastes

    async def _on_paste(self, event: events.Paste) -> None:
        """An input method's commit, or a paste of several lines: all of it, on one line."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def take(self, text: str) -> None:
        """Insert `text` at the cursor; what does not fit is told, not lost silently."""
        line = one_line(" ".join(part.strip() for part in text.splitlines() if part.strip()))
        room = QUESTION_LIMIT - len(self.value) + len(self.selected_text)
        if len(line) > room:
            self.post_message(self.Cut(len(line) - room))
        self.insert_text_at_cursor(line[:room])
