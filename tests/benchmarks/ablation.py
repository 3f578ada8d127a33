"""What each stage from question to answer is good for: quality and milliseconds with each left out.

    python -m tests.benchmarks.ablation [QUESTIONS] [--sources DIR] [--embeddings DIR] [--only PART ...]

QUESTIONS is a file in the format of `tjqa eval`, by default the gold questions on the seeds. A line for all, then
one for each part left out: right passage first and among five, answered rightly, wrong though told as an answer, of the
unanswerable those refused and those refused or told as doubtful, the median milliseconds of a question.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.support.helpers import ROOT
from tjqa.config import settings
from tjqa.engine import Engine, build
from tjqa.evaluation import judge, read_questions
from tjqa.retrieval.stages import PARTS, Part, Stages

GOLD = ROOT / "tests" / "data" / "gold" / "questions.jsonl"
COLUMNS = ("first", "in five", "right", "wrong as answer", "refused", "refused or doubted", "ms")


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask every question once with each part left out, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--sources", default=str(ROOT / "seeds"))
    parser.add_argument("--embeddings")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS), help="parts to leave out, one a time")
    options = parser.parse_args(arguments)
    place = settings(options.sources, options.embeddings)
    build(place)
    engine = Engine.open(place)
    rows = list(read_questions(options.questions))
    engine.ask(rows[0]["question"])  # dictionaries and the reader load at the first question
    print("| left out | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 1))
    for part in (None, *options.only):
        found = measure(engine, rows, part)
        print(f"| {part or 'nothing'} | " + " | ".join(f"{found[name]:.3f}" for name in COLUMNS) + " |", flush=True)


def measure(engine: Engine, rows: Sequence[Mapping[str, Any]], part: Part | None) -> dict[str, float]:
    """The figures of a set of questions with a part left out."""
    outcomes, answers, times = [], [], []
    for row in rows:
        began = time.perf_counter()
        answer = engine.ask(row["question"], stages=Stages(frozenset({part} if part else ())))
        times.append(time.perf_counter() - began)
        answers.append(answer)
        outcomes.append(judge(row, answer))
    kinds = list(zip(outcomes, (answer.strength for answer in answers), strict=True))
    asked = [(outcome, strength) for outcome, strength in kinds if outcome.answerable]
    others = [strength for outcome, strength in kinds if not outcome.answerable]
    values = (
        share(outcome.recall(1) == 1 for outcome, _ in asked),
        share(outcome.recall(5) == 1 for outcome, _ in asked),
        share(outcome.answered for outcome, _ in asked),
        share(strength == "answer" and not outcome.answered for outcome, strength in asked),
        share(strength == "none" for strength in others),
        share(strength != "answer" for strength in others),
        1000 * median(times),
    )
    return dict(zip(COLUMNS, values, strict=True))


def share(values: Any) -> float:
    """The share that is true; 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


if __name__ == "__main__":
    main()
