"""Pinned floors: the whole product, by its commands and the shipped model, on the gold data of the five seeds."""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import mean
from typing import Any

import pytest

from tests.support import scoring
from tests.support.helpers import ROOT, SEEDS, Finished
from tjqa.cli.main import main
from tjqa.config import Settings

pytestmark = pytest.mark.slow

GOLD = ROOT / "tests" / "data" / "gold"
QUESTIONS = [json.loads(line) for line in (GOLD / "questions.jsonl").read_text("utf-8").splitlines()]
CLEANING = json.loads((GOLD / "cleaning.json").read_text("utf-8"))
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in SEEDS.iterdir()}
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def predictions(seed_library: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """The answers of `tjqa ask --batch` to the gold questions, by question."""
    output = tmp_path_factory.mktemp("quality") / "answers.jsonl"
    places = [f"--sources={seed_library.sources}", f"--embeddings={seed_library.embeddings}"]
    assert main(["ask", *places, "--batch", str(GOLD / "questions.jsonl"), "--output", str(output)]) == 0
    rows = {row["id"]: row for row in map(json.loads, output.read_text("utf-8").rstrip("\n").split("\n"))}
    assert rows.keys() == {question["id"] for question in QUESTIONS}
    return rows


def test_gold_data_fits_the_seeds() -> None:
    """Every evidence span of the gold data is what its text says, so a figure below is about these documents."""
    for question in ANSWERABLE:
        for place in (*question["evidence"], *question["alternates"]):
            assert TEXTS[place["file"]][place["start"] : place["end"]] == place["text"]
    for name, page in CLEANING["files"].items():
        assert len(TEXTS[name]) == page["chars"]


def test_retrieval_floor(predictions: dict[str, Row]) -> None:
    """The evidence is the first citation for nine in ten questions, and nearly always among the first five."""
    for k, floor in ((1, 0.93), (5, 0.98)):
        figure = mean(scoring.recall(q, predictions[q["id"]]["hits"], k) for q in ANSWERABLE)
        assert figure >= floor, (k, figure)


def test_answer_floor(predictions: dict[str, Row]) -> None:
    """Eleven in twelve answerable questions are answered with the right words."""
    figure = mean(scoring.answered(q, predictions[q["id"]]) for q in ANSWERABLE)
    assert figure >= 0.92, figure


def test_refusal_floor(predictions: dict[str, Row]) -> None:
    """No question without an answer is answered for sure, half are refused, the others shown with their doubt; few of
    those with an answer are refused, and what is told for sure is right."""
    without = [predictions[q["id"]] for q in QUESTIONS if not q["answerable"]]
    assert not [row for row in without if row["strength"] == "answer"]
    refused = mean(row["abstained"] for row in without)
    lost = mean(predictions[q["id"]]["abstained"] for q in ANSWERABLE)
    sure = [q for q in ANSWERABLE if predictions[q["id"]]["strength"] == "answer"]
    assert refused >= 0.5, refused
    assert lost <= 0.07, lost
    assert len(sure) >= len(ANSWERABLE) // 3
    assert mean(scoring.answered(q, predictions[q["id"]]) for q in sure) >= 0.95


def test_no_furniture_in_the_citations(predictions: dict[str, Row]) -> None:
    """Menus, notices and related links are never cited."""
    figure = mean(scoring.noise_share(CLEANING, row["hits"]) for row in predictions.values())
    assert figure == 0, figure


def test_every_hit_is_its_slice(predictions: dict[str, Row]) -> None:
    """What is cited stands in the file, at most 500 characters of it, ten citations at most."""
    for row in predictions.values():
        assert len(row["hits"]) <= 10
        for hit in row["hits"]:
            assert TEXTS[hit["file"]][hit["start"] : hit["end"]] == hit["text"]
            assert 0 < len(hit["text"]) <= 500


def test_cleaning_floor(seed_library: Settings, tjqa: Callable[..., Finished]) -> None:
    """At least 99 % of the article text is stored, and at most 2 % of the page furniture."""
    listed = tjqa("passages", "--json", sources=seed_library.sources, embeddings=seed_library.embeddings).out
    passages = [json.loads(line) for line in listed.split("\n") if line]
    shares = scoring.kept_shares(CLEANING, passages, TEXTS)
    assert shares["keep"] >= 0.99, shares
    assert shares["noise"] <= 0.02, shares


def test_scoring_can_fail() -> None:
    """The scorer tells a covered span from a missed one, and 4% from 14%."""
    place = {"file": "a", "start": 10, "end": 20, "text": "收入完成了102亿元"}
    question = {"evidence": [place], "alternates": [], "answer_spans": ["4%"], "type": "number"}
    assert scoring.recall(question, [{"file": "a", "start": 0, "end": 16}], 1) == 1
    assert scoring.recall(question, [{"file": "a", "start": 0, "end": 15}], 1) == 0
    assert scoring.recall(question, [{"file": "b", "start": 0, "end": 16}], 1) == 0
    assert scoring.recall(question, [{"file": "a", "start": 0, "end": 700}], 1) == 0
    assert scoring.answered(question, {"answer": "增长４%,", "abstained": False})
    assert not scoring.answered(question, {"answer": "增长14%", "abstained": False})
    assert not scoring.answered(question, {"answer": "增长4%" * 99, "abstained": False})
    page = {
        "files": {"a": {"lines": [{"start": 0, "end": 4, "label": "keep"}, {"start": 5, "end": 9, "label": "noise"}]}}
    }
    shares = scoring.kept_shares(page, [{"file": "a", "start": 0, "end": 7}], {"a": "一二三四\n五六七八"})
    assert shares == {"keep": 1.0, "noise": 0.5}
    assert scoring.noise_share(page, [{"file": "a", "start": 4, "end": 9}, {"file": "a", "start": 0, "end": 7}]) == 0.5
