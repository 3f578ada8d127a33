"""The rows of the library: documents sorted and grouped, the tree of one, files that could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.content import Content

from tjqa.errors import TjqaError
from tjqa.reports import SkippedFile, SourceSummary
from tjqa.results import DocumentOutline
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.library_rows import (
    Listed,
    document_rows,
    node_row,
    summary_date,
    summary_title,
    unread_rows,
)
from tjqa.ui.widgets.library_table import TABLE_FROM, SortBy, document_row, unread_row
from tjqa.ui.widgets.rows import styled, text_rows
from tjqa.ui.widgets.styles import LISTED_STYLE, QUIET_STYLE

MOST_LISTED = 300
"""Documents listed at a time; with 2,000 a key in the filter takes 0.2 s."""

MOST_NODES = 1000
"""Rows of a tree; the list is filled anew when the filter changes, and 1,000 rows take as long as 300 documents."""

ONLY_THESE = Listed("\0only")
"""The row that asks only what is selected; no path holds a NUL."""


@dataclass(slots=True)
class Tree:
    """The one tree that is open: of which document, and what came of reading it (None: nothing yet)."""

    path: str
    found: DocumentOutline | TjqaError | None = None


class Entry(NamedTuple):
    """A row: what it is, how it looks, whether it can be chosen."""

    listed: Listed
    content: Content
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be listed, and how.

    Args:
        summaries: all documents.
        unread: files that gave no text.
        stale: paths of documents that changed since they were indexed.
        selected: paths of those that were selected.
        tree: the one that is open.
        sort: by what, and with `is_reversed` the other way round.
        texts: in the language at hand.
    """

    summaries: Sequence[SourceSummary]
    unread: Sequence[SkippedFile]
    stale: Collection[str]
    selected: Collection[str]
    tree: Tree | None
    sort: SortBy
    is_reversed: bool
    texts: Texts

    def found(self, words: Sequence[str]) -> tuple[list[SourceSummary], list[SkippedFile]]:
        """Documents that hold all words in title, path or date, in order; and such files."""
        found = [s for s in self.summaries if all(word in _searched(s) for word in words)]
        found.sort(key=lambda summary: summary.path)
        if self.sort == "date":  # newest first; those without a date at the end, whichever way
            found.sort(key=lambda summary: summary_date(summary) or "", reverse=not self.is_reversed)
            found.sort(key=lambda summary: summary_date(summary) is None)
        elif self.sort == "title":
            found.sort(key=self._title, reverse=self.is_reversed)
        elif self.is_reversed:
            found.reverse()
        return found, [file for file in self.unread if all(word in file.path.lower() for word in words)]

    def _title(self, summary: SourceSummary) -> bytes:
        # In GB 18030 the usual characters stand in the order of their sounds.
        return summary_title(summary, self.texts, 200).encode("gb18030", "replace")

    def entries(self, found: Sequence[SourceSummary], unread: Sequence[SkippedFile], width: int) -> Iterator[Entry]:
        """The rows for a width."""
        texts, is_table = self.texts, width >= TABLE_FROM
        if self.selected:
            said = texts("library_only", count=len(self.selected))
            yield Entry(ONLY_THESE, styled(said, LISTED_STYLE))
        year = ""
        for summary in found[:MOST_LISTED]:
            if self.sort == "date" and (named := self._year(summary)) != year:
                year = named
                yield Entry(Listed(""), styled(named, QUIET_STYLE), is_open=False)
            is_open = self.tree is not None and self.tree.path == summary.path
            is_selected, is_stale = summary.path in self.selected, summary.path in self.stale
            rows = document_row if is_table else document_rows
            yield Entry(Listed(summary.path), rows(summary, texts, width, is_open, is_selected, is_stale))
            yield from self._tree_of(summary.path, width)
        if len(found) > MOST_LISTED:
            yield self._remark(texts("library_more", count=len(found) - MOST_LISTED), width)
        for file in unread[:MOST_LISTED]:
            yield Entry(Listed(file.path), (unread_row if is_table else unread_rows)(file, texts, width))
        if not found and not unread:
            yield self._remark(texts("library_empty"), width)

    def _year(self, summary: SourceSummary) -> str:
        day = summary_date(summary)
        return self.texts("library_year", year=day[:4]) if day else self.texts("undated")

    def _tree_of(self, path: str, width: int) -> Iterator[Entry]:
        """The parts of a document whose tree is open, or what is said in their place."""
        if self.tree is None or self.tree.path != path:
            return
        found = self.tree.found
        if not isinstance(found, DocumentOutline):
            said = self.texts.of(found.whole) if found is not None else self.texts("outline_loading")
            yield self._remark(said, width)
            return
        for node, place in list(zip(found.nodes, found.places, strict=True))[:MOST_NODES]:
            yield Entry(Listed(path, node, place), node_row(node, self.texts, width))
        if len(found.nodes) > MOST_NODES:
            yield self._remark(self.texts("outline_more", count=len(found.nodes) - MOST_NODES), width)

    def _remark(self, text: str, width: int) -> Entry:
        """A row that cannot be chosen."""
        rows = text_rows(one_line(text), width, [(0, len(text), QUIET_STYLE)], lead="  ")
        return Entry(Listed(""), Content("\n").join(row.content for row in rows), is_open=False)


def _searched(summary: SourceSummary) -> str:
    parts = [summary.path, *(title for title, _ in summary.articles), *(day or "" for _, day in summary.articles)]
    return " ".join(parts).lower()
