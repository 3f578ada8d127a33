"""Where an index is kept: in a folder of this machine, or on a server (tjqa/milvus/). A build works with either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from tjqa.encoders.base import Encoder
from tjqa.encoders.contextual import ContextualEncoder
from tjqa.files import read_regular
from tjqa.index.base import Index
from tjqa.index.deepening import Report as Progress
from tjqa.index.deepening import deepen
from tjqa.index.generations import verify
from tjqa.index.local import LocalIndex, open_index, requested_model, usable_index
from tjqa.index.meaning_search import Meanings
from tjqa.index.partitioning import FileContents
from tjqa.index.workers import Processes
from tjqa.index.writer import Contents, Report, touch_sources, write_index
from tjqa.reports import Deepened

_NAME_BYTES = 1024  # one line of some 80 bytes


class IndexBackend(Protocol):
    """A place for one index. What `usable` gave is what `write` takes things over from."""

    def open(self, versions: Mapping[str, int]) -> Index:
        """The index, to be asked.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated, StoreError: see tjqa.errors.
        """
        ...

    def usable(self, versions: Mapping[str, int]) -> Index | None:
        """The index, to be updated; None when it has to be made anew. Call while holding the lock."""
        ...

    def generation(self) -> bytes:
        """What names the index as it is now, to be compared with what it was before; empty where there is none. Cheap.

        Raises:
            IndexOutdated, StoreError: a server keeps it, and cannot tell.
        """
        ...

    def requested_model(self) -> str | None:
        """What --model named for it; None for the default model, or without an index."""
        ...

    def write(self, contents: Contents, encoder: Encoder, processes: Processes, report: Report) -> int:
        """Make it hold `contents`; returns how many passages were embedded anew. Call while holding the lock."""
        ...

    def touch(self, files: Sequence[FileContents]) -> None:
        """Remember new times of files whose contents did not change. Call while holding the lock."""
        ...

    def deepen(self, versions: Mapping[str, int], report: Progress) -> Deepened | None:
        """Give its passages the vectors of the model that reads context; None where it is kept without. The lock need
        not be held, and `report` may raise: what is done is kept.

        Raises:
            IndexLocked: another process is at it.
            IndexUnusable, ModelError, TjqaError: see tjqa.errors.
        """
        ...

    def verify(self) -> None:
        """Compare what is stored with what is noted of it.

        Raises:
            IndexDamaged: they differ.
        """
        ...


class LocalBackend:
    """A folder of this machine."""

    def __init__(self, folder: Path, reads_context: Path | None = None) -> None:
        """`reads_context` is the folder of the model that reads context; None where none came with tjqa."""
        self._folder = folder
        self._reads_context = reads_context
        self._old: LocalIndex | None = None

    def open(self, versions: Mapping[str, int]) -> LocalIndex:
        """The index, every byte compared with its manifest, with what vectors of that model there are."""
        index = open_index(self._folder, versions)
        if self._reads_context is None or index.requested_model is not None:  # another model stands for itself
            return index
        return replace(index, meanings=Meanings(self._folder, self._reads_context, index.keys))

    def deepen(self, versions: Mapping[str, int], report: Progress) -> Deepened | None:
        """Volumes of vectors beside its generations."""
        index = open_index(self._folder, versions)
        if self._reads_context is None or index.requested_model is not None:
            return None
        return deepen(index, self._folder, ContextualEncoder(self._reads_context), report)

    def usable(self, versions: Mapping[str, int]) -> LocalIndex | None:
        """The index, to be updated; None when it is missing, damaged or of another version."""
        self._old = usable_index(self._folder, versions)
        return self._old

    def generation(self) -> bytes:
        """The name of its live generation."""
        try:
            return read_regular(self._folder / "CURRENT", _NAME_BYTES)
        except OSError:
            return b""

    def requested_model(self) -> str | None:
        """What --model named for it."""
        return requested_model(self._folder)

    def write(self, contents: Contents, encoder: Encoder, processes: Processes, report: Report) -> int:
        """A new generation, swapped in at the end."""
        return write_index(self._folder, contents, encoder, processes, self._old, report)

    def touch(self, files: Sequence[FileContents]) -> None:
        """A new manifest."""
        touch_sources(self._folder, files)

    def verify(self) -> None:
        """Hash every file, whatever was found earlier, and look at every value."""
        verify(self._folder)
        open_index(self._folder, {}).check()
