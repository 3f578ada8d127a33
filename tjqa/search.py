"""Question → ranked passages: BM25 and vectors find candidates, cheap features of each candidate rank them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tjqa.encoder import Encoder, TokenEncoder, encode_meaning
from tjqa.filters import Filter
from tjqa.late import QueryTokens, SoftMatch, query_tokens
from tjqa.late import soft_matches as match_tokens
from tjqa.lexical import K1
from tjqa.matching import Matcher
from tjqa.parts import context
from tjqa.prepared import prepare
from tjqa.question import Question, parse
from tjqa.ranking import probability, score, weights
from tjqa.records import Hit, Passage
from tjqa.retrieving import Legs, Store, Wanted
from tjqa.text import squeeze
from tjqa.typos import corrected

# Candidates of each leg.
CANDIDATES = 40

# Of them those are looked at closely that both legs together find best; looking is most of the cost of a question.
# With fifteen of each leg as many were looked at, and 2.2 % of the articles that answer a news question were missed;
# so 1.2 % are.
LOOKED_AT = 24
_WORDS_COUNT = 1.5  # what the share of words counts beside a cosine; 1 to 2 are as good

# A question in another language has only the vectors to find its candidates by, and they order them worse.
LATIN_CANDIDATES = 60


def understand(store: Store, text: str) -> Question:
    """The question taken apart, slips of the input method put right where the library tells what was meant; then its
    `text` is not that of the caller. What stands in "" is meant as it is written."""
    question = parse(text)
    if question.exact:
        return question
    fixed = corrected(question.content, store.holds)
    if fixed == question.content:
        return question
    characters = zip(question.folded, question.content, fixed, strict=True)
    return parse("".join(now if now != before else written for written, before, now in characters))


def retrieve(store: Store, encoder: Encoder, question: Question, filters: Sequence[Filter] = ()) -> Legs:
    """The candidates: best rows of BM25 and of the vectors, each scored by both, all among those that pass `filters`.

    Lexical scores are divided by their upper bound for this question, so that 1 means every term, saturated;
    dense scores are cosines.
    """
    query = encode_meaning(encoder, [question.subject], across=question.is_latin)[0]
    by_vectors = LATIN_CANDIDATES if question.is_latin else CANDIDATES
    legs = store.retrieve(encoder, Wanted(question.terms, query, CANDIDATES, by_vectors, filters))
    ceiling = float(store.term_idf(question.terms).sum()) * (K1 + 1)
    lexical = legs.lexical / np.float32(max(ceiling, 1e-9))
    if question.is_latin:
        return replace(legs, lexical=lexical)
    best = np.sort(np.argsort(-(_WORDS_COUNT * lexical + legs.dense), kind="stable")[:LOOKED_AT])
    return Legs(legs.rows[best], lexical[best], legs.dense[best])


def rank(store: Store, encoder: Encoder, matcher: Matcher, k: int, filters: Sequence[Filter] = ()) -> list[Hit]:
    """The `k` best passages, best first, with their features; scores lie in 0..1. With `filters`
    (a truth value per passage) no other passage is looked at."""
    question = matcher.question
    table = table_for(question, encoder)
    hits = []
    for hit in candidates(store, encoder, matcher, filters):
        wording = squeeze(prepare(hit.passage.text).folded)
        if all(phrase in wording for phrase in question.exact):
            hit.parts["verbatim"] = float(question.bare in wording)
            hits.append(replace(hit, score=probability(score(table, hit.parts))))
    # Who pastes a sentence wants that sentence: wording beats every other evidence.
    hits.sort(key=lambda hit: (-hit.parts["verbatim"], -hit.score, hit.row))
    return hits[:k]


def explained(hit: Hit, matcher: Matcher, table: str) -> Hit:
    """The hit with what each feature added to its log odds by the weights of `table`, largest first, and the words it
    holds."""
    parts = {"bias": 1.0, **hit.parts}
    shares = sorted(((n, w * parts[n]) for n, w in weights(table).items() if n in parts), key=lambda s: -abs(s[1]))
    return replace(hit, shares=tuple(shares), matched=matcher.words(hit.passage.text, context(hit.passage)))


def matcher_for(store: Store, question: Question) -> Matcher:
    """A matcher that weighs the question's terms by their idf in this library."""
    return Matcher(question, store.term_idf(question.terms))


def candidates(store: Store, encoder: Encoder, matcher: Matcher, filters: Sequence[Filter] = ()) -> list[Hit]:
    """Every candidate with its ranking features, not yet scored, in row order."""
    question = matcher.question
    legs = retrieve(store, encoder, question, filters)
    found: list[Hit] = []
    articles: dict[tuple[str, str], NDArray[np.bool_]] = {}
    best_lexical: dict[tuple[str, str], float] = defaultdict(float)
    rows = legs.rows.tolist()
    passages = store.fetch(rows)
    query, soft = soft_matches(store, encoder, question, rows, passages)
    shares = token_shares(matcher, query)
    scores = zip(legs.lexical.tolist(), legs.dense.tolist(), soft, strict=True)
    for row, passage, (lexical, dense, near) in zip(rows, passages, scores, strict=True):
        features, matched = matcher.passage_features(passage.text, context(passage))
        features |= {"soft": near.whole, "soft_window": near.window, "soft_focus": near.focus}
        body = passage.role in ("body", "heading")
        features |= {"lexical": lexical, "dense": dense, "body": float(body)}
        features["byline"] = float(question.asks_byline and not body)
        support = matcher.support(passage.text, context(passage), shares @ near.tokens)
        features["support"] = float(matcher.word_weights @ support)
        found.append(
            Hit(row, passage, 0.0, features, near=tuple(near.sentences.tolist()), support=tuple(support.tolist()))
        )
        article = passage.path, passage.title
        articles[article] = matched | articles.get(article, False)
        best_lexical[article] = max(best_lexical[article], lexical)
    for hit in found:  # an article that speaks of the whole question lends weight to its parts
        article = hit.passage.path, hit.passage.title
        hit.parts["article"] = matcher.share(articles[article])
        hit.parts["article_lexical"] = best_lexical[article]
    return found


def table_for(question: Question, encoder: Encoder) -> str:
    """The weights to rank by: questions in Latin script have their own, in which vectors and late interaction bridge
    languages; those for a model without token vectors do without late interaction."""
    if not isinstance(encoder, TokenEncoder):
        return "passage_plain"
    return "passage_latin" if question.is_latin else "passage"


def soft_matches(
    store: Store, encoder: Encoder, question: Question, rows: Sequence[int], passages: Sequence[Passage]
) -> tuple[QueryTokens, list[SoftMatch]]:
    """The question's tokens and their late interaction with each passage; nothing when the model has no tokens."""
    tokens = store.tokens(rows, encoder)
    if tokens is None or not isinstance(encoder, TokenEncoder):
        none = np.zeros(0, np.float32)
        return QueryTokens([], none[:, None], none, none), [SoftMatch(0.0, 0.0, 0.0, none, none)] * len(rows)
    query = query_tokens(encoder, question.subject, question.asked_at, question.is_latin)
    return query, match_tokens(tokens, encoder, query, [prepare(p.text).clauses for p in passages])


def token_shares(matcher: Matcher, query: QueryTokens) -> NDArray[np.float32]:
    """The share of each token in each word of the question, (words, tokens); rows sum to 1, or to 0 without tokens."""
    shares = np.zeros((len(matcher.word_spans), len(query.places)), dtype=np.float32)
    for i, span in enumerate(matcher.word_spans):
        inside = [span.start <= start and end <= span.end for start, end in query.places]
        shares[i, inside] = query.weights[inside]
    return np.asarray(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9))
