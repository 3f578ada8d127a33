"""Starting vectors: lexical (random directions shared between a word and its characters), weighted by rarity."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Matrix = NDArray[np.float32]
_LETTERS = re.compile("[a-z]+")
_ENDING = re.compile("(?<=[a-z]{3})(ies|y|ings?|ers?|ed|es|s|ly|e)$")
_HEAVIEST = 50.0  # no token counts more than this in finding principal directions
SIF = 1e-4  # a / (a + p): how fast frequent tokens lose weight (smooth inverse frequency)


def rarity(counts: NDArray[np.int64], constant: float = SIF) -> NDArray[np.float32]:
    """Weight of each token: near 1 for rare ones, near 0 for the most frequent."""
    share = counts / max(1, counts.sum())
    return np.asarray(constant / (constant + share), dtype=np.float32)


def unit(rows: Matrix) -> Matrix:
    """Rows of length 1."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def lexical(tokenizer: Tokenizer, weights: Matrix, dimension: int, seed: int, share: float = 0.4) -> Matrix:
    """Unit rows: random, but a word has `share` of its direction from its characters, a Latin word from its stem.

    So 图书 and 图书馆 start out similar, like player and players, and an unknown word, cut into characters, is near
    its longer forms.
    """
    generator = np.random.default_rng(seed)
    vocabulary = tokenizer.get_vocab()
    stems = {t: stem(t) for t in sorted(vocabulary) if _LETTERS.fullmatch(t)}
    numbers = {s: len(vocabulary) + i for i, s in enumerate(sorted(set(stems.values())))}
    rows = unit(generator.standard_normal((len(vocabulary) + len(numbers), dimension), dtype=np.float32))
    mixed = rows[: len(vocabulary)].copy()
    for token, row in vocabulary.items():
        characters = [vocabulary[c] for c in token if c in vocabulary]
        if token in stems:
            together = rows[numbers[stems[token]]]
        elif len(token) > 1 and not token.startswith("[") and characters:
            together = weights[characters] @ rows[characters]
        else:
            continue
        mixed[row] = (1 - share) ** 0.5 * rows[row] + share**0.5 * together / np.linalg.norm(together)
    return unit(mixed)


def stem(word: str) -> str:
    """An English word without its ending; crude, and good enough for a start that training corrects."""
    return _ENDING.sub("", word)


def blend(lexical_rows: Matrix, context_rows: Matrix, share: float, seed: int) -> Matrix:
    """Unit rows with `share` of their direction from `context_rows`, turned into the same space; lexical where it is 0.

    `context_rows` may have fewer values; beyond as many as the lexical ones they are dropped.
    """
    width = min(lexical_rows.shape[1], context_rows.shape[1])
    generator = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(generator.standard_normal((lexical_rows.shape[1], width)))
    turned = unit((context_rows[:, :width] @ turn.T).astype(np.float32))
    known = np.linalg.norm(context_rows[:, :width], axis=1) > 0
    mixed = unit((1 - share) ** 0.5 * lexical_rows + share**0.5 * turned)
    return np.where(known[:, None], mixed, lexical_rows)


def principal(rows: Matrix, counts: NDArray[np.int64], width: int) -> Matrix:
    """The rows on the `width` directions in which those of frequent tokens differ most; sums keep their angles best."""
    weighted = rows * np.minimum(np.sqrt(counts), _HEAVIEST)[:, None]
    _, directions = np.linalg.eigh(weighted.T @ weighted)  # least first
    return np.asarray(rows @ directions[:, ::-1][:, :width], dtype=np.float32)


def company(rows: Matrix, context_rows: Matrix, share: float, width: int) -> Matrix:
    """Values to put beside `rows`: `width` of the context, so long that they are `share` of the squared length."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray((share / (1 - share)) ** 0.5 * lengths * unit(context_rows[:, :width]), dtype=np.float32)
