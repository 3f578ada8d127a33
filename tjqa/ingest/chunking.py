"""Articles → passages: whole sentences of about 250 characters, exact slices of the file, in file order.

A passage never crosses a dropped span nor a section heading, and every kept character that is not blank is in
exactly one. The heading a passage stands under is carried along as `section`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tjqa.documents import Article, CleanedFile, Passage, Piece, Role, SourceFile, Span
from tjqa.ingest import parameters
from tjqa.text.headings import MARKDOWN_LEVELS, heading_text, numbering
from tjqa.text.sentences import sentences, trim

PACKER_VERSION = 2

_CLAUSE = re.compile(r"[,，、:：]\s*")
_PLAIN_HEADING = MARKDOWN_LEVELS + 2  # a heading line without numbering ranks with 一、


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence (or part of an over-long one), and what begins or ends with it."""

    span: Span
    heading: bool
    level: int | None = None  # it opens a section of this level
    paragraph_end: bool = False


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
                    sections.enter(unit.level, heading_text(unit.span.of(source.text).strip()))
            for spans in _fill(source.text, units):
                role = "heading" if all(unit.heading for unit in spans) else "body"
                span = Span(spans[0].span.start, spans[-1].span.end)
                yield _passage(source, article, span, role, str(sections))


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
        page_date=article.page_date,
        text_date=article.text_date,
        publisher=article.publisher,
        reporter=article.reporter,
    )


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
    for unit in (unit for piece in run for unit in _units(text, piece)):
        # A heading right under another heading stays with it: alone it would be a passage of a few characters.
        if unit.level is not None and group and not all(member.heading for member in group):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _units(text: str, piece: Piece) -> Iterator[_Unit]:
    if piece.role == "heading":
        found = numbering(piece.span.of(text).lstrip())
        level = found[0] if found else _PLAIN_HEADING
        for part in _split(text, piece.span):
            yield _Unit(part, True, level if part.start == piece.span.start else None)
        return
    for sentence in sentences(text, piece.span):
        found = numbering(sentence.of(text).lstrip())
        end = "\n" in sentence.of(text) or sentence.end == piece.span.end
        parts = _split(text, sentence)
        for part in parts:
            opens = found[0] if found and part is parts[0] else None
            yield _Unit(part, False, opens, end and part is parts[-1])


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
        if current and _full(text, current, unit):
            packed.append(current)
            current = []
        current.append(unit)
        if unit.paragraph_end and _size(text, current[0], unit) >= parameters.FULL_PARAGRAPH:
            packed.append(current)
            current = []
    if current:
        packed.append(current)
    return _join_short(text, packed)


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
