"""A quote in a text: whether it stands at a place, and where else it stands. Whoever wrote the text and the quote, this
takes time in proportion to their lengths: a search from every line at which a quote may begin, as a pattern makes it,
takes the square of a text of lines that are all alike.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from tjqa.documents import Span


def stands_at(text: str, span: Span, quote: str, exact: bool) -> bool:
    """Whether a stretch of a text is a quote; unless `exact`, lines of the text may have more blanks at their ends,
    among them the carriage returns of other line ends."""
    stretch = span.of(text)
    if exact:
        return stretch == quote
    lines, wanted = stretch.split("\n"), quote.split("\n")
    if len(lines) != len(wanted) or lines.pop() != wanted.pop():
        return False
    return all(line.startswith(one) and not line[len(one) :].strip() for line, one in zip(lines, wanted, strict=True))


class QuoteSearch:
    """A text prepared for finding quotes in it."""

    def __init__(self, text: str) -> None:
        self._exact = text
        lines = text.split("\n")
        bare = [line.rstrip() for line in lines]
        self._bare = "\n".join(bare)
        self._starts, self._bare_starts = _starts(lines), _starts(bare)

    def find(self, quote: str, exact: bool) -> Span | None:
        """Where a quote stands first; unless `exact`, blanks at the ends of lines are passed over, in both."""
        # str.find takes linear time of long quotes, whatever they repeat; str.rfind does not.
        if exact:
            at = self._exact.find(quote)
            return Span(at, at + len(quote)) if at >= 0 else None
        bare = "\n".join(line.rstrip() for line in quote.split("\n"))
        at = self._bare.find(bare)
        return Span(self._place(at), self._place(at + len(bare))) if at >= 0 else None

    def _place(self, at: int) -> int:
        line = bisect_right(self._bare_starts, at) - 1
        return self._starts[line] + at - self._bare_starts[line]


def _starts(lines: list[str]) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in lines[:-1])]


def place_now(text: str, span: Span, stored: str) -> Span | None:
    """Where a quote stands in a file's text now: at its old place, or, where lines were put in or taken out above it,
    at the place nearest to that; None when it stands nowhere."""
    if span.of(text) == stored:
        return span
    after, before = text.find(stored, span.start), text.rfind(stored, 0, span.start + len(stored))
    found = [at for at in (after, before) if at >= 0]
    at = min(found, key=lambda place: abs(place - span.start), default=None)
    return Span(at, at + len(stored)) if at is not None and stored else None


def moved(span: Span, by: int) -> Span:
    """The same stretch so many characters further on."""
    return Span(span.start + by, span.end + by)
