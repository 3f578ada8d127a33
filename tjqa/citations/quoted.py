"""Does a quote stand in a text, character for character? Only width (，for ,) and blanks that a line break or a layout
put beside Chinese characters may differ; everything else makes it another text.

A quote that begins or ends in the middle of a number, or leaves its sign or its unit away, says something else than the
text does: 215人 does not stand in 3215人.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate

from tjqa.documents import Span
from tjqa.text.whole_numbers import cuts, is_within_number

# Forms that differ in width alone. Unicode's own folding would also make 2 of ², and a page's 10² another number.
WIDTHS = {0xFF01 + at: chr(0x21 + at) for at in range(94)} | {0x3000: " ", 0xA0: " "}
_BLANKS = re.compile(r"\s+")
_WIDE = re.compile(r"[\u2018-\u201d\u2026\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65]")


class WidthFolded:
    """A text for comparing: half width, runs of blanks as one, none beside Chinese characters; it knows where each of
    its characters stands in the text."""

    def __init__(self, text: str) -> None:
        self.source = text
        parts: list[str] = []
        self._from: list[int] = []  # where each part begins in the source
        at = 0
        for blank in _BLANKS.finditer(text):
            self._add(parts, at, blank.start())
            if not _vanishes(text, blank.start(), blank.end()):
                parts.append(" ")
                self._from.append(blank.start())
            at = blank.end()
        self._add(parts, at, len(text))
        self._starts = [0, *accumulate(map(len, parts))][:-1]
        self.text = "".join(parts)

    def _add(self, parts: list[str], start: int, end: int) -> None:
        if start < end:
            parts.append(self.source[start:end].translate(WIDTHS))
            self._from.append(start)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source that `start` to `end` of the folded text stand for; not empty."""
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, at: int) -> int:
        part = bisect_right(self._starts, at) - 1
        return self._from[part] + at - self._starts[part]

    def places(self, quote: str) -> Iterator[Span]:
        """Every stretch of the source where a quote stands, however it cuts numbers."""
        wanted = WidthFolded(quote).text
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            yield self.span(at, at + len(wanted))
            at = self.text.find(wanted, at + 1)


def _vanishes(text: str, start: int, end: int) -> bool:
    """Whether blanks say nothing: at an end, or beside a Chinese character unless they part the cells of a table."""
    if start == 0 or end == len(text):
        return True
    beside = _WIDE.match(text, start - 1) or _WIDE.match(text, end)
    return beside is not None and "\t" not in text[start:end]


def cuts_number(text: str, span: Span) -> bool:
    """Whether a stretch begins or ends within a number, or without its sign, its unit or what it is multiplied by."""
    return bool(cuts(text, span)) or any(is_within_number(text, at) for at in (span.start, span.end))


class Likeness:
    """How much of a quote stands in other texts in the same order.

    Args:
        quote: what they are held against.
        most: pairs of characters that are compared in all: texts of few signs that return (啊。啊。) take them all.
    """

    def __init__(self, quote: str, most: int) -> None:
        folded = WidthFolded(quote).text
        self._matcher = SequenceMatcher(None, "", folded, autojunk=False)
        self._length = len(folded)
        self._left = most

    def to(self, text: str, least: float) -> float:
        """The share that is the same, 0..1; 0 where it is less than `least`, and once too much was compared."""
        folded = WidthFolded(text).text
        self._matcher.set_seq1(folded)
        if self._left <= 0 or min(self._matcher.real_quick_ratio(), self._matcher.quick_ratio()) < least:
            return 0.0
        self._left -= len(folded) * self._length
        return self._matcher.ratio()


def differences(quote: str, text: str) -> list[tuple[str, str]]:
    """What a quote has, and what stands in its place in a text; either may be empty. Nothing where only width and
    blanks differ."""
    own, other = WidthFolded(text).text, WidthFolded(quote).text
    codes = SequenceMatcher(None, own, other, autojunk=False).get_opcodes()
    return [(other[b:b_end], own[a:a_end]) for kind, a, a_end, b, b_end in codes if kind != "equal"]
