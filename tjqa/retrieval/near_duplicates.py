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

from tjqa.documents.tables import Known, TablePart
from tjqa.retrieval import parameters
from tjqa.retrieval.hit import Hit
from tjqa.text.normalize import fold, squeeze
from tjqa.text.numbers import figures

_DIGITS = re.compile(r"[\d.,%]+")
# All but words and figures: a point within a figure and a sign before it are part of it, a comma for thousands is not.
_UNSAID = re.compile(r"(?<!\d)\.|\.(?!\d)|-(?!\d)|[^\w.%‰-]|_")


@dataclass(frozen=True, slots=True)
class Copy:
    """A hit that says nearly the same as a better one elsewhere: whether a figure in it is another one, and whether a
    word is: 不 put in, 下降 for 增长, 三年 for 五年 turn what it says."""

    hit: Hit
    figures_differ: bool
    words_differ: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A hit, and the copies of it below it."""

    hit: Hit
    others: tuple[Copy, ...] = ()


def grouped(hits: Sequence[Hit], k: int) -> list[Group]:
    """The first `k` different hits, best first; copies are put to the best one they are like. Of one file only
    passages that are the same word for word are copies: a report repeats its patterns on purpose."""
    leaders: list[tuple[Hit, _Wording]] = []
    copies: dict[int, list[Copy]] = {}
    for hit in hits:
        wording = _Wording(hit.text.folded)
        leader = next((leader for leader in leaders if _copies(*leader, hit, wording)), None)
        if leader is not None:
            best, own = leader
            copies.setdefault(best.row, []).append(
                Copy(hit, own.values != wording.values, not own.worded_like(wording))
            )
        elif len(leaders) < k:
            leaders.append((hit, wording))
    return [Group(hit, tuple(copies.get(hit.row, ()))) for hit, _ in leaders]


def spread(groups: Sequence[Group]) -> list[Group]:
    """The same hits with at most `HITS_OF_ONE_FILE` of each file before the rest, which follow in their order.

    Ten passages of one report hide the other report that answers too. Only what answers nearly as well goes ahead: a
    question about one document is not sent around the folder.
    """
    if not groups:
        return []
    least = parameters.OTHERS_SCORE * groups[0].hit.score
    seen: Counter[str] = Counter()
    ahead: list[Group] = []
    behind: list[Group] = []
    for group in groups:
        path = group.hit.passage.path
        seen[path] += 1
        good = seen[path] <= parameters.HITS_OF_ONE_FILE and group.hit.score >= least
        (ahead if good else behind).append(group)
    return ahead + behind


def says_otherwise(piece: str, copy: str) -> bool:
    """Whether a copy says a piece of a passage with another figure or word: nearly all of its words stand there, but
    not as they are. A copy that leaves the piece out says nothing against it."""
    said, said_there = (_UNSAID.sub("", fold(text)) for text in (piece, copy))
    if not said or said in said_there:
        return False
    words, words_there = ("".join(filter(str.isalpha, text)) for text in (said, said_there))
    triples = {words[at : at + 3] for at in range(len(words) - 2)}
    there = sum(triple in words_there for triple in triples)
    return bool(triples) and there >= parameters.SAID_TRIPLES * len(triples)


def _copies(best: Hit, own: _Wording, hit: Hit, wording: _Wording) -> bool:
    if best.passage.path == hit.passage.path:
        return squeeze(best.text.folded) == squeeze(hit.text.folded)
    table, other = best.passage.table, hit.passage.table
    if table is not None and other is not None and _said_of(table) != _said_of(other):
        return False  # the same row of another month; a row says hardly anything by itself
    titles = {squeeze(fold(one.passage.title)) for one in (best, hit)}
    texts = {squeeze(one.text.folded) for one in (best, hit)}
    return own.like(wording) or (titles == texts and len(texts) == 1)  # a passage that is no more than the same title


def _said_of(table: TablePart) -> tuple[Known | None, Known | None, str]:
    return table.period, table.place, table.words()


class _Wording:
    """What is compared: triples of characters without figures, and only of what is alike there the figures."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._words = squeeze(_DIGITS.sub("", self._folded))
        self._size = len(self._words)

    @cached_property
    def _triples(self) -> set[str]:
        return {self._words[i : i + 3] for i in range(self._size - 2)}

    @cached_property
    def _probes(self) -> list[str]:
        """A few stretches spread over the text: of a copy most are unchanged, of another text none stands here."""
        length = parameters.COPY_PROBE
        step = max(1, (self._size - length) // parameters.COPY_PROBES)
        return [self._words[i : i + length] for i in range(0, self._size - length + 1, step)]

    def worded_like(self, other: _Wording) -> bool:
        """Whether the words of the shorter one stand in the other one as they are, figures and marks apart."""
        words, others = ("".join(filter(str.isalpha, one._words)) for one in (self, other))
        return words in others or others in words

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The figures, each in its written forms."""
        return tuple("".join(figure.forms) for figure in figures(self._folded))

    def like(self, other: _Wording) -> bool:
        """Whether both say the same, so that `other` can be left out beside this one."""
        less, more = (self, other) if self._size <= other._size else (other, self)
        if less._size < parameters.COPY_SHORTEST or self._size < parameters.COPY_SIZE * other._size:
            return False
        if not any(probe in more._words for probe in less._probes):
            return False
        if len(less._triples & more._triples) < parameters.COPY_TRIPLES * len(less._triples):
            return False
        shared = (Counter(self.values) & Counter(other.values)).total()
        return shared >= parameters.COPY_FIGURES * min(len(self.values), len(other.values))
