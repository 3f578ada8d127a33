"""tjqa.retrieval.linear_model and tjqa.answers.confidence: fitted weights, shipped as a file."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.helpers import FakeEncoder
from tjqa.answers.confidence import confidence_log_odds
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.results import LIKELY, SURE
from tjqa.retrieval.feature_set import ANSWER, CANDIDATE, CELL, CONFIDENCE, READ, SENTENCE, STRENGTH, FeatureSet
from tjqa.retrieval.linear_model import contributions, scores, weights
from tjqa.retrieval.search import explained


@pytest.mark.parametrize("table", ["passage", "sentence", "confidence", "read", "answer", "strength", "strength_cell"])
def test_tables_are_finite(table: str) -> None:
    """Every fitted weight is a number."""
    assert weights(table)
    assert all(math.isfinite(value) for value in weights(table).values())


@pytest.mark.parametrize(
    "features",
    [CANDIDATE, SENTENCE, CONFIDENCE, READ, ANSWER, STRENGTH, CELL],
    ids=["candidate", "sentence", "confidence", "read", "answer", "strength", "cell"],
)
def test_tables_and_registry_agree(features: FeatureSet) -> None:
    """A fitted table weighs exactly the features that the registry says, each once."""
    for table in {table for feature in features.features for table in feature.tables}:
        assert set(weights(table)) == set(features.names_of(table))
    assert len(set(features.names)) == len(features)


def test_score_is_the_weighted_sum() -> None:
    """A feature adds its weight times its value; the bias always counts; a score is the sum of contributions."""
    for features, table in ((CANDIDATE, "passage"), (CANDIDATE, "passage_latin"), (SENTENCE, "sentence")):
        zero = features.rows({name: np.zeros(1) for name in features.names}, 1)
        base = scores(table, features, zero)[0]
        assert base == pytest.approx(weights(table).get("bias", 0.0))
        for name in features.names:
            one = zero.copy()
            one[0, features.column(name)] += 2
            assert scores(table, features, one)[0] - base == pytest.approx(2 * weights(table).get(name, 0.0))
            assert contributions(table, features, one).sum(axis=1).tolist() == scores(table, features, one).tolist()


def test_equal_rows_score_the_same() -> None:
    """To the last digit, wherever they stand among others: equal scores keep the order of the index."""
    row = np.random.default_rng(2).random(len(CANDIDATE)).astype(np.float32)
    assert len(set(scores("passage", CANDIDATE, np.tile(row, (23, 1))).tolist())) == 1


def test_rows_and_names() -> None:
    """Values given by name come back by name; a missing one is an error, not a zero."""
    values = {name: float(at) for at, name in enumerate(SENTENCE.names)}
    row = SENTENCE.row(values)
    assert SENTENCE.named(row) == values and SENTENCE.value(row, "rank") == 1
    with pytest.raises(KeyError):
        SENTENCE.row({})


def test_every_shown_feature_has_a_name_for_people(seed_library: Settings) -> None:
    """What a hit was found by can be told in words, late interaction as well, largest share first."""
    for question, table in (("西青区地区生产总值多少", "passage"), ("water", "passage_latin")):
        ranked = Engine.open(seed_library).retrieve(question)
        told = explained(ranked.hits[0], ranked.table, ranked.matcher).contributions
        assert ranked.table == table
        assert {one.name for one in told} == set(weights(table))
        assert all(one.label.text() and one.label.text("en") for one in told)
        assert [abs(one.value) for one in told] == sorted((abs(one.value) for one in told), reverse=True)


def test_confidence_is_a_probability(library: Settings, encoder: FakeEncoder) -> None:
    """Any question has a confidence in 0..1, the same each time; from LIKELY on it is answered, from SURE surely."""
    engine = Engine.open(library)
    for text in ("新增就业多少人", "火星上有几家饭店", "。", "zzz", "2021年"):
        answer = engine.ask(text)
        assert 0 <= answer.confidence <= 1
        assert engine.ask(text).confidence == answer.confidence
        assert answer.state != "found" or answer.confidence >= LIKELY
        assert (answer.strength == "answer") is (answer.state == "found" and answer.confidence >= SURE)
        assert (answer.strength == "none") is (answer.state != "found")


def test_confidence_rises_with_its_evidence() -> None:
    """More of a feature with a positive weight makes surer, of one with a negative weight less sure."""
    some = CONFIDENCE.row(dict.fromkeys(CONFIDENCE.names, 0.1))
    for name, weight in weights("confidence").items():
        if name != "bias" and weight:
            more = some.copy()
            more[CONFIDENCE.column(name)] = 0.2
            assert (confidence_log_odds(more) > confidence_log_odds(some)) is (weight > 0)
