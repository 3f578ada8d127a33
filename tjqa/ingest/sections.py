"""The sections of an article: which lines open one, which numbered ones are items of a list, how the headings nest.

Passages carry these headings as their path, and the outline of a document shows them: both are told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tjqa.documents import Article, Piece, Role, Span
from tjqa.ingest import parameters
from tjqa.ingest.tables.placed import NO_ROWS, Rows, TableRow
from tjqa.text.headings import ARTICLE_LEVEL, MARKDOWN_LEVELS, article_number, heading_text, numbering
from tjqa.text.sentences import sentences, trim

_CLAUSE = re.compile(r"[,，、:：]\s*")
_PLAIN_HEADING = MARKDOWN_LEVELS + 2  # a heading line without numbering ranks with 一、


@dataclass(slots=True)
class Unit:
    """A sentence (or part of an over-long one), and what begins or ends with it."""

    span: Span
    heading: bool
    level: int | None = None  # it opens a section of this level
    paragraph_end: bool = False
    line: int = 0  # characters from its start to the end of its line
    list: List | None = None  # it announces this list, or belongs to it
    name: str = ""  # of the section it opens
    depth: int = 0  # of that section: 1 is the outermost
    row: TableRow | None = None  # it is a row of a table

    @property
    def is_item(self) -> bool:
        """True for an item of a list; the sentence that announces it is none."""
        return self.list is not None and self.list.lead.start < self.span.start


@dataclass(slots=True)
class List:
    """Items and the sentence that announces them: each is read with it."""

    lead: Span
    end: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Units that may share passages, which never cross from one part to another: a headline with its byline, or the
    text below a heading. `head` is what the first are, empty for the others; `path` are the headings in force."""

    units: list[Unit]
    head: Role | None = None
    path: str = ""


@dataclass(slots=True)
class _Sections:
    """The headings in force, outermost first; the first entry is what the whole article stands under."""

    stack: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, unit: Unit, level: int, text: str) -> None:
        """Open the section of a unit, and end those that it is not below."""
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, text))
        unit.name, unit.depth = text, len(self.stack) - 1

    def __str__(self) -> str:
        return joined([text for _, text in self.stack])


def joined(names: list[str]) -> str:
    """The path that passages carry: the last two of the names of the sections in force, outermost first."""
    return " / ".join([name for name in names[-2:] if name])[: parameters.LONGEST_SECTION]


def parts(text: str, article: Article, rows: Rows = NO_ROWS) -> Iterator[Part]:
    """An article in parts, in file order; the units that open a section are named. `rows` are those of its tables."""
    sections = _Sections([(0, article.section)])
    for run in _runs(text, article.pieces):
        if run[0].role in ("title", "meta"):
            role: Role = "title" if any(piece.role == "title" for piece in run) else "meta"
            yield Part([Unit(span, False) for span in _split(text, Span(run[0].span.start, run[-1].span.end))], role)
            continue
        for units in _groups(text, run, rows):
            for unit in units:
                if unit.level is not None:
                    sections.enter(unit, unit.level, _name_of(unit.span.of(text).strip()))
            yield Part(units, path=str(sections))


def _name_of(text: str) -> str:
    return article_number(text) or heading_text(text)


def _runs(text: str, pieces: tuple[Piece, ...]) -> Iterator[list[Piece]]:
    """Neighbouring pieces that may share a passage: headline with byline, headings with body."""
    run: list[Piece] = []
    for piece in pieces:
        if not piece.span.of(text).strip():
            continue
        if run and not _joined(run, piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _joined(run: list[Piece], piece: Piece) -> bool:
    head = {"title", "meta"}
    if run[-1].span.end != piece.span.start or (run[-1].role in head) != (piece.role in head):
        return False
    return piece.role not in head or piece.span.end - run[0].span.start <= parameters.LONGEST_PASSAGE


def _groups(text: str, run: list[Piece], rows: Rows) -> Iterator[list[Unit]]:
    """The sentences of a run, parted before every section heading."""
    group: list[Unit] = []
    told = False  # the group holds more than headings
    for unit in _lists(text, [unit for piece in run for unit in _units(text, piece, rows)]):
        # A heading right under another heading stays with it: alone it would be a passage of a few characters.
        if unit.level is not None and told:
            yield group
            group, told = [], False
        group.append(unit)
        told = told or not unit.heading
    if group:
        yield group


def _units(text: str, piece: Piece, rows: Rows) -> Iterator[Unit]:
    if piece.role == "heading":
        level = piece.level or _level(text, piece.span, line_start=True) or _PLAIN_HEADING
        for part in _split(text, piece.span):
            yield Unit(part, True, level if part.start == piece.span.start else None)
        return
    at = piece.span.start
    for row in rows.within(piece.span):
        yield from _prose(text, piece, Span(at, row.span.start))
        yield Unit(row.span, row.is_head, paragraph_end=True, row=row)
        at = row.span.end
    yield from _prose(text, piece, Span(at, piece.span.end))


def _prose(text: str, piece: Piece, span: Span) -> Iterator[Unit]:
    """The sentences of a stretch of a piece."""
    if not span.of(text).strip():
        return
    for sentence in sentences(text, span):
        first = _past_blanks(text, sentence.start, sentence.end)
        opens_line = sentence.start == piece.span.start or "\n" in text[sentence.start - 1 : first]
        found = _level(text, sentence, opens_line)
        newline = text.find("\n", first, span.end)
        line = (newline if newline >= 0 else span.end) - first
        end = "\n" in sentence.of(text) or sentence.end == span.end
        parts = _split(text, sentence)
        for part in parts:
            opens = found if part is parts[0] else None
            yield Unit(part, False, opens, end and part is parts[-1], line)


def _level(text: str, span: Span, line_start: bool) -> int | None:
    """The level of the section that a sentence opens, None when it opens none."""
    start = span.of(text).lstrip()
    if line_start and article_number(start):
        return MARKDOWN_LEVELS + ARTICLE_LEVEL
    found = numbering(start)
    return found[0] if found else None


def _lists(text: str, units: list[Unit]) -> list[Unit]:
    """The units, with short numbered ones below a sentence that ends in a colon made items of its list.

    (一)…; (二)… below 有下列情形之一的: are no sections of their own: cut off from the sentence that says what they
    are, they say the opposite as well.
    """
    open_list: List | None = None
    level = 0
    for before, unit in pairwise(units):
        opens = unit.level
        if opens is None:
            continue
        short = unit.line <= parameters.LONGEST_ITEM
        if open_list is not None and opens >= level and short and not unit.heading:
            unit.level, unit.list, open_list.end = None, open_list, unit.span.end
        elif _announces(text, before) and opens > MARKDOWN_LEVELS + ARTICLE_LEVEL and short and not unit.heading:
            open_list, level = List(before.span), opens
            before.list = open_list
            unit.level, unit.list, open_list.end = None, open_list, unit.span.end
        else:
            open_list = None
    return units


def _announces(text: str, unit: Unit) -> bool:
    return not unit.heading and unit.span.of(text).rstrip().endswith((":", "："))


def _split(text: str, span: Span) -> list[Span]:
    """`span` in parts of at most LONGEST_PASSAGE characters, cut after clause marks where there are any."""
    parts: list[Span] = []
    start, end = span.start, trim(text, span).end
    longest = parameters.LONGEST_PASSAGE
    while end - (start := _past_blanks(text, start, end)) > longest:
        aim = start + parameters.TARGET_PASSAGE
        marks = [mark.end() for mark in _CLAUSE.finditer(text, start + longest // 2, start + longest)]
        cut = min(marks, key=lambda mark: abs(mark - aim), default=start + longest)
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, span.end)]


def _past_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
