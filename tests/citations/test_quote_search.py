"""tjqa.citations.quote_search: quotes are found where a pattern of their lines would find them, in linear time."""

from __future__ import annotations

import random
import re

import pytest

from tjqa.citations.quote_search import QuoteSearch, stands_at
from tjqa.documents import Span


def pattern(quote: str) -> re.Pattern[str]:
    """The same in the language of patterns, which takes the square of the length."""
    return re.compile(r"[^\S\n]*\n".join(map(re.escape, quote.split("\n"))))


def test_quotes_are_found_as_by_a_pattern() -> None:
    """In texts of few letters, blanks and lines, where most things come more than once."""
    rng = random.Random(11)
    found = 0
    for _ in range(4000):
        text = "".join(rng.choices("甲乙 \r\n\n\u3000", k=rng.randrange(40)))
        start = rng.randrange(len(text) + 1)
        span = Span(start, min(start + rng.randrange(1, 12), len(text)))
        lines = span.of(text).split("\n")
        quote = "\n".join(line.rstrip() if rng.random() < 0.8 else line for line in lines)
        if rng.random() < 0.2:
            quote += "乙"
        assert stands_at(text, span, quote, exact=False) == bool(pattern(quote).fullmatch(text, span.start, span.end))
        assert stands_at(text, span, quote, exact=True) == (span.of(text) == quote)
        bare = "\n".join(line.rstrip() for line in quote.split("\n"))
        if not bare.split("\n")[0]:
            continue
        expected, at = pattern(bare).search(text), QuoteSearch(text).find(quote, exact=False)
        assert (at and (at.start, at.end)) == (expected and expected.span())
        found += at is not None
    assert found > 500


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("甲\n" * 320_000, "甲\n" * 160_000 + "乙"),
        ("甲 \r\n" * 320_000, "甲\n" * 160_000 + "乙"),
        ("甲\n甲\n" * 160_000, ("甲\n" * 9 + "乙\n") + "甲\n" * 160_000),
        ("甲" + " " * 600_000 + "乙\n" + "甲" + " " * 600_000 + "\n", "甲\n丙"),
    ],
    ids=["lines", "blanks", "begin", "run of blanks"],
)
def test_texts_that_repeat_themselves_are_searched_to_their_end(text: str, quote: str, exact: bool) -> None:
    """Trying every line in turn, the first of these takes half an hour; the time limit of the tests is for that."""
    assert QuoteSearch(text).find(quote, exact) is None
    assert not stands_at(text, Span(0, len(text)), quote, exact)
