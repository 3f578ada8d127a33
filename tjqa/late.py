"""Late interaction on static token vectors: every token of a question finds its nearest token in a passage.

MaxSim of ColBERT (Khattab, Zaharia 2020) without its transformer: score(q, d) = Σ_i w_i · max_j cos(q_i, d_j), where
the weight w_i of a token is the length of its vector (frequent tokens are short), normalised to Σ w_i = 1. It sees
that 公厕 is near 卫生间 where BM25 sees nothing, and keeps rare words apart where one mean vector blurs them.

A passage of a report speaks of a dozen things, and any question finds something near in it. So the best stretch of a
few neighbouring clauses counts beside the whole. The tokens of every passage are stored by segment (its context, then
each clause) as small integers, so that a question needs no tokenizer run over passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tjqa.question import FOCUS_REACH

if TYPE_CHECKING:
    from tjqa.encoder import TokenEncoder

ARRAYS = ("tokens", "segments", "passages")

# A word of the question met in a passage's title supports a sentence, less than the same word in the sentence.
_CONTEXT_SHARE = 0.7

WINDOW = 3
"""Clauses of a window: what is said of one thing in a report, its name and two or three figures."""


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """Tokens of all passages. `segments[s]` is where segment s begins in `tokens`, `passages[p]` the first segment of
    passage p; both end with a sentinel. A passage's first segment is its context, the others its clauses."""

    tokens: NDArray[np.uint32]
    segments: NDArray[np.int64]
    passages: NDArray[np.int64]


NONE = TokenIndex(np.zeros(0, np.uint32), np.zeros(1, np.int64), np.zeros(1, np.int64))
"""For a model without token vectors."""


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """The tokens of a question: unit vectors (n, d), weights with sum 1, and the same weights by how near a token
    stands to the question word (sum 1, or all 0 without one), and where each stands in the question."""

    places: list[tuple[int, int]]
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    focus: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SoftMatch:
    """How near the question's tokens come to one passage, weights applied: the whole with context, the best window of
    `WINDOW` clauses, what is asked about (`focus`) in the whole, each token and each sentence."""

    whole: float
    window: float
    focus: float
    tokens: NDArray[np.float32]
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


def query_tokens(
    encoder: TokenEncoder, text: str, asked_at: tuple[int, int] | None, is_latin: bool = False
) -> QueryTokens:
    """The tokens of a question: `text` is folded, its question words blanked out; one stands at `asked_at`."""
    rows = encoder.token_rows(encoder.token_ids([text])[0])
    lengths = np.linalg.norm(rows, axis=1)
    if is_latin:  # what a Latin word stands beside is Latin; only the trained values meet Chinese words
        rows[:, encoder.head :] = 0
    vectors, _ = _unit(rows)
    focus = np.zeros_like(lengths)
    places = encoder.token_places(text)
    if asked_at is not None and places:
        gaps = [max(asked_at[0] - end, start - asked_at[1], 0) for start, end in places]
        focus = lengths * np.exp2(-np.array(gaps, dtype=np.float32) / FOCUS_REACH)
    return QueryTokens(places, vectors, _shares(lengths), _shares(focus))


def _shares(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(weights / max(float(weights.sum()), 1e-9))


def soft_matches(
    index: TokenIndex, encoder: TokenEncoder, query: QueryTokens, rows: Sequence[int], counts: Sequence[Sequence[int]]
) -> list[SoftMatch]:
    """The match of a question with each of the passages `rows`; `counts` are the clauses of each of their sentences."""
    if not query.weights.sum():
        none = np.zeros(len(query.weights), np.float32)
        return [SoftMatch(0.0, 0.0, 0.0, none, np.zeros(len(c), np.float32)) for c in counts]
    bounds = [(index.passages[row], index.passages[row + 1]) for row in rows]
    ids = np.concatenate([index.tokens[index.segments[a] : index.segments[b]] for a, b in bounds])
    used, places = np.unique(ids, return_inverse=True)
    vectors, _ = _unit(encoder.token_rows(used))
    near = (query.vectors @ vectors.T)[:, places]  # (question tokens, tokens of all rows)
    found, at = [], 0
    for (a, b), clauses in zip(bounds, counts, strict=True):
        lengths = np.diff(index.segments[a : b + 1])
        found.append(_match(near[:, at : at + int(lengths.sum())], lengths, query, clauses))
        at += int(lengths.sum())
    return found


def _match(
    near: NDArray[np.float32], lengths: NDArray[np.int64], query: QueryTokens, clauses: Sequence[int]
) -> SoftMatch:
    best = np.zeros((len(query.weights), len(lengths)), dtype=np.float32)
    filled = lengths > 0  # reduceat gives nonsense for an empty segment
    if filled.any():
        best[:, filled] = np.maximum.reduceat(near, _starts(lengths[filled])[:-1], axis=1)
    np.maximum(best, 0, out=best)
    whole = best.max(axis=1)
    # A word met in the title supports every clause, less than the same word in the clause.
    inside = np.maximum(best[:, 1:], _CONTEXT_SHARE * best[:, :1])
    sentences = np.maximum.reduceat(inside, _starts(clauses)[:-1], axis=1)
    return SoftMatch(
        whole=float(query.weights @ whole),
        window=float((query.weights @ _windows(inside)).max()),
        focus=float(query.focus @ whole),
        tokens=whole,
        sentences=query.weights @ sentences,
    )


def _windows(inside: NDArray[np.float32]) -> NDArray[np.float32]:
    """The best of each stretch of up to `WINDOW` neighbouring clauses, (tokens, clauses)."""
    best = inside.copy()
    for step in range(1, WINDOW):
        best[:, :-step] = np.maximum(best[:, :-step], inside[:, step:])
    return best


def _unit(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    lengths = np.linalg.norm(vectors, axis=1)
    return vectors / np.maximum(lengths, 1e-9)[:, None], lengths


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
