"""What lies in the folder now, file by file: taken over from the old index where it did not change, else read anew.

A file with the size and time of its last reading is not opened. One with another time is hashed; only when the hash
is new, too, is it read, cleaned and packed. A file that has the hash of one that is gone was moved: its passages are
taken over under the new name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from tjqa.cleaning import clean
from tjqa.errors import SourcesError
from tjqa.index import LibraryIndex, SourceState
from tjqa.library import summarise
from tjqa.passages import pack
from tjqa.reading import NAMES, reader_of
from tjqa.records import Passage, Progress, SourceSummary
from tjqa.sources import find_sources, read_source, sha256_of


@dataclass(slots=True)
class Survey:
    """Contents for an index, and how they differ from the old one; paths are relative to the folder."""

    passages: list[Passage] = field(default_factory=list)
    states: list[SourceState] = field(default_factory=list)
    summaries: list[SourceSummary] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    read: int = 0  # files that were read, cleaned and packed


def survey(folder: Path, old: LibraryIndex | None, progress: Callable[[Progress], None]) -> Survey:
    """Look at every document below `folder`. `old` must have been made by this version's cleaner and packer.

    Raises:
        SourcesError: no folder, or nothing readable in it.
    """
    files = find_sources(folder)
    names = [path.relative_to(folder).as_posix() for path in files]
    known = _Known(old, set(names))
    found = Survey()
    for number, (path, name) in enumerate(zip(files, names, strict=True)):
        progress(Progress("读取与清洗", number, len(files), name))
        # Looked at before it is read: a file changed meanwhile then differs from its record and is noticed.
        size, mtime_ns = _size_and_time(path)
        before = known.unchanged(path, name, size, mtime_ns)
        if before is None:
            _read(found, folder, path, SourceState(name, "", size, mtime_ns, reader=reader_of(path.suffix.lower())))
            continue
        found.states.append(replace(before, path=name, size=size, mtime_ns=mtime_ns))
        if before.path != name:
            found.moved.append((before.path, name))
        if not before.skipped:
            found.passages += known.passages(before.path, name)
            found.summaries.append(replace(known.summaries[before.path], path=name))
    gone = {was for was, _ in found.moved}
    found.removed = sorted(path for path in known.states.keys() - set(names) - gone)
    if not found.passages:
        lost = sum(bool(state.skipped) for state in found.states)
        why = f"{lost} 个文件读不出来" if lost else "没有可检索的文档"
        raise SourcesError(f"{folder} 里{why}。", f"请放入文档({NAMES}),或用 --sources 指定别的文件夹。")
    return found


def _read(found: Survey, folder: Path, path: Path, state: SourceState) -> None:
    found.read += 1
    try:
        source = read_source(folder, path)
    except SourcesError as error:
        found.states.append(replace(state, sha256=_hash(path), skipped=str(error)))
        return
    cleaned = clean(source)
    packed = pack(source, cleaned)
    found.passages += packed
    found.states.append(replace(state, sha256=source.sha256))
    found.summaries.append(summarise(source, cleaned, len(packed)))


class _Known:
    """The files of the old index."""

    def __init__(self, old: LibraryIndex | None, present: set[str]) -> None:
        self._old = old
        self.states = {state.path: state for state in old.sources} if old is not None else {}
        self._gone: dict[int, list[SourceState]] = {}
        for state in self.states.values():
            if state.path not in present and state.sha256:
                self._gone.setdefault(state.size, []).append(state)

    def unchanged(self, path: Path, name: str, size: int, mtime_ns: int) -> SourceState | None:
        """The old state of the file with these contents, here or under another name; None when it has to be read."""
        state = self.states.get(name)
        if state is not None and state.reader != reader_of(path.suffix.lower()):
            return None
        if state is not None and not state.sha256:  # it could not be opened then; perhaps it can now
            return None
        if state is not None and (state.size, state.mtime_ns) == (size, mtime_ns):
            return state
        alike = [state] if state is not None and state.size == size else [] if state else self._gone.get(size, [])
        digest = _hash(path) if alike else ""
        reader = reader_of(path.suffix.lower())
        return next((one for one in alike if (one.sha256, one.reader) == (digest, reader)), None)

    def passages(self, path: str, name: str) -> list[Passage]:
        """The passages of an old file under its present name."""
        if self._old is None:
            return []
        rows = self._rows[path]
        found = [self._old.passage(row) for row in rows]
        return found if path == name else [replace(p, path=name) for p in found]

    @cached_property
    def summaries(self) -> dict[str, SourceSummary]:
        """Old summaries by path."""
        return {s.path: s for s in self._old.summaries()} if self._old is not None else {}

    @cached_property
    def _rows(self) -> dict[str, range]:
        rows, at = {}, 0
        for path, summary in self.summaries.items():
            rows[path] = range(at, at + summary.passages)
            at += summary.passages
        return rows


def _size_and_time(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:  # reading it says why
        return -1, -1
    return stat.st_size, stat.st_mtime_ns


def _hash(path: Path) -> str:
    try:
        return sha256_of(path) if path.is_file() else ""  # a pipe would be waited for
    except (SourcesError, OSError):
        return ""
