"""A library in Milvus as a place to keep an index: opened, updated, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from tempfile import TemporaryFile

from tjqa.config import Remote
from tjqa.documents import line_of
from tjqa.encoders.base import Encoder
from tjqa.encoders.loading import meaning_dimension
from tjqa.errors import IndexDamaged, IndexOutdated, StoreError
from tjqa.index.milvus.index import MilvusIndex, open_store, opened
from tjqa.index.milvus.metadata import SourceNote
from tjqa.index.milvus.recovery import claim, reconcile
from tjqa.index.milvus.writer import Update
from tjqa.index.partitioning import FileContents
from tjqa.index.scan import Spool
from tjqa.index.versions import rebuild_reason
from tjqa.index.workers import Processes
from tjqa.index.writer import Contents, Report
from tjqa.ingest.pipeline import IngestedFile

_MANY = 10
"""Files that may vanish at once without a question asked, however few there are."""


class MilvusBackend:
    """A place on a server."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._there: MilvusIndex | None = None
        self._old: MilvusIndex | None = None
        self._looked: MilvusIndex | None = None

    def open(self, versions: Mapping[str, int]) -> MilvusIndex:
        """The library, to be asked."""
        return open_store(self._remote, versions)

    def usable(self, versions: Mapping[str, int]) -> MilvusIndex | None:
        """The library, to be updated, put in order if an update was interrupted; None when it has to be made anew.

        Raises:
            IndexLocked: somebody else is writing it.
            IndexOutdated: it has another format; others may still use it, so only --rebuild replaces it.
        """
        store = opened(self._remote)
        self._there = store
        if store is None or store.library.versions.get("words") != versions.get("words"):
            return None  # terms cut with other words of the user's cannot stand beside these
        try:
            store.due = rebuild_reason(store.library.versions, versions)
        except IndexOutdated:
            return None
        if store.library.writer is not None:
            store.library = claim(store.notes, store.library)
            reconcile(store)
        self._old = store
        return store

    def generation(self) -> bytes:
        """When it was made and how many changes it has seen: one note, once the library was there. Of a writer at work
        that it began and that it ended, not each step between."""
        self._looked = self._looked or opened(self._remote)
        note = self._looked.notes.library() if self._looked is not None else None
        if note is None:
            self._looked = None
            return b""
        return f"{note.model} {note.built} {'' if note.writer else note.turn}".encode()

    def requested_model(self) -> str | None:
        """What --model named for it; None without a library."""
        try:
            store = opened(self._remote)
        except IndexOutdated:
            return None
        return store.requested_model if store is not None else None

    def write(self, contents: Contents, encoder: Encoder, processes: Processes, report: Report) -> int:
        """Send what changed, file by file.

        Raises:
            StoreError: most files would vanish: probably another folder was meant.
        """
        if self._there is not None:  # with --rebuild nobody looked
            self._require_most(self._there, contents.files)
        old, dimension = self._old, meaning_dimension(encoder)
        if old is not None and (old.model, old.dimension) != (encoder.name, dimension):
            # Vectors of two models must not stand side by side; the texts of unchanged files are only here.
            with TemporaryFile() as file:
                aside = replace(contents, files=[_aside(Spool(file), one) for one in contents.files])
                return Update(self._remote, aside, encoder, None, report).run(processes)
        return Update(self._remote, contents, encoder, old, report).run(processes)

    def touch(self, files: Sequence[FileContents]) -> None:
        """Note new times of files."""
        assert self._old is not None
        old = {note.state.path: note for note in self._old.files}
        new = (SourceNote(file.state, old[file.state.path].stamp, file.count) for file in files)
        self._old.notes.put_sources(note for note in new if note != old[note.state.path])

    def deepen(self, versions: Mapping[str, int], report: Callable[[int, int], None]) -> None:
        """Not here: a server keeps one vector of a passage, and answers by the fast ones."""

    def verify(self) -> None:
        """Count the rows of every file.

        Raises:
            IndexDamaged: they are not those that are noted.
        """
        store = open_store(self._remote, {})
        wanted = sum(note.passages for note in store.files)
        if not wanted == len(store) == store.server.count():
            raise IndexDamaged(
                "store_counts", "store_counts_hint", noted=len(store), summed=wanted, held=store.server.count()
            )

    def _require_most(self, old: MilvusIndex, files: Sequence[FileContents]) -> None:
        """Refuse to empty what others share because of a wrong folder."""
        kept = {note.state.path for note in old.files} & {file.state.path for file in files}
        lost = len(old.files) - len(kept)
        if lost > _MANY and lost > len(kept):
            raise StoreError(
                "store_would_empty", "store_would_empty_hint", store=self._remote, count=len(old.files), lost=lost
            )


def _aside(spool: Spool, file: FileContents) -> FileContents:
    """A file whose passages lie on this machine."""
    return spool.keep(IngestedFile(file.state, file.summary, b"".join(map(line_of, file.passages()))))
