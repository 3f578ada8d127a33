"""`SourceFile` → `CleanedFile`: chooses spans of the raw text and never rewrites it.

Kept pieces and dropped spans tile the file exactly; every dropped span has its reason.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from tjqa.documents import Article, CleanedFile, DocumentKind, Dropped, DropReason, Piece, SourceFile, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.articles import Called, date_between, make_article, split_articles
from tjqa.ingest.cleaning.body import mark_lines
from tjqa.ingest.cleaning.boilerplate import furniture
from tjqa.ingest.cleaning.dates import column_date, name_date
from tjqa.ingest.cleaning.document import article_of, contents_of_text, documents_of, mark_document
from tjqa.ingest.cleaning.glued_notices import split_glued
from tjqa.ingest.cleaning.line_shapes import heading_like
from tjqa.ingest.cleaning.lines import Line, split_lines
from tjqa.ingest.cleaning.markdown import link_lines
from tjqa.ingest.cleaning.page import Mark, Page
from tjqa.ingest.cleaning.titles import caption, declared_line, declared_title, going_on, name_title, named_line
from tjqa.ingest.cleaning.volumes import split_volume

__all__ = ["CLEANER_VERSION", "clean"]

CLEANER_VERSION = 15


def clean(source: SourceFile) -> CleanedFile:
    """The articles of a file and what is left out of it, by what kind of document it is."""
    if source.sheets:
        return _tables(source)
    if source.kind is DocumentKind.DOCUMENT:
        return _document(source)
    return _page(source)


def _page(source: SourceFile) -> CleanedFile:
    """A web page, or a text that may have been copied from one."""
    lines = split_glued(source.text, split_lines(source.text))
    given = contents_of_text(lines) | _given(source, lines) | _linked(lines)
    teasers = {i for i, mark in given.items() if mark.reason is DropReason.RELATED_LINKS}
    given = {i: mark for i, mark in given.items() if i not in teasers}  # whether they are is for the page to say
    rows = _rows(given)
    rest = [i for i in range(len(lines)) if i not in given or i in rows]
    read = [lines[i] for i in rest]
    declared = source.kind is DocumentKind.PAGE and bool(source.title)
    is_page = source.kind is DocumentKind.PAGE
    links = {k for k, i in enumerate(rest) if i in rows}
    page = Page(read, partial(_headline_at, source), declared, links, is_page, len(given) if is_page else 0)
    page.teasers = {k for k, i in enumerate(rest) if i in teasers}
    marks = _headed(source, read, [given.get(i, mark) for i, mark in zip(rest, mark_lines(page), strict=True)])
    marks = _whole_title(source, read, _unlabelled(read, marks, {k for k, i in enumerate(rest) if i + 1 in given}))
    groups = split_articles(read, marks)
    for group in groups[1:]:  # further articles of a listing have their headline on their first line
        marks[group[0]] = replace(marks[group[0]], role="title")
    if len(groups) > 1:
        marks[groups[0][0]] = replace(marks[groups[0][0]], role="title")
    alone = len(groups) == 1
    called = _called(source, page) if alone else Called()
    called = replace(called, between=date_between(read, marks), published=source.published or None)
    articles = tuple(make_article(read, marks, group, _pieces(read, marks, group, rest), called) for group in groups)
    fates = {**given, **dict(zip(rest, marks, strict=True))}
    return CleanedFile(articles, tuple(_dropped(source.text, lines, [fates[i] for i in range(len(lines))], articles)))


def _headed(source: SourceFile, lines: list[Line], marks: list[Mark]) -> list[Mark]:
    """The marks with the short lines of the text that the page's markup calls headings (h1 to h6) as such: a heading
    above another one has no text right below it, and which of them is the higher one only their level says."""
    levels = {heading.span.start: heading.level for heading in source.headings if heading.level > 0}
    return [
        replace(mark, role="heading", level=levels[line.span.start])
        if line.span.start in levels and mark.role in ("body", "heading") and heading_like(line)
        else mark
        for line, mark in zip(lines, marks, strict=True)
    ]


def _unlabelled(lines: list[Line], marks: list[Mark], above: Collection[int]) -> list[Mark]:
    """The marks without what heads lists of links at the end of a page: nothing is left below it. `above` are the
    lines right above links that the format told."""
    found = list(marks)
    for i in range(len(lines) - 1, -1, -1):
        if found[i].role is None:
            continue
        short = len(lines[i].core) <= parameters.LONGEST_RUN_LABEL and lines[i].core.isalpha()
        empty = i in above or (found[i].role == "heading" and i + 1 < len(lines))
        if not (short and empty and found[i].role in ("body", "heading")):
            break
        found[i] = Mark(None, DropReason.RELATED_LINKS)
    return found


def _whole_title(source: SourceFile, lines: list[Line], marks: list[Mark]) -> list[Mark]:
    """The marks with the lines as title, too, on which the headline goes on, as the page's title element or the file's
    name has it."""
    at = next((i for i, mark in enumerate(marks) if mark.role == "title"), None)
    rest = [] if at is None else going_on(lines, at, source.title or name_title(source.path))
    if not all(marks[i].role for i in rest):
        return marks
    return [replace(mark, role="title") if i in rest else mark for i, mark in enumerate(marks)]


def _headline_at(source: SourceFile, lines: list[Line], first: int) -> int | None:
    """The line that the page's title element or the file's name calls its headline."""
    if source.title:
        return declared_line(lines, source.title, source.headings, first)
    return named_line(lines, name_title(source.path))


def _called(source: SourceFile, page: Page) -> Called:
    """What else than its lines names and dates a file that is one article."""
    declared = declared_title(source.title) if page.title is None else ""
    return Called(declared, name_title(source.path), source.path, cover=source.kind is DocumentKind.TEXT)


def _document(source: SourceFile) -> CleanedFile:
    """A Word or PDF document: of what its format does not mark only pages of contents are left out."""
    lines = split_lines(source.text)
    marks = mark_document(source, lines, _given(source, lines))
    kept = [i for i in range(len(lines)) if marks[i].role]
    found = list(documents_of(source, lines, marks, split_volume(lines, kept)))
    every = [marks[i] for i in range(len(lines))]
    numbers = list(range(len(lines)))
    articles = tuple(
        article_of(source, lines, marks, title, members, _pieces(lines, every, members, numbers))
        for title, members in found
    )
    return CleanedFile(articles, tuple(_dropped(source.text, lines, every, articles)))


def _given(source: SourceFile, lines: list[Line]) -> dict[int, Mark]:
    """Lines that the format itself marks as furniture, none when that would leave next to nothing, as on a page that
    is one list of links; those that the user wants left out, and doubtful ones of a scan, in any case."""
    found: dict[int, Mark] = {}
    parts = iter(sorted(source.furniture, key=lambda part: part.span))
    part = next(parts, None)
    for i, line in enumerate(lines):
        while part is not None and part.span.end < line.span.end:
            part = next(parts, None)
        if part is not None and part.span.covers(line.span):
            found[i] = Mark(None, part.reason)
    sure = {i: mark for i, mark in found.items() if mark.reason in (DropReason.BY_USER, DropReason.DOUBTFUL)}
    return found if _leaves(lines, found.keys() - sure.keys()) else sure


def _leaves(lines: list[Line], gone: Collection[int]) -> bool:
    """Whether more than next to nothing is left without these lines."""
    lost = sum(len(lines[i].text) for i in gone)
    return lost < parameters.LARGEST_DECLARED_SHARE * sum(len(line.text) for line in lines)


def _linked(lines: list[Line]) -> dict[int, Mark]:
    """Lists of links of a page that was saved as Markdown; an author's own notes, which show no furniture of a page,
    may list links that are the matter."""
    if not any(line.anchors for line in lines):
        return {}
    found = link_lines([line.text for line in lines], [line.linked for line in lines], [line.anchors for line in lines])
    furnished = sum(furniture(line) is not None for line in lines) >= parameters.WEB_PAGE_LINES
    return {i: Mark(None, DropReason.LINK_LIST) for i in found} if furnished and _leaves(lines, found) else {}


def _rows(given: dict[int, Mark]) -> set[int]:
    """The lines that are a row of links by themselves: they stand where the page's furniture does, which shows what
    the lines around them are; of a list of links nothing is left to see."""
    links = {i for i, mark in given.items() if mark.reason is DropReason.LINK_LIST}
    return {i for i in links if i - 1 not in given and i + 1 not in given}


def _tables(source: SourceFile) -> CleanedFile:
    """Every row is kept; what the rows are is found when they are packed."""
    articles: list[Article] = []
    dropped: list[Dropped] = []
    at = 0
    name, day = name_title(source.path), name_date(source.path)
    for sheet in source.sheets:
        if sheet.span.of(source.text).strip():
            # What the file is called says more than a sheet's name, which is a passage's section.
            called = caption(sheet.span.of(source.text), ",\t") or name
            section = sheet.title if called and sheet.title != PurePosixPath(source.path).stem else ""
            pieces = (Piece(sheet.span, "body"),)
            dated = column_date(sheet.span.of(source.text)) or day
            articles.append(Article(called or sheet.title, pieces, section=section, text_date=dated))
            if at < sheet.span.start:
                dropped.append(Dropped(Span(at, sheet.span.start), DropReason.BLANK))
            at = sheet.span.end
    if at < len(source.text):
        dropped.append(Dropped(Span(at, len(source.text)), DropReason.BLANK))
    return CleanedFile(tuple(articles), tuple(dropped))


def _pieces(lines: list[Line], marks: list[Mark], members: list[int], numbers: list[int]) -> list[Piece]:
    """One piece for each kept line; blanks up to the next line of the same article belong to it. `numbers` are those of
    the lines in the file."""
    pieces = []
    for i, following in zip(members, [*members[1:], None], strict=True):
        next_one = following is not None and numbers[following] == numbers[i] + 1
        end = lines[following].span.start if following is not None and next_one else lines[i].span.end
        pieces.append(Piece(Span(lines[i].span.start, end), marks[i].role or "body", marks[i].level))
    return pieces


def _dropped(text: str, lines: list[Line], marks: list[Mark], articles: tuple[Article, ...]) -> list[Dropped]:
    """Everything the pieces leave: lines with their reasons, and the blanks between."""
    kept = sorted(piece.span for article in articles for piece in article.pieces)
    known: list[tuple[Span, DropReason | None]] = [(span, None) for span in kept]
    known += [(line.span, mark.reason) for line, mark in zip(lines, marks, strict=True) if mark.role is None]
    dropped: list[Dropped] = []
    at = 0
    for span, reason in [*sorted(known, key=lambda entry: entry[0]), (Span(len(text), len(text)), None)]:
        if span.start > at:
            dropped.append(Dropped(Span(at, span.start), DropReason.BLANK))
        if reason is not None:
            dropped.append(Dropped(span, reason))
        at = max(at, span.end)
    return dropped
