"""The presence part: which places a token owns, and how much it says there that the token occurs."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapreplace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from embeddings.training.codes import exclude_each_other
from embeddings.training.translation import Translations
from embeddings.training.vectors import rarity

_LATIN_SHARE = 16  # one place in sixteen is for letters and numbers: they must not meet Chinese words by chance
_LATIN_WEIGHT = 0.35
_TRANSLATION_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Presence:
    """Places (tokens, k) and the weight of each token there; a weight of 0 is no place."""

    places: NDArray[np.int64]
    weights: NDArray[np.float32]


def presence(
    tokens: list[str],
    vectors: NDArray[np.float32],
    counts: NDArray[np.int64],
    translated: Translations,
    place_count: int,
) -> Presence:
    """A place of its own for every token; for a Latin word with known translations the places of these instead.

    So an English question meets the Chinese passage where a Chinese question would.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    own = assign(tokens, (counts + 1) * lengths.astype(np.float64), place_count)
    weights = presence_weights(tokens, vectors, counts)
    column = np.arange(len(translated.latin)) - np.searchsorted(translated.latin, translated.latin)
    places = np.tile(own[:, None], column.max(initial=0) + 1)
    weight = np.zeros(places.shape, dtype=np.float32)
    weight[:, 0] = weights
    weight[translated.latin, 0] = 0
    places[translated.latin, column] = own[translated.chinese]
    weight[translated.latin, column] = _TRANSLATION_WEIGHT * lengths[translated.chinese] * translated.share**0.5
    return Presence(places, _once(places, weight))


def _once(places: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights with 0 where a token would own a place twice, or two that exclude each other; the larger stays."""
    weights = weights.copy()
    for i, j in combinations(range(places.shape[1]), 2):
        both = exclude_each_other(places[:, i], places[:, j]) & (weights[:, i] > 0) & (weights[:, j] > 0)
        first = weights[:, i] >= weights[:, j]
        weights[both & first, j] = 0
        weights[both & ~first, i] = 0
    return weights


def assign(tokens: list[str], loads: NDArray[np.float64], place_count: int) -> NDArray[np.int64]:
    """The place of each token: the heaviest first, each at the place with the least load so far.

    So tokens that would often be taken for one another do not share a place.
    """
    latin_places = place_count // _LATIN_SHARE
    places = np.zeros(len(tokens), dtype=np.int64)
    bounds = {True: (place_count - latin_places, place_count), False: (0, place_count - latin_places)}
    waiting = {latin: [(0.0, place) for place in range(*bound)] for latin, bound in bounds.items()}
    for row in np.argsort(-loads, kind="stable").tolist():
        heap = waiting[tokens[row].isascii()]
        load, places[row] = heap[0]
        heapreplace(heap, (load + float(loads[row]), int(places[row])))
    return places


def presence_weights(tokens: list[str], vectors: NDArray[np.float32], counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """How much it says that a token occurs: the length of its vector, which training has settled.

    Letters weigh less, and by their rarity among letters: in Chinese text "the" is as rare as a name, and an
    English question would match any passage with a few English words in it.
    """
    lengths = np.linalg.norm(vectors, axis=1).astype(np.float32)
    latin = np.array([is_latin(t) for t in tokens])
    of_latin = np.where(latin, counts, 0)
    weights = np.where(latin, _LATIN_WEIGHT * lengths * rarity(of_latin), lengths)
    return np.asarray(weights, dtype=np.float32)


def is_latin(token: str) -> bool:
    """True for Latin letters; numbers are written the same in Chinese."""
    return token.isascii() and token.isalpha()
