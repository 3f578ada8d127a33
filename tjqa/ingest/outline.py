"""A document as a tree: its articles, the sections and items of each, and what is left out between them.

The sections are those of `tjqa.ingest.sections`, which passages carry as their path.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from tjqa.documents import Article, CleanedFile, Dropped, DropReason, SourceFile, Span
from tjqa.ingest.chunking import packed
from tjqa.ingest.sections import Part, parts
from tjqa.ingest.tables.placed import Rows, rows_of
from tjqa.ingest.units import Unit
from tjqa.results import OutlineKind, OutlineNode
from tjqa.text.headings import article_number, heading_text
from tjqa.text.sentences import trim


def outline(source: SourceFile, cleaned: CleanedFile) -> tuple[OutlineNode, ...]:
    """All nodes in file order, each before what is below it.

    Args:
        source: the file as read.
        cleaned: what cleaning made of it; what it drops as blank is not shown.
    """
    rows = rows_of(source, cleaned.articles)
    nodes = [node for article in cleaned.articles if article.pieces for node in _Growing(source, article, rows).nodes()]
    return tuple(_placed([*nodes, *_left_out(source.text, cleaned)]))


@dataclass(slots=True)
class _Open:
    """A node whose end is not known yet."""

    level: int
    kind: OutlineKind
    title: str
    start: int
    passages: int = 0


class _Growing:
    """The nodes of one article while its parts are gone through."""

    def __init__(self, source: SourceFile, article: Article, rows: Rows) -> None:
        self._rows = rows
        self._source = source
        self._article = article
        self._starts = [piece.span.start for piece in article.pieces]
        self._kept = [0, *accumulate(len(piece.span) for piece in article.pieces)]
        self._open: list[_Open] = []
        self._done: list[OutlineNode] = []
        self._end = article.pieces[0].span.start  # of the last unit of a section

    def nodes(self) -> list[OutlineNode]:
        """All of them, the article's own among them."""
        article = self._article
        first, last = article.pieces[0].span.start, article.pieces[-1].span.end
        kind = OutlineKind.TABLE if self._source.sheets else OutlineKind.ARTICLE
        self._open.append(_Open(0, kind, article.title, first))
        if article.section:
            self._open.append(_Open(1, OutlineKind.TABLE, article.section, first))
        for part in parts(self._source.text, article, self._rows):
            self._take(part)
        self._close(1)
        self._end = last
        self._close(0)
        return self._done

    def _take(self, part: Part) -> None:
        base = 1 if self._article.section else 0
        for unit in part.units if part.head is None else ():
            span = trim(self._source.text, unit.span)
            if unit.level is not None:
                self._close(base + unit.depth)
                kind = OutlineKind.HEADING
                if article_number(span.of(self._source.text)):
                    kind = OutlineKind.PROVISION
                self._open.append(_Open(base + unit.depth, kind, unit.name, span.start))
            elif unit.is_item:
                self._add_item(unit, span)
            self._end = span.end
        for node in self._open[: 1 if part.head else None]:
            node.passages += len(packed(self._source.text, part, self._rows.alone))

    def _add_item(self, unit: Unit, span: Span) -> None:
        title = heading_text(span.of(self._source.text))
        level = self._open[-1].level + 1
        self._done.append(OutlineNode(level, OutlineKind.ITEM, title, span, self._characters(span)))

    def _close(self, level: int) -> None:
        """End all nodes of this level and below."""
        while self._open and self._open[-1].level >= level:
            node = self._open.pop()
            span = Span(node.start, max(node.start, self._end))
            published = self._article.published if node.level == 0 else None
            characters = self._characters(span)
            self._done.append(
                OutlineNode(node.level, node.kind, node.title, span, characters, node.passages, published)
            )

    def _characters(self, span: Span) -> int:
        return self._kept_before(span.end) - self._kept_before(span.start)

    def _kept_before(self, at: int) -> int:
        """Characters of the article's pieces before a place in the file."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return 0
        return self._kept[number] + min(at - self._starts[number], len(self._article.pieces[number].span))


def _left_out(text: str, cleaned: CleanedFile) -> Iterator[OutlineNode]:
    """What is left out, neighbours of one reason as one; blanks between them do not part them."""
    known: list[tuple[Span, DropReason | None]] = [(d.span, d.reason) for d in cleaned.dropped]
    pieces = (piece.span for article in cleaned.articles for piece in article.pieces)
    known += [(span, None) for span in pieces if span.of(text).strip()]
    run: list[Dropped] = []
    for span, reason in sorted(known, key=lambda entry: entry[0]):
        if reason is DropReason.BLANK:
            continue
        if run and reason is not run[0].reason:
            yield _stretch(run)
            run = []
        if reason is not None:
            run.append(Dropped(span, reason))
    if run:
        yield _stretch(run)


def _stretch(run: list[Dropped]) -> OutlineNode:
    span = Span(run[0].span.start, run[-1].span.end)
    characters = sum(len(dropped.span) for dropped in run)
    return OutlineNode(0, OutlineKind.LEFT_OUT, "", span, characters, reason=run[0].reason)


def _placed(nodes: Iterable[OutlineNode]) -> Iterator[OutlineNode]:
    """The nodes in file order, those that are left out below the innermost node that they stand in."""
    ends: list[int] = []
    for node in sorted(nodes, key=lambda node: (node.span.start, node.level, node.kind is OutlineKind.LEFT_OUT)):
        if node.reason is None:
            del ends[node.level :]
            ends.append(node.span.end)
            yield node
            continue
        while ends and ends[-1] <= node.span.start:
            ends.pop()
        yield replace(node, level=len(ends))
