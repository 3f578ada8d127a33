"""Whether to answer: how sure we are that the best sentence answers the question, fitted on answerable and
unanswerable questions. Below the fitted threshold tjqa says that it found nothing, and shows the nearest passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tjqa.answers import Sentence, answer_sentences
from tjqa.index import context
from tjqa.matching import Matcher
from tjqa.question import Question
from tjqa.ranking import log_odds, probability, score, weights
from tjqa.records import Hit


def confidence_features(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> dict[str, float]:
    """What speaks for and against an answer; all from the best hit, the best sentence and the runner-up."""
    in_passages = np.zeros(len(matcher.weights), dtype=bool)
    in_sentences = in_passages.copy()
    for sentence in sentences:  # of a comparison, what one sentence lacks the other may say
        passage = hits[sentence.hit].passage
        around = matcher.matched(context(passage))
        in_passages |= matcher.matched(passage.text) | around
        in_sentences |= sentence.matched | around
    top = hits[0].parts
    best = sentences[0].features
    counted = matcher.question.kind in ("number", "when")
    return {
        "unfit": float(counted and not any(s.features["kind"] for s in sentences)),
        "near": max(s.features["near"] for s in sentences) if counted else 0.0,
        "free": float(not counted),
        "misfit": float(not counted and not best["kind"] and matcher.question.kind in ("who","list")),
        "focus": float(matcher.focus @ in_passages),
        "focus_sentence": float(matcher.focus @ in_sentences),
        "nofocus": float(not matcher.focus.any()),
        "own": best["own"], "coverage": top["coverage"],"lex":top["lexical"],"dense":top["dense"],"soft":top["soft"],"lost":top["lost"],
        "year_missed": matcher.missed_years(in_passages),
        "place_missed_sentence": matcher.missed_places(in_sentences),
        "rank": log_odds(hits[0].score),
        "gap": top["lexical"] - (hits[1].parts["lexical"] if len(hits) > 1 else 0.0),
        "rare": float(matcher.rare @ in_passages),
        "rare_sentence": float(matcher.rare @ in_sentences),
        "soft_sentence": max(sentence.features["soft"] for sentence in sentences),
        "place_missed": matcher.missed_places(in_passages),
        "missing_figure": float(np.any(matcher.figure_terms & ~in_passages)),
    }


def decide(matcher: Matcher, hits: Sequence[Hit]) -> tuple[float, list[Sentence]]:
    """The answering sentences of the hits and the probability (0..1) that they answer the question."""
    if not hits:
        return 0.0, []
    sentences = answer_sentences(matcher, hits)
    if matcher.question.is_latin:  # no word in common to judge by; the calibrated score of the best hit is all there is
        return hits[0].score, sentences
    return confidence(confidence_features(matcher, hits, sentences)), sentences


def confidence(features: dict[str, float]) -> float:
    """Probability that the question is answered by what was found, 0..1."""
    return probability(score("confidence", features))


def threshold(question: Question) -> float:
    """The confidence from which on an answer is given; both were fitted to keep 95 % of the answerable questions."""
    return weights("threshold")["latin" if question.is_latin else "confidence"]
