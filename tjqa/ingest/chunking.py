"""Articles → passages: whole sentences of about 250 characters, exact slices of the file, in file order.

A passage never crosses a dropped span nor a section heading, and every kept character that is not blank is in
exactly one. The heading a passage stands under is carried along as `section`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tjqa.documents import Article, CleanedFile, Passage, Piece, Role, SourceFile, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.titles import bare, name_title
from tjqa.text.headings import ARTICLE_LEVEL, MARKDOWN_LEVELS, article_number, heading_text, numbering
from tjqa.text.sentences import sentences, trim

PACKER_VERSION = 3

_CLAUSE = re.compile(r"[,，、:：]\s*")
_PLAIN_HEADING = MARKDOWN_LEVELS + 2  # a heading line without numbering ranks with 一、


@dataclass(slots=True)
class _Unit:
    """A sentence (or part of an over-long one), and what begins or ends with it."""

    span: Span
    heading: bool
    level: int | None = None  # it opens a section of this level
    paragraph_end: bool = False
    line: int = 0  # characters from its start to the end of its line
    list: _List | None = None  # it announces this list, or belongs to it


@dataclass(slots=True)
class _List:
    """Items and the sentence that announces them: each is read with it."""

    lead: Span
    end: int = 0


@dataclass(slots=True)
class _Sections:
    """The headings in force, outermost first."""

    stack: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, text: str) -> None:
        self.stack = [entry for entry in self.stack if entry[0] < level] + [(level, text)]

    def __str__(self) -> str:
        return " / ".join(text for _, text in self.stack[-2:] if text)[: parameters.LONGEST_SECTION]


def pack(source: SourceFile, cleaned: CleanedFile) -> list[Passage]:
    """All passages of a file in file order."""
    passages = [passage for article in cleaned.articles for passage in _pack_article(source, article)]
    return sorted(passages, key=lambda passage: passage.span)


def _pack_article(source: SourceFile, article: Article) -> Iterator[Passage]:
    sections = _Sections([(0, article.section)])
    for run in _runs(source.text, article.pieces):
        if run[0].role in ("title", "meta"):
            role: Role = "title" if any(piece.role == "title" for piece in run) else "meta"
            for span in _split(source.text, Span(run[0].span.start, run[-1].span.end)):
                yield _passage(source, article, span, role, "")
            continue
        for units in _groups(source.text, run):
            for unit in units:
                if unit.level is not None:
                    sections.enter(unit.level, _name_of(unit.span.of(source.text).strip()))
            for spans in _fill(source.text, units):
                role = "heading" if all(unit.heading for unit in spans) else "body"
                span = Span(spans[0].span.start, spans[-1].span.end)
                yield _passage(source, article, span, role, _path(source.text, sections, spans[0]))


def _name_of(text: str) -> str:
    return article_number(text) or heading_text(text)


def _path(text: str, sections: _Sections, first: _Unit) -> str:
    """The headings over a passage, and the sentence that announces its items when that stands before it."""
    if first.list is None or first.span.start <= first.list.lead.start:
        return str(sections)
    lead = "".join(first.list.lead.of(text).split())
    return f"{sections} / {lead[-parameters.LONGEST_LEAD :]}".removeprefix(" / ")


def _passage(source: SourceFile, article: Article, span: Span, role: Role, section: str) -> Passage:
    span = trim(source.text, span)
    return Passage(
        path=source.path,
        sha256=source.sha256,
        span=span,
        text=span.of(source.text),
        role=role,
        title=article.title,
        section=section,
        name=_name_beside(source.path, article.title),
        page_date=article.page_date,
        text_date=article.text_date,
        publisher=article.publisher,
        reporter=article.reporter,
    )


def _name_beside(path: str, title: str) -> str:
    """What the file's name says that its title does not say in the same words."""
    name = name_title(path)
    return "" if bare(name) in bare(title) else name


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


def _groups(text: str, run: list[Piece]) -> Iterator[list[_Unit]]:
    """The sentences of a run, parted before every section heading."""
    group: list[_Unit] = []
    told = False  # the group holds more than headings
    for unit in _lists(text, [unit for piece in run for unit in _units(text, piece)]):
        # A heading right under another heading stays with it: alone it would be a passage of a few characters.
        if unit.level is not None and told:
            yield group
            group, told = [], False
        group.append(unit)
        told = told or not unit.heading
    if group:
        yield group


def _units(text: str, piece: Piece) -> Iterator[_Unit]:
    if piece.role == "heading":
        level = piece.level or _level(text, piece.span, line_start=True) or _PLAIN_HEADING
        for part in _split(text, piece.span):
            yield _Unit(part, True, level if part.start == piece.span.start else None)
        return
    for sentence in sentences(text, piece.span):
        first = _past_blanks(text, sentence.start, sentence.end)
        opens_line = sentence.start == piece.span.start or "\n" in text[sentence.start - 1 : first]
        found = _level(text, sentence, opens_line)
        newline = text.find("\n", first, piece.span.end)
        line = (newline if newline >= 0 else piece.span.end) - first
        end = "\n" in sentence.of(text) or sentence.end == piece.span.end
        parts = _split(text, sentence)
        for part in parts:
            opens = found if part is parts[0] else None
            yield _Unit(part, False, opens, end and part is parts[-1], line)


def _level(text: str, span: Span, line_start: bool) -> int | None:
    """The level of the section that a sentence opens, None when it opens none."""
    start = span.of(text).lstrip()
    if line_start and article_number(start):
        return MARKDOWN_LEVELS + ARTICLE_LEVEL
    found = numbering(start)
    return found[0] if found else None


def _lists(text: str, units: list[_Unit]) -> list[_Unit]:
    """The units, with short numbered ones below a sentence that ends in a colon made items of its list.

    (一)…; (二)… below 有下列情形之一的: are no sections of their own: cut off from the sentence that says what they
    are, they say the opposite as well.
    """
    open_list: _List | None = None
    level = 0
    for before, unit in pairwise(units):
        opens = unit.level
        if opens is None:
            continue
        short = unit.line <= parameters.LONGEST_ITEM
        if open_list is not None and opens >= level and short and not unit.heading:
            unit.level, unit.list, open_list.end = None, open_list, unit.span.end
        elif _announces(text, before) and opens > MARKDOWN_LEVELS + ARTICLE_LEVEL and short and not unit.heading:
            open_list, level = _List(before.span), opens
            before.list = open_list
            unit.level, unit.list, open_list.end = None, open_list, unit.span.end
        else:
            open_list = None
    return units


def _announces(text: str, unit: _Unit) -> bool:
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


def _fill(text: str, units: list[_Unit]) -> list[list[_Unit]]:
    """Pack the units of one section greedily up to TARGET_PASSAGE, breaking at paragraph ends where possible."""
    packed: list[list[_Unit]] = []
    current: list[_Unit] = []
    for unit in units:
        whole = _keeps_list(current, unit)
        if current and not whole and _full(text, current, unit):
            packed.append(current)
            current = []
        current.append(unit)
        if (
            unit.paragraph_end
            and not _goes_on(current, unit)
            and _size(text, current[0], unit) >= parameters.FULL_PARAGRAPH
        ):
            packed.append(current)
            current = []
    if current:
        packed.append(current)
    return _join_short(text, packed)


def _keeps_list(current: list[_Unit], unit: _Unit) -> bool:
    """Whether an item stands with the sentence that announces it, and the whole list fits there."""
    if unit.list is None or not current or unit.list.lead.start == unit.span.start:
        return False
    return current[0].span.start <= unit.list.lead.start and _fits(current, unit.list)


def _goes_on(current: list[_Unit], unit: _Unit) -> bool:
    """Whether the list that a unit belongs to goes on and fits."""
    return unit.list is not None and unit.span.end < unit.list.end and _fits(current, unit.list)


def _fits(current: list[_Unit], whole: _List) -> bool:
    return whole.end - current[0].span.start <= parameters.LONGEST_PASSAGE


def _size(text: str, first: _Unit, last: _Unit) -> int:
    """Characters from one unit to another; CR LF counts like LF, so that a file is cut alike with either."""
    start, end = first.span.start, last.span.end
    return end - start - text.count("\r\n", start, end)


def _full(text: str, current: list[_Unit], unit: _Unit) -> bool:
    """Whether `current` is nearer to TARGET_PASSAGE without `unit` than with it. A heading is never left alone."""
    too_long = unit.span.end - current[0].span.start > parameters.LONGEST_PASSAGE
    if too_long or all(member.heading for member in current):
        return too_long
    with_unit, without = _size(text, current[0], unit), _size(text, current[0], current[-1])
    return with_unit - parameters.TARGET_PASSAGE > parameters.TARGET_PASSAGE - without


def _join_short(text: str, packed: list[list[_Unit]]) -> list[list[_Unit]]:
    if len(packed) < 2:
        return packed
    before, last = packed[-2], packed[-1]
    short = _size(text, last[0], last[-1]) < parameters.SHORT_REST
    if short and last[-1].span.end - before[0].span.start <= parameters.LONGEST_PASSAGE:
        return [*packed[:-2], before + last]
    return packed
