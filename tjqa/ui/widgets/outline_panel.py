"""The outline of the document that is read: its parts, indented; Enter brings one to the top of the window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tjqa.errors import TjqaError
from tjqa.results import DocumentOutline, OutlineNode
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.library_rows import node_row
from tjqa.ui.widgets.rows import text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE

MOST_ROWS = 1000
"""Rows of an outline: filling the list with more takes longer than a key may."""


class OutlinePanel(OptionList):
    """A list of the parts of one document."""

    @dataclass
    class Jump(Message):
        """The character at `offset` of the file is to be shown."""

        offset: int

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.texts = texts
        self.path = ""
        self._found: DocumentOutline | TjqaError | None = None
        self._shown_nodes: list[OutlineNode] = []
        self._at = 0
        self._made_for = 0

    def wait_for(self, path: str, at: int) -> None:
        """Say that the outline of a document is being read, of which the character at `at` is in view."""
        self.path, self._found, self._at = path, None, at
        self._fill()

    def grow(self, path: str, found: DocumentOutline | TjqaError) -> None:
        """Show an outline, or why there is none; nothing when another document is read by now."""
        if path == self.path:
            self._found = found
            self._fill()

    def speak(self) -> None:
        """Say it in the language at hand."""
        self._fill()

    def on_resize(self) -> None:
        """Cut the rows to the new width."""
        if self.size.width != self._made_for:
            self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the part."""
        event.stop()
        if event.option_index < len(self._shown_nodes):
            self._at = self._shown_nodes[event.option_index].span.start
            self.post_message(self.Jump(self._at))

    def _fill(self) -> None:
        self._made_for = self.size.width
        width = max(self.size.width - 5, 20)
        self.clear_options()
        self._shown_nodes = []
        if not isinstance(self._found, DocumentOutline):
            self._remark(self.texts.of(self._found.whole) if self._found else self.texts("outline_loading"), width)
        else:
            nodes = [node for node in self._found.nodes if node.reason is None]
            self._shown_nodes = coarse(nodes, MOST_ROWS)
            self.add_options([Option(node_row(node, self.texts, width)) for node in self._shown_nodes])
            if not nodes:
                self._remark(self.texts("outline_none"), width)
            elif len(self._shown_nodes) < len(nodes):
                self._remark(self.texts("outline_coarse", count=len(nodes) - len(self._shown_nodes)), width)
            self._highlight()
        count = f" {len(self._shown_nodes)}" if self._shown_nodes else ""
        self.border_title = Content(f" {self.texts('outline_title')}{count} ")

    def _highlight(self) -> None:
        """The cursor on the part that is in view."""
        if self._shown_nodes:
            starts = [node.span.start for node in self._shown_nodes]
            self.highlighted = max(bisect_right(starts, self._at) - 1, 0)

    def _remark(self, text: str, width: int) -> None:
        shown = one_line(text)
        rows = text_rows(shown, width, [(0, len(shown), QUIET_STYLE)])
        self.add_option(Option(Content("\n").join(row.content for row in rows), disabled=True))


def coarse(nodes: Sequence[OutlineNode], most: int) -> list[OutlineNode]:
    """As many levels of an outline as have at most `most` parts together; of the uppermost one only the first."""
    for deepest in sorted({node.level for node in nodes}, reverse=True):
        kept = [node for node in nodes if node.level <= deepest]
        if len(kept) <= most:
            return kept
    return [node for node in nodes if node.level == min(n.level for n in nodes)][:most] if nodes else []
