"""Past questions: in memory for ↑ and ↓, in a file from one session to the next."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from tjqa.files import read_regular, write_atomically
from tjqa.records import read_rows

KEPT = 1000
"""Questions kept in the file."""

_MAX_BYTES = 16 * 1024 * 1024  # many times what KEPT questions of a few thousand characters take


def default_path() -> Path:
    """The file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("tjqa", appauthor=False) / "history.jsonl"


class History:
    """Questions, oldest first, each once; one JSON string a line in the file.

    Args:
        path: where they are kept; None keeps them in memory only.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.questions: list[str] = []
        if path is not None:
            with contextlib.suppress(OSError):
                self.questions = _read(path)
        self._place = len(self.questions)
        self._draft = ""

    def add(self, question: str) -> None:
        """Remember a question as the newest. A file that cannot be written costs the next session, not this one."""
        if question in self.questions:
            self.questions.remove(question)
        self.questions = [*self.questions, question][-KEPT:]
        self._place, self._draft = len(self.questions), ""
        self._store({question}, question)

    def _store(self, out: set[str], new: str) -> None:
        """Take `out` out of the file and put `new` at its end; what another window has put there stays."""
        if self._path is None:
            return
        try:
            kept = [*(q for q in _read(self._path) if q not in out), new][-KEPT:]
            text = "".join(json.dumps(q, ensure_ascii=False) + "\n" for q in kept)
            # Half characters, which UTF-8 cannot hold, become escapes of JSON.
            write_atomically(self._path, text.encode("utf-8", "backslashreplace"))
        except OSError:
            self._path = None

    def replace(self, question: str, by: str) -> None:
        """Keep `by` instead of `question`: of a follow-up, which says nothing by itself, the whole question."""
        if question in self.questions:
            self.questions.remove(question)
        self._store({question, by}, by)
        self.add(by)

    def step(self, direction: int, current: str) -> str | None:
        """The next older (-1) or newer (1) question; what was being typed comes back at the end."""
        place = self._place + direction
        if not 0 <= place <= len(self.questions):
            return None
        if self._place == len(self.questions):
            self._draft = current
        self._place = place
        return self._draft if place == len(self.questions) else self.questions[place]


def _read(path: Path) -> list[str]:
    """The questions of a file; none when it is not there or no text.

    Raises:
        OSError: it is there and cannot be read, is no regular file or too large: it is left as it is.
    """
    try:
        rows = read_rows(read_regular(path, _MAX_BYTES))
    except (FileNotFoundError, UnicodeDecodeError):
        return []
    questions = [row for _, row in rows if isinstance(row, str) and row.strip()]
    return questions[-KEPT:]
