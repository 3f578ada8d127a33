"""tjqa.evaluation and `tjqa eval`: scoring a library on questions with known evidence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from tests.support import scoring
from tests.support.helpers import ROOT, Finished
from tests.support.ui_standin import found_answer
from tjqa.config import Settings
from tjqa.errors import UsageError
from tjqa.evaluation import judge, read_questions, summary
from tjqa.results import Answer

Run = Callable[..., Finished]
QUESTIONS = ROOT / "tests" / "data" / "gold" / "questions.jsonl"


def on_seeds(tjqa: Run, place: Settings, *arguments: str) -> Finished:
    """Run a command on the seeds."""
    return tjqa(*arguments, sources=place.sources, embeddings=place.embeddings)


@pytest.mark.slow
def test_eval_agrees_with_the_other_scorer(tjqa: Run, seed_library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scorers written apart give the same figures for the same library; whoever answers, so without the reader."""
    monkeypatch.setenv("TJQA_FAST", "1")
    found = json.loads(on_seeds(tjqa, seed_library, "eval", "--json", str(QUESTIONS)).out)
    batch = on_seeds(tjqa, seed_library, "ask", "--batch", str(QUESTIONS)).out
    rows = {row["id"]: row for row in map(json.loads, batch.rstrip("\n").split("\n"))}
    gold = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    asked = [q for q in gold if q["answerable"]]
    for k in (1, 5, 10):
        expected = mean(scoring.recall(q, rows[q["id"]]["hits"], k) for q in asked)
        assert found["summary"][f"recall@{k}"] == pytest.approx(expected)
    expected = mean(scoring.answered(q, rows[q["id"]]) for q in asked)
    assert found["summary"]["answer_accuracy"] == pytest.approx(expected)
    assert found["summary"]["false_abstention"] == pytest.approx(mean(rows[q["id"]]["abstained"] for q in asked))
    assert len(found["questions"]) == found["summary"]["questions"] == len(gold)


@pytest.mark.slow
def test_eval_lists_what_went_wrong(tjqa: Run, seed_library: Settings, tmp_path: Path) -> None:
    """The figures come last, a line each; before them a line for each question that missed. A part of the questions is
    enough for that; they are asked with the reader."""
    some = tmp_path / "问题.jsonl"
    some.write_text("".join(QUESTIONS.read_text("utf-8").splitlines(keepends=True)[2::9]), "utf-8")
    shown = on_seeds(tjqa, seed_library, "eval", str(some))
    assert shown.code == 0
    assert "全部: questions=10" in shown.out
    assert "recall@5=" in shown.out and "paraphrase: " in shown.out


EVIDENCE = {"file": "甲.txt", "start": 0, "end": 5}


@pytest.mark.parametrize(
    "row",
    [
        [],
        "问题",
        {"id": 1},
        {"question": None},
        {"question": "问"},
        {"question": "问", "evidence": None},
        {"question": "问", "evidence": [{}]},
        {"question": "问", "evidence": [{**EVIDENCE, "start": "零"}]},
        {"question": "问", "evidence": {"file": "甲.txt"}},
        {"question": "问", "evidence": [EVIDENCE], "answer_spans": 3},
        {"question": "问", "evidence": [EVIDENCE], "alternates": [3]},
        {"question": "问", "evidence": [{**EVIDENCE, "end": 10**400}]},
        {"question": "问", "evidence": [{**EVIDENCE, "end": 1e999}]},
        {"question": "问", "evidence": [{**EVIDENCE, "start": -1}]},
        {"question": "问", "evidence": [{**EVIDENCE, "start": 5}]},
        {"question": "问", "evidence": [{**EVIDENCE, "end": True}]},
        {"question": "问", "evidence": [{**EVIDENCE, "file": ["甲.txt"]}]},
        {"question": "问", "evidence": [EVIDENCE], "alternates": [{**EVIDENCE, "end": 10**400}]},
        {"question": "问", "evidence": [EVIDENCE], "rejected": 3},
        {"question": "问", "evidence": [EVIDENCE], "rejected": None},
        {"question": "问", "evidence": [EVIDENCE], "rejected": [{}]},
        {"question": "问", "evidence": [EVIDENCE], "answerable": "no"},
    ],
)
def test_line_that_is_no_question_is_named(tmp_path: Path, row: Any) -> None:
    """A line without a question or with malformed evidence is told with its number."""
    path = tmp_path / "问题.jsonl"
    path.write_text(json.dumps({"question": "好", "evidence": [EVIDENCE]}) + "\n\n" + json.dumps(row), "utf-8")
    with pytest.raises(UsageError, match="第 3 行"):
        list(read_questions(path))


@pytest.mark.parametrize(
    "more",
    [
        {"rejected": []},
        {"rejected": [EVIDENCE]},
        {"rejected": [], "alternates": [EVIDENCE]},
        {"alternates": [{**EVIDENCE, "replaces": [0]}]},
        {"id": {"x": [1]}, "type": ["list"], "answer_spans": []},
        {"answerable": False, "evidence": []},
    ],
)
def test_every_question_that_is_read_can_be_judged(tmp_path: Path, more: dict[str, Any]) -> None:
    """A field that may be left out is missed by nothing."""
    path = tmp_path / "问题.jsonl"
    path.write_text(json.dumps({"question": "总库容多少", "evidence": [EVIDENCE], **more}), "utf-8")
    (row,) = read_questions(path)
    for answer in (found_answer(), Answer("总库容多少", "nothing", 0.0, (), (), 0.001)):
        outcome = judge(row, answer)
        assert outcome.question == "总库容多少"
        assert summary([outcome])["questions"] == 1


def test_file_that_cannot_be_read(tmp_path: Path, tjqa: Run) -> None:
    """A missing file and one in another encoding end with exit code 2."""
    (tmp_path / "旧.jsonl").write_bytes("问题".encode("gb18030"))
    for name in ("没有.jsonl", "旧.jsonl"):
        assert tjqa("eval", str(tmp_path / name)).code == 2
