"""What is in a library, in a few rows: how much, from when to when, the newest documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tjqa.reports import SourceSummary
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.rows import Row, styled, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE
from tjqa.ui.widgets.targets import OpenDocument

_NEWEST = 4
_NARROW = 60  # columns below which two documents stand for the newest
_ROOMY = 100  # columns from which on the file is named
_DATE = 12  # columns of a date and the blanks behind it


class Newest(NamedTuple):
    """A document of those with the latest dates: its own, its title, the file."""

    published: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of files and articles, the first and last date (ISO; "" where none is known), the newest documents."""

    files: int
    articles: int
    first: str = ""
    last: str = ""
    newest: tuple[Newest, ...] = ()


def overview_of(sources: Sequence[SourceSummary]) -> Overview:
    """What the summaries of a library tell. Of each file its newest article is a document that may be shown; where that
    has no title, the name of the file stands for it."""
    days = sorted(day for source in sources for _, day in source.articles if day)
    found = []
    for source in sources:
        title, day = max(source.articles, key=lambda article: article[1] or "", default=("", None))
        found.append(Newest(day or "", title or source.path, source.path))
    newest = sorted(found, key=lambda one: one.published, reverse=True)[:_NEWEST]
    articles = sum(max(len(source.articles), 1) for source in sources)
    return Overview(len(sources), articles, days[0] if days else "", days[-1] if days else "", tuple(newest))


def facts(overview: Overview, texts: Texts) -> str:
    """Files, articles and dates in one line."""
    said = texts("overview", files=overview.files, articles=overview.articles)
    if not overview.first:
        return said
    first, last = overview.first[:7], overview.last[:7]
    return f"{said} · {first}" if first == last else f"{said} · {first} — {last}"


def newest_rows(overview: Overview, texts: Texts, width: int) -> list[Row]:
    """The newest documents, a row each: a click opens one. Where there is room the file stands behind the title."""
    rows: list[Row] = []
    for one in overview.newest[: 2 if width < _NARROW else _NEWEST]:
        lead = f"  {one.published or texts('undated')}"
        lead += " " * max(_DATE + 2 - cells(lead), 2)
        room = max(width - cells(lead), 10)
        file = f"  {shorten(one_line(one.path), room // 3)}" if width >= _ROOMY and one.title != one.path else ""
        title = shorten(one_line(one.title), room - cells(file))
        marks = [(len(title), len(title) + len(file), QUIET_STYLE)] if file else []
        rows.extend(text_rows(title + file, width, marks, lead, OpenDocument(one.path)))
    return rows or [Row(styled("", ""))]
