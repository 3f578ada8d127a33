"""The sentences of an article with what they open: the grain that sections, lists and passages are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.documents import Piece, Span
from tjqa.ingest import parameters
from tjqa.ingest.tables.placed import Rows, TableRow
from tjqa.text.headings import ARTICLE_LEVEL, MARKDOWN_LEVELS, article_number, numbering
from tjqa.text.sentences import sentences, trim
from tjqa.text.whole_numbers import before_run, is_within_run

_CLAUSE = re.compile(r"[,，、:：]\s*")
_PLAIN_HEADING = MARKDOWN_LEVELS + 2  # a heading line without numbering ranks with 一、


@dataclass(slots=True)
class Unit:
    """A sentence (or part of an over-long one), and what begins or ends with it."""

    span: Span
    heading: bool
    level: int | None = None  # it opens a section of this level
    opens_line: bool = False
    paragraph_end: bool = False
    line: int = 0  # characters from its start to the end of its line
    list: List | None = None  # it announces this list, or belongs to it
    name: str = ""  # of the section it opens
    depth: int = 0  # of that section: 1 is the outermost
    row: TableRow | None = None  # it is a row of a table

    @property
    def is_item(self) -> bool:
        """True for an item of a list; the sentence that announces it is none."""
        return self.list is not None and (self.list.lead is None or self.list.lead.start < self.span.start)


@dataclass(slots=True)
class List:
    """Items and what announces them, a sentence or a heading: each is read with it. Items below a full sentence have no
    lead."""

    lead: Span | None
    end: int = 0


def units_of(text: str, piece: Piece, rows: Rows) -> Iterator[Unit]:
    """The sentences of a piece and the `rows` of tables within it; an over-long sentence is several units."""
    if piece.role == "heading":
        level = piece.level or _level(text, piece.span, line_start=True) or _PLAIN_HEADING
        for part in parted(text, piece.span):
            is_first = part.start == piece.span.start
            yield Unit(part, True, level if is_first else None, is_first)
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
        parts = parted(text, sentence)
        for part in parts:
            opens = found if part is parts[0] else None
            yield Unit(part, False, opens, opens_line and part is parts[0], end and part is parts[-1], line)


def _level(text: str, span: Span, line_start: bool) -> int | None:
    """The level of the section that a sentence opens, None when it opens none."""
    start = span.of(text).lstrip()
    if line_start and article_number(start):
        return MARKDOWN_LEVELS + ARTICLE_LEVEL
    found = numbering(start)
    return found[0] if found else None


def parted(text: str, span: Span) -> list[Span]:
    """`span` in parts of at most LONGEST_PASSAGE characters, cut after clause marks where there are any."""
    parts: list[Span] = []
    start, end = span.start, trim(text, span).end
    longest = parameters.LONGEST_PASSAGE
    while end - (start := _past_blanks(text, start, end)) > longest:
        aim = start + parameters.TARGET_PASSAGE
        found = _CLAUSE.finditer(text, start + longest // 2, start + longest)
        marks = [place for mark in found if not is_within_run(text, place := mark.end())]
        cut = min(marks, key=lambda mark: abs(mark - aim), default=before_run(text, start + longest, start))
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, span.end)]


def _past_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at
