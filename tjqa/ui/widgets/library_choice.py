"""What is chosen in the library: how it is sorted, which documents are selected, to be asked alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from tjqa.reports import SourceSummary
from tjqa.ui.keys import local
from tjqa.ui.widgets.library_list import Toggle
from tjqa.ui.widgets.library_table import SORTS, SortBy, TableHead


class LibraryChoice(Vertical):
    """The part of the library panel that is about this; the panel lists it all."""

    BINDINGS: ClassVar[list[BindingType]] = [local("library.sort", "sort_on")]

    @dataclass
    class Narrowed(Message):
        """Only these documents are to be asked."""

        paths: tuple[str, ...]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.summaries: tuple[SourceSummary, ...] = ()
        self.selected: dict[str, None] = {}  # in the order they were selected in
        self.sort: SortBy = "date"
        self.is_reversed = False

    @property
    def highlighted(self) -> str | None:
        """The path of the row under the cursor; to be overridden."""
        raise NotImplementedError

    def refill(self, on: str | None = None, keep_view: bool = False) -> None:
        """Fill the list anew; to be overridden."""
        raise NotImplementedError

    def keep_selected(self) -> None:
        """Forget what was selected and is there no more."""
        there = {summary.path for summary in self.summaries}
        self.selected = {path: None for path in self.selected if path in there}

    def ask_only(self) -> None:
        """Ask only the documents that are selected, else the one under the cursor."""
        known = {summary.path for summary in self.summaries}
        paths = tuple(self.selected) or tuple(path for path in (self.highlighted,) if path in known)
        if paths:
            self.post_message(self.Narrowed(paths))
            self.selected.clear()
            self.refill()

    def on_toggle(self, event: Toggle) -> None:
        """Select the document under the cursor, or no more."""
        event.stop()
        path = self.highlighted
        if path is not None and any(summary.path == path for summary in self.summaries):
            if path in self.selected:
                del self.selected[path]
            else:
                self.selected[path] = None
            self.refill()

    def action_sort_on(self) -> None:
        """Sort by the next column."""
        self._sort_by(SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    def on_table_head_clicked(self, event: TableHead.Clicked) -> None:
        """Sort by a column; by the same one again, the other way round."""
        event.stop()
        self._sort_by(event.sort, not self.is_reversed if event.sort == self.sort else False)

    def _sort_by(self, sort: SortBy, is_reversed: bool = False) -> None:
        self.sort, self.is_reversed = sort, is_reversed
        self.refill()
