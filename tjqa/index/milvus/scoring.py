"""BM25 as inner products: what Milvus stores of a passage, what it is asked with, and the exact score of a candidate.

A passage's sparse vector holds for each term key the weight tf·(k1+1)/(tf + k1·(1-b+b·|d|/m)) with a mean length m that
is fixed when the library is made; a question's holds the idf of its terms. The mean and the idf of today are not in
what is stored, so nothing has to be written again when the library grows: weights give back tf, and the few candidates
are scored with the numbers of today, as `tjqa.index.bm25` would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.index import parameters
from tjqa.index.postings import Postings, posting_keys

Sparse = Mapping[int, float]

# Milvus takes indices below this one; the one term in four billion that has it shares its neighbour's.
_LAST = 2**32 - 2

# A passage without any term still needs a vector that is not empty.
_EMPTY = {_LAST: 1e-6}


def norm(length: int, mean: float) -> float:
    """What a term's frequency is weighed against: k1·(1-b+b·length/mean)."""
    k1, b = parameters.K1, parameters.B
    return k1 * (1 - b) + k1 * b * length / max(mean, 1e-9)


def sparse_vectors(postings: Postings, mean: float) -> list[dict[int, float]]:
    """The sparse vector of each row."""
    order = np.argsort(postings.rows, kind="stable")
    keys = np.minimum(postings.keys[order], _LAST)
    counts, rows = postings.counts[order].astype(np.float64), postings.rows[order]
    k1, b = parameters.K1, parameters.B
    against = k1 * (1 - b) + k1 * b / max(mean, 1e-9) * postings.lengths.astype(np.float64)
    weights = counts * (k1 + 1) / (counts + against[rows])
    ends = np.searchsorted(rows, np.arange(len(postings.lengths) + 1))
    return [
        dict(zip(keys[start:end].tolist(), weights[start:end].tolist(), strict=True)) or dict(_EMPTY)
        for start, end in pairwise(ends.tolist())
    ]


def key_weights(terms: Sequence[str], idf: NDArray[np.float32]) -> dict[int, float]:
    """What a question weighs each key with: the sum of the idf of its terms that stand there; a repeated term counts
    once."""
    weights: Counter[int] = Counter()
    for term, value in dict(zip(terms, idf.tolist(), strict=True)).items():
        for key in posting_keys(term):
            weights[min(key, _LAST)] += value
    return dict(weights)


def exact_score(weights: Mapping[int, float], sparse: Sparse, length: int, stored: float, mean: float) -> float:
    """The BM25 score of a passage of `length` terms with the `mean` length of today; its weights were made with the
    mean `stored`."""
    then, now = norm(length, stored), norm(length, mean)
    score = 0.0
    highest = parameters.K1 + 1  # what a term counts that fills its passage
    for key, idf in weights.items():
        if (weight := sparse.get(key, 0.0)) > 0:
            tf = round(weight * then / (highest - weight)) if weight < highest else 255
            score += idf * tf * highest / (tf + now)
    return score


def term_keys(sparse: Sparse) -> NDArray[np.uint32]:
    """The keys of the terms a passage holds."""
    return np.fromiter((key for key in sparse if key != _LAST), dtype=np.uint32)
