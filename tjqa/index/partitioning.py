"""How the files of a library are shared out among the segments of its index.

A segment ends where it is full, or earlier after a file whose name says so. So the cuts depend on the files alone: an
update makes the same segments as a new build, and a file that comes or goes moves the cuts of its neighbours, not those
of the whole library (content-defined chunking; Muthitacharoen, Chen, Mazières 2001).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tjqa.documents import Passage
from tjqa.index import parameters
from tjqa.reports import SourceState, SourceSummary


@dataclass(frozen=True, slots=True)
class FileContents:
    """A file of a library: its state, what is kept of it (None when it gave no text), and its passages when asked
    for."""

    state: SourceState
    summary: SourceSummary | None = None
    passages: Callable[[], Sequence[Passage]] = tuple

    @property
    def count(self) -> int:
        """How many passages it has."""
        return self.summary.passages if self.summary is not None else 0


@dataclass(frozen=True, slots=True)
class Slice:
    """Passages `start` to `end` of a file: all of them, unless they fill more than one segment."""

    file: FileContents
    start: int
    end: int


def share_out(files: Sequence[FileContents]) -> Iterator[list[Slice]]:
    """The slices of each segment, in order. Files without text are in none; one whose text gives no passage, an empty
    note or an archive, is with its neighbours, as an index knows files by its segments."""
    held: list[Slice] = []
    for segment in _segments(files):
        if held and not any(piece.end for piece in segment):  # no segment is without passages
            held += segment
            continue
        if held:
            yield held
        held = segment
    if held:
        yield held


def _segments(files: Sequence[FileContents]) -> Iterator[list[Slice]]:
    most, at_least = parameters.SEGMENT_PASSAGES, parameters.SEGMENT_AT_LEAST
    segment: list[Slice] = []
    size = 0
    for file in files:
        for start in range(0, max(file.count, 1) if file.summary is not None else 0, most):
            piece = Slice(file, start, min(start + most, file.count))
            count = piece.end - piece.start
            if size + count > most:
                yield segment
                segment, size = [], 0
            segment.append(piece)
            size += count
            if size >= at_least and _ends_segment(file.state.path, count):
                yield segment
                segment, size = [], 0
    if segment:
        yield segment


def _ends_segment(path: str, count: int) -> bool:
    """Whether the name of a file of `count` passages says that a segment ends after it: each passage gives one chance
    in SEGMENT_ENDS_AFTER."""
    drawn = zlib.crc32(path.encode("utf-8", "surrogatepass"))  # of 2 to the 32nd
    return drawn * parameters.SEGMENT_ENDS_AFTER < count << 32


def segment_name(segment: Sequence[Slice], made_with: Mapping[str, object]) -> str:
    """A name that is equal for segments made of the same with the same."""
    content = [
        (s.file.state.path, s.file.state.sha256, s.file.state.reader, str(s.file.state.keep), s.start, s.end)
        + s.file.state.drop
        + ((s.file.summary.repeats, s.file.summary.passages) if s.file.summary is not None else ())
        for s in segment
    ]
    told = json.dumps([dict(made_with), content], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:24]
