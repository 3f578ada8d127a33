"""The small widgets of the main screen; each speaks by messages and knows nothing of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Footer, Input, ProgressBar, Static
from textual.widgets._footer import FooterKey

from tjqa.pace import Pace, rounded
from tjqa.records import Progress
from tjqa.ui.commands import footer_text
from tjqa.ui.keys import local
from tjqa.ui.strings import Texts
from tjqa.ui.wrap import cells, one_line, shorten

QUESTION_LIMIT = 10_000
"""Characters a question may hold; typing in the input gets slow far above (0.5 s a key at 100,000)."""


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


class HintLine(OneLine):
    """Key hints; a notice takes their place for some seconds, so that nothing ever covers the input."""

    NOTICE_SECONDS = 6.0

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hint = ""
        self._timer: Timer | None = None

    def hint(self, text: str) -> None:
        """Set the hint; it shows when no notice does."""
        self._hint = text
        if self._timer is None:
            self.say(text)

    def notice(self, text: str) -> None:
        """Show `text` for a while."""
        if self._timer is not None:
            self._timer.stop()
        self.set_class(True, "-notice")
        self.say(text)
        self._timer = self.set_timer(self.NOTICE_SECONDS, self._end_notice)

    def _end_notice(self) -> None:
        self._timer = None
        self.set_class(False, "-notice")
        self.say(self._hint)


class KeyBar(Footer):
    """The footer, in the language at hand."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(show_command_palette=False)
        self.texts = texts

    def compose(self) -> ComposeResult:
        """The keys of the main screen with our words."""
        for key in super().compose():
            if isinstance(key, FooterKey):
                key.description = footer_text(key.action, self.texts.language)
            yield key


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


class BuildPanel(Vertical):
    """Progress of a build, how to cancel it and, with an older index, that questions are answered `meanwhile`."""

    def __init__(self, texts: Texts, meanwhile: bool) -> None:
        super().__init__(id="build")
        self.texts = texts
        self._help = "build_meanwhile" if meanwhile else "build_cancel"
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """Phase, bar, help."""
        yield OneLine(id="build-phase")
        yield ProgressBar(show_eta=False, id="build-bar")
        yield OneLine(id="build-cancel")

    def on_mount(self) -> None:
        """Say the title and the help."""
        self.speak()

    def speak(self) -> None:
        """Say everything in the language at hand."""
        self.border_title = Content(f" {self.texts('build_title')} ")
        for line in self.query("#build-cancel").results(OneLine):
            line.say(self.texts(self._help))

    def step(self, progress: Progress) -> None:
        """Show one step; the first may come before there is anything to show it in."""
        known = progress.total > 0
        for bar in self.query(ProgressBar):
            bar.update(total=progress.total if known else None, progress=progress.done if known else 0)
        count = f" {progress.done}/{progress.total}" if known else ""
        left = self._pace.seconds_left(progress)
        detail = f" · {self._told(left)}" if left is not None else ""
        detail += f" · {progress.detail}" if progress.detail else ""
        for line in self.query("#build-phase").results(OneLine):
            line.say(f"{progress.phase}{count}{detail}")

    def _told(self, left: float) -> str:
        number, minutes = rounded(left)
        return self.texts("build_minutes" if minutes else "build_seconds", number=number)

    def cancelling(self) -> None:
        """Say that the build is stopping."""
        self._help = "build_cancelling"
        self.speak()
