"""Which Chinese tokens translate a Latin one: IBM model 1 (Brown et al. 1993) over the bilingual pairs.

The model asks which Latin word of a pair each Chinese token comes from, shares it out among them, counts, and asks
again with the counts. Words that always occur together end up as translations; "the", which occurs with everything,
translates nothing in particular.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 5  # more sharpen little and favour rare words too much
_LEAST_SHARE = 0.03  # a translation in fewer cases than this is mostly an accident of the pairs
_LONGEST = 150  # different tokens of a pair; longer texts say little about single words and cost their square


@dataclass(frozen=True, slots=True)
class Translations:
    """Entry i: Latin token `latin[i]` is translated by `chinese[i]` in `share[i]` of its occurrences.

    Ordered by Latin token, its most frequent translation first.
    """

    latin: NDArray[np.int64]
    chinese: NDArray[np.int64]
    share: NDArray[np.float64]

    def best(self, count: int) -> Translations:
        """The `count` most frequent translations of each token."""
        kept = np.arange(len(self.latin)) - np.searchsorted(self.latin, self.latin) < count
        return Translations(self.latin[kept], self.chinese[kept], self.share[kept])


def translations(
    pairs: Iterable[NDArray[np.int64]], latin: NDArray[np.bool_], chinese: NDArray[np.bool_]
) -> Translations:
    """Learn from the token numbers of each pair (both sides together); `latin`, `chinese` say which tokens are what."""
    nothing = len(latin)  # a source for Chinese tokens that no word of the pair stands for
    sources, targets, wholes = [], [], []
    for number, ids in enumerate(pairs):
        tokens = np.unique(ids)[:_LONGEST]
        source, target = np.append(tokens[latin[tokens]], nothing), tokens[chinese[tokens]]
        sources.append(np.repeat(source, len(target)))
        targets.append(np.tile(target, len(source)))
        wholes.append(np.full(len(source) * len(target), number))
    if not sources:
        return Translations(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    size = nothing + 1
    target = np.concatenate(targets)
    links, link = np.unique(np.concatenate(sources) * size + target, return_inverse=True)
    _, asked = np.unique(np.concatenate(wholes) * size + target, return_inverse=True)
    share = _expectation(link, asked, links // size)
    kept = (links // size < nothing) & (share > _LEAST_SHARE)
    order = np.lexsort((-share[kept], links[kept] // size))
    found = links[kept][order]
    return Translations(found // size, found % size, share[kept][order])


def _expectation(link: NDArray[np.int64], asked: NDArray[np.int64], source: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of each link (Latin, Chinese) among those of its Latin token.

    `link` and `asked` (both per occurrence): the link's number, and the number of the Chinese token of one pair that
    has to be explained. `source` (per link): its Latin token.
    """
    share = np.ones(len(source))
    for _ in range(_ROUNDS):
        likely = share[link]
        count = np.bincount(link, weights=likely / np.bincount(asked, weights=likely)[asked])
        share = count / np.maximum(np.bincount(source, weights=count)[source], 1e-12)
    return share
