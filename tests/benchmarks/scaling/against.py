"""Runs the peers as child processes and turns what they report into rows beside tjqa's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.scaling.processes import Failed, run
from tests.benchmarks.scaling.stages import milliseconds
from tests.support.helpers import MODEL

PEERS = ("bm25s", "numpy", "txtai", "txtai-exact", "langchain")
PROGRAM = Path(__file__).with_name("peers.py")

# Vectors of tjqa's model have 3,456 values; a million of them fill 13 GiB. Above this many passages peers get the first
# 384, the model's meaning part, which costs them: of 9,606 passages hit@10 of numpy falls from 0.940 to 0.726, that of
# txtai from 0.930 to 0.892. So they keep the whole vectors as long as these fit, though making them takes long, and
# where they do not the table says that the hits cannot be compared.
WHOLE_VECTORS = 150_000


class Peers:
    """The peers of one run: where their Python is, and what a peer may take."""

    def __init__(self, python: Path, threads: int, longest: float, largest: int) -> None:
        self.python = python
        self.threads = threads
        self.longest = longest
        self.largest = largest

    def ask(self, name: str, passages: Path, questions: Path, work: Path, count: int) -> dict[str, Any]:
        """What a peer reports about `count` passages, or why it did not: {"not_run": …}."""
        if not self.python.is_file():
            return {"not_run": f"no Python at {self.python}"}
        report = work / f"peer-{name}.json"
        report.unlink(missing_ok=True)
        command = [
            *(str(self.python), str(PROGRAM), name, f"--model={MODEL}", f"--passages={passages}"),
            *(f"--questions={questions}", f"--report={report}", f"--threads={self.threads}"),
            *(f"--seconds={self.longest / 4}", *(["--meaning"] if count > WHOLE_VECTORS else [])),
        ]
        try:
            ran = run(command, self.threads, self.longest, self.largest)
        except Failed as error:
            lines = str(error).strip().splitlines() or ["it ended with an error"]
            return {"not_run": lines[-1]}
        if ran.stopped:
            return {"not_run": f"stopped after {ran.seconds:.0f} s: {ran.stopped}"}
        row: dict[str, Any] = json.loads(report.read_text("utf-8"))
        handicapped = bool(row["dimension"]) and count > WHOLE_VECTORS  # bm25s has no vectors to lose
        return row | {"peak_memory": ran.peak, "processor_seconds": ran.processor, "handicapped": handicapped}


def scale_row(report: dict[str, Any], passages: Path, questions: Sequence[Any]) -> dict[str, Any]:
    """The figures of a peer on a corpus: a hit is a passage among ten that holds the sentence asked about."""
    if "not_run" in report:
        return report
    wanted = {row for rows in report["found"] for row in rows}
    texts: dict[int, str] = {}
    with passages.open(encoding="utf-8", errors="surrogatepass") as handle:
        for number, line in enumerate(handle):
            if number in wanted:
                texts[number] = json.loads(line)["text"]
    asked = questions[: len(report["found"])]
    hits = sum(
        any(question.evidence in texts[row] for row in rows)
        for question, rows in zip(asked, report["found"], strict=True)
    )
    kept = {name: value for name, value in report.items() if name not in ("times", "processor_times", "found")}
    return kept | {
        "questions": len(asked),
        "hit@10": hits / len(asked),
        "latency": milliseconds(report["times"]),
        "latency_processor": milliseconds(report["processor_times"]),
    }
