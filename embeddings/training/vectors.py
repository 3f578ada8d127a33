"""Starting vectors: lexical (random directions shared between a word and its characters), weighted by rarity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Matrix = NDArray[np.float32]
SIF = 1e-4  # a / (a + p): how fast frequent tokens lose weight (smooth inverse frequency)


def rarity(counts: NDArray[np.int64], constant: float = SIF) -> NDArray[np.float32]:
    """Weight of each token: near 1 for rare ones, near 0 for the most frequent."""
    share = counts / max(1, counts.sum())
    return (constant / (constant + share)).astype(np.float32)


def unit(rows: Matrix) -> Matrix:
    """Rows of length 1."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def lexical(tokenizer: Tokenizer, weights: Matrix, dimension: int, seed: int, share: float = 0.4) -> Matrix:
    """Unit rows: random, words of several characters with `share` of their characters' direction.

    So 图书 and 图书馆 start out similar, and an unknown word, cut into characters, is near its longer forms.
    """
    generator = np.random.default_rng(seed)
    rows = unit(generator.standard_normal((tokenizer.get_vocab_size(), dimension), dtype=np.float32))
    vocabulary = tokenizer.get_vocab()
    mixed = rows.copy()
    for token, row in vocabulary.items():
        parts = [vocabulary[c] for c in token if c in vocabulary]
        if len(token) > 1 and not token.startswith("[") and parts:
            together = weights[parts] @ rows[parts]
            mixed[row] = (1 - share) ** 0.5 * rows[row] + share**0.5 * together / np.linalg.norm(together)
    return unit(mixed)
