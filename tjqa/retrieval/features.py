"""Features of a question's candidates for ranking, all candidates at once.

All are shares, 0..1, or cosines, so that they mean the same for short and long questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Passage, context
from tjqa.index.base import Candidates
from tjqa.retrieval import parameters
from tjqa.retrieval.feature_set import CANDIDATE
from tjqa.retrieval.late_interaction import MaxSim, QueryTokens
from tjqa.retrieval.matching import Matcher, longest_common_run
from tjqa.retrieval.term_positions import TermPositions
from tjqa.text.analyzed import AnalyzedText, analyze_all
from tjqa.text.normalize import fold, squeeze
from tjqa.text.own_time import OwnYear, years_named


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """What ranking sees of some passages.

    `values` are the features, shape (passages, features), in the columns of `feature_set.CANDIDATE`; `found` and
    `around` tell where the question's terms stand in each text and its context; `word_support` is how far each passage
    supports each word of the question, shape (passages, words).
    """

    values: NDArray[np.float32]
    found: list[TermPositions]
    around: list[TermPositions]
    word_support: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """The features told by wording alone, each of shape (passages,), and which terms each passage or its context
    holds, shape (passages, terms)."""

    values: dict[str, NDArray[np.float32]]
    matched: NDArray[np.bool_]


def candidate_features(
    matcher: Matcher, passages: Sequence[Passage], candidates: Candidates, query: QueryTokens, soft: MaxSim
) -> CandidateFeatures:
    """Every feature of the passages found by `candidates`."""
    texts = analyze_all([passage.text for passage in passages])
    asks_year = bool(matcher.years.any())
    contexts = analyze_all([_context(passage, asks_year) for passage in passages])
    found, around = matcher.find_all(texts), matcher.find_all(contexts)
    of_texts = text_features(matcher, found, around)
    in_words = matcher.support([f"{t.folded}\n{c.folded}" for t, c in zip(texts, contexts, strict=True)])
    in_tokens = (_token_shares(matcher, query) @ soft.nearest).T
    word_support = np.maximum(in_words, in_tokens)
    body = np.array([passage.role in ("body", "heading") for passage in passages])
    values = {
        **of_texts.values,
        **_article_features(matcher, passages, of_texts.matched, candidates.lexical),
        "verbatim": np.array([matcher.question.bare in squeeze(text.folded) for text in texts]),
        "soft": soft.whole,
        "soft_window": soft.windows,
        "soft_focus": soft.focus,
        "support": word_support @ matcher.word_weights,
        "lexical": candidates.lexical,
        "dense": candidates.dense,
        "meaning": candidates.meaning if candidates.meaning is not None else np.zeros(len(passages)),
        "body": body,
        "byline": ~body & matcher.question.asks_byline,
    }
    return CandidateFeatures(CANDIDATE.rows(values, len(passages)), found, around, word_support)


def _context(passage: Passage, asks_year: bool) -> str:
    """What stands around a passage, and the years that it means by 去年 and the like, where a year is asked for."""
    around = context(passage)
    if not asks_year:
        return around
    own = OwnYear.of(f"{passage.title} {passage.name}", passage.published)
    meant = sorted(own.years(fold(passage.text)) - years_named(around))
    return " ".join([around, *(f"{year}年" for year in meant)])


def text_features(matcher: Matcher, found: Sequence[TermPositions], around: Sequence[TermPositions]) -> TextFeatures:
    """The features told by the wording of passages: where the question's terms stand in their texts (`found`) and in
    their contexts (`around`)."""
    in_context = np.array([one.held for one in around])
    matched = np.array([one.held for one in found]) | in_context
    rows = np.concatenate([one.rows for one in found])  # every sentence of every passage: (sentences, terms)
    counts = [len(one.rows) for one in found]
    starts = np.array(list(accumulate(counts, initial=0))[:-1])
    owners = np.repeat(np.arange(len(found)), counts)  # the passage of each sentence

    only_in_context = ~rows & in_context[owners]
    shares = rows @ matcher.weights + parameters.CONTEXT_SENTENCE_SHARE * (only_in_context @ matcher.weights)
    bests = [int(shares[start : start + count].argmax()) for start, count in zip(starts, counts, strict=True)]
    best_rows = starts + np.array(bests)

    # What two neighbouring sentences hold together, at the first of them; nothing across the end of a passage.
    of_one_passage = owners[1:] == owners[:-1]
    pair_shares = np.append((rows[1:] | rows[:-1]) @ matcher.weights * of_one_passage, 0)
    best_pairs = np.maximum.reduceat(pair_shares, starts)

    question = matcher.question
    length = max(len(question.folded), 1)
    runs = [longest_common_run(question.folded, one.text.folded) for one in found]
    values = {
        "coverage": matched @ matcher.weights,
        "sentence": shares[best_rows],
        "sentences": np.maximum(shares[best_rows], best_pairs),
        "context": in_context @ matcher.weights,
        "year_missed": matcher.missed(matcher.years, matched),
        "place_missed": matcher.missed(matcher.places, matched),
        "rare": matched @ matcher.rare,
        "rare_sentence": rows[best_rows] @ matcher.rare,
        "kind": np.array([_meets(matcher, one.text, best) for one, best in zip(found, bests, strict=True)]),
        "phrase": np.array([run / length for run in runs]),
    }
    return TextFeatures(values, matched)


def _meets(matcher: Matcher, text: AnalyzedText, sentence: int) -> bool:
    """Whether a sentence holds the kind of thing that the question asks for."""
    wanted = matcher.question.answer_type
    return wanted.is_met(text, text.spans[sentence], wanted.figures_of(text)[sentence])


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
        inside = [span.covers(place) for place in query.places]
        shares[i, inside] = query.weights[inside]
    return np.asarray(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9))
