"""The row under the text that is read, in which words are looked for or a line is named: 3/17."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tjqa.ui.keys import local
from tjqa.ui.text.finding import Finding
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import display
from tjqa.ui.widgets.field import Field

MOST_WANTED = 200
"""Characters of what is looked for: a sentence has fewer."""

_LINE = re.compile(r"[:：]\s*(?P<line>[0-9]{1,9})(?:\s*[+＋]\s*(?P<column>[0-9]{1,9}))?")


def line_named(text: str) -> tuple[int, int] | None:
    """The line, and the character in it, that is named: :123 or :3+489; None of other texts."""
    found = _LINE.fullmatch(text.strip())
    return (int(found["line"]), int(found["column"] or 1)) if found else None


class FindInput(Field):
    """What is looked for."""

    BINDINGS: ClassVar[list[BindingType]] = [local("find.next", "find(1)"), local("find.previous", "find(-1)")]

    @dataclass
    class Again(Message):
        """The next match is wanted, or the one before."""

        direction: int

    def action_find(self, direction: int) -> None:
        """The next match, or the one before."""
        self.post_message(self.Again(direction))


class FindRow(Horizontal):
    """Label, input, count."""

    @dataclass
    class Wanted(Message):
        """Something else is looked for."""

        text: str

    @dataclass
    class Line(Message):
        """A line is to be shown, at one of its characters."""

        line: int
        column: int

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self._finding: Finding | None = None

    def compose(self) -> ComposeResult:
        """One row."""
        yield Static(self.texts("find_label"), id="find-label", markup=False)
        yield FindInput(placeholder=self.texts("find_placeholder"), max_length=MOST_WANTED, id="find-input")
        yield Static("", id="find-count", markup=False)

    @property
    def input(self) -> FindInput:
        """Where it is typed."""
        return self.query_one(FindInput)

    def begin(self, wanted: str) -> None:
        """Take what is looked for; nothing given, what was looked for before, ready to be typed over."""
        if wanted:
            self.input.value = display(wanted)[:MOST_WANTED]
        # At once and not after what is under way: what was typed behind the key is meant for this input.
        self.screen.set_focus(self.input)
        self.input.action_select_all()
        self._ask()

    def speak(self) -> None:
        """Say it in the language at hand."""
        self.query_one("#find-label", Static).update(self.texts("find_label"))
        self.input.placeholder = self.texts("find_placeholder")
        self.show(self._finding)

    def show(self, finding: Finding | None) -> None:
        """Which of how many matches is looked at."""
        self._finding = finding
        told = ""
        if finding is not None and finding.wanted.strip():
            told = f"{finding.at + 1:,}/{finding.count:,}" if finding.count else self.texts("find_nothing")
        count = self.query_one("#find-count", Static)
        count.set_class(bool(told) and finding is not None and not finding.count, "-nothing")
        count.update(told)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        event.stop()
        self._ask()

    def on_find_input_again(self, event: FindInput.Again) -> None:
        """Enter on a line number goes to that line; else the reader goes to another match."""
        if (named := line_named(self.input.value)) is not None:
            event.stop()
            self.post_message(self.Line(*named))

    def _ask(self) -> None:
        value = self.input.value
        self.post_message(self.Wanted("" if line_named(value) or value.strip() in (":", "：") else value))
