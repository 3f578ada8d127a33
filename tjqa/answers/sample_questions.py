"""Sample questions made from the user's own documents: a figure is taken out of a clause and asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tjqa.documents import Passage

# 城镇居民人均可支配收入39540元 → 城镇居民人均可支配收入是多少?  The clause must begin at a clause mark, say what is
# counted in Chinese characters alone, and hold nothing but the figure and its unit after that.
_CLAUSE = re.compile(
    r"(?:^|[,，。;；])(?P<what>[\u4e00-\u9fff]{6,18}?)(?:达到|达|为|完成|突破|超过)?\d[\d,.]*(?:%|[\u4e00-\u9fff]{1,4})(?=[,，。;；])"
)


_LOOKED_AT = 500
"""Passages from which samples are made: a library of a million is not read for three examples."""


def answered_samples(
    passages: Iterable[Passage], titles: Iterable[str], answers: Callable[[str, Passage], bool], count: int
) -> tuple[str, ...]:
    """Questions that are answered, by what `answers` says of a question and its passage; where too few are, also what
    the documents of some titles are about."""
    made = sample_questions(islice(passages, _LOOKED_AT), 4 * count)
    good = [text for text, source in made if answers(text, source)][:count]
    if len(good) == count:
        return tuple(good)
    named = [title for title in titles if title]
    step = max(1, len(named) // count)
    return tuple([*good, *(f"{title[:40]}主要讲了什么?" for title in named[::step])][:count])


def sample_questions(passages: Iterable[Passage], limit: int) -> Iterator[tuple[str, Passage]]:
    """Questions with the passage each was made from, at most one a file in the first round; at most `limit`."""
    seen: set[str] = set()
    spare: list[tuple[str, Passage]] = []
    for passage in passages:
        match = _CLAUSE.search(passage.text) if passage.role == "body" else None
        if match is None:
            continue
        made = f"{match['what']}是多少?", passage
        if passage.path in seen:
            spare.append(made)
            continue
        seen.add(passage.path)
        yield made
        if len(seen) >= limit:
            return
    yield from spare[: limit - len(seen)]
