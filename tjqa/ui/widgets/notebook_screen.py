"""The notebook: what was kept of the library, by topic; each can be opened, changed, moved, deleted, copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line, shorten
from tjqa.ui.widgets.dialogs import CommandedScreen
from tjqa.ui.widgets.lines import OneLine
from tjqa.ui.widgets.notebook_rows import excerpt_rows
from tjqa.ui.widgets.rows import styled, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE

Wish = Literal["open", "edit", "up", "down", "delete", "undo", "copy", "export"]
"""What the reader wants of the notebook, or of the excerpt under the cursor."""

_WISHES: dict[str, Wish] = {"source": "open", "edit": "edit", "copy": "copy", "export": "export"}
"""Commands that mean the excerpt under the cursor."""


class NotebookScreen(CommandedScreen[None]):
    """A list of excerpts under their topics."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("shift+up", "wish('up')", show=False, priority=True),
        Binding("shift+down", "wish('down')", show=False, priority=True),
        Binding("delete,backspace", "wish('delete')", show=False),
        Binding("ctrl+u", "wish('undo')", show=False),
    ]

    @dataclass
    class Wanted(Message):
        """Something is to be done, with an excerpt where it needs one."""

        screen: NotebookScreen
        wish: Wish
        checked: CheckedExcerpt | None

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._held: tuple[CheckedExcerpt, ...] | None = None
        self._rows: list[CheckedExcerpt | None] = []
        self._made_for = 0

    def compose(self) -> ComposeResult:
        """List above what is said."""
        with Vertical(id="notebook", classes="dialog"):
            yield OptionList(markup=False, id="notebook-list")
            yield OneLine(self._texts("notebook_checking"), id="notebook-said")

    def on_mount(self) -> None:
        """The quotes come when they have been looked up."""
        self._fill(None)

    def on_resize(self) -> None:
        """Cut the rows to the new width, which the list gets after its window has."""
        self.call_after_refresh(self._fit)

    def show(self, held: Sequence[CheckedExcerpt], on: str | None = None) -> None:
        """List excerpts that were just checked, with the cursor on the one of key `on`, else where it was."""
        before = self.chosen
        self._held = tuple(held)
        self._fill(on or (before.excerpt.key if before is not None else None))

    def say(self, text: str) -> None:
        """Say something below the list."""
        self.query_one("#notebook-said", OneLine).say(text)

    @property
    def chosen(self) -> CheckedExcerpt | None:
        """The excerpt under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def command(self, action: str) -> None:
        """What means an excerpt; the key that opened the window closes it."""
        if action == "excerpts":
            self.dismiss(None)
        elif (wish := _WISHES.get(action)) is not None:
            self.action_wish(wish)

    def action_wish(self, wish: Wish) -> None:
        """Ask for something to be done."""
        if wish == "undo" or self.chosen is not None:
            self.post_message(self.Wanted(self, wish, self.chosen))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click opens the place."""
        event.stop()
        self.action_wish("open")

    def _fit(self) -> None:
        if self.is_attached and self.query_one(OptionList).size.width != self._made_for:
            chosen = self.chosen
            self._fill(chosen.excerpt.key if chosen is not None else None)

    def _fill(self, on: str | None) -> None:
        options = self.query_one(OptionList)
        self._made_for = options.size.width
        width = max(options.size.width - 4, 20)
        held, texts = self._held or (), self._texts
        listed: list[Option] = []
        self._rows = []
        topic: str | None = None
        for checked in held:
            if checked.excerpt.topic != topic:
                topic = checked.excerpt.topic
                count = sum(other.excerpt.topic == topic for other in held)
                name = one_line(topic) or texts("notebook_untitled")
                listed.append(
                    Option(
                        styled(shorten(texts("notebook_topic", topic=name, count=count), width), "bold"), disabled=True
                    )
                )
                self._rows.append(None)
            listed.append(Option(excerpt_rows(checked, texts, width)))
            self._rows.append(checked)
        if self._held is not None and not held:
            listed.append(self._remark(texts("notebook_empty"), width))
            self._rows.append(None)
        options.clear_options()
        options.add_options(listed)
        keys = [checked.excerpt.key if checked is not None else "" for checked in self._rows]
        if held:
            options.highlighted = keys.index(on) if on in keys else next(n for n, key in enumerate(keys) if key)
        self._tell()

    def _tell(self) -> None:
        window, held = self.query_one("#notebook"), self._held
        window.border_title = Content(f" {self._texts('notebook_title')} ")
        window.border_subtitle = Content(f" {self._texts('notebook_keys')} ")
        if held is not None:
            bad = sum(not checked.is_good for checked in held)
            key = "notebook_count_bad" if bad else "notebook_count"
            self.say(self._texts(key, count=len(held), bad=bad) if held else "")

    def _remark(self, text: str, width: int) -> Option:
        rows = text_rows(one_line(text), width, [(0, len(text), QUIET_STYLE)])
        return Option(Content("\n").join(row.content for row in rows), disabled=True)
