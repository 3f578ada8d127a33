"""Vectors from what a token stands beside: positive pointwise mutual information and its singular vectors.

Words used alike get similar vectors, whether they share a character or not (Levy, Goldberg 2014). Training pairs
teach mostly that equal words match; these vectors are where it starts to know that other words match too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

from embeddings.training.contrastive import Bags
from embeddings.training.vectors import unit

_WINDOW = 5  # tokens to each side, the nearer ones counted more
_TEXTS = 170_000  # texts counted; more change little
_RANK = 256  # singular vectors; beyond come rare topics
_FREQUENT = 1e-4  # tokens with a larger share are counted less often, as in word2vec
_SMOOTHING = 0.75  # power of the context counts: keeps rare contexts from seeming too telling
_LEAST_COUNT = 1.5  # weighted; what stands together once does so by chance


def cooccurrence(texts: Bags, rows: NDArray[np.int64], entries: int, seed: int) -> NDArray[np.float32]:
    """(entries, k) unit rows, zeros for tokens that stand beside nothing often; `rows` are the texts to choose from."""
    generator = np.random.default_rng(seed)
    chosen = np.sort(generator.permutation(rows)[:_TEXTS])
    tokens = [texts.text(row) for row in chosen.tolist()]
    ids = np.concatenate(tokens).astype(np.int64)
    text = np.repeat(np.arange(len(tokens)), [len(t) for t in tokens])
    share = np.bincount(ids, minlength=entries) / max(1, len(ids))
    kept = generator.random(len(ids)) < np.sqrt(_FREQUENT / np.maximum(share[ids], 1e-12))
    information = _information(_counted(ids[kept], text[kept], entries))
    rank = min(_RANK, entries - 1)
    left, values, _ = randomized_svd(information, rank, n_iter=2, random_state=seed)
    return unit((left * values**0.5).astype(np.float32))


def _counted(ids: NDArray[np.int64], text: NDArray[np.int64], entries: int) -> coo_matrix:
    """How often every two tokens stand within the window of each other, near ones weighted more."""
    total = csr_matrix((entries, entries), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        together = text[:-distance] == text[distance:]
        one, other = ids[:-distance][together], ids[distance:][together]
        pairs, times = np.unique(np.minimum(one, other) * entries + np.maximum(one, other), return_counts=True)
        weight = times.astype(np.float32) * ((_WINDOW + 1 - distance) / _WINDOW)
        total = total + csr_matrix((weight, (pairs // entries, pairs % entries)), shape=(entries, entries))
    return (total + total.T).tocoo()


def _information(counts: coo_matrix) -> csr_matrix:
    """Positive pointwise mutual information of what was counted often enough."""
    of_token = np.asarray(counts.sum(axis=1)).ravel()
    context = of_token**_SMOOTHING
    expected = of_token[counts.row] * (context / max(float(context.sum()), 1e-12))[counts.col]
    value = np.log(np.maximum(counts.data, 1e-12) / np.maximum(expected, 1e-12))
    kept = (value > 0) & (counts.data >= _LEAST_COUNT)
    return csr_matrix((value[kept].astype(np.float32), (counts.row[kept], counts.col[kept])), shape=counts.shape)
