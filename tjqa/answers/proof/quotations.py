"""What a draft puts into quotation marks: somebody's words, which must stand in the library as they are, and terms.

The same marks set off what was said, a name of a plan, a word used with irony. Somebody's words are told from terms by
what can be seen: a stop inside, a verb of saying or a colon before the mark, or more characters than terms have
(`parameters.SHORTEST_QUOTATION`). A term is looked up, too, but not to find it is no fault: the marks may be the
writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.answers.proof import parameters
from tjqa.documents import Span

_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", "《": "》", "〈": "〉", "＂": "＂", '"': '"'}
_CLOSING = frozenset(_PAIRS.values())
_STOP_INSIDE = re.compile(r"[，。；：！？,;!?]|……")
_SAYS = re.compile(
    r"(?:[:：]|表示|指出|强调|称|说|提出|认为|写道|写明|规定|明确|要求|介绍|透露|坦言|直言|回忆|告诉|回应|原文[为是]|问|答)[，,]?\s*$"
)
_ENDS = "。，；：！？、,;:!?….·—- \t\u3000\r\n"
_ELLIPSIS = re.compile(r"[\[〔（]?(?:…+|\.{3,})[\]〕）]?|[\[〔（]略[\]〕）]")
_LONGEST = 2000
"""Characters between two marks beyond which one of them was forgotten, and they are no pair."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between marks: `span` of the words alone, without stops at their ends; `parts` are the stretches of
    it between …, all of which must stand in one document in this order."""

    span: Span
    is_words: bool
    is_title: bool
    parts: tuple[Span, ...]


def quoted(text: str) -> Iterator[Quoted]:
    """What stands in quotation marks and in 《》, outermost ones, in order; a pair never goes beyond a blank line."""
    done = 0
    for opening, closing in _pairs(text):
        if opening < done:
            continue
        inner = _bare(text, Span(opening + 1, closing))
        if not any(char.isalnum() for char in inner.of(text)):
            continue
        mark = text[opening]
        if mark in "《〈":
            yield Quoted(inner, False, True, (inner,))
            done = closing
            continue
        done = closing
        words = _are_words(text, opening, inner)
        if not words:  # a title in marks is looked up as one: “《…》”
            yield Quoted(inner, False, False, (inner,))
            continue
        yield Quoted(inner, True, False, tuple(_parts(text, inner)) or (inner,))


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where outer pairs of marks open and close. One of the same kind inside of a pair is nested."""
    at = 0
    while at < len(text):
        char = text[at]
        if char not in _PAIRS:
            at += 1
            continue
        end = _closing(text, at)
        if end is None:
            at += 1
        else:
            yield at, end
            at = end + 1


def _closing(text: str, at: int) -> int | None:
    opening = text[at]
    closing, depth = _PAIRS[opening], 0
    for here in range(at + 1, min(len(text), at + _LONGEST)):
        char = text[here]
        if char == closing and not depth:
            return here
        if char == closing:
            depth -= 1
        elif char == opening:
            if opening == "“":  # forgotten to close: the second one opens
                return None
            depth += 1
        elif char == "\n" and (opening in '"＂' or text[here + 1 : here + 2] in ("\n", "\r")):
            return None
    return None


def _bare(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return Span(start, end)


def _are_words(text: str, opening: int, inner: Span) -> bool:
    piece = inner.of(text)
    letters = sum(char.isalnum() for char in piece)
    if letters < parameters.SHORTEST_PART:
        return False
    if _STOP_INSIDE.search(piece) or letters >= parameters.SHORTEST_QUOTATION:
        return True
    return _SAYS.search(text[max(0, opening - 8) : opening]) is not None


def _parts(text: str, inner: Span) -> list[Span]:
    at = inner.start
    found = []
    for gap in [*_ELLIPSIS.finditer(text, inner.start, inner.end), None]:
        part = _bare(text, Span(at, gap.start() if gap is not None else inner.end))
        if any(map(str.isalnum, part.of(text))):
            found.append(part)
        at = gap.end() if gap is not None else at
    return found if any(is_long(part.of(text)) for part in found) else []


def is_long(words: str) -> bool:
    """Whether a part of a quotation is long enough to be looked up by itself."""
    return sum(map(str.isalnum, words)) >= parameters.SHORTEST_PART
