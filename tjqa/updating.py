"""What lies in the folder now, file by file: taken over from the old index where it did not change, else read anew.

A file with the size and time of its last reading is not opened. One with another time is hashed; only when the hash
is new, too, is it read, cleaned and packed. A file that has the hash of one that is gone was moved: its passages are
taken over under the new name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from os import SEEK_END
from pathlib import Path
from typing import IO

from tjqa.cleaning import clean
from tjqa.cleaning.adjusting import drop_repeats, edges, kept_lines, repeated, restore
from tjqa.errors import SourcesError
from tjqa.index import LibraryIndex
from tjqa.keeping import kept_of, read_keep
from tjqa.library import summarise
from tjqa.parts import line_of, passage_of
from tjqa.passages import pack
from tjqa.planning import FileContents
from tjqa.reading import NAMES, reader_of
from tjqa.records import Passage, Progress, SourceState, SourceSummary
from tjqa.sources import find_sources, read_source, sha256_of


@dataclass(slots=True)
class Survey:
    """Contents for an index, and how they differ from the old one; paths are relative to the folder."""

    files: list[FileContents] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    read: int = 0  # files that were read, cleaned and packed
    adds_nothing: bool = False  # the old index holds all this already, times of files apart

    @property
    def passages(self) -> int:
        """How many passages there are in all."""
        return sum(file.count for file in self.files)


class Spool:
    """Passages of files that were read, on disk until they are written: a library need not fit into memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def keep(self, passages: Sequence[Passage]) -> Callable[[], list[Passage]]:
        """Put passages away; what is returned gets them back."""
        start = self._file.seek(0, SEEK_END)
        size = self._file.write(b"".join(map(line_of, passages)))
        return lambda: self._kept(start, size)

    def _kept(self, start: int, size: int) -> list[Passage]:
        self._file.seek(start)
        return [passage_of(line) for line in self._file.read(size).split(b"\n")[:-1]]


def survey(folder: Path, old: LibraryIndex | None, spool: Spool, progress: Callable[[Progress], None]) -> Survey:
    """Look at every document below `folder`. `old` must have been made by this version's cleaner and packer.

    Raises:
        SourcesError: no folder, or nothing readable in it.
    """
    files = find_sources(folder)
    names = [path.relative_to(folder).as_posix() for path in files]
    known = _Known(old, set(names))
    rules = read_keep(folder)
    found = Survey()
    looked = found.files
    for number, (path, name) in enumerate(zip(files, names, strict=True)):
        progress(Progress("读取与清洗", number, len(files), name))
        # Looked at before it is read: a file changed meanwhile then differs from its record and is noticed.
        size, mtime_ns = _size_and_time(path)
        state = SourceState(name, "", size, mtime_ns, "", reader_of(path.suffix.lower()), kept_of(rules, name))
        before = known.unchanged(path, state)
        looked.append(_taken(known, before, state) if before is not None else _read(folder, path, state, spool))
        found.read += before is None and looked[-1].summary is not None
        if before is not None and before.path != name:
            found.moved.append((before.path, name))
    found.read += _without_repeats(folder, looked, spool, progress)
    # Times are noted apart, without writing an index; whatever else differs makes another one.
    timeless = [replace(file.state, size=0, mtime_ns=0) for file in found.files]
    held = [replace(state, size=0, mtime_ns=0) for state in known.states.values()]
    found.adds_nothing = old is not None and not found.read and held == timeless
    gone = {was for was, _ in found.moved}
    found.removed = sorted(path for path in known.states.keys() - set(names) - gone)
    if not found.passages:
        lost = sum(bool(file.state.skipped) for file in found.files)
        why = f"{lost} 个文件读不出来" if lost else "没有可检索的文档"
        raise SourcesError(f"{folder} 里{why}。", f"请放入文档({NAMES}),或用 --sources 指定别的文件夹。")
    return found


def _taken(known: _Known, before: SourceState, state: SourceState) -> FileContents:
    state = replace(state, sha256=before.sha256, skipped=before.skipped)
    if before.skipped:
        return FileContents(state)
    summary = replace(known.summaries[before.path], path=state.path)
    return FileContents(state, summary, lambda: known.passages(before.path, state.path))


def _read(folder: Path, path: Path, state: SourceState, spool: Spool, repeats: tuple[str, ...] = ()) -> FileContents:
    try:
        source = read_source(folder, path)
    except SourcesError as error:
        return FileContents(replace(state, sha256=_hash(path), skipped=str(error)))
    alone = clean(source)
    cleaned = restore(drop_repeats(source, alone, repeats), state.keep)
    packed = pack(source, cleaned)
    summary = replace(
        summarise(source, cleaned, len(packed)),
        edges=edges(source, alone),
        lines=kept_lines(alone),
        repeats=repeats,
        keep=state.keep,
    )
    return FileContents(replace(state, sha256=source.sha256), summary, spool.keep(packed))


def _without_repeats(
    folder: Path, files: list[FileContents], spool: Spool, progress: Callable[[Progress], None]
) -> int:
    """Read again the files of which other lines are the template of their folder than when they were last read."""
    summaries = {file.state.path: file.summary for file in files if file.summary is not None}
    now = repeated({path: s.edges for path, s in summaries.items()}, {path: s.lines for path, s in summaries.items()})
    changed = [n for n, file in enumerate(files) if file.summary and file.summary.repeats != now[file.state.path]]
    for done, n in enumerate(changed):
        state = files[n].state
        progress(Progress("略去各页重复", done, len(changed), state.path))
        files[n] = _read(folder, folder / state.path, replace(state, sha256=""), spool, now[state.path])
    return len(changed)


class _Known:
    """The files of the old index."""

    def __init__(self, old: LibraryIndex | None, present: set[str]) -> None:
        self._old = old
        self.states = {state.path: state for state in old.sources} if old is not None else {}
        self._gone: dict[int, list[SourceState]] = {}
        for state in self.states.values():
            if state.path not in present and state.sha256:
                self._gone.setdefault(state.size, []).append(state)

    def unchanged(self, path: Path, now: SourceState) -> SourceState | None:
        """The old state of the file with these contents, here or under another name; None when it has to be read."""
        state = self.states.get(now.path)
        if state is not None and not (state.sha256 and _treated_alike(state, now)):
            return None  # without a hash it could not be opened then; perhaps it can now
        if state is not None and (state.size, state.mtime_ns) == (now.size, now.mtime_ns):
            return state
        alike = [state] if state is not None and state.size == now.size else []
        alike = alike if state is not None else self._gone.get(now.size, [])
        digest = _hash(path) if alike else ""
        return next((one for one in alike if one.sha256 == digest and _treated_alike(one, now)), None)

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


def _treated_alike(one: SourceState, other: SourceState) -> bool:
    """The same reader, and the same wishes of the user."""
    return (one.reader, one.keep) == (other.reader, other.keep)


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
