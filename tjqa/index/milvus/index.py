"""A library in Milvus, to be asked: the same interface, the same scores as an index on this machine."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from tjqa.config import Remote
from tjqa.documents import Passage, passage_of
from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnusable, StoreError
from tjqa.index import tokens
from tjqa.index.base import CandidateQuery, Candidates
from tjqa.index.filters import passes
from tjqa.index.milvus.client import Row, Server
from tjqa.index.milvus.document_frequencies import Frequencies
from tjqa.index.milvus.filter_expressions import expression, holding
from tjqa.index.milvus.metadata import FORMAT, LibraryNote, Notes, SourceNote, file_key
from tjqa.index.milvus.scoring import exact_score, key_weights
from tjqa.index.passage_texts import token_texts
from tjqa.index.versions import rebuild_reason
from tjqa.messages import Message, message
from tjqa.reports import SourceState, SourceSummary

# Candidates fetched for each one wanted: the order by stored weights differs a little from the exact one, and filters
# may let a few too many through.
_SPARE = 3

# Times to search again when a file was exchanged in between; each time leaves out what was found to be outdated.
_TRIES = 8

_AT_ONCE = 200  # files whose rows or summaries are fetched together

INTERRUPTED = message("store_interrupted")


@dataclass(frozen=True)
class _Found:
    """A candidate, with its exact scores."""

    row: Row
    lexical: float
    dense: float

    @cached_property
    def passage(self) -> Passage:
        """Its passage; most candidates are never looked at."""
        return passage_in(self.row)


@dataclass
class MilvusIndex:
    """An opened library; `open_store` opens one. Files and counts are as of the opening or the last question."""

    server: Server
    notes: Notes
    frequencies: Frequencies
    library: LibraryNote
    due: Message | None = None
    _found: list[_Found] = field(default_factory=list)

    @property
    def built(self) -> str:
        """When it was last written, ISO."""
        return self.library.built

    @property
    def model(self) -> str:
        """The identity of its model."""
        return self.library.model

    @property
    def requested_model(self) -> str | None:
        """What --model named."""
        return self.library.asked

    @property
    def made_for(self) -> str:
        """Not noted: a library in Milvus is named by its user."""
        return ""

    @property
    def dimension(self) -> int:
        """Values of a vector."""
        return self.library.dimension

    @property
    def unsettled(self) -> Message | None:
        """Whether it is being written, or that was interrupted."""
        return INTERRUPTED if self.library.writer is not None else None

    @cached_property
    def files(self) -> tuple[SourceNote, ...]:
        """The notes of its files, in path order."""
        return tuple(sorted(self.notes.sources().values(), key=lambda note: note.state.path))

    @property
    def sources(self) -> tuple[SourceState, ...]:
        """Its files as they were when indexed."""
        return tuple(note.state for note in self.files)

    def __len__(self) -> int:
        return self.library.passages

    @property
    def meanings(self) -> None:
        """Not here: a passage has one vector in Milvus."""
        return None

    def holds(self, terms: Sequence[str]) -> list[bool]:
        """Whether any passage holds each term."""
        self.frequencies.learn(terms)
        return [self.frequencies.held(term) > 0 for term in terms]

    def term_idf(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """idf of each term; one that no passage holds has the highest."""
        self.frequencies.learn(terms)
        held = np.array([self.frequencies.held(term) for term in terms], dtype=np.float64)
        # While it is being written a count may run ahead of the number of passages.
        return np.log1p((np.maximum(len(self) - held, 0) + 0.5) / (held + 0.5)).astype(np.float32)

    def retrieve(self, encoder: Encoder, wanted: CandidateQuery) -> Candidates:
        """The best rows by words and the best by vectors, each scored by both."""
        self._refresh()
        weights = key_weights(wanted.terms, self.term_idf(wanted.terms))
        mean = self.library.length / max(len(self), 1)
        rows = {row["id"]: row for row in self._candidates(wanted, weights)}
        found = [
            _Found(
                row,
                exact_score(weights, row["sparse"], row["length"], self.library.mean, mean),
                float(np.asarray(row["dense"], dtype=np.float32) @ wanted.query),
            )
            for row in rows.values()
        ]
        by_words = sorted((one for one in found if one.lexical > 0), key=lambda one: -one.lexical)
        by_vectors = sorted(found, key=lambda one: -one.dense)
        best = [*_first(by_words, wanted.by_words, wanted), *_first(by_vectors, wanted.by_vectors, wanted)]
        # In the order of the library: of equal hits the first is shown.
        once = {one.row["id"]: one for one in best}.values()
        self._found = sorted(once, key=lambda one: (one.passage.path, one.passage.span))
        return Candidates(
            np.arange(len(self._found)),
            np.array([one.lexical for one in self._found], dtype=np.float32),
            np.array([one.dense for one in self._found], dtype=np.float32),
        )

    def fetch(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows of the last `retrieve`."""
        return [self._found[row].passage for row in rows]

    def tokens(self, rows: Sequence[int], encoder: Encoder) -> tokens.Tokens | None:
        """The tokens of some rows; None when the model has none."""
        if not isinstance(encoder, TokenEncoder):
            return None
        return tokens.tokenise(map(token_texts, self.fetch(rows)), encoder)

    def mentions(self, text: str) -> bool:
        """Whether a text stands in any passage or title, as written."""
        either = f"({holding('wording', text)} or {holding('about', text)})"
        for row in self.server.rows(either, ["file", "stamp", "passage"]):
            passage = passage_in(row)
            if (text in passage.text or text in passage.title) and not self._outdated([row]):
                return True
        return False

    def passages(self) -> Iterator[Passage]:
        """Every passage, files in path order, passages in file order."""
        for group in _groups(self.files):
            rows = self.server.rows(f"stamp in {[note.stamp for note in group]}", ["passage"])
            yield from sorted(map(passage_in, rows), key=lambda p: (p.path, p.span))

    def passages_of(self, path: str) -> list[Passage]:
        """The passages of one file, in file order."""
        note = self.notes.some_sources([file_key(path)]).get(file_key(path))
        if note is None:
            return []
        rows = self.server.rows(f"file == {file_key(path)} and stamp == {note.stamp}", ["passage"])
        return sorted(map(passage_in, rows), key=lambda p: p.span)

    def summaries(self) -> tuple[SourceSummary, ...]:
        """What it holds of each file, in path order."""
        found: dict[int, SourceSummary] = {}
        with_text = [note.stamp for note in self.files if not note.state.skipped]
        for at in range(0, len(with_text), _AT_ONCE):
            found |= self.notes.summaries(with_text[at : at + _AT_ONCE])
        if len(found) < len(with_text):
            lost = message("store_lost_summaries", count=len(with_text) - len(found))
            raise IndexDamaged("store_incomplete", "store_incomplete_hint", what=lost)
        return tuple(found[stamp] for stamp in with_text)

    def summary(self, path: str) -> SourceSummary | None:
        """What it holds of one file."""
        note = self.notes.some_sources([file_key(path)]).get(file_key(path))
        return self.notes.summaries([note.stamp]).get(note.stamp) if note is not None else None

    def _refresh(self) -> None:
        """Take note of what others wrote since the last question.

        Raises:
            IndexUnusable: it was made anew with another model or version.
        """
        now = self.notes.library()
        if now is None or (now.model, now.dimension, now.format) != (self.model, self.dimension, FORMAT):
            raise IndexUnusable("store_rebuilt", "store_rebuilt_hint", store=self.server.remote)
        if now.turn != self.library.turn:
            self.frequencies.forget()
        self.library = now

    def _candidates(self, wanted: CandidateQuery, weights: Mapping[int, float]) -> list[Row]:
        """Rows that may be among the best; none of a version of a file that does not count."""
        dead: set[int] = set()
        for _ in range(_TRIES):
            where = expression(wanted.filters, dead)
            rows = self.server.search("dense", wanted.query.tolist(), _SPARE * wanted.by_vectors, where)
            if weights:
                rows += self.server.search("sparse", dict(weights), _SPARE * wanted.by_words, where)
            if not (outdated := self._outdated(rows)):
                return rows
            dead |= outdated
        raise StoreError("store_busy", "store_busy_hint", store=self.server.remote)

    def _outdated(self, rows: Sequence[Row]) -> set[int]:
        """The stamps among rows that are not, or no longer, those of their files. Asked after the rows were found: a
        file exchanged in between shows as outdated, never as missing."""
        notes = self.notes.some_sources({row["file"] for row in rows})
        counting = {note.stamp for note in notes.values()}
        return {row["stamp"] for row in rows} - counting


def open_store(remote: Remote, versions: Mapping[str, int]) -> MilvusIndex:
    """Open a library.

    Raises:
        IndexMissing, IndexOutdated, StoreError: see tjqa.errors.
    """
    store = opened(remote)
    if store is None:
        raise IndexMissing("store_missing", "store_missing_hint", store=remote)
    store.due = rebuild_reason(store.library.versions, versions)
    return store


def opened(remote: Remote) -> MilvusIndex | None:
    """A library as it is, whatever versions made it; None when there is none.

    Raises:
        IndexOutdated: it has another format.
        StoreError: see `tjqa.milvus.client`.
    """
    server = Server(remote)
    notes = Notes(server)
    library = notes.library() if server.exists() else None
    if library is None:
        return None
    if library.format != FORMAT:
        raise IndexOutdated("store_format", "store_format_hint", store=remote)
    return MilvusIndex(server, notes, Frequencies(server), library)


def _first(found: Sequence[_Found], count: int, wanted: CandidateQuery) -> Iterator[_Found]:
    """The first candidates that pass the filters."""
    return islice((one for one in found if not wanted.filters or passes(wanted.filters, one.passage)), count)


def passage_in(row: Row) -> Passage:
    """The passage of a row that was fetched with its `passage`.

    Raises:
        IndexDamaged: it is none.
    """
    line = row["passage"]
    try:
        return passage_of(zlib.decompress(base64.b85decode(line[1:])) if line.startswith("z") else line.encode())
    except (ValueError, TypeError, RecursionError, zlib.error) as error:
        raise IndexDamaged("passage_differs", "store_incomplete_hint") from error


def _groups(files: Sequence[SourceNote]) -> Iterator[list[SourceNote]]:
    """Files with text in groups of not too many passages, in order."""
    group: list[SourceNote] = []
    for note in files:
        if group and (len(group) == _AT_ONCE or sum(n.passages for n in group) + note.passages > 5 * _AT_ONCE):
            yield group
            group = []
        if note.passages:
            group.append(note)
    if group:
        yield group
