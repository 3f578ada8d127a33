"""Asks an opened library all questions, in a process of its own so that its memory is that of a library alone.

    python -m tests.benchmarks.scaling.asking --sources DIR --embeddings DIR --questions FILE --vectors FILE
        --report FILE

Writes one JSON object: latency in total and by stage, hits, resident memory after the questions; then, beside an exact
FAISS scan of the same vectors as 32-bit floats on one thread, the ratio of the two and the recall of the vector search.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.scaling.corpus import Asked, read_questions
from tests.benchmarks.scaling.processes import memory
from tests.benchmarks.scaling.stages import Call, Timer, milliseconds
from tjqa.config import settings
from tjqa.engine import Engine
from tjqa.results import Answer

K = 10
WARM = 20  # questions asked before the clock runs
BLOCK = 10  # questions, then as many scans: neither finds the caches as the other likes them for long
SCANS = 200  # questions of the comparison
_COARSE = 0.005  # similarities of 16-bit vectors are off by some 0.0005; those of other vectors by 0.05
_TIE = 1e-5  # similarities so near are equal: copies of a passage may be found in any order


def main() -> None:
    """Ask, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--embeddings", required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--report", type=Path, required=True)
    options = parser.parse_args()
    questions = read_questions(options.questions)
    timer = Timer()
    timer.install()
    began = time.perf_counter()
    engine = Engine.open(settings(options.sources, options.embeddings))
    report: dict[str, Any] = {"open_seconds": time.perf_counter() - began, "passages": engine.status().passages}
    report |= ask_all(engine, questions, timer)
    report["memory"] = memory()
    report |= beside_exact(engine, questions[:SCANS], timer, np.load(options.vectors, mmap_mode="r"))
    options.report.write_text(json.dumps(report, ensure_ascii=False), "utf-8")


def ask_all(engine: Engine, questions: list[Asked], timer: Timer) -> dict[str, Any]:
    """Every question once, after a few to warm up with."""
    for asked in questions[-WARM:]:
        engine.ask(asked.question)
    timer.seconds.clear()
    timer.seen.clear()
    times, spent, hits, found = [], [], 0, 0
    for asked in questions:
        used, began = time.process_time(), time.perf_counter()
        answer = engine.ask(asked.question, K)
        times.append(time.perf_counter() - began)
        spent.append(time.process_time() - used)
        timer.next_question(times[-1])
        hits += holds(answer, asked.evidence)
        found += answer.state == "found"
    return {
        "questions": len(questions),
        "hit@10": hits / len(questions),
        "answered": found / len(questions),
        "latency": milliseconds(times),
        "latency_processor": milliseconds(spent),
        "stages": timer.summary(),
        "stages_missing": timer.missing,
    }


def holds(answer: Answer, evidence: str) -> bool:
    """Whether a passage shown, or a copy of it elsewhere, holds the sentence asked about."""
    cited = [one for c in answer.citations[:K] for one in (c, *c.also)]
    return any(evidence in c.quote for c in cited)


def beside_exact(engine: Engine, questions: list[Asked], timer: Timer, vectors: NDArray[np.float32]) -> dict[str, Any]:
    """Whole questions and exact scans by turns: ratio of their times, recall of the vector search against the scans."""
    import faiss

    exact = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), 65536):
        exact.add(np.ascontiguousarray(vectors[start : start + 65536]))
    faiss.omp_set_num_threads(1)
    asks: list[float] = []
    scans: list[float] = []
    spent: tuple[list[float], list[float]] = ([], [])
    recalls: list[float] = []
    for start in range(0, len(questions), BLOCK):
        timer.seen.clear()
        for asked in questions[start : start + BLOCK]:
            used, began = time.process_time(), time.perf_counter()
            engine.ask(asked.question, K)
            asks.append(time.perf_counter() - began)
            spent[0].append(time.process_time() - used)
        for call in timer.seen:
            query, rows = _query(call), ten_nearest(call)
            used, began = time.process_time(), time.perf_counter()
            similarity, _ = exact.search(query[None], K)
            scans.append(time.perf_counter() - began)
            spent[1].append(time.process_time() - used)
            recalls.append(recall(query, rows, vectors, similarity[0]))
            must_agree(engine._index.cosines(engine._encoder, query, rows), vectors[rows] @ query)
    report = {"dimension": vectors.shape[1]}
    if not scans:  # tjqa searches its vectors in another way than stages.py knows
        return report
    return report | {
        "scan": milliseconds(scans),
        "asked_beside_scan": milliseconds(asks),
        "ratio_to_scan": ratio(asks, scans),
        "ratio_to_scan_processor": ratio(*spent),
        "recall@10": float(np.mean(recalls)),
    }


def ratio(some: list[float], others: list[float]) -> dict[str, float]:
    """p50 to p50 and p99 to p99."""
    ours, theirs = milliseconds(some), milliseconds(others)
    return {name: ours[name] / theirs[name] for name in ours}


def _query(call: Call) -> NDArray[np.float32]:
    """The question's vector among the arguments of a search."""
    return next(np.asarray(a, np.float32) for a in call.arguments if isinstance(a, np.ndarray) and a.ndim == 1)


def ten_nearest(call: Call) -> NDArray[np.int64]:
    """The rows that the same search finds when it is asked for ten: how many is the whole number it is given."""
    found = call.function(*(K if type(a) is int else a for a in call.arguments))
    return found[-1] if isinstance(found, tuple) else found  # rows alone, or after their similarities


def must_agree(stored: NDArray[np.float32], exact: NDArray[np.float32]) -> None:
    """The index must hold the vectors it is compared with, to the coarseness of its storage.

    Raises:
        SystemExit: it holds others; a recall against these would mean nothing.
    """
    apart = float(np.abs(stored - exact).max(initial=0.0))
    if apart > _COARSE:
        raise SystemExit(f"similarities of the index and of dump.py differ by {apart:.3f}: they embed different texts")


def recall(
    query: NDArray[np.float32], rows: NDArray[np.int64], vectors: NDArray[np.float32], best: NDArray[np.float32]
) -> float:
    """Share of the `best` similarities that the rows found reach; ties are as good as each other."""
    reached = vectors[np.sort(rows)] @ query
    return min(1.0, float((reached >= best[-1] - _TIE).sum()) / len(best))


if __name__ == "__main__":
    main()
