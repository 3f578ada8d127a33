"""`SourceFile` → `CleanedFile`: chooses spans of the raw text and never rewrites it.

Kept pieces and dropped spans tile the file exactly; every dropped span has its reason.
"""

from __future__ import annotations

from dataclasses import replace

from tjqa.cleaning.articles import make_article, split_articles
from tjqa.cleaning.lines import Line, split_lines
from tjqa.cleaning.marking import mark_lines
from tjqa.cleaning.page import Mark, Page
from tjqa.cleaning.segments import split_glued
from tjqa.records import Article, CleanedFile, Dropped, Piece, SourceFile, Span

__all__ = ["CLEANER_VERSION", "clean"]

CLEANER_VERSION = 1
BLANK = "空白"


def clean(source: SourceFile) -> CleanedFile:
    """The articles of a page and what is left out of it."""
    lines = split_glued(source.text, split_lines(source.text))
    marks = mark_lines(Page(lines))
    groups = split_articles(lines, marks)
    for group in groups[1:]:  # further articles of a listing have their headline on their first line
        marks[group[0]] = replace(marks[group[0]], role="title")
    if len(groups) > 1:
        marks[groups[0][0]] = replace(marks[groups[0][0]], role="title")
    articles = tuple(make_article(lines, marks, group, _pieces(lines, marks, group)) for group in groups)
    return CleanedFile(articles, tuple(_dropped(source.text, lines, marks, articles)))


def _pieces(lines: list[Line], marks: list[Mark], members: list[int]) -> list[Piece]:
    """One piece for each kept line; blanks up to the next line of the same article belong to it."""
    pieces = []
    for i, following in zip(members, [*members[1:], None], strict=True):
        end = lines[following].span.start if following == i + 1 else lines[i].span.end
        pieces.append(Piece(Span(lines[i].span.start, end), marks[i].role or "body"))
    return pieces


def _dropped(text: str, lines: list[Line], marks: list[Mark], articles: tuple[Article, ...]) -> list[Dropped]:
    """Everything the pieces leave: lines with their reasons, and the blanks between."""
    kept = sorted(piece.span for article in articles for piece in article.pieces)
    known = [(span, "") for span in kept]
    known += [(line.span, mark.reason) for line, mark in zip(lines, marks, strict=True) if mark.role is None]
    dropped: list[Dropped] = []
    at = 0
    for span, reason in [*sorted(known), (Span(len(text), len(text)), "")]:
        if span.start > at:
            dropped.append(Dropped(Span(at, span.start), BLANK))
        if reason:
            dropped.append(Dropped(span, reason))
        at = max(at, span.end)
    return dropped
