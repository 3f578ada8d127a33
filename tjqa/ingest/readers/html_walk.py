"""From the elements of a page to its lines: which elements are open decides what becomes of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from tjqa.documents import Dropped, DropReason, Heading, Sheet, Span
from tjqa.ingest import parameters
from tjqa.ingest.readers import html_nodes as nodes
from tjqa.ingest.readers import html_styles as styles
from tjqa.ingest.readers.html_lines import Lines
from tjqa.ingest.readers.html_order import events
from tjqa.ingest.readers.html_rules import Rules
from tjqa.ingest.readers.html_tables import OpenTable, holds_data
from tjqa.ingest.readers.html_words import Words
from tjqa.ingest.readers.unread import UNREAD

_WHOLE = frozenset(("article", "main"))
_DEEPEST = 8  # tables within tables that are looked at


@dataclass(slots=True)
class _Open:
    """An element that is open: where it began, why it is furniture if it is, the lines read before it."""

    tag: str
    attributes: styles.Attributes
    reason: DropReason | None
    start: int


@dataclass(slots=True)
class Walk:
    """What was found so far, and what is open."""

    wrapping: Collection[int] = ()  # breaks that only wrap a line
    lines: Lines = field(default_factory=Lines)
    rules: Rules = field(default_factory=Rules)
    words: Words = field(init=False)
    headings: list[Heading] = field(default_factory=list)
    furniture: list[Dropped] = field(default_factory=list)
    mains: list[Span] = field(default_factory=list)
    articles: list[Span] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    aside: int = 0  # furniture elements that are open
    article: int = 0
    preformatted: int = 0
    links: list[bool] = field(default_factory=list)
    numbers: list[nodes.Numbers | None] = field(default_factory=list)
    tables: list[Sheet] = field(default_factory=list)
    table: OpenTable | None = None  # the one of data that is open
    depth: int = 0  # of the tables that are open and hold none
    hidden: int = 0  # characters that the page does not show and that were not read
    all_shown: bool = False  # read them, too

    def __post_init__(self) -> None:
        self.words = Words(self.lines, self.rules)

    def read(self, root: Any) -> None:
        """Everything below `root`."""
        for node, tag, attributes in events(root, self.all_shown):
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag.startswith("-"):
                continue
            elif attributes is not None:
                self._enter(node, tag, attributes)
            else:
                self._leave(self.open.pop())
        self.lines.end()

    def found(self) -> list[Dropped]:
        """All furniture: what the elements say, the links, and what stands below what the page is about."""
        found = [*self.furniture, *self.lines.menus(), *self.lines.teasers()]
        regions = self.mains if len(self.mains) == 1 else self.articles
        if len(regions) == 1:
            found += self.lines.below(regions[0])
        return list(_once(sorted(found, key=lambda part: (part.span.start, -part.span.end))))

    def _text(self, text: str) -> None:
        if self.open and styles.has_no_size(self.open[-1].attributes):
            self.hidden += len("".join(text.split()))
            return
        if not (text := self.words.written(text)):
            return
        self.lines.add(text, bool(self.links) and self.links[-1], self.preformatted > 0)

    def _enter(self, node: Any, tag: str, attributes: styles.Attributes) -> None:
        if not self.all_shown and nodes.is_closed(tag, attributes):
            self.hidden += nodes.hidden_length(node)
        if tag == "table":
            self._enter_table(node)
        elif self.table is not None:
            self.table.enter(tag, attributes)
        block = self.table is None and nodes.is_block(tag, attributes)
        reason = nodes.reason_of(tag, attributes, self.article > 0)
        if reason is DropReason.BUTTON and not block:
            reason = None  # a button within a sentence is a word of it
        if self.table is not None:
            reason = None
        element = _Open(tag, attributes, reason, 0)
        _edge(self.lines, element, tag, inside=self.table is not None)
        self.open.append(_Open(tag, attributes, reason, self.lines.length))
        self.words.enter(tag, attributes)
        self.aside += reason is not None
        if tag == "a":
            self.links.append(nodes.is_link(attributes))
            self.lines.anchors += self.links[-1]
            self.lines.file = self.lines.file or nodes.is_file(attributes)
        elif tag in nodes.LISTS:
            self.numbers.append(nodes.numbers_of(node, tag, attributes))
        elif tag == "li":
            numbers = self.numbers[-1] if self.numbers else None
            self.lines.marker = numbers.next(attributes) if numbers and self.table is None else ""
        elif tag in ("td", "th") and self.table is None:
            self.lines.cross(tag)
        elif tag == "br" and self.table is None:
            if node.mem_id in self.wrapping:
                self.lines.go_on()
            else:
                self.lines.end(even_empty=True)
        elif nodes.is_unread(node, tag, attributes):
            self.lines.put(UNREAD)
        elif tag == "input":
            self.lines.put(nodes.shown_value(attributes))
        elif tag == "article":
            self.article += 1
        elif tag == "pre":
            self.preformatted += 1

    def _enter_table(self, node: Any) -> None:
        self.lines.end()
        # How deep tables may lie in each other is not bounded: what holds so many is no table of data.
        if self.depth < _DEEPEST and holds_data(node):
            self.table = OpenTable(self.lines, self.lines.length)
        else:
            self.depth += 1

    def _leave_table(self) -> None:
        if self.table is None:
            self.depth -= 1
            return
        found = self.table.sheet()
        self.table = None
        if found is not None and not self.aside:
            self.tables.append(found)

    def _leave(self, element: _Open) -> None:
        tag = element.tag
        inside = self.table is not None
        self.lines.turned.leave(self.lines.line)
        if tag == "table":
            self._leave_table()
        elif self.table is not None:
            self.table.leave(tag, element.attributes)
        _edge(self.lines, element, f"/{tag}", inside)
        if tag in nodes.HEADINGS and not inside and self.lines.length > element.start:
            self.headings += [Heading(line, int(tag[1])) for line in _heading_lines(self.lines, element.start)]
        if tag == "a":
            self.links.pop()
        elif tag in nodes.LISTS:
            self.numbers.pop()
        elif tag == "li":
            self.lines.marker = ""
        elif tag in ("td", "th") and not inside:
            self.lines.put("\t")
            self.lines.cross(f"/{tag}")
        elif tag == "article":
            self.article -= 1
        elif tag == "pre":
            self.preformatted -= 1
        self.words.leave(tag)
        if element.reason or tag in _WHOLE or (element.attributes and nodes.is_main(tag, element.attributes)):
            self._regions(element)

    def _regions(self, element: _Open) -> None:
        """Remember what an element that ends here was: furniture, or what the page is about."""
        span = Span(element.start, self.lines.length)
        if element.reason:
            self.aside -= 1
            if self.aside or not len(span):
                return
            note = element.tag == "aside" and self.article and self.lines.is_note(element.start)
            if not (note or (element.reason is DropReason.SIDEBAR and self._holds_headline(element.start))):
                self.furniture.append(Dropped(span, element.reason))
        elif len(span) and not self.aside:
            if nodes.is_main(element.tag, element.attributes):
                self.mains.append(span)
            elif not self.article:
                self.articles.append(span)

    def _holds_headline(self, start: int) -> bool:
        """Whether a main heading stands from `start` on: then it is no sidebar, whatever the element is called."""
        return any(
            heading.level == 1 for heading in takewhile(lambda mark: mark.span.start >= start, reversed(self.headings))
        )


def _edge(lines: Lines, element: _Open, mark: str, inside: bool) -> None:
    """An element begins or ends: a block ends the line, a box within the line parts it, and what stands before a region
    that is remembered is whole. `inside` a table of data neither is so."""
    block = nodes.is_block(element.tag, element.attributes)
    if element.reason or (block and not inside):
        lines.end()
        lines.cross(mark)
    elif element.tag in nodes.BLOCKS and not inside:
        lines.part()
    remembered = element.tag in _WHOLE or element.tag in nodes.HEADINGS
    if element.reason or remembered or nodes.is_main(element.tag, element.attributes):
        lines.seal()


def _heading_lines(lines: Lines, start: int) -> list[Span]:
    """The lines of a heading that begins at `start`, up to a paragraph: one that was never closed goes on."""
    found = list(takewhile(lambda line: line.span.start >= start, reversed(lines.written)))[::-1]
    short = takewhile(lambda line: len(line.text) <= parameters.LONGEST_HEADLINE, found)
    return [Span(line.span.start, line.span.end - 1) for line in (found if len(found) == 1 else short)]


def _once(parts: list[Dropped]) -> Iterator[Dropped]:
    """Without what one before them says already; all of them begin and end with lines."""
    end = 0
    for part in parts:
        if part.span.end > end:
            yield Dropped(Span(max(end, part.span.start), part.span.end), part.reason)
            end = part.span.end
