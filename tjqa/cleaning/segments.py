"""Cuts notices off the paragraphs they are glued to: "…创历史新高。本文为原创文章,如若转载,请注明出处。"

Only a trailing run of such sentences is cut off, and only where the run speaks about the page itself; a sentence
inside a paragraph is never touched.
"""

from __future__ import annotations

import re

from tjqa.cleaning import vocabulary as words
from tjqa.cleaning.furniture import NOTICE_SHARE, furniture, legal
from tjqa.cleaning.lines import Line
from tjqa.records import Span
from tjqa.text import fold, sentences, trim

_GAP = re.compile(r"[\s　|｜]+")
_LONGEST_TAIL = 600  # characters of glued notices; a longer tail is text


def split_glued(text: str, lines: list[Line]) -> list[Line]:
    """`lines`, with furniture glued to the end of a paragraph as lines of their own."""
    return [part for line in lines for part in (_cut(text, line) if line.prose else [line])]


def _cut(text: str, line: Line) -> list[Line]:
    parts = sentences(text, line.span)
    at = _first_notice(text, parts)
    if at is None:
        at = _first_phrase(text, parts[-1]) if len(parts) > 1 else None
    if at is None:
        return [line]
    head = trim(text, Span(line.span.start, at))
    tail = trim(text, Span(at, line.span.end))
    return [Line(head, head.of(text), line.gap), Line(tail, tail.of(text), 0)]


def _first_notice(text: str, parts: list[Span]) -> int | None:
    """Start of the trailing run of notices, when there is one after the first sentence."""
    for k in range(1, len(parts)):
        if parts[-1].end - parts[k].start > _LONGEST_TAIL:
            continue
        plain = words.QUOTED.sub("", fold(parts[k].of(text)))
        if words.NOTICE.search(plain) and words.ITSELF.search(plain):
            rest = parts[k:]
            alike = sum(len(part) for part in rest if legal(fold(part.of(text))))
            whole = sum(map(len, rest))
            if alike >= NOTICE_SHARE * whole:
                return parts[k].start
    return None


def _first_phrase(text: str, last: Span) -> int | None:
    """Start of the furniture after the last full stop: "…。 上一篇:… 下一篇:…"."""
    if len(last) > _LONGEST_TAIL:
        return None
    starts = [last.start, *(gap.end() for gap in _GAP.finditer(text, last.start, last.end))]
    for start in starts:
        rest = trim(text, Span(start, last.end))
        end = next((gap.start() for gap in _GAP.finditer(text, rest.start + 1, rest.end)), rest.end)
        chunk = Line(Span(rest.start, end), text[rest.start : end], 0)
        whole = Line(rest, rest.of(text), 0)
        found = furniture(whole) or furniture(chunk)
        if found and found.kind in ("aside", "line") and not whole.prose:
            return rest.start
    return None
