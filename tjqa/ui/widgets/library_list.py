"""The filter and the list of the library panel: what opens and closes the tree of a document in them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input, OptionList

from tjqa.ui.keys import local
from tjqa.ui.widgets.library_rows import MARKER_WIDTH


@dataclass
class Unfold(Message):
    """The tree of the document under the cursor is to be opened or closed."""

    opens: bool


@dataclass
class SignClicked(Message):
    """The sign before row `index` was clicked."""

    index: int


class Toggle(Message):
    """The document under the cursor is to be selected, or no more."""


@dataclass
class Far(Message):
    """The cursor of the list is to go to its end or its beginning."""

    is_end: bool


class DocumentFilter(Input):
    """A blank before anything is typed selects. → at the end of what is typed and ← at its beginning, where they would
    do nothing, open and close a tree."""

    async def _on_key(self, event: events.Key) -> None:
        """A blank at the beginning would filter nothing."""
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(Toggle())

    def action_end(self, select: bool = False) -> None:
        """Behind what is typed; where nothing is, to the last document."""
        self._far(True) if not self.value else super().action_end(select)

    def action_home(self, select: bool = False) -> None:
        """Before what is typed; where nothing is, to the first document."""
        self._far(False) if not self.value else super().action_home(select)

    def _far(self, is_end: bool) -> None:
        self.post_message(Far(is_end))

    def action_cursor_right(self, select: bool = False) -> None:
        """One character on, or open the tree."""
        if self.cursor_at_end and not select:
            self.post_message(Unfold(True))
        else:
            super().action_cursor_right(select)

    def action_cursor_left(self, select: bool = False) -> None:
        """One character back, or close the tree."""
        if self.cursor_at_start and not select:
            self.post_message(Unfold(False))
        else:
            super().action_cursor_left(select)


class DocumentList(OptionList):
    """The list; a click on the sign before a title only opens or closes its tree."""

    BINDINGS: ClassVar[list[BindingType]] = [
        local("library.unfold", "unfold(True)"),
        local("library.fold", "unfold(False)"),
        local("library.select", "select_document"),
    ]

    def action_select_document(self) -> None:
        """Select the document under the cursor, or no more."""
        self.post_message(Toggle())

    def action_unfold(self, opens: bool) -> None:
        """Open or close a tree."""
        self.post_message(Unfold(opens))

    def action_page_down(self) -> None:
        """A page on; nothing while the rows are not laid out yet, which the list itself cannot stand."""
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def action_page_up(self) -> None:
        """A page back, in the same way."""
        with suppress(KeyError):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def on_click(self, event: events.Click) -> None:
        """Leave everything but a sign to the list itself."""
        index = event.style.meta.get("option")
        # A blank stands before the rows.
        if index is not None and event.x <= MARKER_WIDTH and str(self.get_option_at_index(index).prompt)[0] in "▸▾":
            event.stop()
            event.prevent_default()
            self.post_message(SignClicked(index))
