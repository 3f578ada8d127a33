"""Sentences weighed once more, by where the reader found the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tjqa.answers.bare_lines import echo
from tjqa.answers.reader.reader import Reading
from tjqa.answers.reading import relevance
from tjqa.answers.sentence_selection import Sentence
from tjqa.documents import Span
from tjqa.retrieval.feature_set import ANSWER
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import log_odds, scores
from tjqa.retrieval.matching import Matcher
from tjqa.text.normalize import fold


def reweighed(
    matcher: Matcher, hits: Sequence[Hit], readings: Sequence[Reading], sentences: Sequence[Sentence]
) -> list[Sentence]:
    """The same sentences with the score that counts the reading of their hits, and how much of its span each holds."""
    if not sentences:
        return []
    values = np.stack([answer_features(matcher, hits, readings, sentence) for sentence in sentences])
    return [
        replace(sentence, score=score, inside=inside_of(readings[sentence.hit], sentence.span))
        for sentence, score in zip(sentences, scores("answer", ANSWER, values).tolist(), strict=True)
    ]


def answer_features(
    matcher: Matcher, hits: Sequence[Hit], readings: Sequence[Reading], sentence: Sentence
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What chooses a sentence of hits that were read, shape (features,) in the columns of `feature_set.ANSWER`."""
    hit, reading = hits[sentence.hit], readings[sentence.hit]
    inside = inside_of(reading, sentence.span)
    values = {
        "words": sentence.score,
        "passage": log_odds(hit.score),
        "reader": relevance(reading),
        "first": float(sentence.hit == 0),
        "inside": inside,
        "inside_sure": inside * reading.confidence,
        "inside_kind": inside * sentence.meets,
        "echo": echo(fold(sentence.span.of(hit.passage.text)), matcher.question.folded),
    }
    return ANSWER.row(values)


def inside_of(reading: Reading, span: Span) -> float:
    """The share of the reader's span that stands in a stretch of its passage, 0..1."""
    both = min(reading.end, span.end) - max(reading.start, span.start)
    return max(both, 0) / max(reading.end - reading.start, 1)
