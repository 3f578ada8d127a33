"""The library panel: which documents there are, what was kept and dropped of each, the tree of one, and which files
could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.reports import SkippedFile, SourceSummary
from tjqa.results import DocumentOutline, OutlineNode
from tjqa.ui.keys import local
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.library_choice import LibraryChoice
from tjqa.ui.widgets.library_list import DocumentFilter, DocumentList, Far, SignClicked, Unfold
from tjqa.ui.widgets.library_listing import ONLY_THESE, Listing, Tree
from tjqa.ui.widgets.library_rows import Details, Listed
from tjqa.ui.widgets.library_table import TableHead, rows_width

ASK_AGAIN = 0.1
"""Seconds until a panel being shown looks again whether it has been laid out."""


class LibraryPanel(LibraryChoice):
    """A filter and a list; Enter or a click opens a document and its tree, one tree at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        local("page.down", "page(1)"),
        local("page.up", "page(-1)"),
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
        self.unread: tuple[SkippedFile, ...] = ()
        self._tree: Tree | None = None
        self._stale: frozenset[str] = frozenset()
        self._rows: list[Listed] = []
        self._made_for = 0

    def action_move(self, direction: int) -> None:
        """Move the cursor of the list while the filter has the focus."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_page(self, direction: int) -> None:
        """Move it by what is seen."""
        options = self.query_one(OptionList)
        turn = options.action_page_down if direction > 0 else options.action_page_up
        turn()  # type: ignore[no-untyped-call]
        if options.highlighted is None:  # above the first document stands the heading of its year
            options.action_first()

    def on_far(self, event: Far) -> None:
        """Move it to the last document, or the first."""
        event.stop()
        options = self.query_one(OptionList)
        options.action_last() if event.is_end else options.action_first()

    def compose(self) -> ComposeResult:
        """Filter above list."""
        yield DocumentFilter(placeholder=self.texts("library_filter"), select_on_focus=False, id="library-filter")
        yield TableHead(self.texts)
        yield DocumentList(id="library-list", markup=False)
        yield Details(self.texts)

    @property
    def highlighted(self) -> str | None:
        """The path of the row under the cursor."""
        found = self._row_at(self.query_one(OptionList).highlighted)
        return found.path if found is not None and found != ONLY_THESE else None

    def speak(self) -> None:
        """Say everything in the language at hand."""
        self.query_one(Input).placeholder = self.texts("library_filter")
        self.refill()

    def show(
        self, summaries: Sequence[SourceSummary], unread: Sequence[SkippedFile] = (), stale: Iterable[str] = ()
    ) -> None:
        """List documents, of which some changed since, and below them the files that could not be read."""
        self.summaries, self.unread, self._stale = tuple(summaries), tuple(unread), frozenset(stale)
        self.keep_selected()
        self._tree = None
        self.refill()

    def grow(self, path: str, found: DocumentOutline | TjqaError) -> None:
        """Show the tree of a document, or why there is none; nothing when it was closed meanwhile."""
        if self._tree is not None and self._tree.path == path:
            self._tree.found = found
            self.refill(keep_view=True)

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
            self.refill()

    def _row_at(self, index: int | None) -> Listed | None:
        return self._rows[index] if index is not None and index < len(self._rows) else None

    def _pick(self, index: int | None) -> None:
        if (found := self._row_at(index)) is None or not found.path:
            return
        if found == ONLY_THESE:
            self.ask_only()
            return
        if found.node is None:
            self._unfold(found.path, True)
        self.post_message(self.Picked(found.path, _opening(found.node) if found.node is not None else None))

    def _is_open(self, path: str) -> bool:
        return self._tree is not None and self._tree.path == path

    def _unfold(self, path: str, opens: bool) -> None:
        if opens == self._is_open(path) or not any(summary.path == path for summary in self.summaries):
            return
        self._tree = Tree(path) if opens else None
        if opens:
            self.post_message(self.Picked(path, is_for_tree=True))
        self.refill(on=path, keep_view=opens)

    # --- what is listed

    def refill(self, on: str | None = None, keep_view: bool = False) -> None:
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
        width = rows_width(self.size.width)
        words = self.query_one(Input).value.lower().split()
        tree, sort = self._tree, (self.sort, self.is_reversed)
        listing = Listing(self.summaries, self.unread, self._stale, self.selected, tree, *sort, self.texts)
        found, unread = listing.found(words)
        entries = list(listing.entries(found, unread, width))
        self._rows = [entry.listed for entry in entries]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(entry.content, disabled=not entry.is_open) for entry in entries])
        first = next((at for at, row in enumerate(self._rows) if row.path and row != ONLY_THESE), None)
        if first is not None:
            options.highlighted = first
        else:
            self.query_one(Details).show(None)
        self._entitle(len(found), len(unread))

    def _entitle(self, found: int, unread: int) -> None:
        title = self.texts("library_title", count=found)
        if unread:
            title += self.texts("library_title_unread", count=unread)
        self.border_title = Content(f" {title} ")
        self.border_subtitle = Content(f" {self.texts('library_keys')} ")
        self.query_one(TableHead).show(self.sort, self.is_reversed)


def _opening(node: OutlineNode) -> Span:
    """Where to open a part of a document: at its first words, of what is left out all of it."""
    if node.reason is not None:
        return node.span
    return Span(node.span.start, min(node.span.start + max(len(node.title), 1), node.span.end))
