"""What a build in a process of its own tells the program that started it (`tjqa index --progress json`).

One JSON object a line on standard output: {"phase", "done", "total", "detail"} is a step; the last line is {"built"}
with what came of it, or {"error", "what", "hint"}: the name of a class of tjqa.errors and its two sentences.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from tjqa import errors
from tjqa.errors import TjqaError
from tjqa.printing import json_line
from tjqa.records import BuildReport, Progress


@dataclass(frozen=True, slots=True)
class Built:
    """A `BuildReport` in numbers and names: documents and passages held, stretches left out of the documents, files
    not read (name, reason), moved (old, new) and gone; `unchanged` when there was nothing to write."""

    documents: int
    passages: int
    dropped: int
    skipped: tuple[tuple[str, str], ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: bool = False


def summed(report: BuildReport) -> Built:
    """A report without the spans of every file, which for a thousand files are megabytes."""
    return Built(
        documents=len(report.sources),
        passages=report.passages,
        dropped=sum(len(source.dropped) for source in report.sources),
        skipped=report.skipped,
        moved=report.moved,
        removed=report.removed,
        unchanged=report.unchanged,
    )


def told(said: Progress | Built | TjqaError) -> str:
    """The line that says it."""
    if isinstance(said, TjqaError):
        return json_line({"error": type(said).__name__, "what": said.what, "hint": said.hint})
    return json_line(asdict(said) if isinstance(said, Progress) else {"built": asdict(said)})


def heard(line: str) -> Progress | Built | TjqaError | None:
    """What a line says; None for a line that is none of ours (a library that prints)."""
    try:
        row = json.loads(line)
        if "phase" in row:
            return Progress(**row)
        if "error" in row:
            return _error(row["error"])(row["what"], row["hint"])
        counts = dict(row["built"])
        pairs = {name: tuple((str(a), str(b)) for a, b in counts.pop(name)) for name in ("skipped", "moved")}
        return Built(**counts | pairs | {"removed": tuple(counts["removed"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _error(name: str) -> type[TjqaError]:
    kind = getattr(errors, name, TjqaError)
    return kind if isinstance(kind, type) and issubclass(kind, TjqaError) else TjqaError
