"""nDCG@10 on public retrieval sets, tjqa's whole way of a question against the peers' on the same documents.

tjqa indexes one text file a document and is judged by the best passage of each file; a peer indexes each document
whole, which spares it the joining of passages.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from embeddings.ranking.libraries import read_qrels, rows_of
from tests.benchmarks.public_sets import ndcg
from tests.benchmarks.scaling.against import Peers
from tests.benchmarks.scaling.processes import run
from tests.benchmarks.scaling.stages import milliseconds


def compare(
    bench: Path, name: str, work: Path, threads: int, peers: Peers | None, names: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """A row for tjqa, then one for each peer."""
    yield {"set": name, "who": "tjqa", **own(bench, name, work, threads)}
    if peers is None:
        return
    folder, place = bench / name, work / "peers" / name
    place.mkdir(parents=True, exist_ok=True)
    queries = list(rows_of(folder / "queries.jsonl"))
    (place / "questions.jsonl").write_text(
        "".join(json.dumps({"question": row["text"]}, ensure_ascii=False) + "\n" for row in queries), "utf-8"
    )
    documents = [row["id"] for row in rows_of(folder / "corpus.jsonl")]
    relevant = read_qrels(folder / "qrels.tsv")
    for peer in names:
        report = peers.ask(peer, folder / "corpus.jsonl", place / "questions.jsonl", place, len(documents))
        yield {"set": name, "who": peer, **score(report, documents, [relevant[row["id"]] for row in queries])}


def own(bench: Path, name: str, work: Path, threads: int) -> dict[str, Any]:
    """tests/benchmarks/public_sets.py on one set, in a process of its own like the peers."""
    ran = run(
        [sys.executable, "-m", "tests.benchmarks.public_sets", f"--bench={bench}", f"--work={work / 'sets'}", name],
        threads,
    )
    line = next(line for line in ran.output.splitlines() if line.startswith(f"{name}:"))
    words = line.split()
    return {
        "ndcg@10": float(words[words.index("nDCG@10") + 1]),
        "questions": int(words[words.index("questions") - 1]),
        "passages": int(words[words.index("passages") - 1]),
        "latency": {"p50": float(words[words.index("median") + 1])},
    }


def score(report: dict[str, Any], documents: Sequence[str], relevant: Sequence[set[str]]) -> dict[str, Any]:
    """A peer's mean nDCG@10."""
    if "not_run" in report:
        return report
    rankings = [[documents[row] for row in rows] for rows in report["found"]]
    values = [ndcg(ranked[:10], wanted) for ranked, wanted in zip(rankings, relevant, strict=False)]
    return {
        "ndcg@10": statistics.mean(values),
        "questions": len(values),
        "passages": report["passages"],
        "latency": milliseconds(report["times"]),
        "versions": report["versions"],
    }
