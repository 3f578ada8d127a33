"""Cuts notices off the paragraphs they are glued to: "…创历史新高。本文为原创文章,如若转载,请注明出处。"

Only a trailing run of such sentences is cut off, and only where the run speaks about the page itself; a sentence
inside a paragraph is never touched.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from tjqa.documents import Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning import patterns
from tjqa.ingest.cleaning.boilerplate import furniture, legal
from tjqa.ingest.cleaning.lines import Line, line_at
from tjqa.ingest.cleaning.metadata import first_date, is_meta
from tjqa.text.normalize import fold
from tjqa.text.sentences import sentences, trim

_CITED = re.compile(r"(?:\[\d{1,4}\]\s*)+")  # the numbers of notes, not of pages
_GAP = re.compile(r"[\s　|｜]+")


def split_glued(text: str, lines: list[Line]) -> list[Line]:
    """`lines`, with furniture glued to the end of a paragraph as lines of their own."""
    parts = (part for line in lines for part in (_cut_head(text, line) if line.prose else [line]))
    return [piece for part in parts for piece in (_cut(text, part) if part.prose else [part])]


def _cut_head(text: str, line: Line) -> list[Line]:
    """A page saved as one line begins with its menu, headline and date: lines of their own where blanks part them."""
    head = min(line.span.end, line.span.start + parameters.GLUED_HEAD)
    ends = [gap.start() for gap in _GAP.finditer(text, line.span.start, head)]
    tokens = [trim(text, Span(a, b)) for a, b in pairwise([line.span.start, *ends])]
    names = list(takewhile(lambda span: len(span) <= parameters.LONGEST_GLUED_NAME, tokens))
    functional = any(span.of(text) in patterns.FUNCTIONS for span in names)
    menu = len(names) if functional and len(names) >= parameters.GLUED_MENU_NAMES else 0
    dates = [k for k in range(menu + 1, len(tokens)) if _dates(tokens[k].of(text))]
    cuts = [tokens[menu].start] if menu and menu < len(tokens) else []
    if dates and len(Span(tokens[menu].start, tokens[dates[0]].start)) <= parameters.LONGEST_GLUED_TITLE:
        last = dates[0]
        while last + 1 < len(tokens) and is_meta(tokens[last + 1].of(text)):
            last += 1
        cuts += [tokens[dates[0]].start, trim(text, Span(tokens[last].end, line.span.end)).start]
    bounds = [line.span.start, *cuts, line.span.end]
    spans = [trim(text, Span(a, b)) for a, b in pairwise(bounds)]
    return [line_at(text, span, 0 if n else line.gap) for n, span in enumerate(spans) if len(span)]


def _dates(token: str) -> bool:
    """Whether a token is a day that dates the page; after a colon it is what the words before it are about."""
    return not token.startswith((":", "：")) and is_meta(token) and first_date(token) is not None


def _cut(text: str, line: Line) -> list[Line]:
    if furniture(line):
        return [line]
    parts = sentences(text, line.span)
    at = _first_notice(text, parts)
    if at is None:
        at = _first_phrase(text, parts[-1]) if len(parts) > 1 else None
    if at is None:
        return [line]
    head = trim(text, Span(line.span.start, at))
    tail = trim(text, Span(at, line.span.end))
    return [line_at(text, head, line.gap), line_at(text, tail, 0)]


def _first_notice(text: str, parts: list[Span]) -> int | None:
    """Start of the trailing run of notices, when there is one after the first sentence."""
    for k in range(1, len(parts)):
        if parts[-1].end - parts[k].start > parameters.LONGEST_GLUED_NOTICES:
            continue
        plain = patterns.QUOTED.sub("", fold(parts[k].of(text)))
        if patterns.NOTICE.search(plain) and patterns.ITSELF.search(plain):
            rest = parts[k:]
            alike = sum(len(part) for part in rest if legal(fold(part.of(text))))
            whole = sum(map(len, rest))
            if alike >= parameters.NOTICE_SHARE * whole:
                return parts[k].start
    return None


def _first_phrase(text: str, last: Span) -> int | None:
    """Start of the furniture after the last full stop: "…。 上一篇:… 下一篇:…"."""
    if len(last) > parameters.LONGEST_GLUED_NOTICES:
        return None
    starts = [last.start, *(gap.end() for gap in _GAP.finditer(text, last.start, last.end))]
    for start in starts:
        rest = trim(text, Span(start, last.end))
        end = next((gap.start() for gap in _GAP.finditer(text, rest.start + 1, rest.end)), rest.end)
        chunk = line_at(text, Span(rest.start, end), 0)
        if _CITED.fullmatch(rest.of(text)):
            return None
        whole = line_at(text, rest, 0)
        found = furniture(whole) or furniture(chunk)
        if found and found.kind in ("aside", "line") and not whole.prose:
            return rest.start
    return None
