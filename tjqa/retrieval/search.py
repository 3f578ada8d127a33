"""Question → ranked passages: BM25 and vectors find candidates, cheap features of the most promising rank them.

`retrieve_and_rank` is the whole way, the one that answers and that the weights are fitted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tjqa.documents import context
from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.encoders.loading import encode_meaning
from tjqa.index.base import CandidateQuery, Candidates, Index
from tjqa.index.bm25 import score_bound
from tjqa.index.filters import Filter
from tjqa.results import Hit
from tjqa.retrieval.features import candidate_features
from tjqa.retrieval.late_interaction import MaxSim, QueryTokens, max_sim, query_tokens
from tjqa.retrieval.linear_model import probability, score, weights
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.near_duplicates import Group, grouped
from tjqa.retrieval.query_syntax import exact_filters
from tjqa.retrieval.question import Question, parse
from tjqa.retrieval.spelling import corrected
from tjqa.text.analyzed import analyze_all
from tjqa.text.normalize import squeeze
from tjqa.text.segmenter import Segmenter

# Candidates of each leg.
CANDIDATES = 40

RERANK_DEPTH = 16
"""Of them so many are looked at closely, which is most of the cost of a question: those that words, vectors and late
interaction together find best (a cascade: Wang, Lin, Metzler 2011). Of 1,500 questions about 10,600 passages 0.13 %
lose their answer here, of 1,500 about 2,600 passages 0.13 %, of 336 about news 1.8 %; without late interaction 24 had
to be looked at, and 0.20 %, 0.40 % and 1.8 % were lost."""

WITHOUT_TOKENS = 24
"""The same of a model without token vectors, which has no late interaction."""

_WORDS_COUNT = 2  # what the share of words counts beside the others; 1 to 2 are as good

# A question in another language has only the vectors to find its candidates by, and they order them worse.
LATIN_CANDIDATES = 60

CONTRAST_HITS = 10
"""Different hits that the best one is held against, however many are shown."""

SPARE = 6
"""Hits looked at beyond those shown: copies of a shown one give their place to others."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a question finds in a library, best first.

    `question` is taken apart with its slips put right, `matcher` weighs its terms, `filters` are those asked with and
    the question's exact words, `table` names the weights ranked by. `groups` are the different ones among `hits`, each
    with its copies in other files.
    """

    question: Question
    matcher: Matcher
    filters: tuple[Filter, ...]
    table: str
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]

    @property
    def contrast(self) -> list[Hit]:
        """The best different hits, which the decision to answer holds against each other: at most CONTRAST_HITS."""
        return [group.hit for group in self.groups[:CONTRAST_HITS]]


def retrieve_and_rank(
    index: Index,
    encoder: Encoder,
    segmenter: Segmenter,
    text: str,
    filters: Sequence[Filter] = (),
    k: int = CONTRAST_HITS,
    depth: int = 0,
) -> Ranked:
    """The whole way from a question to ranked passages, of which at least the `k` best different ones are kept.

    `depth` is how many candidates are looked at closely and kept, where that should be more than answering needs.
    """
    question = understand(index, text, segmenter)
    matcher = matcher_for(index, question, segmenter)
    wanted = (*filters, *exact_filters(question.text))
    different = max(k, CONTRAST_HITS)
    hits = rank(index, encoder, matcher, max(different + SPARE, depth), wanted)
    return Ranked(question, matcher, wanted, table_for(question, encoder), tuple(hits), tuple(grouped(hits, different)))


def understand(store: Index, text: str, segmenter: Segmenter) -> Question:
    """The question taken apart, slips of the input method put right where the library tells what was meant; then its
    `text` is not that of the caller. What stands in "" is meant as it is written."""
    question = parse(text, segmenter)
    if question.exact:
        return question
    fixed = corrected(question.content, store.holds, segmenter)
    if fixed == question.content:
        return question
    characters = zip(question.folded, question.content, fixed, strict=True)
    return parse("".join(now if now != before else written for written, before, now in characters), segmenter)


def retrieve(store: Index, encoder: Encoder, question: Question, filters: Sequence[Filter] = ()) -> Candidates:
    """The candidates: best rows of BM25 and of the vectors, each scored by both, all among those that pass `filters`.

    Lexical scores are divided by their upper bound for this question, so that 1 means every term, saturated;
    dense scores are cosines.
    """
    query = encode_meaning(encoder, [question.subject], crosslingual=question.is_latin)[0]
    by_vectors = LATIN_CANDIDATES if question.is_latin else CANDIDATES
    legs = store.retrieve(encoder, CandidateQuery(question.terms, query, CANDIDATES, by_vectors, filters))
    ceiling = score_bound(store.term_idf(question.terms))
    return replace(legs, lexical=legs.lexical / np.float32(max(ceiling, 1e-9)))


def rank(store: Index, encoder: Encoder, matcher: Matcher, k: int, filters: Sequence[Filter] = ()) -> list[Hit]:
    """The `k` best passages, best first, with their features; scores lie in 0..1. No passage is looked
    at that does not pass `filters`."""
    question = matcher.question
    table = table_for(question, encoder)
    found = candidates(store, encoder, matcher, filters, k)
    if question.exact:
        wordings = [squeeze(text.folded) for text in analyze_all([hit.passage.text for hit in found])]
        found = [hit for hit, text in zip(found, wordings, strict=True) if all(e in text for e in question.exact)]
    hits = [replace(hit, score=probability(score(table, hit.features))) for hit in found]
    # Who pastes a sentence wants that sentence: wording beats every other evidence.
    hits.sort(key=lambda hit: (-hit.features["verbatim"], -hit.score, hit.row))
    return hits[:k]


def explained(hit: Hit, matcher: Matcher, table: str) -> Hit:
    """The hit with what each feature added to its log odds by the weights of `table`, largest first, and the words it
    holds."""
    parts = {"bias": 1.0, **hit.features}
    shares = sorted(((n, w * parts[n]) for n, w in weights(table).items() if n in parts), key=lambda s: -abs(s[1]))
    return replace(hit, shares=tuple(shares), matched=matcher.words(hit.passage.text, context(hit.passage)))


def matcher_for(store: Index, question: Question, segmenter: Segmenter) -> Matcher:
    """A matcher that weighs the question's terms by their idf in this library."""
    return Matcher(question, store.term_idf(question.terms), segmenter)


def candidates(
    store: Index, encoder: Encoder, matcher: Matcher, filters: Sequence[Filter] = (), depth: int = 0
) -> list[Hit]:
    """The most promising candidates, `RERANK_DEPTH` or more if `depth` wants so, with their ranking features, not yet
    scored, in row order."""
    legs = retrieve(store, encoder, matcher.question, filters)
    if not len(legs.rows):
        return []
    query, soft = _max_sim(store, encoder, matcher.question, legs)
    promise = _WORDS_COUNT * legs.lexical + legs.dense + soft.whole + soft.windows
    least = RERANK_DEPTH if query.places else WITHOUT_TOKENS
    chosen = np.sort(np.argsort(-promise, kind="stable")[: max(least, depth)])
    legs, soft = legs.some(chosen), soft.some(chosen)
    passages = store.fetch(legs.rows.tolist())
    features, support = candidate_features(matcher, passages, legs, query, soft)
    table = np.stack([*features.values()], axis=1).tolist()
    parts = [dict(zip(features, values, strict=True)) for values in table]
    sentences = soft.sentences([text.clause_counts for text in analyze_all([passage.text for passage in passages])])
    each = zip(legs.rows.tolist(), passages, parts, sentences, support.tolist(), strict=True)
    return [
        Hit(row, passage, 0.0, of_passage, sentence_similarity=tuple(near.tolist()), word_support=tuple(words))
        for row, passage, of_passage, near, words in each
    ]


def table_for(question: Question, encoder: Encoder) -> str:
    """The weights to rank by: questions in Latin script have their own, in which vectors and late interaction bridge
    languages; those for a model without token vectors do without late interaction."""
    if not isinstance(encoder, TokenEncoder):
        return "passage_plain"
    return "passage_latin" if question.is_latin else "passage"


def _max_sim(store: Index, encoder: Encoder, question: Question, legs: Candidates) -> tuple[QueryTokens, MaxSim]:
    """The question's tokens and their late interaction with each candidate; nothing when the model has no tokens."""
    tokens = store.tokens(legs.rows.tolist(), encoder)
    if tokens is None or not isinstance(encoder, TokenEncoder):
        return QueryTokens.none(), MaxSim.none(len(legs.rows))
    query = query_tokens(encoder, question.subject, question.asked_at, question.is_latin)
    return query, max_sim(tokens, encoder, query)
