"""Whether to answer: how sure we are that the best sentence answers the question, fitted on answerable and
unanswerable questions. Below the fitted threshold tjqa says that it found nothing, and shows the nearest passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tjqa.answers import Sentence, answer_sentences
from tjqa.index import context
from tjqa.matching import Matcher, prepare
from tjqa.question import Question
from tjqa.ranking import log_odds, probability, score, weights
from tjqa.records import Hit


def confidence_features(matcher: Matcher, hits: Sequence[Hit], best: Sentence) -> dict[str, float]:
    """What speaks for and against an answer; all from the best hit, the best sentence and the runner-up."""
    hit = hits[best.hit]
    context_terms = matcher.sentence_matches(prepare(context(hit.passage))).any(axis=0)
    in_passage = matcher.sentence_matches(prepare(hit.passage.text)).any(axis=0) | context_terms
    in_sentence = best.matched | context_terms
    top = hits[0].parts
    return {
        "rank": log_odds(hits[0].score),
        "gap": top["lexical"] - (hits[1].parts["lexical"] if len(hits) > 1 else 0.0),
        "rare": float(matcher.rare @ in_passage),
        "rare_sentence": float(matcher.rare @ in_sentence),
        "soft_sentence": best.features["soft"],
        "place_missed": hit.parts["place_missed"],
        "missing_figure": float(np.any(matcher.figure_terms & ~in_passage)),
    }


def decide(matcher: Matcher, hits: Sequence[Hit]) -> tuple[float, list[Sentence]]:
    """The answering sentences of the hits and the probability (0..1) that they answer the question."""
    if not hits:
        return 0.0, []
    sentences = answer_sentences(matcher, hits)
    if matcher.question.is_latin:  # no word in common to judge by; the calibrated score of the best hit is all there is
        return hits[0].score, sentences
    return confidence(confidence_features(matcher, hits, sentences[0])), sentences


def confidence(features: dict[str, float]) -> float:
    """Probability that the question is answered by what was found, 0..1."""
    return probability(score("confidence", features))


def threshold(question: Question) -> float:
    """The confidence from which on an answer is given; both were fitted to keep 95 % of the answerable questions."""
    return weights("threshold")["latin" if question.is_latin else "confidence"]
