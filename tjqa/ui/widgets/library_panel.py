"""The library panel: which documents there are, what was kept and dropped of each, the tree of one, and which files
could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.reports import SkippedFile, SourceSummary
from tjqa.results import DocumentOutline, OutlineNode
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.library_list import DocumentFilter, DocumentList, SignClicked, Unfold
from tjqa.ui.widgets.library_rows import Details, Listed, document_rows, node_row, unread_rows
from tjqa.ui.widgets.rows import text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE

ASK_AGAIN = 0.1
"""Seconds until a panel being shown looks again whether it has been laid out."""

MOST_LISTED = 300
"""Documents listed at a time; with 2,000 a key in the filter takes 0.2 s."""

MOST_NODES = 1000
"""Rows of a tree; the list is filled anew when the filter changes, and 1,000 rows take as long as 300 documents."""


@dataclass(slots=True)
class _Tree:
    """The one tree that is open: of which document, and what came of reading it (None: nothing yet)."""

    path: str
    found: DocumentOutline | TjqaError | None = None


class LibraryPanel(Vertical):
    """A filter and a list; Enter or a click opens a document and its tree, one tree at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    @dataclass
    class Picked(Message):
        """A document was chosen, or a part of it; with `is_for_tree` only its tree was opened, which is to be read and
        handed to `grow`."""

        path: str
        span: Span | None = None
        is_for_tree: bool = False

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.summaries: tuple[SourceSummary, ...] = ()
        self.unread: tuple[SkippedFile, ...] = ()
        self._tree: _Tree | None = None
        self._rows: list[Listed] = []
        self._made_for = 0

    def action_move(self, direction: int) -> None:
        """Move the cursor of the list while the filter has the focus."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def compose(self) -> ComposeResult:
        """Filter above list."""
        yield DocumentFilter(placeholder=self.texts("library_filter"), select_on_focus=False, id="library-filter")
        yield DocumentList(id="library-list", markup=False)
        yield Details(self.texts)

    @property
    def highlighted(self) -> str | None:
        """The path of the row under the cursor."""
        found = self._row_at(self.query_one(OptionList).highlighted)
        return found.path if found is not None else None

    def speak(self) -> None:
        """Say everything in the language at hand."""
        self.query_one(Input).placeholder = self.texts("library_filter")
        self._refill()

    def show(self, summaries: Sequence[SourceSummary], unread: Sequence[SkippedFile] = ()) -> None:
        """List documents, and below them the files that could not be read."""
        self.summaries, self.unread = tuple(summaries), tuple(unread)
        self._tree = None
        self._refill()

    def grow(self, path: str, found: DocumentOutline | TjqaError) -> None:
        """Show the tree of a document, or why there is none; nothing when it was closed meanwhile."""
        if self._tree is not None and self._tree.path == path:
            self._tree.found = found
            self._refill(keep_view=True)

    # --- what is done in it

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the filter opens the row under the cursor."""
        event.stop()
        self._pick(self.query_one(OptionList).highlighted)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Below the list, what was left out of the document under the cursor."""
        event.stop()
        found = self._row_at(event.option_index)
        summary = next((s for s in self.summaries if found and s.path == found.path), None)
        self.query_one(Details).show(summary, found)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chosen row."""
        event.stop()
        self._pick(event.option_index)

    def on_unfold(self, event: Unfold) -> None:
        """Open the tree of the document under the cursor, or close it."""
        event.stop()
        if (found := self._row_at(self.query_one(OptionList).highlighted)) is not None:
            self._unfold(found.path, event.opens)

    def on_sign_clicked(self, event: SignClicked) -> None:
        """Open the tree of a document, or close it."""
        event.stop()
        if (found := self._row_at(event.index)) is not None:
            self._unfold(found.path, not self._is_open(found.path))

    def on_resize(self) -> None:
        """Cut the rows to the new width."""
        self.fit()

    def fit(self) -> None:
        """Cut the rows to the width at hand, if they were made for another.

        For a panel shown while a layout is under way Textual may send no Resize (once in a hundred times on a busy
        machine): who shows it calls this after the next refresh, and it asks again until there is a width.
        """
        if self.display and not self.size.width:
            self.set_timer(ASK_AGAIN, self.fit)
        elif self.size.width != self._made_for:
            self._refill()

    def _row_at(self, index: int | None) -> Listed | None:
        return self._rows[index] if index is not None and index < len(self._rows) else None

    def _pick(self, index: int | None) -> None:
        if (found := self._row_at(index)) is None:
            return
        if found.node is None:
            self._unfold(found.path, True)
        self.post_message(self.Picked(found.path, _opening(found.node) if found.node is not None else None))

    def _is_open(self, path: str) -> bool:
        return self._tree is not None and self._tree.path == path

    def _unfold(self, path: str, opens: bool) -> None:
        if opens == self._is_open(path) or not any(summary.path == path for summary in self.summaries):
            return
        self._tree = _Tree(path) if opens else None
        if opens:
            self.post_message(self.Picked(path, is_for_tree=True))
        self._refill(on=path, keep_view=opens)

    # --- what is listed

    def _refill(self, on: str | None = None, keep_view: bool = False) -> None:
        """Fill the list anew with the cursor where it was, or on a document; with `keep_view`, the row under the cursor
        at the top when that is the document whose tree is shown."""
        options = self.query_one(OptionList)
        held = Listed(on) if on is not None else self._row_at(options.highlighted)
        self._fill()
        if held is not None and held in self._rows:
            options.highlighted = self._rows.index(held)
            if keep_view and held.node is None and self._is_open(held.path):
                options.call_after_refresh(options.scroll_to_highlight, top=True)

    def _fill(self) -> None:
        self._made_for = self.size.width
        width = max(self.size.width - 5, 20)
        words = self.query_one(Input).value.lower().split()
        found = [s for s in self.summaries if all(word in _searched(s) for word in words)]
        unread = [file for file in self.unread if all(word in file.path.lower() for word in words)]
        options = self.query_one(OptionList)
        self._rows = []
        listed: list[Option] = []
        for summary in found[:MOST_LISTED]:
            self._rows.append(Listed(summary.path))
            listed.append(Option(document_rows(summary, self.texts, width, self._is_open(summary.path))))
            listed += self._tree_rows(summary.path, width)
        if len(found) > MOST_LISTED:
            listed.append(self._remark(self.texts("library_more", count=len(found) - MOST_LISTED)))
        for file in unread[:MOST_LISTED]:
            self._rows.append(Listed(file.path))
            listed.append(Option(unread_rows(file, self.texts, width)))
        if not found and not unread:
            listed.append(self._remark(self.texts("library_empty")))
        options.clear_options()
        options.add_options(listed)
        if found or unread:
            options.highlighted = 0
        else:
            self.query_one(Details).show(None)
        title = self.texts("library_title", count=len(found))
        if unread:
            title += self.texts("library_title_unread", count=len(unread))
        self.border_title = Content(f" {title} ")

    def _tree_rows(self, path: str, width: int) -> list[Option]:
        """The parts of a document whose tree is open, or what is said in their place."""
        if self._tree is None or self._tree.path != path:
            return []
        found = self._tree.found
        if not isinstance(found, DocumentOutline):
            return [self._remark(self.texts.of(found.whole) if found is not None else self.texts("outline_loading"))]
        pairs = list(zip(found.nodes, found.places, strict=True))[:MOST_NODES]
        self._rows += [Listed(path, node, place) for node, place in pairs]
        rows = [Option(node_row(node, self.texts, width)) for node, _ in pairs]
        if len(found.nodes) > MOST_NODES:
            rows.append(self._remark(self.texts("outline_more", count=len(found.nodes) - MOST_NODES)))
        return rows

    def _remark(self, text: str) -> Option:
        """A row that cannot be chosen."""
        self._rows.append(Listed(""))
        width = max(self.size.width - 5, 20)
        rows = text_rows(one_line(text), width, [(0, len(text), QUIET_STYLE)], lead="  ")
        return Option(Content("\n").join(row.content for row in rows), disabled=True)


def _opening(node: OutlineNode) -> Span:
    """Where to open a part of a document: at its first words, of what is left out all of it."""
    if node.reason is not None:
        return node.span
    return Span(node.span.start, min(node.span.start + max(len(node.title), 1), node.span.end))


def _searched(summary: SourceSummary) -> str:
    parts = [summary.path, *(title for title, _ in summary.articles), *(day or "" for _, day in summary.articles)]
    return " ".join(parts).lower()
