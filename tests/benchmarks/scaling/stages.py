"""Where the time of a question goes: a timer around the functions of each stage, found by their names.

The time of a stage is its own, without that of the stages within it, so that stages and the rest add up to the whole.
A name that the program no longer has is told, not guessed at.
"""

from __future__ import annotations

import importlib
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SEARCH = "tjqa.index.local:LocalIndex.nearest"
"""The search of the vectors; what it is asked is asked of an exact index, too."""

# Each stage with the functions that do it, in the modules where they are called.
STAGES = {
    "understand": ("tjqa.retrieval.search:understand", "tjqa.retrieval.search:matcher_for"),
    "lexical": ("tjqa.index.bm25:BM25Index.scores", "tjqa.index.local:top_rows"),
    "encode": ("tjqa.retrieval.candidates:encode_meaning",),
    "vectors": (SEARCH, "tjqa.index.local:LocalIndex.cosines"),
    "fetch": ("tjqa.index.local:LocalIndex.fetch", "tjqa.index.local:LocalIndex.tokens"),
    "features": ("tjqa.retrieval.search:rank",),  # what is left of it: matching and ordering the candidates
    "copies": ("tjqa.retrieval.search:grouped",),
    "decide": ("tjqa.answers.answering:decide",),
    "cite": ("tjqa.answers.answering:cite_sentences", "tjqa.answers.answering:cite_group"),
    "remarks": ("tjqa.engine:noted",),
}


@dataclass(slots=True)
class Call:
    """A call that was remembered: repeated with other arguments it is not timed."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(slots=True)
class Timer:
    """Collects the own time of each stage, question by question."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    history: list[dict[str, float]] = field(default_factory=list)
    seen: list[Call] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    _inner: list[float] = field(default_factory=list)

    def around(self, stage: str, call: Callable[..., Any], keep: bool = False) -> Callable[..., Any]:
        """`call`, timed; with `keep` it is remembered with its arguments."""

        def timed(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            began = time.perf_counter()
            try:
                result = call(*arguments, **named)
            finally:
                took = time.perf_counter() - began
                self.seconds[stage] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took
            if keep:
                self.seen.append(Call(call, arguments))
            return result

        return timed

    def install(self, stages: dict[str, tuple[str, ...]] = STAGES, keep: str = SEARCH) -> None:
        """Put the timer around every function of `stages`, for the rest of this process."""
        for stage, names in stages.items():
            for name in names:
                module, _, path = name.partition(":")
                *owners, last = path.split(".")
                try:
                    owner = importlib.import_module(module)
                    for part in owners:
                        owner = getattr(owner, part)
                    call = getattr(owner, last)
                except (ImportError, AttributeError):
                    self.missing.append(name)
                    continue
                setattr(owner, last, self.around(stage, call, name == keep))

    def next_question(self, total: float) -> None:
        """Close the account of one question that took `total` seconds."""
        self.history.append({**self.seconds, "rest": total - sum(self.seconds.values())})
        self.seconds.clear()

    def summary(self) -> dict[str, dict[str, float]]:
        """p50 and p99 of each stage in milliseconds."""
        stages = dict.fromkeys(name for row in self.history for name in row)
        return {stage: milliseconds([row.get(stage, 0.0) for row in self.history]) for stage in stages}


def milliseconds(seconds: list[float]) -> dict[str, float]:
    """p50, p99 and mean of some times, in milliseconds."""
    ordered = sorted(seconds)
    return {
        "p50": round(1000 * statistics.median(ordered), 4),
        "p99": round(1000 * ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))], 4),
        "mean": round(1000 * statistics.fmean(ordered), 4),
    }
