"""embeddings/ranking: examples and weights that the ranking and the decision to answer are fitted with."""

from __future__ import annotations

import random

import pytest

from embeddings.ranking.examples import balanced
from embeddings.ranking.linear import (
    Asked,
    Decision,
    auroc,
    fairest,
    first_right,
    held_out,
    logistic_weights,
    softmax_weights,
    weighted,
)
from embeddings.ranking.near_misses import focus_word, swapped
from tests.support.helpers import PLAIN, ROOT, SEEDS, FakeEncoder
from tjqa.config import Settings
from tjqa.evaluation import read_questions
from tjqa.index.local import open_index
from tjqa.index.versions import VERSIONS
from tjqa.retrieval.question import parse

OWN_QUESTIONS = ROOT / "embeddings" / "ranking" / "questions.jsonl"


def test_swapped_questions_ask_for_what_is_not_there(library: Settings, encoder: FakeEncoder) -> None:
    """One thing is exchanged, its subject, place, year or unit, for something that no passage holds; the rest stays."""
    index = open_index(library.index_dir, VERSIONS)
    text = "北京市2021年新增就业多少人?"
    word = focus_word(index, parse(text, PLAIN), PLAIN)
    assert word in ("新增", "就业")  # what stands by the question word, not the place or the year
    made = list(swapped(index, text, ["就业", "水库", "航空母舰"], random.Random(1), PLAIN))
    assert len(made) == 4
    assert made[0] == text.replace(word, "航空母舰")
    assert "北京市" not in made[1] and made[1].endswith("2021年新增就业多少人?")
    assert made[2].startswith("北京市") and made[2].endswith("年新增就业多少人?") and "2021" not in made[2]
    assert made[3].startswith("北京市2021年新增就业多少") and "人?" not in made[3]
    assert list(swapped(index, "怎么烘干", [], random.Random(1), PLAIN)) == []


def test_fairest_cut() -> None:
    """The cut lies between the classes; where they mix it keeps the share of positives that was asked for."""
    assert fairest([(0.9, True), (0.8, True), (0.2, False), (0.1, False)], 0.9) == pytest.approx(0.5)
    mixed = [(0.1, True), *((0.5 + i / 100, True) for i in range(9)), *((0.3, False) for _ in range(10))]
    assert fairest(mixed, 0.9) == pytest.approx(0.4)
    assert fairest(mixed, 1.0) == pytest.approx(0.2)


def test_area_under_the_curve() -> None:
    """1 when every positive scores higher, 0 when lower, a half without both classes."""
    assert auroc([(3, True), (2, True), (1, False)]) == 1
    assert auroc([(1, True), (2, False), (3, False)]) == 0
    assert auroc([(1, True)]) == 0.5


def test_weights_follow_what_tells_right_from_wrong() -> None:
    """The feature that tells gets the weight, noise next to none."""
    rng = random.Random(3)
    asked = [
        Asked("a", 1.0, False, [{"tells": 1.0, "noise": rng.random()}, {"tells": 0.0, "noise": rng.random()}],
              [True, False], [True, True])
        for _ in range(50)
    ]  # fmt: skip
    fitted = softmax_weights(asked, ["tells", "noise"])
    assert fitted["tells"] > 3 * abs(fitted["noise"]) and first_right(asked, fitted) == 1
    rows = [Decision("a", "", {"tells": float(i % 2), "noise": rng.random()}, bool(i % 2)) for i in range(60)]
    assert logistic_weights(rows, ["tells", "noise"])["tells"] > 1


def test_held_out_rows_are_judged_by_the_others() -> None:
    """What only a question itself teaches does not help it when it is held out; what the others teach does."""
    rows = [
        Decision("a", kind, {"tells": float(i % 2), "own": float(i == 0)}, bool(i % 2) or i == 0, 20.0, str(i))
        for i in range(32)
        for kind in ("own", "own swapped")
    ]
    judged = held_out(rows, ["tells", "own"], "own")
    assert len(judged) == 32
    assert sum((score > 0) != answerable for score, answerable in judged) == 1
    fitted = logistic_weights(rows, ["tells", "own"])
    assert all((weighted(fitted, row.features) > 0) == row.answerable for row in rows)


def test_kinds_of_examples_weigh_alike_however_many() -> None:
    """A kind of examples weighs the same in all, be they two or two hundred."""
    weighed = balanced([Decision("a", kind, {}, True) for kind in ("own", "own", "", *["gone"] * 200)])
    assert weighed[0].weight * 2 == pytest.approx(2400)
    assert weighed[-1].weight * 200 == pytest.approx(1200)


def test_own_questions_quote_the_documents() -> None:
    """The evidence of the questions written for the fit is what stands there in the files, and holds the answers."""
    rows = list(read_questions(OWN_QUESTIONS))
    assert len({row["question"] for row in rows}) == len(rows) > 100
    for row in rows:
        texts = [(SEEDS / e["file"]).read_bytes().decode()[e["start"] : e["end"]] for e in row["evidence"]]
        assert texts == [e["text"] for e in row["evidence"]]
        assert bool(texts) is row["answerable"]
        assert all(any(span in text for text in texts) for span in row["answer_spans"])
