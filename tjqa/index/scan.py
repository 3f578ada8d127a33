"""What lies in the folder now, file by file: taken over from the old index where it did not change, else read anew.

A file with the size and times of its last reading is not opened. One with another time is hashed; only when the hash
is new, too, is it read, cleaned and packed. A file that has the hash of one that is gone was moved: its passages are
taken over under the new name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from os import SEEK_END
from pathlib import Path, PurePosixPath
from typing import IO

from tjqa.documents import Passage, passage_of
from tjqa.errors import IndexDamaged, SourcesError
from tjqa.index.away import folder_of, is_unreadable, require_present, told_with_counts
from tjqa.index.base import Index
from tjqa.index.partitioning import FileContents
from tjqa.index.workers import cores
from tjqa.ingest.apart import Intake
from tjqa.ingest.cleaning.templates import repeated
from tjqa.ingest.containers import on_disk
from tjqa.ingest.pipeline import Document, IngestedFile, hash_of
from tjqa.ingest.readers import NAMES, reader_of
from tjqa.ingest.recognition import recognized_since
from tjqa.ingest.sources import Listing, look_into
from tjqa.ingest.user_rules import dropped_of, kept_of, read_drop, read_keep
from tjqa.messages import Message, cause, in_one, message
from tjqa.reports import BuildReport, MovedFile, Progress, SkippedFile, SourceState, SourceSummary, skipped_files

# Files to read from which on each core reads some: five seconds of work.
_TOLD = 5  # reasons that are named when no file at all could be read
_WORTH_IT = 400


@dataclass(slots=True)
class Survey:
    """Contents for an index, and how they differ from the old one; paths are relative to the folder."""

    folder: Path
    files: list[FileContents] = field(default_factory=list)
    moved: list[MovedFile] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: dict[str, Message] = field(default_factory=dict)  # files of which the last reading stays, and why
    read: int = 0  # files that were read, cleaned and packed
    adds_nothing: bool = False  # the old index holds all this already, times of files apart

    @property
    def passages(self) -> int:
        """How many passages there are in all."""
        return sum(file.count for file in self.files)

    def leave_out(self, faults: Mapping[str, str]) -> None:
        """Take documents out that cannot be analysed: `faults` names what happened, by path.

        Raises:
            SourcesError: none is left.
        """
        for number, file in enumerate(self.files):
            path = file.state.path
            if path in faults:
                fault = SourcesError("file_unprocessed", "file_unprocessed_hint", name=path, why=faults[path])
                # Without a hash it is tried again the next time.
                self.files[number] = FileContents(replace(file.state, sha256="", skipped=fault.whole))
        self.require_passages()

    def keep_unreadable(self, known: _Known) -> None:
        """Put back what was last read of files that the system refuses now."""
        for number, file in enumerate(self.files):
            before = known.states.get(file.state.path)
            if before is not None and not before.skipped and file.state.skipped and is_unreadable(file.state):
                self.files[number] = known.taken(before, before)
                if before.path not in known.away:
                    self.kept[before.path] = message("file_kept", why=cause(file.state.skipped))

    def report(self, embedded: int, seconds: float, unchanged: bool, is_first: bool) -> BuildReport:
        """What the build made of it, with how many passages were embedded anew."""
        return BuildReport(
            sources=tuple(file.summary for file in self.files if file.summary is not None),
            skipped=skipped_files(file.state for file in self.files),
            passages=self.passages,
            embedded=embedded,
            seconds=seconds,
            moved=tuple(self.moved),
            removed=tuple(self.removed),
            kept=tuple(SkippedFile(path, why) for path, why in self.kept.items()),
            unchanged=unchanged,
            is_first=is_first,
        )

    def require_passages(self) -> None:
        """Say so when there is nothing to make an index of.

        Raises:
            SourcesError: no document gave any text.
        """
        if not self.passages:
            lost = [file.state.skipped for file in self.files if file.state.skipped]
            why = message("no_documents")
            if lost:
                why = message("all_unreadable", count=len(lost), reasons=in_one(map(cause, lost[:_TOLD])))
            raise SourcesError("nothing_to_index", "nothing_to_index_hint", folder=self.folder, why=why, names=NAMES)


class Spool:
    """Passages of files that were read, on disk until they are written: a library need not fit into memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def keep(self, taken: IngestedFile) -> FileContents:
        """Put a file's passages away."""
        start = self._file.seek(0, SEEK_END)
        size = self._file.write(taken.lines)
        return FileContents(taken.state, taken.summary, lambda: self._kept(start, size))

    def _kept(self, start: int, size: int) -> list[Passage]:
        self._file.seek(start)
        return [passage_of(line) for line in self._file.read(size).split(b"\n")[:-1]]


def survey(
    folder: Path,
    old: Index | None,
    spool: Spool,
    progress: Callable[[Progress], None],
    held: Callable[[], Collection[str]] = tuple,
) -> Survey:
    """Look at every document below `folder`.

    Args:
        folder: the documents.
        old: the index to take over from, made by this version's cleaner and packer; None to read everything.
        spool: keeps the passages of what is read.
        progress: told of each file.
        held: the documents of the index that will be replaced, for when there is no `old`.

    Raises:
        SourcesError: no folder, nothing readable in it, or documents of an index to be made anew are out of reach.
    """
    listed = look_into(folder, old.sources if old is not None else ())
    known = _Known(old, {*listed.documents, *listed.told}, listed.unlisted)
    found = Survey(folder)
    todo = _listed(found, known, listed)
    found.read = _take_in(found.files, todo, spool, partial(_tell, progress, "phase_read"))
    found.keep_unreadable(known)
    repeats = _of_templates(folder, found.files, known.away)
    found.read += _take_in(found.files, repeats, spool, partial(_tell, progress, "phase_repeats"))
    found.keep_unreadable(known)
    _compare(found, known)
    if not known.states:
        require_present((file.state for file in found.files), listed.unlisted, held)
    if not found.files and (count := len(known.states) or len(held())):
        raise SourcesError("sources_emptied", "sources_emptied_hint", folder=folder, count=count)
    found.require_passages()
    return found


def _listed(found: Survey, known: _Known, listed: Listing) -> dict[int, Document]:
    """Enter every file that was listed, in the order of their paths; returns those that have to be read, by number."""
    folder = found.folder
    keep, drop = read_keep(folder), read_drop(folder)
    told = {name: fault.whole for name, fault in listed.told.items()}
    told |= told_with_counts(listed.unlisted, [path for path in known.away if not known.states[path].skipped])
    todo: dict[int, Document] = {}
    for number, name in enumerate(sorted([*listed.documents, *told, *known.away])):
        path = folder / name
        if name in known.away:
            found.files.append(known.taken(known.states[name], known.states[name]))
            continue
        # Looked at before it is read: a file changed meanwhile then differs from its record and is noticed.
        size, mtime_ns, ctime_ns = _size_and_times(path)
        if name in told:  # told each time anew, without opening it
            found.files.append(FileContents(SourceState(name, "", size, mtime_ns, told[name], ctime_ns=ctime_ns)))
            continue
        wishes = kept_of(keep, name), dropped_of(drop, name)
        state = SourceState(name, "", size, mtime_ns, None, reader_of(path.suffix.lower()), *wishes, ctime_ns)
        before = known.unchanged(path, state)
        if before is not None and recognized_since(before, known.summaries.get(before.path)):
            before = None
        if before is None:
            todo[number] = Document(folder, state)
        elif before.path != name:
            found.moved.append(MovedFile(before.path, name))
            if path.name != PurePosixPath(before.path).name:  # its name is a part of what is searched
                todo[number] = Document(folder, state)
        found.files.append(known.taken(before, state) if before is not None else FileContents(state))
    return todo


def _compare(found: Survey, known: _Known) -> None:
    """Note what the old index holds that is here no longer, and whether there is anything new."""
    # Times are noted apart, without writing an index; whatever else differs makes another one.
    timeless = [file.state.timeless for file in found.files]
    before = [state.timeless for state in known.states.values()]
    found.adds_nothing = known.is_there and not found.read and before == timeless
    gone = {moved.old for moved in found.moved}
    present = {file.state.path for file in found.files}
    found.removed = sorted(path for path in known.states.keys() - present - gone)


def _take_in(
    files: list[FileContents],
    todo: Mapping[int, Document],
    spool: Spool,
    tell: Callable[[int, int, str], None],
) -> int:
    """Read some of the files, by their number; returns how many gave text."""
    read = 0
    with Intake(cores() if len(todo) >= _WORTH_IT else 1) as intake:
        taken = intake.take_in(list(todo.values()))
        for done, (number, document) in enumerate(todo.items()):
            tell(done, len(todo), document.state.path)
            files[number] = spool.keep(next(taken))
            read += files[number].summary is not None
    return read


def _tell(progress: Callable[[Progress], None], phase: str, done: int, total: int, name: str) -> None:
    progress(Progress(phase, done, total, name))


def _of_templates(folder: Path, files: Sequence[FileContents], away: Collection[str]) -> dict[int, Document]:
    """The files of which other lines are the template of their folder than when they were last read; not those that
    are `away`."""
    summaries = {file.state.path: file.summary for file in files if file.summary is not None}
    now = repeated({path: s.edges for path, s in summaries.items()}, {path: s.lines for path, s in summaries.items()})
    return {
        number: Document(folder, replace(file.state, sha256=""), now[file.state.path])
        for number, file in enumerate(files)
        if file.summary is not None and file.summary.repeats != now[file.state.path] and file.state.path not in away
    }


class _Known:
    """The files of the old index."""

    def __init__(self, old: Index | None, present: set[str], unlisted: Collection[str]) -> None:
        self._old = old
        self.is_there = old is not None
        self.states = {state.path: state for state in old.sources} if old is not None else {}
        # Below a folder that cannot be listed, nothing is known to be gone.
        self.away = {path for path in self.states if unlisted and folder_of(path, unlisted) is not None}
        present = present | self.away
        self._gone: dict[int, list[SourceState]] = {}
        for state in self.states.values():
            if state.path not in present and state.sha256:
                self._gone.setdefault(state.size, []).append(state)

    def unchanged(self, path: Path, now: SourceState) -> SourceState | None:
        """The old state of the file with these contents, here or under another name; None when it has to be read."""
        state = self.states.get(now.path)
        if state is not None and not (state.sha256 and _treated_alike(state, now)):
            return None  # without a hash it could not be opened then; perhaps it can now
        if state is not None and state.has_times_of(now):
            return state
        alike = [state] if state is not None and state.size == now.size else []
        alike = alike if state is not None else self._gone.get(now.size, [])
        digest = hash_of(path) if alike else ""
        return next((one for one in alike if one.sha256 == digest and _treated_alike(one, now)), None)

    def taken(self, before: SourceState, state: SourceState) -> FileContents:
        """What the old index holds of a file, under its present name."""
        state = replace(state, sha256=before.sha256, skipped=before.skipped)
        if before.skipped:
            return FileContents(state)
        held = self.summaries.get(before.path)
        if held is None:
            raise IndexDamaged("described_differs")
        summary = replace(held, path=state.path)
        return FileContents(state, summary, lambda: self.passages(before.path, state.path))

    def passages(self, path: str, name: str) -> list[Passage]:
        """The passages of an old file under its present name."""
        if self._old is None:
            return []
        held = self._old.passages_of(path)
        return list(held) if path == name else [replace(p, path=name) for p in held]

    @cached_property
    def summaries(self) -> dict[str, SourceSummary]:
        """Old summaries by path."""
        return {s.path: s for s in self._old.summaries()} if self._old is not None else {}


def _treated_alike(one: SourceState, other: SourceState) -> bool:
    """The same reader, and the same wishes of the user."""
    return (one.reader, one.keep, one.drop) == (other.reader, other.keep, other.drop)


def _size_and_times(path: Path) -> tuple[int, int, int]:
    try:
        stat = on_disk(path)[0].stat()
    except OSError:  # reading it says why
        return -1, -1, 0
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
