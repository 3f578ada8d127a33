"""Late interaction on static token vectors: every token of a question finds its nearest token in a passage.

MaxSim of ColBERT (Khattab, Zaharia 2020) without its transformer: score(q, d) = Σ_i w_i · max_j cos(q_i, d_j), where
the weight w_i of a token is the length of its vector (frequent tokens are short), normalised to Σ w_i = 1. It sees
that 公厕 is near 卫生间 where BM25 sees nothing, and keeps rare words apart where one mean vector blurs them.

The tokens of every passage are stored by segment (its context, then each sentence) as small integers, so that a
question needs no tokenizer run over passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tjqa.encoder import TokenEncoder

ARRAYS = ("tokens", "segments", "passages")

# A word of the question met in a passage's title supports a sentence, less than the same word in the sentence.
_CONTEXT_SHARE = 0.7

# Below this cosine two words of the model have no more in common than any two words of a report.
_NEAR = 0.45


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """Tokens of all passages. `segments[s]` is where segment s begins in `tokens`, `passages[p]` the first segment of
    passage p; both end with a sentinel. A passage's first segment is its context, the others its sentences."""

    tokens: NDArray[np.uint32]
    segments: NDArray[np.int64]
    passages: NDArray[np.int64]


NONE = TokenIndex(np.zeros(0, np.uint32), np.zeros(1, np.int64), np.zeros(1, np.int64))
"""For a model without token vectors."""


@dataclass(frozen=True, slots=True)
class SoftMatch:
    """How near the question's tokens come to one passage, weights applied: the whole with context, each sentence;
    `lost` is the weight of the tokens that nothing in the passage comes near."""

    whole: float
    lost: float
    sentences: NDArray[np.float32]


def build_tokens(
    documents: Iterable[Sequence[str]],
    encoder: TokenEncoder,
    old: TokenIndex = NONE,
    origin: Sequence[int] | NDArray[np.int64] | None = None,
) -> TokenIndex:
    """Index documents, each a list of segment texts (context first).

    With `origin` (the row in `old` of each row, -1 for a new document) only the new documents are given.
    """
    tokens: list[NDArray[np.uint32]] = []
    sizes: list[NDArray[np.int64]] = []
    coming = iter(documents)
    for row in repeat(-1) if origin is None else origin:
        if row >= 0:
            bounds = old.segments[old.passages[row] : old.passages[row + 1] + 1]
            tokens.append(old.tokens[bounds[0] : bounds[-1]])
            sizes.append(np.diff(bounds))
            continue
        if (segments := next(coming, None)) is None:
            break
        ids = encoder.token_ids(segments)
        tokens += ids
        sizes.append(np.array([len(i) for i in ids], dtype=np.int64))
    flat = np.concatenate(tokens) if tokens else np.zeros(0, np.uint32)
    lengths = np.concatenate(sizes) if sizes else np.zeros(0, np.int64)
    return TokenIndex(flat.astype(np.uint32), _starts(lengths), _starts([len(s) for s in sizes]))


def soft_matches(index: TokenIndex, encoder: TokenEncoder, question: str, rows: Sequence[int]) -> list[SoftMatch]:
    """The match of `question` (folded) with each of the passages `rows`."""
    query, weights = _unit(encoder.token_rows(encoder.token_ids([question])[0]))
    if not weights.sum():
        return [SoftMatch(0.0, 1.0, np.zeros(_sentences(index, row), np.float32)) for row in rows]
    weights = weights / weights.sum()
    bounds = [(index.passages[row], index.passages[row + 1]) for row in rows]
    ids = np.concatenate([index.tokens[index.segments[a] : index.segments[b]] for a, b in bounds])
    used, places = np.unique(ids, return_inverse=True)
    vectors, _ = _unit(encoder.token_rows(used))
    near = (query @ vectors.T)[:, places]  # (question tokens, tokens of all rows)
    found, at = [], 0
    for a, b in bounds:
        lengths = np.diff(index.segments[a : b + 1])
        found.append(_match(near[:, at : at + int(lengths.sum())], lengths, weights))
        at += int(lengths.sum())
    return found


def _match(near: NDArray[np.float32], lengths: NDArray[np.int64], weights: NDArray[np.float32]) -> SoftMatch:
    best = np.zeros((len(weights), len(lengths)), dtype=np.float32)
    filled = lengths > 0  # reduceat gives nonsense for an empty segment
    if filled.any():
        best[:, filled] = np.maximum.reduceat(near, _starts(lengths[filled])[:-1], axis=1)
    np.maximum(best, 0, out=best)
    context, inside = best[:, :1], best[:, 1:]
    whole = best.max(axis=1)
    lost = float(weights[whole < _NEAR].sum())
    return SoftMatch(float(weights @ whole), lost, weights @ np.maximum(inside, _CONTEXT_SHARE * context))


def _unit(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    lengths = np.linalg.norm(vectors, axis=1)
    return vectors / np.maximum(lengths, 1e-9)[:, None], lengths


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _sentences(index: TokenIndex, row: int) -> int:
    return int(index.passages[row + 1] - index.passages[row]) - 1
