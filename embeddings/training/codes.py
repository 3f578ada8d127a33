"""Code words: how a row of the model says in 64 small numbers which places its token owns.

A place is one of up to 4,096 values of a text vector; written out, the places of all tokens would not fit on the disk.
Each place has a code word of 64 signs. A row holds the sum of the code words of its token's places; the product with
a code word, less a threshold, is the weight at its place and at all other places nothing is left.

The words are a Kerdock set (Kerdock 1972) and its negatives: the product of two of them is at most 8 of 64. Random
words of this length and number reach 38, and three of them in one sum could no longer be told apart.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LENGTH = 64
THRESHOLD = 8
"""The largest product of two different code words."""

_FIELD = 32  # GF(2^5), of whose elements and one more bit the 64 positions are made
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)
_BLOCK = 4096  # rows decoded at once
_ROUNDS = 8  # of finding the height of the threshold; it settles after three or four


@lru_cache(maxsize=1)
def code_words() -> NDArray[np.int8]:
    """(4096, 64) signs; the first half are the Kerdock set, the second half the same with all signs turned.

    Position (a, x) of word (s, u) has the sign of Q(sx) + a·Tr(sx) + u·(a, x) with Q(x) = Tr(x^3) + Tr(x^5); the
    quadratic forms of two different s differ by one of full rank, which is what bounds the products.
    """
    quadratic = [_trace(_power(x, 3)) ^ _trace(_power(x, 5)) for x in range(_FIELD)]
    forms = [
        [quadratic[_times(s, x)] ^ (a & _trace(_times(s, x))) for a in (0, 1) for x in range(_FIELD)]
        for s in range(_FIELD)
    ]
    linear = [[(u & v).bit_count() & 1 for v in range(LENGTH)] for u in range(LENGTH)]
    bits = np.array(forms)[:, None, :] ^ np.array(linear)[None, :, :]
    words = (1 - 2 * bits).reshape(-1, LENGTH).astype(np.int8)
    return np.concatenate([words, -words])


def exclude_each_other(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether two places are the same or have opposite code words: no token can own both."""
    return np.asarray((one - other) % (len(code_words()) // 2) == 0)


def superpose(
    places: NDArray[np.int64], weights: NDArray[np.float32], place_count: int
) -> tuple[NDArray[np.int8], float]:
    """(n, 65) rows, each a sum of code words and the height of its threshold, and the step they are counted in.

    `places` (n, k) are the places of each token, `weights` (n, k) what decoding shall give there; a weight of 0 is no
    place. Decoding: step · relu(code words · row[:64] − THRESHOLD · row[64]) / (LENGTH − THRESHOLD). At all other
    places that is exactly 0.

    Raises:
        ValueError: there are more places than code words.
    """
    if place_count > len(code_words()):
        raise ValueError(f"at most {len(code_words())} places, not {place_count}")
    codes = code_words()[:place_count].astype(np.float32)
    sums = (weights[:, :, None] * codes[places]).sum(axis=1)
    for row in np.flatnonzero(np.count_nonzero(weights, axis=1) > 1).tolist():
        used = weights[row] > 0
        sums[row] = _sum(codes, places[row][used], weights[row][used])
    step = float(np.abs(sums).max()) / 127
    rounded = np.rint(sums / step)
    heights = [_height(codes, rounded[i : i + _BLOCK], places[i : i + _BLOCK], weights[i : i + _BLOCK])
               for i in range(0, len(places), _BLOCK)]  # fmt: skip
    return np.column_stack([rounded, np.concatenate(heights)]).astype(np.int8), step


def _height(
    codes: NDArray[np.float32], rounded: NDArray[np.float32], places: NDArray[np.int64], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The lowest threshold of each row that leaves nothing at places the token does not own."""
    products = rounded @ codes.T
    rows, columns = np.nonzero(weights)
    products[rows, places[rows, columns]] = 0
    return np.asarray(np.ceil(np.maximum(products.max(axis=1), 0) / THRESHOLD))


def _sum(codes: NDArray[np.float32], places: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sum of the code words of different places that decodes to `weights`.

    The sum has products with foreign code words too; the threshold must be as high as the largest of them, which
    asks for a larger sum, and so on: a few rounds.
    """
    own = codes[places]
    products = own @ own.T
    height = weights.max()
    for _ in range(_ROUNDS):
        total = np.linalg.solve(products, (LENGTH - THRESHOLD) * weights + THRESHOLD * height) @ own
        foreign = codes @ total
        foreign[places] = 0
        height = max(float(foreign.max()) / THRESHOLD, 0.0)
    return np.asarray(total, dtype=np.float32)


def _times(a: int, b: int) -> int:
    """Product in the field."""
    product = 0
    while b:
        product ^= a * (b & 1)
        a <<= 1
        a ^= _POLYNOMIAL * (a >> 5)
        b >>= 1
    return product


def _power(x: int, exponent: int) -> int:
    result = 1
    for _ in range(exponent):
        result = _times(result, x)
    return result


def _trace(x: int) -> int:
    """Sum of x, x^2, x^4, x^8, x^16: 0 or 1."""
    total = 0
    for _ in range(5):
        total ^= x
        x = _times(x, x)
    return total
