"""Files of a library → rows in Milvus; only files that changed are sent.

Of each file: first its new rows, under a new stamp; then its note, which makes them count; then the old rows go. Killed
at any moment, every file answers with its old or its new version, whole. The counts of terms follow at the end; until
then the library is signed by its writer, and who finds it so counts anew (recovery.py).
"""

from __future__ import annotations

import base64
import contextlib
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tjqa.config import Remote
from tjqa.documents import Passage, line_of
from tjqa.encoders.base import Encoder
from tjqa.encoders.loading import meaning_dimension
from tjqa.errors import Cancelled, StoreError, TjqaError
from tjqa.index.analyzer import CHUNK, PassageAnalysis, analysed, vectors_of
from tjqa.index.milvus.client import LARGEST, Row, Server
from tjqa.index.milvus.document_frequencies import Frequencies
from tjqa.index.milvus.filter_expressions import searchable
from tjqa.index.milvus.index import MilvusIndex
from tjqa.index.milvus.metadata import FORMAT, LibraryNote, Notes, SourceNote, file_key, number_of
from tjqa.index.milvus.recovery import MANY_TERMS, SIGN_OF_LIFE, claim, require_free, signed
from tjqa.index.milvus.scoring import sparse_vectors, term_keys
from tjqa.index.partitioning import FileContents, Slice, segment_name
from tjqa.index.workers import Processes
from tjqa.index.writer import Contents, Report

_GROUP = 16 * CHUNK  # passages in memory at a time, and enough for processes to be worth their start
_FILES = 200  # files removed together


@dataclass(slots=True)
class _Sent:
    """What was sent of a file so far: rows, their length in terms, how many of them hold each term."""

    rows: int
    length: int
    terms: Counter[int]


class Update:
    """One run of writing; `old` (same model) is what is there, None to begin anew."""

    def __init__(
        self, remote: Remote, contents: Contents, encoder: Encoder, old: MilvusIndex | None, report: Report
    ) -> None:
        self._contents, self._encoder, self._report = contents, encoder, report
        self._server = old.server if old is not None else Server(remote)
        self._notes, self._frequencies = Notes(self._server), Frequencies(self._server)
        self._library = old.library if old is not None else LibraryNote("", None, 0, {}, "")
        self._anew = old is None
        self._old = {file_key(note.state.path): note for note in old.files} if old is not None else {}
        self._sent: dict[int, _Sent] = {}
        self._change: Counter[int] = Counter()
        self._passages, self._length = self._library.passages, self._library.length
        self._said = time.monotonic()
        self._halfway = False  # between what counts and the counts of it

    def run(self, processes: Processes) -> int:
        """Make the library hold the contents; returns how many passages were sent.

        Raises:
            Cancelled: the user pressed Ctrl-C; what was committed counts, and the library is in order.
        """
        self._begin()
        try:
            sent = self._bring_up_to_date(processes)
        except KeyboardInterrupt as error:
            self._leave()
            raise Cancelled("store_stopped", "store_stopped_hint") from error
        except TjqaError:
            self._leave()
            raise
        contents = self._contents
        self._flush()
        self._sign_off(asked=contents.requested_model, versions=dict(contents.versions), built=contents.built)
        return sent

    def _bring_up_to_date(self, processes: Processes) -> int:
        made_with = {"format": FORMAT, "versions": dict(self._contents.versions), "model": self._encoder.name}
        notes = dict(self._planned(made_with))
        files = {file_key(file.state.path): file for file in self._contents.files}
        todo = [key for key, note in notes.items() if key not in self._old or self._old[key].stamp != note.stamp]
        later = set(todo)
        self._notes.put_sources(n for key, n in notes.items() if key not in later and n != self._old[key])
        done = sum(note.passages for key, note in notes.items() if key not in later)
        sent = 0
        for group in _groups([(notes[key], files[key]) for key in todo]):
            for more in self._send(group, processes):
                sent += more
                self._report(done + sent)
        self._remove([key for key in self._old if key not in notes])
        return sent

    def _leave(self) -> None:
        """Stop early, in order if that can be done: then nothing has to be counted anew."""
        if self._halfway:
            return
        with contextlib.suppress(TjqaError):  # perhaps the server is what failed
            if self._sent:
                self._server.delete(f"stamp in {list(self._sent)}")
            self._flush()
            self._sign_off()

    def _begin(self) -> None:
        if not self._anew:
            self._library = claim(self._notes, self._library)
            return
        require_free(self._notes.library() if self._server.exists() else None)
        dimension = meaning_dimension(self._encoder)
        self._server.create(dimension)
        contents = self._contents
        new = LibraryNote(
            self._encoder.name, contents.requested_model, dimension, dict(contents.versions), contents.built
        )
        self._library = claim(self._notes, new)

    def _planned(self, made_with: dict[str, Any]) -> Iterator[tuple[int, SourceNote]]:
        for file in self._contents.files:
            stamp = stamp_of(file, made_with)
            yield file_key(file.state.path), SourceNote(file.state, stamp, file.count)

    def _send(self, group: Sequence[tuple[SourceNote, FileContents]], processes: Processes) -> Iterator[int]:
        """Send some files and commit each once it is whole; yields the number of passages of each step."""
        self._commit([pair for pair in group if not pair[0].passages])
        whole = [pair for pair in group if pair[0].passages]
        listed = [(note, p) for note, file in whole for p in file.passages()]
        pieces = analysed([p for _, p in listed], self._encoder, self._contents.segmenter, processes)
        for at, piece in zip(range(0, len(listed), CHUNK), pieces, strict=True):
            chunk = listed[at : at + CHUNK]
            self._insert(chunk, piece)
            finished = {note.stamp for note, _ in chunk if self._sent[note.stamp].rows == note.passages}
            self._commit([pair for pair in whole if pair[0].stamp in finished])
            yield len(chunk)

    def _insert(self, chunk: Sequence[tuple[SourceNote, Passage]], piece: PassageAnalysis) -> None:
        if not self._library.mean:  # the first passages stand for all that will ever come: see scoring.py
            mean = max(float(piece.postings.lengths.mean()), 1.0)
            self._library = replace(self._library, mean=mean)
            self._notes.put_library(self._library)
        sparse = sparse_vectors(piece.postings, self._library.mean)
        vectors, _ = vectors_of([p for _, p in chunk], piece.tokens, self._encoder)
        # In the precision of an index on this machine: of 90 questions two had another order without.
        dense = vectors.astype(np.float16).astype(np.float32)
        rows = []
        for number, (note, passage) in enumerate(chunk):
            length = int(piece.postings.lengths[number])
            rows.append(_row(note, passage, length) | {"dense": dense[number], "sparse": sparse[number]})
            sent = self._sent.setdefault(note.stamp, _Sent(0, 0, Counter()))
            sent.rows += 1
            sent.length += length
            sent.terms.update(term_keys(sparse[number]).tolist())
        self._server.insert(rows)

    def _commit(self, files: Sequence[tuple[SourceNote, FileContents]]) -> None:
        """Make the rows of files count, whose rows are all there; then the rows before them go."""
        if not files:
            return
        self._halfway = True
        self._notes.put_summaries({note.stamp: file.summary for note, file in files if file.summary is not None})
        self._notes.put_sources(note for note, _ in files)
        for note, _ in files:
            if sent := self._sent.pop(note.stamp, None):
                self._count(sent.terms, 1, sent.rows, sent.length)
        keys = [file_key(note.state.path) for note, _ in files]
        self._drop([self._old[key] for key in keys if key in self._old])
        self._halfway = False
        if len(self._change) > MANY_TERMS:
            self._flush()
        elif time.monotonic() - self._said > SIGN_OF_LIFE:
            self._sign()

    def _remove(self, gone: Sequence[int]) -> None:
        """Remove files that are no longer in the folder."""
        for at in range(0, len(gone), _FILES):
            some = gone[at : at + _FILES]
            self._halfway = True
            self._notes.forget_sources(some)
            self._drop([self._old[key] for key in some])
            self._halfway = False

    def _drop(self, notes: Sequence[SourceNote]) -> None:
        """Delete the rows and summaries of versions that do not count any more."""
        if stamps := [note.stamp for note in notes if note.passages]:
            of_them = f"stamp in {stamps} and file in {[file_key(note.state.path) for note in notes]}"
            for row in self._server.rows(of_them, ["length", "sparse"]):
                self._count(Counter(term_keys(row["sparse"]).tolist()), -1, 1, row["length"])
            self._server.delete(of_them)
        self._notes.forget_summaries(note.stamp for note in notes if not note.state.skipped)

    def _count(self, terms: Counter[int], sign: int, rows: int, length: int) -> None:
        for key, count in terms.items():
            self._change[key] += sign * count
        self._passages += sign * rows
        self._length += sign * length

    def _flush(self) -> None:
        """Write the counts so far. First how many passages there are: none of their terms may be held by more."""
        self._halfway = True
        self._library = replace(self._library, passages=self._passages, length=self._length)
        self._sign()
        self._frequencies.add(self._change)
        self._change.clear()
        self._halfway = False

    def _sign(self) -> None:
        self._library = signed(replace(self._library, turn=self._library.turn + 1))
        self._notes.put_library(self._library)
        self._said = time.monotonic()

    def _sign_off(self, **changes: Any) -> None:
        self._library = replace(self._library, turn=self._library.turn + 1, writer=None, **changes)
        self._notes.put_library(self._library)


def stamp_of(file: FileContents, made_with: dict[str, Any]) -> int:
    """63 bits that are equal for files of which rows are equal."""
    return number_of(segment_name([Slice(file, 0, file.count)], made_with).encode())


def _groups(
    files: Sequence[tuple[SourceNote, FileContents]],
) -> Iterator[list[tuple[SourceNote, FileContents]]]:
    """Files in groups of not too many passages; one that has more is a group of its own."""
    group: list[tuple[SourceNote, FileContents]] = []
    size = 0
    for note, file in files:
        if group and size + note.passages > _GROUP:
            yield group
            group, size = [], 0
        group.append((note, file))
        size += note.passages
    if group:
        yield group


def _row(note: SourceNote, passage: Passage, length: int) -> Row:
    """A passage without its vectors."""
    standing = (passage.title, passage.section, passage.publisher or "", passage.path)
    return {
        "id": number_of(f"{note.stamp} {passage.span.start} {passage.span.end}".encode()),
        "file": file_key(passage.path),
        "stamp": note.stamp,
        "start": passage.span.start,
        "path": _cut(searchable(passage.path)),
        "passage": _line(passage),
        # One text cannot stand across two of these: what separates them is in no text that is looked for.
        "about": _cut("\x1f".join(map(searchable, standing))),
        "wording": _cut(searchable(passage.text)),
        "published": (passage.published or "")[:10],
        "length": length,
    }


def _cut(text: str) -> str:
    return text.encode()[:LARGEST].decode(errors="ignore")


def _line(passage: Passage) -> str:
    """A passage as one line, packed when it is too long as it is or no UTF-8 (names of files may be anything)."""
    line = line_of(passage).rstrip(b"\n")
    try:
        plain = line.decode()
    except UnicodeDecodeError:
        plain = ""
    packed = plain if plain and len(line) <= LARGEST else "z" + base64.b85encode(zlib.compress(line)).decode()
    if len(packed.encode()) > LARGEST:
        raise StoreError("store_long_title", "store_long_title_hint", path=passage.path)
    return packed
