"""Whether the words that were found speak for an answer: fitted on answerable and unanswerable questions. One of the
things that `strength` judges an answer by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tjqa.answers import parameters
from tjqa.answers.constraints import (
    Astray,
    astray,
    held_terms,
    missed_months,
    missed_names,
    misses_number,
    texts_of,
    withholds_name,
)
from tjqa.answers.sentence_selection import Sentence
from tjqa.retrieval.feature_set import CANDIDATE, CONFIDENCE, SENTENCE
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import scores
from tjqa.retrieval.matching import Matcher
from tjqa.text.own_time import OwnYear, years_named


def confidence_log_odds(features: NDArray[np.float64]) -> float:
    """Log odds that the question is answered by what was found, of features in the order of `CONFIDENCE`."""
    return float(scores("confidence", CONFIDENCE, features[None, :])[0])


def confidence_features(
    matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence], beside: Sequence[Hit] = ()
) -> NDArray[np.float64]:
    """What speaks for and against an answer, shape (features,) in the order of `feature_set.CONFIDENCE`: how the hits
    that answer stand out from those `beside` them (the hits themselves when none are given), what of the question no
    passage supports, and what of it they contradict."""
    used = answering_hits(matcher, hits, sentences)
    others = beside or hits
    rows = {hit.row for hit in used}
    rest = [hit for hit in others if hit.row not in rows]
    support = np.max([hit.word_support.astype(np.float64) for hit in used], axis=0)
    lacking = matcher.word_weights * (1 - support)
    values = {
        "soft_lead": _lead("soft_window", used, rest),
        "dense_lead": _lead("dense", used, rest),
        # All that lacks support: of a question about something else that is nearly everything.
        "lacking": float(lacking.sum()),
        # The word that lacks support most; verbs are what another wording exchanges first (谈成: 达成).
        "worst": float(lacking.max(initial=0.0)),
        "worst_verb": float((lacking * matcher.verbs).max(initial=0.0)),
        **_contradicted(matcher, used, others),
        **_unfit(matcher, used, sentences),
    }
    return CONFIDENCE.row(values)


def answering_hits(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[Hit]:
    """The hits that answer; of a comparison the best ones beside them, for what one passage lacks they may say."""
    numbers = {sentence.hit for sentence in sentences}
    if matcher.question.compares:
        numbers |= set(range(min(parameters.COMPARED_HITS, len(hits))))
    return [hits[number] for number in sorted(numbers)]


def _lead(feature: str, used: Sequence[Hit], rest: Sequence[Hit]) -> float:
    """How far the best of the hits that answer lies above the mean of the rest in a feature of ranking."""
    best = max(CANDIDATE.value(hit.features, feature) for hit in used)
    others = [CANDIDATE.value(hit.features, feature) for hit in rest]
    return best - (sum(others) / len(others) if others else 0.0)


def _contradicted(matcher: Matcher, used: Sequence[Hit], beside: Sequence[Hit]) -> dict[str, float]:
    """The places, years, months and other figures of the question that are not met where the answer stands."""
    question, texts = matcher.question, texts_of(used)
    held = held_terms(matcher, used)
    # A report names its district in one passage and means it in the next.
    articles = {(hit.passage.path, hit.passage.title) for hit in used}
    near = [hit for hit in [*used, *beside] if (hit.passage.path, hit.passage.title) in articles]
    missed = missed_names(matcher, texts_of(near))
    untold = years_named(question.folded) - _years_meant(used)
    return {
        "place_missed": len(missed) / max(len(matcher.names), 1),
        "year_missed": float(bool(untold) and np.any(matcher.years & ~held)),
        "month_missed": float(bool(missed_months(question, texts))),
        "figure_missed": float(np.any(matcher.figure_terms & ~matcher.years & ~held)),
        "number_missed": float(misses_number(question, texts)),
    }


def _years_meant(used: Sequence[Hit]) -> set[int]:
    """The years that passages mean by 去年 and 今年: the report of 2023 tells of 2022 without naming it."""
    found: set[int] = set()
    for hit in used:
        own = OwnYear.of(f"{hit.passage.title} {hit.passage.name}", hit.passage.published)
        found |= own.years(hit.text.folded)
    return found


def _unfit(matcher: Matcher, used: Sequence[Hit], sentences: Sequence[Sentence]) -> dict[str, float]:
    """What kind of thing is asked for and not there: a figure or date anywhere in the passages, one beside the
    question's words; a name or list in the sentences."""
    wanted = matcher.question.answer_type
    lost = [astray(matcher, hit.text, hit.context) for hit in used] if wanted.is_figure else [Astray()]
    is_named = wanted.kind == "list" or wanted.asks_name
    has_name = any(SENTENCE.value(sentence.features, "kind") for sentence in sentences)
    return {
        "unfit": float(wanted.is_figure and not any(wanted.is_met_anywhere(hit.text) for hit in used)),
        "astray": min(one.clause for one in lost),
        "astray_sentence": min(one.sentence for one in lost),
        "unnamed": float(withholds_name(matcher, texts_of(used))),
        "unfit_name": float(is_named and not has_name),
    }
