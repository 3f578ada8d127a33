"""tjqa.retrieval.linear_model and tjqa.answers.confidence: fitted weights, shipped as a file."""

from __future__ import annotations

import math

import pytest

from tests.support.helpers import PLAIN, FakeEncoder
from tjqa.answers.confidence import confidence, threshold
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.index.local import open_index
from tjqa.index.versions import VERSIONS
from tjqa.retrieval.feature_set import LABELS
from tjqa.retrieval.linear_model import score, weights
from tjqa.retrieval.question import parse
from tjqa.retrieval.search import explained, matcher_for, rank, table_for


@pytest.mark.parametrize("table", ["passage", "sentence", "confidence"])
def test_tables_are_finite(table: str) -> None:
    """Every fitted weight is a number."""
    assert weights(table)
    assert all(math.isfinite(value) for value in weights(table).values())


def test_score_is_the_weighted_sum() -> None:
    """A feature adds its weight times its value; the bias always counts."""
    parts = dict.fromkeys(weights("passage"), 0.0)
    zero = score("passage", parts)
    assert zero == pytest.approx(weights("passage").get("bias", 0.0))
    for name, weight in weights("passage").items():
        if name != "bias":
            assert score("passage", {**parts, name: 2.0}) - zero == pytest.approx(2 * weight)


def test_every_feature_has_a_name_for_people(library: Settings, encoder: FakeEncoder) -> None:
    """What a hit was found by can be told in words."""
    index = open_index(library.index_dir, VERSIONS)
    matcher = matcher_for(index, parse("新增就业多少人", PLAIN), PLAIN)
    for hit in rank(index, encoder, matcher, 3):
        shares = explained(hit, matcher, table_for(matcher.question, encoder)).shares
        assert shares and {name for name, _ in shares} <= LABELS.keys()


def test_confidence_is_a_probability(library: Settings, encoder: FakeEncoder) -> None:
    """Any question has a confidence in 0..1, the same each time, and is answered from the threshold on."""
    engine = Engine.open(library)
    for text in ("新增就业多少人", "火星上有几家饭店", "。", "zzz", "2021年"):
        answer = engine.ask(text)
        assert 0 <= answer.confidence <= 1
        assert engine.ask(text).confidence == answer.confidence
        assert (answer.state == "found") is (answer.confidence >= threshold(parse(text, PLAIN)))
    assert all(0 <= threshold(parse(text, PLAIN)) < 1 for text in ("水库", "water"))


def test_confidence_rises_with_its_evidence() -> None:
    """More of a feature with a positive weight makes surer, of one with a negative weight less sure."""
    parts = dict.fromkeys(weights("confidence"), 0.1)
    for name, weight in weights("confidence").items():
        if name != "bias" and weight:
            assert (confidence({**parts, name: 0.2}) > confidence(parts)) is (weight > 0)
