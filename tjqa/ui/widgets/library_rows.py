"""What the library panel says of a document, of a part of its tree, of a file that could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from tjqa.documents import DropReason
from tjqa.reports import SkippedFile, SourceSummary
from tjqa.results import OutlineNode, StartingPlace
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten, shorten_name
from tjqa.ui.widgets.rows import Row, Rows, styled, text_rows
from tjqa.ui.widgets.styles import LISTED_STYLE, QUIET_STYLE, WARN_STYLE

MOST_DETAILS = 6
"""Rows below the list."""

MARKER_WIDTH = 3
"""Columns before a document's title, where its tree is opened and closed, and where it is said to be selected."""

DEEPEST_INDENT = 4
"""Levels of a tree that are indented further: in a panel of forty columns a title needs the rest."""

SHORTEST_TITLE = 12
"""Columns of a part's title that are kept in the narrowest panel."""


def summary_title(summary: SourceSummary, texts: Texts, width: int) -> str:
    """The title of a page's newest article, whose date is shown beside it, and how many the page holds, in at most
    `width` columns."""
    newest = sorted(summary.articles, key=lambda article: article[1] or "", reverse=True)
    title = next((one_line(title) for title, _ in newest if title), one_line(summary.path))
    count = len(summary.articles)
    more = texts("library_articles", count=count) if count > 1 else ""
    return shorten(title, width - cells(more)) + more


def summary_date(summary: SourceSummary) -> str | None:
    """The newest date of a page's articles."""
    return max((day for _, day in summary.articles if day), default=None)


def sign(is_open: bool, is_selected: bool) -> Content:
    """Before a document: whether its tree is open, whether it is selected."""
    return styled(
        f"{'▾' if is_open else '▸'}{'✓' if is_selected else ' '} ", LISTED_STYLE if is_selected else QUIET_STYLE
    )


def document_rows(
    summary: SourceSummary, texts: Texts, width: int, is_open: bool, is_selected: bool, is_stale: bool
) -> Content:
    """A document on two rows: its title; below it date, counts, path and whether it changed."""
    facts = texts(
        "library_row",
        date=summary_date(summary) or texts("undated"),
        passages=summary.passages,
        kept=summary.kept,
    )
    room = width - MARKER_WIDTH
    state = f"{texts('state_stale')} " if is_stale else ""
    name = shorten_name(one_line(summary.path), max(room - cells(facts) - cells(state) - 3, SHORTEST_TITLE))
    below = styled(" " * MARKER_WIDTH + state, WARN_STYLE)
    below += styled(shorten(f"{facts} · {name}", room - cells(state)), QUIET_STYLE)
    return Content("\n").join([sign(is_open, is_selected) + styled(summary_title(summary, texts, room), "bold"), below])


def node_row(node: OutlineNode, texts: Texts, width: int) -> Content:
    """A part of a document: its title, indented by its level, and behind it how long it is."""
    indent = "  " * (min(node.level, DEEPEST_INDENT) + 1)
    size = f"  {node.published}" if node.published else ""
    size += "  " + texts("outline_size", characters=node.characters)
    title = shorten(_node_title(node, texts), max(width - cells(indent) - cells(size), SHORTEST_TITLE))
    shown = styled(indent + title, QUIET_STYLE if node.reason is not None else "")
    return shown + styled(size, QUIET_STYLE)


def node_details(node: OutlineNode, place: StartingPlace, texts: Texts) -> str:
    """All that is known of a part of a document, on one line."""
    where = one_line(place.name) or texts("line", line=place.line)
    parts = [_node_title(node, texts), node.published or "", where, texts("outline_size", characters=node.characters)]
    if node.passages:
        parts.append(texts("outline_passages", passages=node.passages))
    return " · ".join(part for part in parts if part)


def _node_title(node: OutlineNode, texts: Texts) -> str:
    if node.reason is not None:
        return f"× {texts.left_out(node.reason)}"
    return one_line(node.title).strip() or texts("outline_untitled")


def unread_rows(file: SkippedFile, texts: Texts, width: int) -> Content:
    """A file that gave no text: its path and the reason, whole."""
    why = texts("library_unread", why=one_line(texts.of(file.reason)))
    lines = [row.content for row in text_rows(why, width, [(0, len(why), WARN_STYLE)], lead="  ")]
    return Content("\n").join([styled("✗ " + shorten_name(one_line(file.path), width - MARKER_WIDTH), ""), *lines])


class Listed(NamedTuple):
    """What a row of the list is: a document, or a part of its tree and where that begins."""

    path: str
    node: OutlineNode | None = None
    place: StartingPlace | None = None


class Details(Rows):
    """Below the list: what was left out of a document, and why; of a part of one its whole title, place and length."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="library-details")
        self._texts = texts
        self._summary: SourceSummary | None = None
        self._listed: Listed | None = None

    def show(self, summary: SourceSummary | None, listed: Listed | None = None) -> None:
        """Tell about another document, or a part of it."""
        self._summary, self._listed = summary, listed
        self.changed()

    def build_rows(self, width: int) -> Iterable[Row]:
        """Reasons with their characters, most first."""
        if self._listed is not None and self._listed.node is not None and self._listed.place is not None:
            text = node_details(self._listed.node, self._listed.place, self._texts)
            return text_rows(text, width, [(0, len(text), QUIET_STYLE)])[:MOST_DETAILS]
        if self._summary is None or not self._summary.dropped:
            return []
        sizes: Counter[DropReason] = Counter()
        for dropped in self._summary.dropped:
            sizes[dropped.reason] += len(dropped.span)
        reasons = " · ".join(f"{self._texts.left_out(reason)} {size:,}" for reason, size in sizes.most_common())
        text = self._texts("library_dropped", reasons=reasons)
        return text_rows(text, width, [(0, len(text), QUIET_STYLE)])[:MOST_DETAILS]
