"""How long a build will still take, from how fast it has been going."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from tjqa import errors
from tjqa.errors import TjqaError
from tjqa.messages import from_json, to_json
from tjqa.records import json_line
from tjqa.reports import BuildReport, Deepened, MovedFile, Progress, SkippedFile

_WINDOW = 60.0  # seconds looked back on: long against one large file, short against a change of pace
_EARLIEST = 3.0  # seconds a phase must have run before anything is said of its end


# Of a build of a thousand reports half the time goes into reading them, nearly half into words and vectors; lines that
# pages repeat are looked for in what was read.
_PHASES = {"phase_read": 0.5, "phase_repeats": 0.05, "phase_embed": 0.45}


class Whole(NamedTuple):
    """How far a build as a whole is: `number` of `phases`, and the `share` that is done, 0..1."""

    number: int
    phases: int
    share: float


def whole(step: Progress) -> Whole | None:
    """How far a build is at a step, phases weighed by the time they take; None of a step of something else."""
    if step.phase not in _PHASES:
        return None
    at = list(_PHASES).index(step.phase)
    before = sum(list(_PHASES.values())[:at])
    inside = min(step.done / step.total, 1.0) if step.total else 0.0
    return Whole(at + 1, len(_PHASES), before + inside * _PHASES[step.phase])


class Pace:
    """Watches the steps of a build. A phase is judged by its own steps: parts taken over at its start took no time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phase = ("", 0)
        self._seen: deque[tuple[float, int]] = deque()

    def seconds_left(self, step: Progress) -> float | None:
        """Seconds until the step's phase ends; None when that cannot be told yet."""
        now = self._clock()
        if (step.phase, step.total) != self._phase:
            self._phase = (step.phase, step.total)
            self._seen.clear()
        self._seen.append((now, step.done))
        while now - self._seen[0][0] > _WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        began, before = self._seen[0]
        if step.total <= step.done or step.done <= before or now - began < _EARLIEST:
            return None
        return (step.total - step.done) * (now - began) / (step.done - before)


def rounded(seconds: float) -> tuple[int, bool]:
    """Time as a person says it: a number, and whether it counts minutes; seconds in tens."""
    if seconds < 90:
        return max(10, round(seconds / 10) * 10), False
    return round(seconds / 60), True


def counted(step: Progress) -> str:
    """How far a step is, as a person is told it: so many of so many, or the share of what is counted in bytes."""
    if step.phase == "phase_deepen":
        return f"{100 * step.done // max(step.total, 1)}%"
    return f"{step.done}/{step.total}"


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """A `BuildReport` in numbers and names: documents and passages held, stretches left out of the documents, files
    not read, moved and gone, files that could not be read again; `unchanged` when there was nothing to write."""

    documents: int
    passages: int
    dropped: int
    skipped: tuple[SkippedFile, ...] = ()
    moved: tuple[MovedFile, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[SkippedFile, ...] = ()
    unchanged: bool = False


def summarise(report: BuildReport) -> BuildSummary:
    """A report without the spans of every file, which for a thousand files are megabytes."""
    return BuildSummary(
        documents=len(report.sources),
        passages=report.passages,
        dropped=sum(len(source.dropped) for source in report.sources),
        skipped=report.skipped,
        moved=report.moved,
        removed=report.removed,
        kept=report.kept,
        unchanged=report.unchanged,
    )


def encode(said: Progress | BuildSummary | Deepened | TjqaError) -> str:
    """The line that says it."""
    if isinstance(said, TjqaError):
        hint = to_json(said.advice) if said.advice is not None else ""
        return json_line({"error": type(said).__name__, "what": to_json(said.message), "hint": hint})
    if isinstance(said, Progress):
        return json_line(asdict(said))
    if isinstance(said, Deepened):
        return json_line({"deepened": asdict(said)})
    reasons = {key: [(name, to_json(why)) for name, why in getattr(said, key)] for key in ("skipped", "kept")}
    return json_line({"built": {**asdict(said), **reasons}})


def decode(line: str) -> Progress | BuildSummary | Deepened | TjqaError | None:
    """What a line says; None for a line that is none of ours (a library that prints)."""
    try:
        row = json.loads(line)
        if "phase" in row:
            return Progress(**row)
        if "error" in row:
            return _error(row["error"])(from_json(row["what"]), from_json(row["hint"]) if row["hint"] else "")
        if "deepened" in row:
            return Deepened(**row["deepened"])
        counts = dict(row["built"])
        return BuildSummary(
            **{
                **counts,
                "skipped": _reasons(counts["skipped"]),
                "kept": _reasons(counts["kept"]),
                "moved": tuple(MovedFile(str(old), str(new)) for old, new in counts["moved"]),
                "removed": tuple(counts["removed"]),
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _reasons(rows: list[Any]) -> tuple[SkippedFile, ...]:
    return tuple(SkippedFile(str(path), from_json(why)) for path, why in rows)


def _error(name: str) -> type[TjqaError]:
    kind = getattr(errors, name, TjqaError)
    return kind if isinstance(kind, type) and issubclass(kind, TjqaError) else TjqaError
