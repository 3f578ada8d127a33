"""The index of one library, opened: passages, words and vectors that agree with one manifest, or no index at all.

It lies in segments (`tjqa.index.segment`); rows are counted through them in path order.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa import records
from tjqa.documents import Passage
from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.errors import IndexDamaged, IndexUnusable
from tjqa.index import parameters, tokens
from tjqa.index.base import CandidateQuery, Candidates
from tjqa.index.bm25 import BM25Index, largest, top_rows
from tjqa.index.filter_masks import Selection, sure_pairs
from tjqa.index.generations import live_generation, read_verified
from tjqa.index.meaning_search import Meanings
from tjqa.index.segment import Segment, open_segment
from tjqa.index.sorted_keys import SortedKeys
from tjqa.index.versions import rebuild_reason
from tjqa.messages import Message
from tjqa.reports import SourceState, SourceSummary, state_of


@dataclass(frozen=True)
class LocalIndex:
    """An opened index. Rows of passages, BM25 and vectors are the same numbers.

    `model` is the identity of the model that made the vectors, `requested_model` what --model named (or None).
    `made_for` is the folder of its documents, with links resolved; "" where that is not noted.
    `due` says why the index should be made again though it can still be asked; None when it should not."""

    built: str
    model: str
    requested_model: str | None
    dimension: int
    sources: tuple[SourceState, ...]
    segments: tuple[Segment, ...]
    lexical: BM25Index
    due: Message | None = None
    unsettled: Message | None = None  # a generation on disk is whole
    made_for: str = ""
    meanings: Meanings | None = None  # vectors of the model that reads context

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """The first row of each segment, and the number of all rows."""
        return np.cumsum([0, *map(len, self.segments)], dtype=np.int64)

    def __len__(self) -> int:
        return int(self.offsets[-1])

    def passage(self, row: int) -> Passage:
        """The passage of a row."""
        segment, local = self._place(row)
        return segment.passage(local)

    def fetch(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows."""
        if next(self._fetches) % parameters.RELEASE_EVERY == 0:
            for segment in self.segments:
                segment.let_go()
        return [self.passage(row) for row in rows]

    @cached_property
    def _fetches(self) -> Iterator[int]:
        return count(1)

    def holds(self, terms: Sequence[str]) -> list[bool]:
        """Whether any passage holds each term."""
        return self.lexical.holds(terms)

    def term_idf(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """idf of each term; one that no passage holds has the highest."""
        return self.lexical.term_idf(terms)

    def retrieve(self, encoder: Encoder, wanted: CandidateQuery) -> Candidates:
        """The best rows of BM25 and of the vectors, each scored by both."""
        allowed = self._selection.allowed(wanted.filters)
        searched = self._search(wanted.query, wanted.by_vectors, allowed)
        lexical = self.lexical.scores(wanted.terms)
        if allowed is not None:
            lexical = np.where(allowed, lexical, np.float32(0))
        similarity, near = self.nearest(encoder, wanted.query, wanted.by_vectors, allowed, searched=searched)
        rows, meaning = np.union1d(near, top_rows(lexical, wanted.by_words)), None
        if self.meanings is not None and wanted.text:
            rows, meaning = self.meanings.candidates(wanted.text, rows, wanted.by_vectors, allowed)
        dense, others = np.zeros(len(rows), np.float32), np.isin(rows, near, invert=True)
        dense[np.searchsorted(rows, near)] = similarity
        dense[others] = self.cosines(encoder, wanted.query, rows[others])
        return Candidates(rows, lexical[rows], dense, meaning)

    @cached_property
    def _selection(self) -> Selection:
        return Selection(self.segments, self.lexical)

    def passages(self) -> Iterator[Passage]:
        """Every passage in row order."""
        return (segment.passage(row) for segment in self.segments for row in range(len(segment)))

    def tokens(self, rows: Sequence[int], encoder: Encoder) -> tokens.Tokens | None:
        """The tokens of some rows; None when the model has none."""
        if not isinstance(encoder, TokenEncoder) or not all(segment.tokens is not None for segment in self.segments):
            return None
        places = map(self._place, rows)
        return tokens.gathered(segment.tokens.row(local) for segment, local in places if segment.tokens is not None)

    def _search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None
    ) -> Iterable[tuple[NDArray[np.float32], NDArray[np.int64]]]:
        """What each segment finds; of a large library it is begun at once, beside the caller: FAISS lets other threads
        run meanwhile, and the word index is then looked through in the same time."""
        wanted = max(self._shortlist, k) if self._is_coded else k
        bounds = zip(self.segments, self.offsets, self.offsets[1:], strict=False)
        todo = [(segment, allowed[start:end] if allowed is not None else None) for segment, start, end in bounds]
        run = self._beside.map if self._is_coded else map
        return run(lambda job: job[0].search(query, wanted, job[1]), todo)

    @cached_property
    def _is_coded(self) -> bool:
        return any(segment.codes is not None for segment in self.segments)

    @cached_property
    def _shortlist(self) -> int:
        crowded = max(1, len(self) / parameters.SHORTLIST_OF) ** parameters.SHORTLIST_GROWTH
        return round(parameters.SHORTLIST * float(crowded))

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, "tjqa-vectors")

    def nearest(
        self,
        encoder: Encoder,
        query: NDArray[np.float32],
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        *,
        searched: Iterable[tuple[NDArray[np.float32], NDArray[np.int64]]] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` rows with the vectors nearest to `query` (d,), of those that `allowed` marks, with their inner
        products, in no order; `searched` is what the segments find, when that was begun before."""
        found = list(searched if searched is not None else self._search(query, k, allowed))
        near = np.concatenate([np.zeros(0, np.float32), *(similarity for similarity, _ in found)])
        rows = np.concatenate([np.zeros(0, np.int64), *(r + o for (_, r), o in zip(found, self.offsets, strict=False))])
        if self._is_coded:
            rows = rows[largest(near, max(self._shortlist, k))]
            near = self.cosines(encoder, query, rows)
        best = largest(near, k)
        return near[best], rows[best]

    def cosines(self, encoder: Encoder, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner product of `query` (d,) with the vector of each of some rows."""
        found = np.zeros(len(rows), dtype=np.float32)
        numbers = np.searchsorted(self.offsets, rows, side="right") - 1
        coded: list[tuple[tokens.Tokens, NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]] = []
        for number in set(numbers.tolist()):
            segment, here = self.segments[number], np.flatnonzero(numbers == number)
            local = rows[here] - self.offsets[number]
            if segment.vectors is not None:
                found[here] = segment.vectors.rows(local) @ query
            elif segment.tokens is not None:
                coded.append((segment.tokens, segment.norms_of(local), local, here))
        if coded and isinstance(encoder, TokenEncoder):
            ids = [tokens.row(row)[0] for tokens, _, local, _ in coded for row in local.tolist()]
            norms = np.concatenate([norms for _, norms, _, _ in coded])
            found[np.concatenate([here for _, _, _, here in coded])] = tokens.cosines(ids, norms, encoder, query)
        if not np.isfinite(found).all():
            raise IndexDamaged("vectors_no_numbers")
        return found

    def mentions(self, text: str) -> bool:
        """Whether a text stands in any passage or its title, as written."""
        if pairs := sure_pairs(text):
            rows = np.flatnonzero(self.lexical.holding(pairs) == min(len(pairs), 255))
            return any(text in (p := self.passage(row)).text or text in p.title for row in rows.tolist())
        written = json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")
        # Works on a mapped file without copying it.
        return any(re.search(re.escape(written), segment.lines) is not None for segment in self.segments)

    def summaries(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file, in path order."""
        return tuple(summary for segment in self.segments for summary in segment.summaries)

    def passages_of(self, path: str) -> list[Passage]:
        """The passages of one file, in order."""
        return [self.passage(row) for row in self._rows_of.get(path, ())]

    @cached_property
    def _rows_of(self) -> dict[str, range]:
        summaries = self.summaries()
        ends = list(accumulate((summary.passages for summary in summaries), initial=0))
        if ends[-1] != len(self):
            raise IndexDamaged("index_counts", noted=ends[-1], held=len(self))
        return {s.path: range(start, end) for s, start, end in zip(summaries, ends, ends[1:], strict=False)}

    def summary(self, path: str) -> SourceSummary | None:
        """What it holds of one file."""
        at = bisect_right([segment.first for segment in self.segments], path) - 1
        return next((s for s in self.segments[at].summaries if s.path == path), None) if at >= 0 else None

    def find(self, keys: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The row of the passage with each key (`passage_texts.passage_key`, (n, 16)), -1 for one that is not here."""
        return self._sorted_keys.find(keys)

    def keys(self) -> NDArray[np.uint8]:
        """The key of each row (`passage_texts.passage_key`), (n, 16)."""
        return np.concatenate([np.zeros((0, 16), np.uint8), *(segment.keys for segment in self.segments)])

    @cached_property
    def _sorted_keys(self) -> SortedKeys:
        return SortedKeys(self.keys())

    def check(self) -> None:
        """Look at every value of every segment.

        Raises:
            IndexDamaged: one cannot be a value of an index.
        """
        for segment in self.segments:
            segment.check()

    def _place(self, row: int) -> tuple[Segment, int]:
        number = int(np.searchsorted(self.offsets, row, side="right")) - 1
        return self.segments[number], row - int(self.offsets[number])


def open_index(folder: Path, versions: Mapping[str, int]) -> LocalIndex:
    """Open the live generation; every byte is compared with the manifest before a library sees it.

    Raises:
        IndexMissing, IndexDamaged, IndexOutdated: see tjqa.errors.
    """
    generation, manifest = live_generation(folder)
    due = rebuild_reason(manifest.get("versions"), versions)

    def read(name: str) -> memoryview:
        return read_verified(generation, manifest, name)

    try:
        records.fitting(manifest, records.MANIFEST, records.SINCE_FOLDERS)
        model, files = manifest["model"], manifest["files"]
        dimension = model["dimension"]
        parts = (records.fitting(part, records.PART) for part in manifest["parts"])
        segments = tuple(open_segment(p["name"], p["first"], p["passages"], dimension, files, read) for p in parts)
        sources = tuple(map(state_of, manifest["sources"]))
        index = LocalIndex(
            manifest["built"], model["name"], model["asked"], dimension, sources, segments,
            BM25Index([segment.lexical for segment in segments]), due, made_for=manifest.get("folder", ""),
        )  # fmt: skip
        if len(index) != manifest["passages"]:
            raise IndexDamaged("index_counts", noted=manifest["passages"], held=len(index))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise IndexDamaged("manifest_differs") from error
    return index


def usable_index(folder: Path, versions: Mapping[str, int]) -> LocalIndex | None:
    """The live index to take things over from; None when it is missing, damaged, made by another version, or when its
    terms were cut with other words of the user's."""
    try:
        index = open_index(folder, versions)
        made = live_generation(folder)[1]["versions"]
    except IndexUnusable:
        return None
    return index if made.get("words") == versions.get("words") else None


def requested_model(folder: Path) -> str | None:
    """The model named when the live generation was built; None for the default one, or without a readable index."""
    try:
        _, manifest = live_generation(folder)
        model = records.fitting(manifest.get("model"), records.MODEL)
    except (IndexUnusable, records.Unfit):
        return None
    return str(model["asked"]) if model["asked"] is not None else None
