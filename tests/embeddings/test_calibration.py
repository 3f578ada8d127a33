"""embeddings.ranking.calibration: chances that mean what they say, judged apart by document."""

from __future__ import annotations

import random

import pytest

from embeddings.ranking.calibration import LEAST_OF_STEP, Example, Judged, error, held_out, report, steps
from embeddings.ranking.linear import Decision


def judged(log_odds: float, right: bool, document: str = "d", weight: float = 1.0) -> Judged:
    """An answer as it is judged."""
    return Judged(Example(Decision("set", "asked", {"x": log_odds}, right, weight), document), log_odds)


def test_steps_rise_and_stand_on_enough() -> None:
    """Shares never fall with the log odds, whatever the order of the answers; every step stands on enough of them."""
    rng = random.Random(1)
    answers = [judged(at / 50, rng.random() < at / 200) for at in range(200)]
    rng.shuffle(answers)
    line = steps(answers)
    assert [share for _, share in line] == sorted(share for _, share in line)
    assert [at for at, _ in line] == sorted(at for at, _ in line)
    assert 1 < len(line) <= 200 // LEAST_OF_STEP
    assert all(0 < share < 1 for _, share in line)


def test_steps_of_answers_that_disagree() -> None:
    """Where surer answers are less often right, one step holds them all."""
    answers = [judged(at, right=at < 30) for at in range(60)]
    assert len(steps(answers)) == 1
    assert steps(answers)[0][1] == pytest.approx(0.5, abs=0.01)


def test_error_is_how_far_chance_and_share_lie_apart() -> None:
    """Nothing where both agree; all of it where every answer is told as sure and is wrong."""
    agreed = [(judged(0, right=at < 7), 0.7) for at in range(10)]
    assert error(agreed) == pytest.approx(0)
    assert error([(judged(0, right=False), 1.0)] * 10) == pytest.approx(1)
    assert error([]) == 0


def test_held_out_by_document() -> None:
    """Whoever is judged, its document was not fitted on: what is true of one document alone is not learnt from it."""
    rows = [
        Example(Decision("set", "asked", {"x": float(at % 2), "y": float(name == "odd")}, at % 2 == 1), name)
        for name in ("a", "b", "c", "d", "e", "f", "odd")
        for at in range(20)
    ]
    found = held_out(rows, ["x", "y"])
    assert len(found) == len(rows)
    assert all((one.log_odds > 0) is one.right for one in found)
    assert {one.fold for one in rows if one.document == "a"} == {rows[0].fold}


def test_report_tells_each_set() -> None:
    """Counts, reliability and error of everything and of each set; what is told as sure is counted."""
    rng = random.Random(2)
    answers = []
    for number in range(400):
        chance = rng.random()
        answers.append(judged(10 * chance - 5, rng.random() < chance, f"document {number}"))
    told = report(answers)
    assert told["answers"] == 400 and told["sets"]["set"]["answers"] == 400
    assert told["ece"] < 0.1 and 0.7 < told["auroc"] < 1
    assert sum(row[2] for row in told["reliability"]) == 400
    assert told["sure"] <= 400 and told["sure_right"] > 0.8
