"""The files of a folder as they are now, read again only when something was written into them."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from tjqa.documents import SourceFile
from tjqa.errors import SourcesError, reason
from tjqa.ingest.containers import on_disk
from tjqa.ingest.pipeline import told_of
from tjqa.ingest.sources import read_source, sha256_of
from tjqa.messages import Message

# Decoded files kept between questions, and their characters together; a file is read again whenever anything that the
# system notes of it differs. To read one anew takes a process of its own: six of hundreds of small tables a question.
_KEPT_FILES = 512
_KEPT_CHARACTERS = 32_000_000
# Seconds: clocks of file systems tick slowly, and a second change within the tick of the first would not show.
_RESTED = 2.0


@dataclass(frozen=True)
class _Kept:
    signature: tuple[int, ...]
    rested: bool
    source: SourceFile


class FilesNow:
    """The files of a folder, by their paths in it; those asked last are kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: OrderedDict[str, _Kept] = OrderedDict()

    def fault(self, path: str) -> Message | None:
        """Why it cannot be read now, None when it can."""
        try:
            self.read(path)
        except SourcesError as error:
            return error.message
        return None

    def current(self, path: str) -> SourceFile | None:
        """The file now, None when it is gone or unreadable."""
        try:
            return self.read(path)
        except SourcesError:
            return None

    def read(self, path: str) -> SourceFile:
        """The file now; from memory only while nothing was written into it, whatever its size and time say.

        Raises:
            SourcesError: it is gone or unreadable, or leads out of the folder by now, where nothing was ever indexed.
        """
        place = self._folder / path
        # Before memory is asked, and by realpath as in `view_slice`: any folder on the way may have become a link.
        if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(self._folder)):
            raise SourcesError("source_outside", "source_outside_hint", path=path)
        try:
            stat = on_disk(place)[0].stat()
        except OSError as error:
            raise SourcesError("source_gone", "source_gone_hint", path=path, why=reason(error)) from error
        # The time of change can be put back, the time of status change cannot.
        signature = stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
        rested = time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RESTED * 1e9
        kept = self._files.get(path)
        if kept is None or kept.signature != signature or not kept.rested:
            same = kept is not None and stat.st_size == kept.signature[2] and sha256_of(place) == kept.source.sha256
            with told_of(path):
                source = kept.source if kept is not None and same else read_source(self._folder, place)
            kept = self._files[path] = _Kept(signature, rested, source)
        self._files.move_to_end(path)
        self._forget()
        return kept.source

    def _forget(self) -> None:
        """Drop the files asked longest ago until the others are few and small enough; the last one stays."""
        characters = sum(len(kept.source.text) for kept in self._files.values())
        while len(self._files) > 1 and (len(self._files) > _KEPT_FILES or characters > _KEPT_CHARACTERS):
            _, kept = self._files.popitem(last=False)
            characters -= len(kept.source.text)
