"""What an index knows of the documents in archives and mails: one that is as it was need not be opened again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tjqa.ingest.names import INSIDE
from tjqa.ingest.readers import reader_of
from tjqa.reports import SourceState


class KnownMembers:
    """The members of each container on the disk, as they were when its index was made."""

    def __init__(self, states: Iterable[SourceState]) -> None:
        self._states: dict[str, SourceState] = {}
        self._members: dict[str, list[str]] = {}
        for state in states:
            self._states[state.path] = state
            if (found := INSIDE.match(state.path)) is not None:
                self._members.setdefault(found["container"], []).append(state.path[found.end() :])

    def of(self, name: str, path: Path) -> Sequence[str] | None:
        """The members of a container by their paths from it; None when it has to be opened."""
        state = self._states.get(name)
        if state is None or not state.sha256 or state.reader != reader_of(path.suffix.lower()):
            return None
        try:
            stat = path.stat()
        except OSError:
            return None
        now = replace(state, size=stat.st_size, mtime_ns=stat.st_mtime_ns, ctime_ns=stat.st_ctime_ns)
        return self.last(name) if state.has_times_of(now) else None

    def last(self, name: str) -> Sequence[str]:
        """The members that it had."""
        return self._members.get(name, ())
