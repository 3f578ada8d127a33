"""The input: history, completion of commands, filters, a limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from tjqa.ui.keys import local
from tjqa.ui.text.wrap import cells, one_line, shorten

QUESTION_LIMIT = 10_000
"""Characters a question may hold; typing in the input gets slow far above (0.5 s a key at 100,000)."""

FULL_WIDTH_BLANK = "\u3000"
"""What an input method sends for a blank; Textual takes it for no character."""


class ListSuggester(Suggester):
    """Completes from past questions, sample questions and titles; the first that fits wins."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.candidates: list[str] = []

    async def get_suggestion(self, value: str) -> str | None:
        """The first candidate that goes on from `value`."""
        return next((c for c in self.candidates if c.startswith(value) and c != value), None)


class QuestionBox(Input):
    """The input: whole pastes on one line, ↑↓ through past questions, page keys for the conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        local("input.older", "recall(-1)"),
        local("input.newer", "recall(1)"),
        local("page.up", "page(-1)"),
        local("page.down", "page(1)"),
    ]

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

    def __init__(self, id: str | None = None) -> None:
        self.suggestions = ListSuggester()
        self._example = ""
        super().__init__(select_on_focus=False, max_length=QUESTION_LIMIT, suggester=self.suggestions, id=id)

    def example(self, text: str) -> None:
        """Show `text` in the empty input."""
        self._example = one_line(text)
        self.on_resize()

    def on_resize(self) -> None:
        """Cut the example to the width: longer, it would be broken at a blank or a character and the rest not shown."""
        room = self.content_size.width or cells(self._example)
        self.placeholder = shorten(self._example, room).replace(" ", "\xa0")

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key of the input does now, in the order of the keys: left to the app, which gets it later, Enter
        would find the next question typed on to this one. A full-width blank is a blank."""
        if event.character == FULL_WIDTH_BLANK:
            event.prevent_default()
            event.stop()
            self.insert_text_at_cursor(" ")
        elif not event.is_printable:
            bound = self.screen.active_bindings.get(event.key)
            if bound is not None and bound.node is self and await self.app.run_action(bound.binding.action, self):
                event.prevent_default()
                event.stop()

    async def action_submit(self) -> None:
        """Send what was typed, and be empty for what is typed next."""
        line = self.value
        self.value = ""
        self.post_message(self.Submitted(self, line))

    def give_back(self, line: str) -> None:
        """A line that was sent and not understood, to be mended; what has been typed since stays instead."""
        if not self.value:
            self.put(line)

    def action_recall(self, direction: int) -> None:
        """Ask for another question of the history."""
        self.post_message(self.Recall(direction))

    def action_page(self, direction: int) -> None:
        """Ask for scrolling."""
        self.post_message(self.Page(direction))

    def action_delete_left(self) -> None:
        """In an empty input, say so: the last filter goes."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Erase())

    def action_end(self, select: bool = False) -> None:
        """At the end already, take the grey suggestion."""
        if self.cursor_at_end and not select:
            self.action_cursor_right()
        else:
            super().action_end(select)

    def put(self, text: str) -> None:
        """Replace the content and go to its end."""
        self.value = text
        self.cursor_position = len(text)

    def _on_paste(self, event: events.Paste) -> None:
        """An input method's commit, or a paste of several lines: all of it, on one line."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def take(self, text: str) -> None:
        """Insert `text` at the cursor; what does not fit is told, not lost silently."""
        line = one_line(" ".join(part.strip() for part in text.splitlines() if part.strip()))
        start, end = sorted(self.selection)
        room = QUESTION_LIMIT - len(self.value) + (end - start)
        if len(line) > room:
            self.post_message(self.Cut(len(line) - room))
        self.replace(line[:room], start, end)
