"""Features of a question's candidates for ranking, all candidates at once.

All are shares, 0..1, or cosines, so that they mean the same for short and long questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Passage, context
from tjqa.index.base import Candidates
from tjqa.retrieval.late_interaction import MaxSim, QueryTokens
from tjqa.retrieval.matching import Matcher, longest_common_run
from tjqa.text.analyzed import AnalyzedText, analyze_all
from tjqa.text.normalize import squeeze

# What a term met in a passage's title, section or date counts for each of its sentences.
_CONTEXT_SHARE = 0.5


def candidate_features(
    matcher: Matcher, passages: Sequence[Passage], legs: Candidates, query: QueryTokens, soft: MaxSim
) -> tuple[Mapping[str, NDArray[np.float32]], NDArray[np.float32]]:
    """Every feature of the passages found by `legs`, each of shape (passages,), and how far each supports each word of
    the question, shape (passages, words)."""
    prepared = analyze_all([passage.text for passage in passages])
    around = analyze_all([context(passage) for passage in passages])
    features, matched = text_features(matcher, prepared, around)
    support = matcher.support([f"{p.folded}\n{c.folded}" for p, c in zip(prepared, around, strict=True)])
    support = np.maximum(support, (_token_shares(matcher, query) @ soft.nearest).T)
    body = np.array([passage.role in ("body", "heading") for passage in passages])
    found = {
        **features,
        **_article_features(matcher, passages, matched, legs.lexical),
        "verbatim": np.array([matcher.question.bare in squeeze(p.folded) for p in prepared]),
        "soft": soft.whole,
        "soft_window": soft.windows,
        "soft_focus": soft.focus,
        "support": support @ matcher.word_weights,
        "lexical": legs.lexical,
        "dense": legs.dense,
        "body": body,
        "byline": ~body & matcher.question.asks_byline,
    }
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}, support


def text_features(
    matcher: Matcher, texts: Sequence[AnalyzedText], contexts: Sequence[AnalyzedText]
) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.bool_]]:
    """The features told by the wording of passages and their contexts, and which terms either holds, shape
    (passages, terms)."""
    found, around = matcher.find_all(texts), matcher.find_all(contexts)
    in_context = np.array([one.held for one in around])
    matched = np.array([one.held for one in found]) | in_context
    rows = np.concatenate([one.rows for one in found])
    starts = list(accumulate((len(one.rows) for one in found), initial=0))
    owners = np.repeat(np.arange(len(found)), np.diff(starts))
    shares = rows @ matcher.weights + _CONTEXT_SHARE * ((~rows & in_context[owners]) @ matcher.weights)
    best = [int(shares[start:end].argmax()) for start, end in pairwise(starts)]
    best_rows = np.array(best) + starts[:-1]
    pairs = (rows[1:] | rows[:-1]) @ matcher.weights * (owners[1:] == owners[:-1])
    asked, length = matcher.question.folded, max(len(matcher.question.folded), 1)
    return {
        "coverage": matched @ matcher.weights,
        "sentence": shares[best_rows],
        "sentences": np.maximum(shares[best_rows], np.maximum.reduceat(np.append(pairs, 0), starts[:-1])),
        "context": in_context @ matcher.weights,
        "year_missed": matcher.missed(matcher.years, matched),
        "place_missed": matcher.missed(matcher.places, matched),
        "rare": matched @ matcher.rare,
        "rare_sentence": rows[best_rows] @ matcher.rare,
        "kind": np.array(
            [
                matcher.answers_kind(t.folded, t.spans[at], matcher.figures_of(t)[at])
                for t, at in zip(texts, best, strict=True)
            ]
        ),
        "phrase": np.array([longest_common_run(asked, text.folded) / length for text in texts]),
    }, matched


def _article_features(
    matcher: Matcher, passages: Sequence[Passage], matched: NDArray[np.bool_], lexical: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    """An article that speaks of the whole question lends weight to its parts."""
    numbers: dict[tuple[str, str], int] = {}
    article = [numbers.setdefault((passage.path, passage.title), len(numbers)) for passage in passages]
    together = np.zeros((len(numbers), matched.shape[1]), dtype=bool)
    np.logical_or.at(together, article, matched)
    best = np.zeros(len(numbers), dtype=np.float32)
    np.maximum.at(best, article, lexical)
    return {"article": (together @ matcher.weights)[article], "article_lexical": best[article]}


def _token_shares(matcher: Matcher, query: QueryTokens) -> NDArray[np.float32]:
    """The share of each token in each word of the question, (words, tokens); rows sum to 1, or to 0 without tokens."""
    shares = np.zeros((len(matcher.word_spans), len(query.places)), dtype=np.float32)
    for i, span in enumerate(matcher.word_spans):
        inside = [span.start <= start and end <= span.end for start, end in query.places]
        shares[i, inside] = query.weights[inside]
    return np.asarray(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9))
