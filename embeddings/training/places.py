"""Places of the presence part: which token owns which place, and the code word that stands for a place."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from training.vectors import rarity

CODE_LENGTH = 32
THRESHOLD = 20
"""Two code words agree in less than this (of 32), so that ReLU(word · code − threshold) is 0 at a wrong place."""

_LATIN_WEIGHT = 0.35
_LATIN_SHARE = 8  # one place in eight is for Latin pieces and numbers: they must not meet Chinese words


def assign(tokens: list[str], counts: NDArray[np.int64], place_count: int) -> NDArray[np.int64]:
    """The place of each token, dealt out in order of frequency, so that frequent tokens do not share one."""
    latin_places = place_count // _LATIN_SHARE
    places = np.zeros(len(tokens), dtype=np.int64)
    dealt = {True: 0, False: 0}
    for row in np.argsort(-counts, kind="stable").tolist():
        latin = tokens[row][0].isascii()
        width, first = (latin_places, place_count - latin_places) if latin else (place_count - latin_places, 0)
        places[row] = first + dealt[latin] % width
        dealt[latin] += 1
    return places


def presence_weights(tokens: list[str], vectors: NDArray[np.float32], counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """How much it says that a token occurs: the length of its vector, which training has settled.

    Letters weigh less, and by their rarity among letters: in Chinese text "the" is as rare as a name, and an
    English question would match any passage with a few English words in it.
    """
    lengths = np.linalg.norm(vectors, axis=1).astype(np.float32)
    latin = np.array([t[0].isascii() and not t[0].isdigit() for t in tokens])
    of_latin = np.where(latin, counts, 0)
    return np.where(latin, _LATIN_WEIGHT * lengths * rarity(of_latin), lengths).astype(np.float32)


@lru_cache(maxsize=4)
def code_words(place_count: int) -> NDArray[np.int8]:
    """(places, 32) rows of ±1 with every two rows' product below the threshold; the same at every run."""
    generator = np.random.default_rng(0)
    found = np.zeros((0, CODE_LENGTH), dtype=np.int8)
    while len(found) < place_count:
        new = generator.choice(np.array([-1, 1], dtype=np.int8), CODE_LENGTH)
        if not len(found) or (found.astype(np.int64) @ new).max() < THRESHOLD:
            found = np.concatenate([found, new[None]])
    return found
