"""Late interaction on static token vectors: every token of a question finds its nearest token in a passage.

MaxSim of ColBERT (Khattab, Zaharia 2020) without its transformer: score(q, d) = Σ_i w_i · max_j cos(q_i, d_j), where
the weight w_i of a token is the length of its vector (frequent tokens are short), normalised to Σ w_i = 1. It sees
that 公厕 is near 卫生间 where BM25 sees nothing, and keeps rare words apart where one mean vector blurs them.

A passage of a report speaks of a dozen things, and any question finds something near in it. So the best stretch of a
few neighbouring clauses counts beside the whole. The tokens of every passage are stored by segment (its context, then
each clause) as small integers, so that a question needs no tokenizer run over passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Span
from tjqa.errors import IndexDamaged
from tjqa.index.tokens import TOKEN_BLOCK, Tokens, distinct, starts_of, token_blocks, vector_lengths
from tjqa.retrieval import parameters

if TYPE_CHECKING:
    from tjqa.encoders.base import TokenEncoder


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """The tokens of a question: unit vectors (n, d), weights with sum 1, and the same weights by how near a token
    stands to the question word (sum 1, or all 0 without one), and where each stands in the question."""

    places: list[Span]
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    focus: NDArray[np.float32]

    @classmethod
    def none(cls) -> QueryTokens:
        """Those of a model without token vectors."""
        none = np.zeros(0, np.float32)
        return cls([], none[:, None], none, none)


@dataclass(frozen=True, slots=True)
class MaxSim:
    """How near the question's tokens, of weights (tokens,), come to each of some passages.

    Weights applied and of shape (passages,): the `whole` with context, the best window of a few clauses, what is
    asked about (`focus`) in the whole. For each token: the `nearest` of each passage, shape (tokens, passages), and of
    each clause, shape (tokens, clauses); the clauses of passage p begin at `firsts[p]`, which ends with a sentinel.
    """

    whole: NDArray[np.float32]
    windows: NDArray[np.float32]
    focus: NDArray[np.float32]
    nearest: NDArray[np.float32]
    clauses: NDArray[np.float32]
    firsts: NDArray[np.int64]
    weights: NDArray[np.float32]

    @classmethod
    def none(cls, passages: int) -> MaxSim:
        """Those of a model without token vectors."""
        none = np.zeros((0, passages), np.float32)
        zero = np.zeros(passages, np.float32)
        return cls(zero, zero, zero, none, none[:, :0], np.zeros(passages + 1, np.int64), np.zeros(0, np.float32))

    def some(self, chosen: NDArray[np.int64]) -> MaxSim:
        """Those of some of the passages."""
        clauses = [np.arange(self.firsts[p], self.firsts[p + 1]) for p in chosen.tolist()]
        return MaxSim(
            self.whole[chosen],
            self.windows[chosen],
            self.focus[chosen],
            self.nearest[:, chosen],
            self.clauses[:, np.concatenate(clauses)],
            starts_of([len(of_passage) for of_passage in clauses]),
            self.weights,
        )

    def sentences(self, counts: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """The match of each sentence, shape (sentences,) for every passage; `counts` are the clauses of each sentence.
        Empty arrays for a model without token vectors.

        Raises:
            IndexDamaged: the tokens of a passage were kept for other clauses than it has.
        """
        if not self.clauses.shape[1]:
            return [np.zeros(0, np.float32)] * len(counts)
        sizes = [size for of_passage in counts for size in of_passage]
        if [sum(of_passage) for of_passage in counts] != np.diff(self.firsts).tolist():
            raise IndexDamaged("array_differs", name="token_firsts")
        values = self.weights @ np.maximum.reduceat(self.clauses, starts_of(sizes)[:-1], axis=1)
        return np.split(values, np.cumsum([len(of_passage) for of_passage in counts])[:-1])


def query_tokens(encoder: TokenEncoder, text: str, asked_at: Span | None, is_latin: bool = False) -> QueryTokens:
    """The tokens of a question: `text` is folded, its question words blanked out; one stands at `asked_at`."""
    rows = encoder.token_rows(encoder.token_ids([text])[0])
    lengths = vector_lengths(rows)
    if is_latin:  # what a Latin word stands beside is Latin; only the trained values meet Chinese words
        rows[:, encoder.head :] = 0
    vectors = (rows / np.maximum(vector_lengths(rows), 1e-9)[:, None]).astype(np.float32)
    focus = np.zeros_like(lengths)
    places = encoder.token_places(text)
    if asked_at is not None and places:
        gaps = [asked_at.gap(place) for place in places]
        focus = lengths * np.exp2(-np.array(gaps, dtype=np.float32) / parameters.FOCUS_REACH)
    return QueryTokens(places, vectors, _shares(lengths), _shares(focus))


def _shares(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(weights / max(float(weights.sum()), 1e-9))


def max_sim(tokens: Tokens, encoder: TokenEncoder, query: QueryTokens) -> MaxSim:
    """The match of a question with each passage."""
    used, places = distinct(tokens.ids)
    near = np.zeros((len(query.vectors), len(used)), dtype=np.float32)
    for start, rows in zip(range(0, len(used), TOKEN_BLOCK), token_blocks(encoder, used), strict=True):
        near[:, start : start + TOKEN_BLOCK] = query.vectors @ rows.T / np.maximum(vector_lengths(rows), 1e-9)
    best = _best(near, places, tokens.lengths)
    contexts = tokens.firsts[:-1].astype(np.int64)
    nearest = np.maximum.reduceat(best, contexts, axis=1)
    # A word met in the title supports every clause, less than the same word in the clause.
    numbers = np.diff(tokens.firsts).astype(np.int64) - 1
    owners = np.repeat(np.arange(len(tokens)), numbers)
    clauses = np.maximum(np.delete(best, contexts, axis=1), parameters.CONTEXT_CLAUSE_SHARE * best[:, contexts[owners]])
    firsts = starts_of(numbers)
    windows = np.maximum.reduceat(query.weights @ _windows(clauses, owners), firsts[:-1])
    return MaxSim(query.weights @ nearest, windows, query.focus @ nearest, nearest, clauses, firsts, query.weights)


def _best(
    near: NDArray[np.float32], places: NDArray[np.int64], lengths: NDArray[np.unsignedinteger[Any]]
) -> NDArray[np.float32]:
    """The nearest token of each segment to each of the question's, (tokens, segments), at least 0."""
    best = np.zeros((len(near), len(lengths)), dtype=np.float32)
    filled = lengths > 0  # reduceat gives nonsense for an empty segment
    if filled.any():
        best[:, filled] = np.maximum.reduceat(near[:, places], starts_of(lengths[filled])[:-1], axis=1)
    return np.maximum(best, 0, out=best)


def _windows(inside: NDArray[np.float32], owners: NDArray[np.int64]) -> NDArray[np.float32]:
    """The best of each stretch of up to `parameters.WINDOW` neighbouring clauses of one passage, (tokens, clauses)."""
    best = inside.copy()
    for step in range(1, parameters.WINDOW):
        same = owners[step:] == owners[:-step]
        best[:, :-step] = np.where(same, np.maximum(best[:, :-step], inside[:, step:]), best[:, :-step])
    return best
