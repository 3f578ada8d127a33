"""Kept lines → articles. Most pages hold one; a listing page repeats headline, text and date many times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from tjqa.documents import LONGEST_NAME, Article, Piece, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.dates import ARTICLE, cover_date, enacted, met_date, name_date
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import (
    date_only,
    first_date,
    line_reporter,
    publisher,
    says_when,
    tells_another_day,
    text_date,
    text_reporter,
)
from tjqa.ingest.cleaning.page import Mark

_COLUMN = re.compile(r"^【[^】]{1,16}】\s*(?=\S)")
_NEIGHBOUR = re.compile(r"\W*(?:上一?篇|下一?篇|Previous|Next)")


def split_articles(lines: list[Line], marks: list[Mark]) -> list[list[int]]:
    """Groups of kept line numbers, one for each article."""
    kept = [i for i, mark in enumerate(marks) if mark.role]
    starts = _dated_below(lines, kept) or _dated_above(lines, marks, kept) or _column_tags(lines, kept)
    if len(starts) < 2:
        return [kept] if kept else []
    bounds = [0, *starts[1:], len(kept)]
    return [kept[a:b] for a, b in pairwise(bounds) if b > a]


def _headline(line: Line) -> bool:
    plain = not line.prose and not line.stopped and not date_only(line.core) and not line.core.endswith((":", "："))
    return 4 <= len(line.core) <= 90 and plain  # 各位代表: greets


def _dated_below(lines: list[Line], kept: list[int]) -> list[int]:
    """Headline, text, date; headline, text, date; …: an article begins after each date line."""
    dates = [k for k, i in enumerate(kept) if date_only(lines[i].core)]
    if len(dates) != 2 or dates[0] < 2:
        return []
    starts = [0, *(k + 1 for k in dates if k + 1 < len(kept))]
    shaped = sum(_headline(lines[kept[k]]) and k + 1 < len(kept) and lines[kept[k + 1]].prose for k in starts)
    closed = sum(lines[kept[k - 1]].prose for k in dates)
    return starts if shaped >= 0.8 * len(starts) and closed >= 0.8 * len(dates) else []


def _dated_above(lines: list[Line], marks: list[Mark], kept: list[int]) -> list[int]:
    """Headline, date or source, text; and again: an article begins at each such headline."""
    starts = []
    for k in range(1, len(kept) - 1):
        dated = marks[kept[k]].role == "meta" and first_date(lines[kept[k]].text) is not None
        if dated and _headline(lines[kept[k - 1]]) and lines[kept[k + 1]].prose:
            starts.append(k - 1)
    return starts


def _column_tags(lines: list[Line], kept: list[int]) -> list[int]:
    """Headlines that all carry a column tag: 【城建】…, each followed by its text."""
    starts = [
        k
        for k, i in enumerate(kept[:-1])
        if _COLUMN.match(lines[i].core) and _headline(lines[i]) and lines[kept[k + 1]].prose
    ]
    return starts if starts and starts[0] == 0 else []


@dataclass(frozen=True, slots=True)
class Called:
    """What a file says of its article beside the article's lines: it is called `declared` by a title element that names
    no line of it, `name` by its file's name, whose whole is `path`; `between` is what `date_between` says of it,
    `published` the day of publication that the page tells programs."""

    declared: str = ""
    name: str = ""
    path: str = ""
    between: str | None = None
    published: str | None = None
    cover: bool = False  # it may begin with the cover of a document, as plain texts do


def make_article(
    lines: list[Line], marks: list[Mark], members: list[int], pieces: list[Piece], called: Called
) -> Article:
    """One article with what its lines say about it."""
    title, span = _title(lines, marks, members)
    if called.declared:
        title, span = called.declared, None
    title = title or called.name
    metas = [lines[i].text for i in members if marks[i].role == "meta"]
    body = [lines[i].text for i in members if marks[i].role == "body"]
    page_date = _page_date(lines, marks, members, called.published) or called.between
    openings = [lines[i].text for i in members if marks[i].role in ("body", "heading")][: parameters.SPEECH_LINES]
    return Article(
        title=title or _from_body(body or metas),
        title_span=span,
        pieces=tuple(pieces),
        page_date=page_date,
        text_date=_law_date(lines, members, title, called.path)
        or text_date(title, openings)
        or _signed(lines, marks, members)
        or (cover_date(_cover(lines, members)) if called.cover and not page_date else None)
        or (met_date([lines[i] for i in members[: parameters.LEAST_COVER_LINES + 4]], title) if called.cover else None)
        or (None if page_date or not called.path else name_date(called.path)),
        publisher=next((name[:LONGEST_NAME] for text in metas if (name := publisher(text))), None),
        reporter=_reporter(metas, body),
    )


def _cover(lines: list[Line], members: list[int]) -> list[Line]:
    """The short lines before the first paragraph of a text, as a document has them that was saved as one; none where
    they are only a headline and the line below it."""
    head = list(takewhile(lambda line: not line.prose, (lines[i] for i in members[: parameters.HEAD_LINES])))
    return head if len(head) >= parameters.LEAST_COVER_LINES else []


def _law_date(lines: list[Line], members: list[int], title: str, path: str) -> str | None:
    """The day a law was passed or last amended, told between its name and its first paragraph or article."""
    head = [lines[i] for i in members[: parameters.ENACTMENT_LINES]]
    end = next((n for n, line in enumerate(head) if ARTICLE.match(line.text)), len(head))
    return enacted(head[:end], title, path) if end < len(head) or len(head) < len(members) else None


def _page_date(lines: list[Line], marks: list[Mark], members: list[int], published: str | None) -> str | None:
    """The date the page shows: between headline and text; else the one that it tells programs (`published`); else one
    called so, as in the table above a notice; else any. Above the headline sites show today's date."""
    metas = [i for i in members if marks[i].role == "meta" and not tells_another_day(lines[i].text)]
    dated = [i for i in metas if first_date(lines[i].text)]
    title = next((i for i in members if marks[i].role == "title"), members[0] - 1)
    text = next((i for i in members if marks[i].role in ("body", "heading") and lines[i].prose), members[-1])
    head = [i for i in dated if title < i < text]
    called = {i: None for i in dated if says_when(lines[i].text)}
    below = [i for i in dated if i > title]
    near = [*[i for i in head if i in called], *head]
    if published and not near:
        return published
    found = next(iter([*near, *called, *below, *dated]), None)
    return None if found is None else first_date(lines[found].text)


def date_between(lines: list[Line], marks: list[Mark]) -> str | None:
    """A blog may date only the links to the posts before and after: when both have one date, it is this one's too."""
    near = [line.text for line, mark in zip(lines, marks, strict=True) if not mark.role and _NEIGHBOUR.match(line.text)]
    dates = {first_date(text) for text in near}
    return dates.pop() if len(near) == 2 and len(dates) == 1 else None


def _reporter(metas: list[str], body: list[str]) -> str | None:
    """From lines of metadata, else from the last or the first words of the text."""
    found = [line_reporter(text) for text in metas]
    found += [text_reporter(text) for text in (body[-1][-40:], body[0][:60])] if body else []
    return next((names[:LONGEST_NAME] for names in found if names), None)


def _signed(lines: list[Line], marks: list[Mark], members: list[int]) -> str | None:
    """The date under the signature of a notice, when the page shows another one above the text."""
    dates = [i for i in members if marks[i].role == "meta" and first_date(lines[i].text)]
    if len(dates) != 2 or dates[-1] not in members[-2:] or not date_only(lines[dates[-1]].text):
        return None
    return first_date(lines[dates[-1]].text)


def _title(lines: list[Line], marks: list[Mark], members: list[int]) -> tuple[str, Span | None]:
    found = next((i for i in members if marks[i].role == "title"), None)
    if found is None:
        first = members[0]
        if len(members) < 2 or not _headline(lines[first]) or marks[first].role == "meta":
            return "", None
        found = first
    line = lines[found]
    rest = list(takewhile(lambda i: marks[i].role == "title", members[members.index(found) + 1 :]))
    if rest:  # a headline that was set on several lines
        return "".join(lines[i].core for i in (found, *rest)).lstrip("#").strip()[:LONGEST_NAME], None
    bare = line.core.lstrip("#").strip()
    if tag := _COLUMN.match(bare):
        bare = bare[tag.end() :]
    bare = bare[:LONGEST_NAME]
    return bare, line.locate(bare)


def _from_body(texts: list[str]) -> str:
    first = re.split(r"[。！？!?；;\n]", texts[0].strip())[0] if texts else ""
    return first[: parameters.LONGEST_STAND_IN_TITLE]
