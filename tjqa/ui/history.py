"""Past questions: in memory for ↑ and ↓, in a file from one session to the next.

One JSON object a line: {"question", "library", "at", "found", "typed", "possible"}; one of an older version lacks the
last two, or is the question alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tjqa import records
from tjqa.files import read_regular, write_atomically
from tjqa.records import read_rows

KEPT = 1000
"""Questions kept in the file."""

_MAX_BYTES = 16 * 1024 * 1024  # many times what KEPT questions of a few thousand characters take

_ASKED: Mapping[str, records.Check] = {
    "question": lambda value: isinstance(value, str) and value.strip() != "",
    "library": records.text,
    "at": records.label,
    "found": lambda value: value is None or isinstance(value, bool),
    "typed": records.text,
    "possible": records.truth,
}
_LATER = frozenset({"typed", "possible"})


def default_folder() -> Path:
    """The user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("tjqa", appauthor=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the folder of the library it was asked of ("" where that was not noted), when (ISO, local), and
    whether an answer was found; None as long as that is not known. `typed` is the line that stood for the question, if
    that was another; `possible` says that what was found only may be the answer."""

    question: str
    library: str = ""
    at: str = ""
    found: bool | None = None
    typed: str = ""
    possible: bool = False


class History:
    """Questions, oldest first, each once a library.

    Args:
        path: where they are kept; None keeps them in memory only.
        library: the folder of the library that is open; its questions are gone through, and those of none.
    """

    def __init__(self, path: Path | None, library: str = "") -> None:
        self._path = path
        self._all: list[Asked] = []
        if path is not None:
            with contextlib.suppress(OSError):
                self._all = _read(path)
        self.open(library)

    def open(self, library: str) -> None:
        """Go on with the questions of another library."""
        self.library = library
        self._place = len(self.asked)
        self._draft = ""

    def keep_in(self, path: Path | None) -> None:
        """Keep what is asked from now on in another file, or with None in memory only."""
        self._path = path

    @property
    def asked(self) -> list[Asked]:
        """What was asked of the library that is open, oldest first."""
        return [one for one in self._all if one.library in ("", self.library)]

    @property
    def questions(self) -> list[str]:
        """The questions of these."""
        return [one.question for one in self.asked]

    def add(self, question: str) -> None:
        """Remember a question as the newest. A file that cannot be written costs the next session, not this one."""
        now = datetime.now().astimezone().isoformat(timespec="minutes")
        self._put(Asked(question, self.library, now), {question})

    def answered(self, line: str, question: str, found: bool, possible: bool = False) -> None:
        """Note whether the question typed as `line` found an answer, or only one that is `possible`; of a follow-up,
        which says nothing by itself, go through the whole `question` instead."""
        old = next((one for one in reversed(self._all) if self._is(one, {line})), None)
        if old is not None:
            typed = line if line != question else ""
            new = replace(old, question=question, found=found, typed=typed, possible=possible)
            self._put(new, {line, question})

    def _is(self, one: Asked, questions: set[str]) -> bool:
        return one.question in questions and one.library in ("", self.library)

    def _put(self, new: Asked, out: set[str]) -> None:
        """Put one at the end, in place of those of the questions `out`; what another window has put into the file
        stays."""
        self._all = [*(one for one in self._all if not self._is(one, out)), new][-KEPT:]
        self._place, self._draft = len(self.asked), ""
        if self._path is None:
            return
        try:
            kept = [*(one for one in _read(self._path) if not self._is(one, out)), new][-KEPT:]
            text = "".join(records.json_line(_row(one)) + "\n" for one in kept)
            write_atomically(self._path, text.encode("utf-8", "backslashreplace"))
        except OSError:
            self._path = None

    def step(self, direction: int, current: str) -> str | None:
        """The next older (-1) or newer (1) question; what was being typed comes back at the end."""
        questions = self.questions
        place = self._place + direction
        if not 0 <= place <= len(questions):
            return None
        if self._place == len(questions):
            self._draft = current
        self._place = place
        return self._draft if place == len(questions) else questions[place]


def _row(one: Asked) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _ASKED}


def _read(path: Path) -> list[Asked]:
    """What a file holds; nothing when it is not there or no text.

    Raises:
        OSError: it is there and cannot be read, is no regular file or too large: it is left as it is.
    """
    try:
        rows = read_rows(read_regular(path, _MAX_BYTES))
    except (FileNotFoundError, UnicodeDecodeError):
        return []
    found: list[Asked] = []
    for _, row in rows:
        if isinstance(row, str) and row.strip():
            found.append(Asked(row))
        with contextlib.suppress(records.Unfit):
            fields = records.fitting(row, _ASKED, _LATER)
            found.append(Asked(**{name: fields[name] for name in _ASKED if name in fields}))
    return found[-KEPT:]
