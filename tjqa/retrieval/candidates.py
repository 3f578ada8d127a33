"""Question → candidates: best rows of BM25 and of the vectors, the most promising of them with their features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.encoders.loading import encode_meaning
from tjqa.index.base import CandidateQuery, Candidates, Index
from tjqa.index.bm25 import score_bound
from tjqa.index.filters import Filter
from tjqa.retrieval import parameters
from tjqa.retrieval.features import candidate_features
from tjqa.retrieval.hit import Hit, SentenceMatch
from tjqa.retrieval.late_interaction import MaxSim, QueryTokens, max_sim, query_tokens
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.question import Question
from tjqa.retrieval.stages import is_left_out, stage
from tjqa.text.analyzed import AnalyzedText


@dataclass(frozen=True, slots=True)
class Promising:
    """Candidates with their ranking features, not yet scored, in row order: the `first` that answering needs, the
    `others` that were asked for, and the `table` of weights to rank both by."""

    first: list[Hit]
    others: list[Hit]
    table: str


def retrieve(index: Index, encoder: Encoder, question: Question, filters: Sequence[Filter] = ()) -> Candidates:
    """The candidates: best rows of BM25 and of the vectors, each scored by both, all among those that pass `filters`.

    Lexical scores are divided by their upper bound for this question, so that 1 means every term, saturated;
    dense scores are cosines.
    """
    query = encode_meaning(encoder, [question.subject], crosslingual=question.is_latin)[0]
    by_words = parameters.CANDIDATES
    by_vectors = parameters.LATIN_CANDIDATES if question.is_latin else by_words
    by_words, by_vectors = (0 if is_left_out("words") else by_words), (0 if is_left_out("vectors") else by_vectors)
    found = index.retrieve(encoder, CandidateQuery(question.terms, query, by_words, by_vectors, filters, question.text))
    ceiling = score_bound(index.term_idf(question.terms))
    return replace(found, lexical=found.lexical / np.float32(max(ceiling, 1e-9)))


def candidates(
    index: Index, encoder: Encoder, matcher: Matcher, filters: Sequence[Filter] = (), k: int = 0, depth: int = 0
) -> Promising:
    """The most promising candidates, `RERANK_DEPTH` or more if `depth` wants so, and the next ones up to `k`."""
    with stage("candidates"):
        found = retrieve(index, encoder, matcher.question, filters)
    table = table_for(matcher.question, encoder, found.meaning is not None)
    if not len(found.rows):
        return Promising([], [], table)
    with stage("late_interaction"):
        query, soft = _max_sim(index, encoder, matcher.question, found)
    least = max(parameters.RERANK_DEPTH if query.places else parameters.RERANK_DEPTH_WITHOUT_TOKENS, depth)
    order = _most_promising(found, soft, max(least, k))
    first, others = np.sort(order[:least]), np.sort(order[least:])
    near = _looked_at(index, matcher, found.some(first), query, soft.some(first))
    far = _looked_at(index, matcher, found.some(others), query, soft.some(others)) if len(others) else []
    return Promising(near, far, table)


def _looked_at(index: Index, matcher: Matcher, found: Candidates, query: QueryTokens, soft: MaxSim) -> list[Hit]:
    """Candidates with their ranking features, held against each other."""
    with stage("features"):
        passages = index.fetch(found.rows.tolist())
        made = candidate_features(matcher, passages, found, query, soft)
        sentences = _sentence_matches([found.text for found in made.found], soft)
    return [
        Hit(row, passage, 0.0, made.values[i], made.found[i], made.around[i], sentences[i], made.word_support[i])
        for i, (row, passage) in enumerate(zip(found.rows.tolist(), passages, strict=True))
    ]


def _most_promising(found: Candidates, soft: MaxSim, depth: int) -> NDArray[np.int64]:
    """The places of the candidates, at most `depth`, that words, vectors and late interaction together find best, best
    first."""
    promise = parameters.LEXICAL_PROMISE * found.lexical + found.dense + soft.whole + soft.windows
    if found.meaning is not None:
        promise += parameters.MEANING_PROMISE * found.meaning
    return np.argsort(-promise, kind="stable")[:depth]


def _sentence_matches(texts: Sequence[AnalyzedText], soft: MaxSim) -> list[tuple[SentenceMatch, ...]]:
    """The sentences of each text with their late interaction."""
    found = []
    for text, similarities in zip(texts, soft.sentences([text.clause_counts for text in texts]), strict=True):
        near = similarities.tolist() or [0.0] * len(text.spans)  # a model without token vectors tells none
        found.append(tuple(map(SentenceMatch, text.spans, near)))
    return found


def table_for(question: Question, encoder: Encoder, has_meaning: bool = False) -> str:
    """The weights to rank by: questions in Latin script have their own, in which vectors and late interaction bridge
    languages; those for a model without token vectors do without late interaction. With the cosines of the model that
    reads context (of all candidates or none: a missing one is no low one) there are others of each."""
    if not isinstance(encoder, TokenEncoder) or is_left_out("late_interaction"):
        return "passage_plain"
    return ("passage_latin" if question.is_latin else "passage") + ("_meaning" if has_meaning else "")


def _max_sim(index: Index, encoder: Encoder, question: Question, found: Candidates) -> tuple[QueryTokens, MaxSim]:
    """The question's tokens and their late interaction with each candidate; nothing when the model has no tokens."""
    tokens = index.tokens(found.rows.tolist(), encoder)
    if tokens is None or not isinstance(encoder, TokenEncoder) or is_left_out("late_interaction"):
        return QueryTokens.none(), MaxSim.none(len(found.rows))
    query = query_tokens(encoder, question.subject, question.answer_type.asked_at, question.is_latin)
    return query, max_sim(tokens, encoder, query)
