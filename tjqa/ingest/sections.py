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
from tjqa.ingest.cleaning.titles import nameless
from tjqa.ingest.tables.placed import NO_ROWS, Rows, TableRow
from tjqa.text.headings import ARTICLE_LEVEL, MARKDOWN_LEVELS, article_number, heading_text, numbering
from tjqa.text.sentences import sentences, trim

_CLAUSE = re.compile(r"[,，、:：]\s*")
_HEAD = ("title", "meta")
_CELLS = "\t"  # (一)工资性收入 in a row of a table opens rows, no list
_TENTHS = 10  # between two levels of a format are those that numbers tell
_ITEM_LEVEL = _TENTHS * (MARKDOWN_LEVELS + ARTICLE_LEVEL + 1)  # (一), below 第十四条
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
        return self.list is not None and (self.list.lead is None or self.list.lead.start < self.span.start)


@dataclass(slots=True)
class List:
    """Items and what announces them, a sentence or a heading: each is read with it. Items below a full sentence have no
    lead."""

    lead: Span | None
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

    def enter(self, unit: Unit, level: int, text: str, lead: str = "") -> None:
        """Open the section of a unit, and end those that it is not below; `lead` is what announces it."""
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, joined([_not_said(lead, self.stack[-1][1] if self.stack else ""), text])))
        unit.name, unit.depth = text, len(self.stack) - 1

    def __str__(self) -> str:
        return joined([text for _, text in self.stack])


def joined(names: list[str]) -> str:
    """The path that passages carry: the names of the sections in force, outermost first, of which the innermost stay
    when all are too long."""
    told = [name for name in names if name][-parameters.DEEPEST_PATH :]
    while len(told) > 1 and len(" / ".join(told)) > parameters.LONGEST_SECTION:
        del told[0]
    return " / ".join(told)[: parameters.LONGEST_SECTION]


def parts(text: str, article: Article, rows: Rows = NO_ROWS) -> Iterator[Part]:
    """An article in parts, in file order; the units that open a section are named. `rows` are those of its tables."""
    sections = _Sections([(0, "" if nameless(article.section) else article.section)])
    runs = list(_runs(text, article.pieces))
    bodies = [
        [] if run[0].role in _HEAD else [unit for piece in run for unit in _units(text, piece, rows)] for run in runs
    ]
    everything = [unit for units in bodies for unit in units]
    _mark_ranks(text, everything)
    _mark_lists(text, everything)  # a list goes on where a page ends
    for run, body in zip(runs, bodies, strict=True):
        if run[0].role in _HEAD:
            role: Role = "title" if any(piece.role == "title" for piece in run) else "meta"
            yield Part([Unit(span, False) for span in _split(text, Span(run[0].span.start, run[-1].span.end))], role)
            continue
        for units in _groups(text, body):
            for unit in units:
                if unit.level is not None:
                    sections.enter(unit, unit.level, _name_of(unit.span.of(text).strip()), lead_of(text, unit))
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
    if run[-1].span.end != piece.span.start or (run[-1].role in _HEAD) != (piece.role in _HEAD):
        return False
    return piece.role not in _HEAD or piece.span.end - run[0].span.start <= parameters.LONGEST_PASSAGE


def _groups(text: str, units: list[Unit]) -> Iterator[list[Unit]]:
    """The sentences of a run, parted before every section heading."""
    group: list[Unit] = []
    told = False  # the group holds more than what announces something
    for unit in units:
        # What only announces stays with what follows: alone it would be a passage of a few characters.
        if unit.level is not None and told:
            yield group
            group, told = [], False
        group.append(unit)
        told = told or not _announces(text, unit)
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


def _mark_ranks(text: str, units: list[Unit]) -> None:
    """Put 第一节 below 第一章 where the format marks both alike: what is set alike need not be on one level."""
    ranks: dict[int, int] = {}  # of the last heading of each level that the format marks
    for unit in units:
        if unit.level is None:
            continue
        styled, unit.level = unit.level, _TENTHS * unit.level
        if unit.heading and styled <= MARKDOWN_LEVELS:
            number = numbering(unit.span.of(text).lstrip())
            rank = number[0] - MARKDOWN_LEVELS if number and number[0] > MARKDOWN_LEVELS else 0
            if rank > ranks.get(styled, rank) > 0:
                unit.level += rank
            else:
                ranks[styled] = rank


def _mark_lists(text: str, units: list[Unit]) -> None:
    """Make (一), (二) … items of a list, which know what announces them. The short ones open no section of their own.

    Cut off from the sentence that says what they are (有下列情形之一的:) they say the opposite as well.
    """
    open_list: List | None = None
    level = 0
    for at, (before, unit) in enumerate(pairwise(units), 1):
        opens = unit.level
        if opens is None or (unit.heading and open_list is None) or _CELLS in unit.span.of(text):
            continue
        if open_list is None or opens < level or unit.heading:
            open_list = _opened(text, units, at) if not unit.heading and opens >= _ITEM_LEVEL else None
            level = opens
            if open_list is not None and open_list.lead is not None:
                before.list = open_list
        if open_list is not None:
            unit.list, open_list.end = open_list, unit.span.end
            if unit.line <= parameters.LONGEST_ITEM:
                unit.level = None


def _opened(text: str, units: list[Unit], at: int) -> List | None:
    """The list whose first item is unit `at`, None when it is the heading of a section."""
    before, unit = units[at - 1], units[at]
    if _announces(text, before):
        return List(before.span)
    alone = unit.paragraph_end and unit.line <= parameters.LONGEST_ITEM  # one sentence on its line
    followed = at + 1 < len(units) and units[at + 1].level == unit.level
    return List(None) if alone and followed else None


def _announces(text: str, unit: Unit) -> bool:
    """Whether what follows is what a unit speaks of: a heading, 第一条 参保对象, a sentence that ends in a colon."""
    end = unit.span.of(text).rstrip()
    if unit.heading or (end.endswith((":", "：")) and _CELLS not in end):
        return True
    return unit.level is not None and unit.paragraph_end and unit.line <= parameters.LONGEST_HEADING and _open(end)


def _open(sentence: str) -> bool:
    return not sentence.endswith(("。", "；", ";", "！", "？", ".", "!", "?", "，", ","))


def lead_of(text: str, unit: Unit) -> str:
    """What announces the list that a unit is an item of; empty when it is none, or nothing does."""
    if unit.list is None or unit.list.lead is None or not unit.is_item:
        return ""
    return "".join(unit.list.lead.of(text).split())[-parameters.LONGEST_LEAD :]


def beside(path: str, lead: str) -> str:
    """A path with the lead of a list below it."""
    rest = _not_said(lead, path.rsplit(" / ", 1)[-1])
    return f"{path} / {rest}".removeprefix(" / ") if rest else path


def _not_said(lead: str, name: str) -> str:
    """A lead without the name of the section that it opens: 第七条 of 第七条 学生依法履行下列义务:."""
    name = "".join(name.split())
    return "" if name.endswith(lead) else lead.removeprefix(name)


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
