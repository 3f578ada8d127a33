"""A window to choose a folder in: those that were open before, then the folders of this machine, completed as typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tjqa.ui.text.folders import below, expanded, folder_name, short_path
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.rows import styled
from tjqa.ui.widgets.styles import LISTED_STYLE, QUIET_STYLE

MOST_LISTED = 300
"""Folders listed at a time; the list is filled anew with every key."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the list: what it says, what stands quiet behind it, the folder it opens or, with `typed`, what it puts
    into the input."""

    text: str
    behind: str = ""
    opens: str = ""
    typed: str = ""


class FolderScreen(ModalScreen[str | None]):
    """Gives the folder chosen, or None.

    Args:
        texts: in the language at hand.
        recent: folders of libraries that were open before, newest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, texts: Texts, recent: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts
        self._recent = tuple(recent)
        self._lines: list[_Line] = []

    def compose(self) -> ComposeResult:
        """Path above list."""
        with Vertical(id="pick", classes="dialog") as window:
            window.border_title = Content(f" {self._texts('open_title')} ")
            window.border_subtitle = Content(f" {self._texts('open_keys')} ")
            yield Input(placeholder=self._texts("open_path"), select_on_focus=False)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """The libraries known, then the reader's own folders."""
        self._fill()
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Cut the lines to the new width, which the list gets after its window has."""
        self.call_after_refresh(self._fill)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Complete while typing; nothing that a terminal would obey gets into the input."""
        if not event.value.isprintable():
            event.input.value = "".join(char for char in event.value if char.isprintable())
        else:
            self._fill()

    def on_input_submitted(self) -> None:
        """Enter takes the line under the cursor."""
        self._take(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """So does a click."""
        self._take(event.option_index)

    def action_move(self, direction: int) -> None:
        """Move the cursor of the list from the input."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_complete(self) -> None:
        """Put the folder under the cursor, or the first that can be gone into, into the input."""
        at = self.query_one(OptionList).highlighted
        under = self._lines[at] if at is not None and at < len(self._lines) else None
        line = under if under is not None and under.typed else next((one for one in self._lines if one.typed), None)
        if line is not None:
            self._type(line.typed)

    def _take(self, index: int | None) -> None:
        if index is None or index >= len(self._lines):
            return
        line = self._lines[index]
        if line.typed:
            self._type(line.typed)
        else:
            self.dismiss(line.opens)

    def _type(self, text: str) -> None:
        box = self.query_one(Input)
        box.value = text
        box.cursor_position = len(text)
        box.focus()

    def _fill(self) -> None:
        typed = self.query_one(Input).value.strip()
        self._lines = list(self._found(typed))
        options = self.query_one(OptionList)
        width = max(options.size.width - 3, 20)  # blanks at both ends, a scrollbar
        options.clear_options()
        options.add_options([Option(_shown(line, width)) for line in self._lines])
        if self._lines:
            options.highlighted = 0
        else:
            options.add_option(Option(styled(self._texts("open_nothing"), QUIET_STYLE), disabled=True))

    def _found(self, typed: str) -> Iterable[_Line]:
        place = expanded(typed) if typed else None
        if place is not None and place.is_dir():
            yield _Line(self._texts("open_this", folder=short_path(str(place))), opens=str(place))
        elif place is not None and place.is_file():
            yield _Line(self._texts("open_beside", folder=short_path(str(place.parent))), opens=str(place.parent))
        for folder in self._recent:
            if typed.lower() in folder.lower() or typed in short_path(folder):
                yield _Line(folder_name(folder), short_path(folder), opens=folder)
        yield from _below("~/" if typed in ("", "~") else typed)
        if not typed:
            here = expanded(".")
            yield from (_Line(f"{place}/", typed=f"{place}/") for place in (here,) if place is not None)
            yield _Line("/", typed="/")


def _below(typed: str) -> Iterable[_Line]:
    """The folders that what was typed may go on to."""
    if (found := below(typed)) is None:
        return
    for name in found.names[:MOST_LISTED]:
        if name.isprintable():
            yield _Line(name, typed=f"{found.before}{name}")
        else:  # its name must not get into the input: it is opened as it is
            yield _Line(name, opens=str(found.folder / name))


def _shown(line: _Line, width: int) -> Content:
    text = shorten(one_line(line.text), width)
    style = LISTED_STYLE if line.opens else ""
    room = width - cells(text) - 2
    behind = shorten(one_line(line.behind), room) if line.behind and room > 8 else ""
    return styled(text, style) + styled(f"  {behind}" if behind else "", QUIET_STYLE)
