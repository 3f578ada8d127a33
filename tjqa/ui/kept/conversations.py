"""The last conversation with each library: what was asked, whole, and whether an answer was found; not the answers, for
the documents may have changed: they are looked up again. A file a library, one JSON object a line.

{"question", "filters": [{"kind", "value"}], "found", "library"}
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tjqa import records
from tjqa.files import write_atomically
from tjqa.index.filters import Filter
from tjqa.ui.kept.libraries import filters_of
from tjqa.ui.kept.lines import rows_of

KEPT = 30
"""Questions of a conversation that are kept: each is looked up again when it is gone on with, some 0.3 s each."""

_MAX_BYTES = 4 * 1024 * 1024  # many times what KEPT questions of a few thousand characters take

_TURN: Mapping[str, records.Check] = {
    "question": lambda value: isinstance(value, str) and value.strip() != "",
    "filters": records.rows,
    "found": records.truth,
    "library": records.text,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was searched, with its filters; `library` is the folder that was asked when it was another one
    than the one that was open."""

    question: str
    filters: tuple[Filter, ...] = ()
    found: bool = False
    library: str = ""


class Conversations:
    """One of each library.

    Args:
        folder: where their files are; None keeps them in memory only.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, tuple[Turn, ...]] = {}

    def of(self, library: str) -> tuple[Turn, ...]:
        """The last conversation with the library of a folder, oldest question first."""
        if self._folder is not None and library not in self._memory:
            with contextlib.suppress(OSError):
                self._memory[library] = tuple(_read(self._file(library)))
        return self._memory.get(library, ())

    def keep(self, library: str, turns: Sequence[Turn]) -> None:
        """Put a conversation in the place of the last one. A file that cannot be written costs the next session."""
        kept = tuple(turns[-KEPT:])
        self._memory[library] = kept
        if self._folder is None:
            return
        text = "".join(records.json_line(_row(turn)) + "\n" for turn in kept)
        with contextlib.suppress(OSError):
            write_atomically(self._file(library), text.encode("utf-8", "backslashreplace"))

    def _file(self, library: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{hashlib.sha256(library.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.jsonl"


def _row(turn: Turn) -> dict[str, Any]:
    filters = [{"kind": one.kind, "value": one.value} for one in turn.filters]
    return {"question": turn.question, "filters": filters, "found": turn.found, "library": turn.library}


def _read(path: Path) -> list[Turn]:
    """The turns of a file; a line that is none costs only itself.

    Raises:
        OSError: it is there and cannot be read, is no regular file or too large.
    """
    turns: list[Turn] = []
    for row in rows_of(path, _MAX_BYTES):
        with contextlib.suppress(records.Unfit):
            fields = records.fitting(row, _TURN)
            turns.append(Turn(fields["question"], filters_of(fields["filters"]), fields["found"], fields["library"]))
    return turns[-KEPT:]
