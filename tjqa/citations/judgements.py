"""What the reader says of passages: this one answers the question, that one does not; kept in a file by the index.

One JSON object a line: {"question", "file", "sha256", "start", "end", "quote", "answers", "at"}. `tjqa eval` without a
question file asks these questions again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tjqa import records
from tjqa.documents import Span
from tjqa.errors import TjqaError, reason
from tjqa.files import read_regular, write_atomically
from tjqa.records import read_rows
from tjqa.results import Citation

FILE_NAME = "judgements.jsonl"

_MAX_BYTES = 256 * 1024 * 1024  # half a kilobyte a mark: half a million of them
_Key = tuple[str, str, Span]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One mark: the passage at `span` of file `path` (as it was: `sha256`, `quote`) answers `question`, or not."""

    question: str
    path: str
    sha256: str
    span: Span
    quote: str
    answers: bool
    at: str

    @property
    def key(self) -> _Key:
        """What a later mark replaces."""
        return self.question, self.path, self.span


class Judgements:
    """The marks of one library, oldest first; a later mark of the same passage for the same question replaces it.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._marks: dict[_Key, Judgement] = {}
        with contextlib.suppress(OSError):  # told when a mark is to be written
            self._marks = {mark.key: mark for mark in _read(path)}

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self._marks.values())

    def __len__(self) -> int:
        return len(self._marks)

    def verdict(self, question: str, citation: Citation) -> bool | None:
        """True: marked as answering; False: as not answering; None: not marked."""
        mark = self._marks.get((question.strip(), citation.path, citation.span))
        return mark.answers if mark else None

    def judge(self, question: str, citation: Citation, answers: bool | None) -> None:
        """Mark a passage, or with None take the mark back; the file is replaced as a whole, never half written.

        Raises:
            TjqaError: the file cannot be written; then nothing is changed.
        """
        mark = Judgement(
            question=question.strip(),
            path=citation.path,
            sha256=citation.sha256,
            span=citation.span,
            quote=citation.quote,
            answers=bool(answers),
            at=datetime.now().astimezone().isoformat(timespec="seconds"),
        )
        try:
            marks = {old.key: old for old in _read(self.path)}  # again: another window may have marked meanwhile
        except OSError as error:  # to write would lose what is in it
            raise _unwritten(self.path, error) from error
        marks.pop(mark.key, None)
        if answers is not None:
            marks[mark.key] = mark
        self._write(marks)
        self._marks = marks

    def _write(self, marks: dict[_Key, Judgement]) -> None:
        text = "".join(json.dumps(_row(mark), ensure_ascii=False) + "\n" for mark in marks.values())
        try:
            write_atomically(self.path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise _unwritten(self.path, error) from error


def _unwritten(path: Path, error: OSError) -> TjqaError:
    return TjqaError("marks_unwritten", "marks_unwritten_hint", path=path, why=reason(error))


def _row(mark: Judgement) -> dict[str, Any]:
    return {
        "question": mark.question,
        "file": mark.path,
        "sha256": mark.sha256,
        "start": mark.span.start,
        "end": mark.span.end,
        "quote": mark.quote,
        "answers": mark.answers,
        "at": mark.at,
    }


def _read(path: Path) -> Iterator[Judgement]:
    """The marks of a file; a line that is none (edited by hand, a disk error) costs only itself.

    Raises:
        OSError: it is there and cannot be read, is no regular file or too large.
    """
    try:
        rows = read_rows(read_regular(path, _MAX_BYTES), "replace")
    except FileNotFoundError:
        return
    for _, row in rows:
        try:
            records.fitting(row, records.JUDGEMENT)
            span = Span(row["start"], row["end"])
        except ValueError:
            continue
        yield Judgement(row["question"], row["file"], row["sha256"], span, row["quote"], row["answers"], row["at"])
