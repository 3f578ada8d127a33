"""Whether to answer: how sure we are that the best sentence answers the question, fitted on answerable and
unanswerable questions. Below the fitted threshold tjqa says that it found nothing, and shows the nearest passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tjqa.answers.sentence_selection import Sentence, answer_sentences
from tjqa.documents import Passage, context
from tjqa.results import Hit
from tjqa.retrieval.linear_model import probability, score, weights
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.question import Question

# Passages that are taken together for a comparison.
COMPARED = 5


def confidence_features(
    matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence], beside: Sequence[Hit] = ()
) -> dict[str, float]:
    """What speaks for and against an answer: how the hits that answer stand out from those `beside` them (the hits
    themselves when none are given), what of the question no passage supports, and what of it they contradict."""
    # Of a comparison, what one passage lacks the others may say.
    shown = sorted(
        {s.hit for s in sentences} | set(range(min(COMPARED, len(hits)) if matcher.question.compares else 0))
    )
    used = [hits[number] for number in shown]
    rows = {hit.row for hit in used}
    rest = [hit.features for hit in beside or hits if hit.row not in rows]
    lacking = matcher.word_weights * (1 - np.max([hit.word_support for hit in used], axis=0))

    def stands_out(name: str) -> float:
        return max(hit.features[name] for hit in used) - (sum(p[name] for p in rest) / len(rest) if rest else 0.0)

    return {
        "soft_lead": stands_out("soft_window"),
        "dense_lead": stands_out("dense"),
        # All that lacks support: of a question about something else that is nearly everything.
        "lacking": float(lacking.sum()),
        # The word that lacks support most; verbs are what another wording exchanges first (谈成: 达成).
        "worst": float(lacking.max(initial=0.0)),
        "worst_verb": float((lacking * matcher.verbs).max(initial=0.0)),
        **_contradicted(matcher, used, beside or hits),
        **_unfit(matcher, used, sentences),
    }


def _contradicted(matcher: Matcher, used: Sequence[Hit], beside: Sequence[Hit]) -> dict[str, float]:
    """The places, years, months and other figures of the question that are not met where the answer stands."""
    texts = texts_of(hit.passage for hit in used)
    held = held_terms(matcher, texts)
    # A report names its district in one passage and means it in the next.
    articles = {(hit.passage.path, hit.passage.title) for hit in used}
    near = [hit.passage for hit in [*used, *beside] if (hit.passage.path, hit.passage.title) in articles]
    missed = matcher.missed_names(texts_of(near))
    return {
        "place_missed": len(missed) / max(len(matcher.names), 1),
        "year_missed": float(np.any(matcher.years & ~held)),
        "month_missed": float(bool(matcher.missed_months(texts))),
        "figure_missed": float(np.any(matcher.figure_terms & ~matcher.years & ~held)),
        "number_missed": float(matcher.missed_numbers(texts)),
    }


def _unfit(matcher: Matcher, used: Sequence[Hit], sentences: Sequence[Sentence]) -> dict[str, float]:
    """What kind of thing is asked for and not there: a figure or date anywhere in the passages, one beside the
    question's words; a name or list in the sentences."""
    counted = matcher.question.kind in ("number", "when")
    unfit = counted and not any(matcher.holds_kind(hit.passage.text) for hit in used)
    named = matcher.question.kind == "list" or matcher.asks_name
    lost = [matcher.astray(hit.passage.text, context(hit.passage)) for hit in used] if counted else [(0.0, 0.0)]
    return {
        "unfit": float(unfit),
        "astray": min(of_clause for of_clause, _ in lost),
        "astray_sentence": min(of_sentence for _, of_sentence in lost),
        "unnamed": float(matcher.unnamed(texts_of(hit.passage for hit in used))),
        "unfit_name": float(named and not any(sentence.features["kind"] for sentence in sentences)),
    }


def texts_of(passages: Iterable[Passage]) -> list[str]:
    """The texts of passages, each with its title, section and date."""
    return [text for passage in passages for text in (passage.text, context(passage))]


def decide(matcher: Matcher, hits: Sequence[Hit], beside: Sequence[Hit] = ()) -> tuple[float, list[Sentence]]:
    """The answering sentences of the hits and the probability (0..1) that they answer the question; `beside` are the
    `CONTRAST_HITS` best different hits, when they are not the same."""
    if not hits:
        return 0.0, []
    sentences = answer_sentences(matcher, hits)
    if matcher.question.is_latin:  # hardly a word in common to judge by: the calibrated score of the best hit has to do
        return hits[0].score, sentences
    return confidence(confidence_features(matcher, hits, sentences, beside)), sentences


def confidence(features: dict[str, float]) -> float:
    """Probability that the question is answered by what was found, 0..1."""
    return probability(score("confidence", features))


def threshold(question: Question) -> float:
    """The confidence from which on an answer is given; how it was chosen stands in embeddings/ranking/fit.py."""
    return weights("threshold")["latin" if question.is_latin else "confidence"]


def held_terms(matcher: Matcher, texts: Iterable[str]) -> NDArray[np.bool_]:
    """Which of the question's terms any of the texts holds, shape (terms,)."""
    none = np.zeros(len(matcher.weights), dtype=bool)
    return np.asarray(np.any([none, *map(matcher.matched, texts)], axis=0))
