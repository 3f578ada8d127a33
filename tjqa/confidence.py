"""Whether to answer: how sure we are that the best sentence answers the question, fitted on answerable and
unanswerable questions. Below the fitted threshold tjqa says that it found nothing, and shows the nearest passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tjqa.answers import Sentence, answer_sentences
from tjqa.matching import Matcher
from tjqa.parts import context
from tjqa.question import Question
from tjqa.ranking import log_odds, probability, score, weights
from tjqa.records import NEAREST, Hit
from tjqa.terms import rarity

# Passages that are taken together for a comparison.
COMPARED = 5


def confidence_features(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> dict[str, float]:
    """What speaks for and against an answer; all from the best hit, the best sentence and the runner-up."""
    in_passages = np.zeros(len(matcher.weights), dtype=bool)
    in_sentences = in_passages.copy()
    for sentence in sentences:
        around = matcher.matched(context(hits[sentence.hit].passage))
        in_sentences |= sentence.matched | around
    # Of a comparison, what one passage lacks the others may say.
    shown = range(min(COMPARED, len(hits))) if matcher.question.compares else {s.hit for s in sentences}
    for number in shown:
        passage = hits[number].passage
        in_passages |= matcher.matched(passage.text) | matcher.matched(context(passage))
    top = hits[0].parts
    used = [hits[number].parts for number in shown]
    support = np.max([hits[number].support for number in shown], axis=0)
    counted = matcher.question.kind in ("number", "when")
    return {
        "rank": log_odds(hits[0].score),
        "gap": top["lexical"] - (hits[1].parts["lexical"] if len(hits) > 1 else 0.0),
        "rare": float(matcher.rare @ in_passages),
        "rare_sentence": float(matcher.rare @ in_sentences),
        "soft_window": max(parts["soft_window"] for parts in used),
        # The word that lacks support most, and the support of what is asked about.
        "worst": float((matcher.word_weights * (1 - support)).max(initial=0.0)),
        "word_focus": float(matcher.word_focus @ support),
        "unfocused": float(matcher.question.asked_at is None),
        "place_missed": matcher.missed_places(in_passages),
        "missing_figure": float(np.any(matcher.figure_terms & ~in_passages)),
        # A question for a figure or a date, and a sentence that has none of the kind.
        "unfit": float(counted and not any(sentence.features["kind"] for sentence in sentences)),
        "near": max(sentence.features["near"] for sentence in sentences),
        "uncounted": float(not counted),
    }


def decide(matcher: Matcher, hits: Sequence[Hit]) -> tuple[float, list[Sentence]]:
    """The answering sentences of the hits and the probability (0..1) that they answer the question."""
    if not hits:
        return 0.0, []
    sentences = answer_sentences(matcher, hits)
    if matcher.question.is_latin:  # hardly a word in common to judge by: the calibrated score of the best hit has to do
        return hits[0].score, sentences
    return confidence(confidence_features(matcher, hits, sentences)), sentences


def confidence(features: dict[str, float]) -> float:
    """Probability that the question is answered by what was found, 0..1."""
    return probability(score("confidence", features))


def threshold(question: Question) -> float:
    """The confidence from which on an answer is given; how it was chosen stands in embeddings/fit_ranking.py."""
    return weights("threshold")["latin" if question.is_latin else "confidence"]


# Common words (开始, 大概) are no reason for a refusal; jieba counts them in the thousands.
_TELLING = 0.3


def missing(matcher: Matcher, hits: Sequence[Hit]) -> list[str]:
    """The telling words of the question that none of the nearest passages holds, as long as they stand in it."""
    held = np.zeros(len(matcher.weights), dtype=bool)
    for hit in hits[:NEAREST]:
        held |= matcher.matched(hit.passage.text) | matcher.matched(context(hit.passage))
    lacking = zip(matcher.question.terms, held, matcher.figure_terms, strict=True)
    words = [t for t, is_held, is_figure in lacking if not (is_held or is_figure) and t[0] != "·" and _tells(t)]
    return [w for w in words if not any(w != longer and w in longer for longer in words)]


def unsaid(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[str]:
    """The years and places of the question that neither the answering sentences nor their titles and dates hold."""
    held = np.zeros(len(matcher.weights), dtype=bool)
    for sentence in sentences:
        held |= sentence.covered | matcher.matched(hits[sentence.hit].passage.text)
    terms = [t for t, lacks in zip(matcher.question.terms, matcher.compared & ~held, strict=True) if lacks]
    named = [f"{t[1:]}年" if t[0] == "@" else t for t in terms]
    return [n for n in named if not any(n != longer and n in longer for longer in named)]


def _tells(word: str) -> bool:
    return len(word) > 1 and rarity(word) >= _TELLING
