"""How strong an answer is: the chance that it is right, fitted and calibrated by embeddings/ranking/fit_answers.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tjqa.answers.bare_lines import echo
from tjqa.answers.confidence import answering_hits, confidence_features, confidence_log_odds
from tjqa.answers.read_sentences import reweighed
from tjqa.answers.reader.reader import Reading
from tjqa.answers.reading import relevance
from tjqa.answers.sentence_selection import Sentence, answer_sentences, weigh
from tjqa.answers.tables import parameters as of_tables
from tjqa.answers.tables.choice import Choice
from tjqa.retrieval.feature_set import CELL, CONFIDENCE, STRENGTH
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import log_odds, probability, scores, weights
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.stages import is_left_out, stage
from tjqa.text.normalize import fold

UNREAD = Reading(0.0, 0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Decision:
    """The chance, 0..1, that the question is rightly answered by `sentences`, best first (none without hits)."""

    confidence: float
    sentences: list[Sentence]


def decide(
    matcher: Matcher, hits: Sequence[Hit], beside: Sequence[Hit] = (), readings: Mapping[int, Reading] | None = None
) -> Decision:
    """The answering sentences of the hits and how likely it is that they answer; `beside` are the `CONTRAST_HITS` best
    different hits, when they are not the same, `readings` what the reader found in them, by row."""
    if not hits:
        return Decision(0.0, [])
    read = readings or {}
    with stage("selection"):
        sentences = chosen_sentences(matcher, hits, read)
    with stage("strength"):
        features = strength_features(matcher, hits, sentences, beside, read)
        return Decision(strength(table_for(matcher, bool(read)), features), sentences)


def chosen_sentences(matcher: Matcher, hits: Sequence[Hit], readings: Mapping[int, Reading]) -> list[Sentence]:
    """The answering sentences, by the words and, where the hits were read, by the reader."""
    if is_left_out("selection"):
        return weigh(matcher, hits[:1])[:1]
    if not readings:
        return answer_sentences(matcher, hits)
    of_hits = [readings.get(hit.row, UNREAD) for hit in hits]
    return answer_sentences(matcher, hits, lambda given: reweighed(matcher, hits, of_hits, given))


def table_for(matcher: Matcher, is_read: bool) -> str:
    """The fitted table that says how strong an answer is: of questions in Latin script hardly a word is in common with
    the passage, and without the reader there is less to judge by."""
    return "strength" + "_latin" * matcher.question.is_latin + "_fast" * (not is_read)


def strength(table: str, features: NDArray[np.float64]) -> float:
    """The chance, 0..1, that an answer of these features (in the columns of STRENGTH) is right."""
    return calibrated(table, float(scores(table, STRENGTH, features[None, :])[0]))


def calibrated(table: str, log_odds_of: float) -> float:
    """The share of right ones among answers of these log odds: a line through the steps of an isotonic regression
    (Zadrozny, Elkan 2002) on answers judged by weights fitted without them."""
    steps = sorted((float(at), share) for at, share in weights(f"{table}_calibration").items())
    if not steps:
        return probability(log_odds_of)
    return float(np.interp(log_odds_of, [at for at, _ in steps], [share for _, share in steps]))


def strength_features(
    matcher: Matcher,
    hits: Sequence[Hit],
    sentences: Sequence[Sentence],
    beside: Sequence[Hit],
    readings: Mapping[int, Reading],
) -> NDArray[np.float64]:
    """What speaks for and against the answer that `sentences` of the `hits` give, shape (features,) in the columns of
    `feature_set.STRENGTH`; `beside` are the different hits that it is held against, `readings` by row."""
    used = answering_hits(matcher, hits, sentences)
    # What was passed over as speaking of another year or thing is no rival.
    rows = {hit.row for hit in used} | {hits[number].row for number in sentences[0].aside}
    rest = [hit for hit in (beside or hits) if hit.row not in rows]
    of_words = confidence_features(matcher, hits, sentences, beside)
    best = sentences[0]
    reading = readings.get(hits[best.hit].row, UNREAD)
    values = {
        **CONFIDENCE.named(of_words),
        "confidence": confidence_log_odds(of_words),
        **_lead("passage", [log_odds(hit.score) for hit in used], [log_odds(hit.score) for hit in rest]),
        **_lead("reader", _read(used, readings), _read(rest, readings)),
        "reader_span": reading.confidence,
        "inside": max(sentence.inside for sentence in sentences),
        "words": best.score,
        "meets": best.meets,
        "echo": echo(fold(best.span.of(hits[best.hit].passage.text)), matcher.question.folded),
    }
    return STRENGTH.row(values)


def _read(hits: Sequence[Hit], readings: Mapping[int, Reading]) -> list[float]:
    return [relevance(readings.get(hit.row, UNREAD)) for hit in hits]


def _lead(name: str, own: Sequence[float], others: Sequence[float]) -> dict[str, float]:
    """The best of some values, and how far it lies above the best of others."""
    best = max(own)
    return {name: best, f"{name}_lead": best - max(others) if others else 0.0}


def cell_features(choice: Choice) -> NDArray[np.float64]:
    """What speaks for cells that answer, shape (features,) in the columns of `feature_set.CELL`."""
    fit = choice.fits[0]
    values = {
        "cover": min(fit.cover, 1.0),
        "same_period": float(fit.period == "same"),
        "named": float(bool(fit.named[0])),
        "rivals": float(bool(choice.rivals)),
    }
    return CELL.row(values)


def cell_strength(choice: Choice) -> float:
    """The chance, 0..1, that cells answer rightly; cells that may be of another measure are never a sure answer."""
    found = calibrated("strength_cell", float(scores("strength_cell", CELL, cell_features(choice)[None, :])[0]))
    return min(found, of_tables.DOUBTFUL) if choice.is_doubtful else found
