"""Hits that say the same: reposts and near-copies are shown once, with their other places and whether figures differ.

Two passages are alike when nearly all triples of neighbouring characters of the shorter one stand in the other,
figures apart, and most figures are the same. A copy with one figure changed is a copy, and the difference is said; the
report of another year, written by the same pattern with other figures throughout, stays a hit of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tjqa.results import Hit
from tjqa.text.analyzed import analyze
from tjqa.text.normalize import squeeze
from tjqa.text.numbers import figures

_ALIKE = 0.9  # of the shorter passage's triples of characters
_SAME_FIGURES = 0.6  # of the figures of the passage with fewer of them
_DIGITS = re.compile(r"[\d.,%]+")
_SHORTEST = 30  # a line of a few characters is alike by chance
_PROBE, _PROBES = 5, 6  # characters, and how many: looked for before all triples are compared
_SIZES = 0.6  # of a copy's length: a longer copy says more than the hit it would be put to


@dataclass(frozen=True, slots=True)
class Group:
    """A hit, and the hits below it that say the same elsewhere, each with whether its figures differ."""

    hit: Hit
    others: tuple[tuple[Hit, bool], ...] = ()


def grouped(hits: Sequence[Hit], k: int) -> list[Group]:
    """The first `k` different hits, best first; copies are put to the best one they are like. Passages of one file are
    never copies of each other: a report repeats itself on purpose."""
    leaders: list[tuple[Hit, _Wording]] = []
    others: dict[int, list[tuple[Hit, bool]]] = {}
    for hit in hits:
        wording = _Wording(hit.passage.text)
        like = next((one for one, own in leaders if one.passage.path != hit.passage.path and own.like(wording)), None)
        if like is None:
            if len(leaders) < k:
                leaders.append((hit, wording))
            continue
        own = next(words for one, words in leaders if one is like)
        others.setdefault(like.row, []).append((hit, own.values != wording.values))
    return [Group(hit, tuple(others.get(hit.row, ()))) for hit, _ in leaders]


class _Wording:
    """What is compared: triples of characters without figures, and only of what is alike there the figures."""

    def __init__(self, text: str) -> None:
        self._folded = analyze(text).folded
        self._words = squeeze(_DIGITS.sub("", self._folded))
        self._size = len(self._words)

    @cached_property
    def _triples(self) -> set[str]:
        return {self._words[i : i + 3] for i in range(self._size - 2)}

    @cached_property
    def _probes(self) -> list[str]:
        """A few stretches spread over the text: of a copy most are unchanged, of another text none stands here."""
        step = max(1, (self._size - _PROBE) // _PROBES)
        return [self._words[i : i + _PROBE] for i in range(0, self._size - _PROBE + 1, step)]

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The figures, each in its written forms."""
        return tuple("".join(figure.forms) for figure in figures(self._folded))

    def like(self, other: _Wording) -> bool:
        """Whether both say the same, so that `other` can be left out beside this one."""
        less, more = (self, other) if self._size <= other._size else (other, self)
        if less._size < _SHORTEST or self._size < _SIZES * other._size:
            return False
        if not any(probe in more._words for probe in less._probes):
            return False
        if len(less._triples & more._triples) < _ALIKE * len(less._triples):
            return False
        shared = (Counter(self.values) & Counter(other.values)).total()
        return shared >= _SAME_FIGURES * min(len(self.values), len(other.values))
