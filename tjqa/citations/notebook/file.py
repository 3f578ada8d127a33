"""The file of a notebook: one excerpt a line, in the reader's order. It is read anew for every change and replaced as a
whole under a lock, so that two programs with the same library open lose nothing of each other's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tjqa.citations.notebook import parameters
from tjqa.citations.notebook.excerpt import Excerpt, excerpt_from, row_of
from tjqa.errors import TjqaError, reason
from tjqa.files import FileTooLarge, read_regular, write_atomically
from tjqa.messages import message
from tjqa.records import json_line

FILE_NAME = "excerpts.jsonl"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file; one that is no excerpt (edited by hand, of a newer version) stays as it is."""

    raw: str
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class Removed:
    """An excerpt that was taken out, and which one it stood behind (None: at the beginning)."""

    excerpt: Excerpt
    behind: str | None


class NotebookFile:
    """The excerpts of one library.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def excerpts(self) -> tuple[Excerpt, ...]:
        """All of them as they are now, in the reader's order.

        Raises:
            TjqaError: the file cannot be read.
        """
        return tuple(line.excerpt for line in self._read() if line.excerpt is not None)

    def add(self, excerpt: Excerpt) -> bool:
        """Put an excerpt at the end; False, and nothing done, when the same words are kept under its topic already.

        Raises:
            TjqaError: the file cannot be written; so for all changes.
        """
        with self._changing() as lines:
            known = any(line.excerpt is not None and line.excerpt.same_place(excerpt) for line in lines)
            if not known:
                lines.append(_line(excerpt))
        return not known

    def change(self, key: str, topic: str, note: str) -> Excerpt:
        """Give an excerpt another topic and note.

        Raises:
            TjqaError: another program took it out meanwhile; so for `move` and `remove`.
        """
        with self._changing() as lines:
            at = _place(lines, key)
            changed = replace(_excerpt(lines[at]), topic=topic, note=note)
            lines[at] = _line(changed)
        return changed

    def move(self, key: str, by: int) -> None:
        """Exchange an excerpt with the one before it (`by` -1) or behind it (1) of its topic, if there is one."""
        with self._changing() as lines:
            at = _place(lines, key)
            topic = _excerpt(lines[at]).topic
            same = [n for n, line in enumerate(lines) if line.excerpt is not None and line.excerpt.topic == topic]
            other = same.index(at) + by
            if 0 <= other < len(same):
                lines[at], lines[same[other]] = lines[same[other]], lines[at]

    def remove(self, key: str) -> Removed:
        """Take an excerpt out; what comes back puts it in again."""
        with self._changing() as lines:
            at = _place(lines, key)
            gone = _excerpt(lines.pop(at))
            before = [line.excerpt.key for line in lines[:at] if line.excerpt is not None]
        return Removed(gone, before[-1] if before else None)

    def put_back(self, removed: Removed) -> None:
        """Put an excerpt where it stood, at the end when the one before it is gone; nothing when it is there again."""
        with self._changing() as lines:
            keys = [line.excerpt.key if line.excerpt is not None else "" for line in lines]
            if removed.excerpt.key in keys:
                return
            at = 0 if removed.behind is None else len(keys)
            if removed.behind in keys:
                at = keys.index(removed.behind) + 1
            lines.insert(at, _line(removed.excerpt))

    @contextmanager
    def _changing(self) -> Iterator[list[_Line]]:
        """The lines, to be changed in place, while no other program changes them; written at the end."""
        from filelock import FileLock, Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name(f"{self.path.name}.lock"), timeout=parameters.WAIT):
                lines = self._read()
                before = list(lines)
                yield lines
                if lines != before:
                    data = "".join(f"{line.raw}\n" for line in lines).encode("utf-8", "surrogateescape")
                    if len(data) > parameters.MOST_BYTES:  # it could not be read again
                        raise FileTooLarge(self.path, parameters.MOST_BYTES)
                    write_atomically(self.path, data, durable=True)
        except Timeout as error:
            raise TjqaError("notebook_locked", "notebook_locked_hint", path=self.path) from error
        except OSError as error:
            raise TjqaError("notebook_unwritten", "notebook_hint", path=self.path, why=reason(error)) from error

    def _read(self) -> list[_Line]:
        try:
            raw = read_regular(self.path, parameters.MOST_BYTES)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise TjqaError("notebook_unread", "notebook_hint", path=self.path, why=reason(error)) from error
        text = raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        lines, keys = [], set[str]()
        for line in text.split("\n"):
            if not line.strip():
                continue
            excerpt = _read_line(line)
            if excerpt is not None and excerpt.key in keys:  # copied by hand: a second one could not be told apart
                excerpt = None
            if excerpt is not None:
                keys.add(excerpt.key)
            lines.append(_Line(line.removesuffix("\r"), excerpt))
        return lines


def _read_line(line: str) -> Excerpt | None:
    try:
        return excerpt_from(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _line(excerpt: Excerpt) -> _Line:
    return _Line(json_line(row_of(excerpt)), excerpt)


def _excerpt(line: _Line) -> Excerpt:
    assert line.excerpt is not None
    return line.excerpt


def _place(lines: list[_Line], key: str) -> int:
    at = next((n for n, line in enumerate(lines) if line.excerpt is not None and line.excerpt.key == key), None)
    if at is None:
        raise TjqaError(message("excerpt_gone"))
    return at
