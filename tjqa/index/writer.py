"""Files of a library → an index on disk, segment by segment; what an old index holds is taken over, not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa import __version__
from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.encoders.loading import meaning_dimension
from tjqa.index.analyzer import PassageAnalysis, analysed, vectors_of
from tjqa.index.generations import FORMAT, Staging, amend, live_generation
from tjqa.index.local import LocalIndex
from tjqa.index.partitioning import FileContents, Slice, segment_name, share_out
from tjqa.index.passage_texts import passage_key
from tjqa.index.postings import joined
from tjqa.index.segment import SegmentContents, segment_files
from tjqa.index.tokens import Tokens, gathered
from tjqa.index.vectors import can_be_coded
from tjqa.index.workers import Processes
from tjqa.reports import row_of
from tjqa.text.segmenter import Segmenter

Report = Callable[[int], None]
"""Gets the number of passages that are done; may raise to stop: the old index stays, finished segments are kept."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into an index: files in path order, and what makes it what it is beside them; `segmenter` cuts with the
    words that `versions` tells, `folder` is where the documents lie."""

    files: Sequence[FileContents]
    versions: Mapping[str, int]
    segmenter: Segmenter
    requested_model: str | None = None
    built: str = ""
    folder: str = ""


def write_index(
    folder: Path,
    contents: Contents,
    encoder: Encoder,
    processes: Processes,
    old: LocalIndex | None = None,
    report: Report = lambda done: None,
) -> int:
    """Build and commit a new generation while holding the lock; returns how many passages were embedded anew.

    Whatever `old` (same model) already holds of a segment, or of single passages, is taken from it.
    """
    dimension = meaning_dimension(encoder)
    old = old if old is not None and (old.model, old.dimension) == (encoder.name, dimension) else None
    count = sum(file.count for file in contents.files)
    coded = can_be_coded(dimension, count)
    made_with = {"format": FORMAT, "versions": dict(contents.versions), "model": encoder.name, "coded": coded}
    staging = Staging(folder)
    live = live_generation(folder) if old is not None else None
    plan = [(segment_name(segment, made_with), segment) for segment in share_out(contents.files)]
    todo = [
        (name, segment)
        for name, segment in plan
        if not (live is not None and staging.link(name, *live)) and not staging.left_over(name)
    ]
    done = count - sum(_size(segment) for _, segment in todo)
    anew = 0
    segmenter = contents.segmenter
    for work in _ahead(_Work(name, segment, encoder, segmenter, old, processes) for name, segment in todo):
        report(done)
        staging.add(work.name, work.files(coded, partial(_further, report, done)))
        done += _size(work.segment)
        anew += work.anew
    report(done)
    manifest = {
        "tjqa": __version__,
        "built": contents.built,
        "folder": contents.folder,
        "model": {"name": encoder.name, "dimension": dimension, "asked": contents.requested_model},
        "versions": dict(contents.versions),
        "passages": count,
        "parts": [{"name": n, "first": segment[0].file.state.path, "passages": _size(segment)} for n, segment in plan],
        "sources": [row_of(file.state) for file in contents.files],
    }
    staging.commit(manifest)
    return anew


def touch_sources(folder: Path, files: Sequence[FileContents]) -> None:
    """Remember new times of files whose contents did not change; call while holding the lock."""
    amend(folder, {"sources": [row_of(file.state) for file in files]})


def _further(report: Report, before: int, done: int) -> None:
    report(before + done)


def _ahead(works: Iterator[_Work]) -> Iterator[_Work]:
    """Each work after the next one was begun, so that processes analyse while this one puts a segment together."""
    before = None
    for work in works:
        if before is not None:
            yield before
        before = work
    if before is not None:
        yield before


def _size(segment: Sequence[Slice]) -> int:
    return sum(piece.end - piece.start for piece in segment)


class _Work:
    """One segment in the making: its passages, where each stands in the old index, the analysis of the new ones."""

    def __init__(
        self,
        name: str,
        segment: Sequence[Slice],
        encoder: Encoder,
        segmenter: Segmenter,
        old: LocalIndex | None,
        processes: Processes,
    ) -> None:
        self.name = name
        self.segment = segment
        self._encoder = encoder
        self._old = old
        self._passages = [p for piece in segment for p in piece.file.passages()[piece.start : piece.end]]
        self._keys = np.frombuffer(b"".join(map(passage_key, self._passages)), dtype=np.uint8).reshape(-1, 16)
        self._origin = old.find(self._keys) if old is not None else np.full(len(self._keys), -1)
        self._fresh = np.flatnonzero(self._origin < 0)
        self.anew = len(self._fresh)
        self._analysed = analysed([self._passages[row] for row in self._fresh], encoder, segmenter, processes)
        self._vectors = np.zeros((len(self._keys), meaning_dimension(encoder)), dtype=np.float32)
        self._norms = np.zeros(len(self._keys), dtype=np.float32)

    def files(self, coded: bool, report: Report) -> dict[str, bytes]:
        """The files of the segment."""
        count = len(self._passages)
        pieces = list(self._reused())
        at = 0
        for chunk in self._analysed:
            rows = self._fresh[at : at + len(chunk.postings.lengths)]
            pieces.append((rows, chunk))
            self._embed(rows, chunk.tokens)
            at += len(rows)
            report(count - self.anew + at)
        postings = joined([(rows, piece.postings) for rows, piece in pieces], count)
        tokens = _arranged(pieces, count) if isinstance(self._encoder, TokenEncoder) else None
        made = SegmentContents(self._keys, postings, tokens, self._norms, self._vectors)
        files = [piece.file for piece in self.segment if piece.start == 0]
        summaries = [file.summary for file in files if file.summary is not None]
        return segment_files(self.name, self._passages, summaries, made, coded)

    def _reused(self) -> Iterator[tuple[NDArray[np.int64], PassageAnalysis]]:
        """What the old index holds, with the rows it is for; one of its rows can be wanted several times (a copy)."""
        wanted = np.flatnonzero(self._origin >= 0)
        while self._old is not None and len(wanted):
            origin, first = np.unique(self._origin[wanted], return_index=True)
            numbers = np.searchsorted(self._old.offsets, origin, side="right") - 1
            for number in np.unique(numbers).tolist():
                rows = wanted[first[numbers == number]]
                segment, local = self._old.segments[number], self._origin[rows] - self._old.offsets[number]
                tokens = gathered(map(segment.tokens.row, local.tolist())) if segment.tokens is not None else None
                if segment.vectors is not None:
                    self._vectors[rows], self._norms[rows] = segment.vectors.rows(local), segment.norms_of(local)
                else:
                    self._embed(rows, tokens)
                yield rows, PassageAnalysis(segment.lexical.postings(local), tokens)
            wanted = np.delete(wanted, first)

    def _embed(self, rows: NDArray[np.int64], tokens: Tokens | None) -> None:
        """Fill in the unit vectors of some rows; of a model with token vectors, the sum of their `tokens`."""
        passages = [self._passages[row] for row in rows]
        self._vectors[rows], self._norms[rows] = vectors_of(passages, tokens, self._encoder)


def _arranged(pieces: Sequence[tuple[NDArray[np.int64], PassageAnalysis]], count: int) -> Tokens:
    """The tokens of all pieces in the order of their rows."""
    places: list[tuple[Tokens, int]] = [None] * count  # type: ignore[list-item]  # each row comes once
    for rows, piece in pieces:
        for at, row in enumerate(rows.tolist()):
            assert piece.tokens is not None
            places[row] = piece.tokens, at
    return gathered(tokens.row(at) for tokens, at in places)
