"""A segment of an index: the passages of some neighbouring files with all that was made of them.

A library is cut into segments so that a change costs one segment, a build needs the memory of two, and one that was
interrupted goes on after the last finished one. A segment's name says what it was made of; equal names, equal files.

    <name>.passages.jsonl   one passage a line, as it is in the source file
    <name>.sources.json     what is kept of each file, and the contexts passages stand in
    <name>.arrays           where each line begins, keys, words (postings.py), tokens (tokens.py)
    <name>.vectors.faiss    vectors, or
    <name>.codes.faiss      codes of them, in a large library (vectors.py); both for a model without tokens
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Context, Passage, context_of, line_of, passage_of
from tjqa.errors import IndexDamaged
from tjqa.index import parameters
from tjqa.index.array_file import let_go, pack, unpack
from tjqa.index.postings import BM25Segment, Postings, invert
from tjqa.index.segment_arrays import Arrays, require_shapes, require_values
from tjqa.index.tokens import Tokens
from tjqa.index.vectors import CodeIndex, VectorIndex, build_codes, build_vectors, open_codes, open_vectors
from tjqa.reports import SourceSummary, row_of, summary_of


@dataclass(frozen=True)
class Segment:
    """One segment, opened; rows count within it. `first` is the path of its first file.

    Raises:
        IndexDamaged: by what reads a value, when it cannot be one of this segment.
    """

    first: str
    arrays: Arrays
    lines: memoryview
    starts: NDArray[np.uint32]
    keys: NDArray[np.uint8]
    lexical: BM25Segment
    tokens: Tokens | None
    norms: NDArray[np.float32]
    vectors: VectorIndex | None
    codes: CodeIndex | None
    context_of: NDArray[np.uint32]
    described: memoryview

    def __len__(self) -> int:
        return len(self.keys)

    def passage(self, row: int) -> Passage:
        """The passage of a row."""
        try:
            return passage_of(bytes(self.lines[self.starts[row] : self.starts[row + 1]]))
        except (ValueError, TypeError, RecursionError) as error:
            raise IndexDamaged("passage_differs") from error

    def norms_of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The lengths of the sums that some rows' vectors were made of."""
        found = self.norms[rows]
        if not np.isfinite(found).all():
            raise IndexDamaged("array_differs", name="norms")
        return found

    def check(self) -> None:
        """Look at every value of its arrays."""
        require_values(self.arrays, len(self.contexts))

    def let_go(self) -> None:
        """Take no memory for the lines and tokens that were read: each touches 64 kB of a mapped file, of which one is
        wanted."""
        let_go(np.frombuffer(self.lines, np.uint8))
        if self.tokens is not None:
            let_go(self.tokens.ids)

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` rows nearest to `query`, of those that `allowed` marks, with similarities, rough ones from codes."""
        index = self.codes or self.vectors
        assert index is not None  # open_segment looked
        return index.search(query, k, allowed)

    @cached_property
    def summaries(self) -> tuple[SourceSummary, ...]:
        """What the segment holds of each file, in path order."""
        try:
            return tuple(map(summary_of, self._described["summaries"]))
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged("described_differs") from error

    @cached_property
    def contexts(self) -> tuple[Context, ...]:
        """The contexts of its passages; `context_of` has the number of each row's."""
        try:
            return tuple(map(context_of, self._described["contexts"]))
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged("described_differs") from error

    @cached_property
    def numbers(self) -> NDArray[np.uint32]:
        """The number of each row's context."""
        if self.context_of.max(initial=0) >= max(len(self.contexts), 1):
            raise IndexDamaged("array_differs", name="context_of")
        return self.context_of

    @cached_property
    def _described(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(bytes(self.described))
        except (ValueError, RecursionError) as error:
            raise IndexDamaged("described_differs") from error
        return found


def open_segment(
    name: str, first: str, count: int, dimension: int, names: Sequence[str], read: Callable[[str], memoryview]
) -> Segment:
    """Open a segment of `count` passages; `names` are the files there are, `read` gives the compared bytes of one.

    Raises:
        IndexDamaged, KeyError, TypeError, ValueError: its files do not fit together.
    """
    arrays = unpack(read(f"{name}.arrays"))
    lines = read(f"{name}.passages.jsonl")
    require_shapes(arrays, count, dimension, len(lines))
    vectors = codes = None
    if (file := f"{name}.vectors.faiss") in names:
        vectors = open_vectors(read(file), dimension, count)
    if (file := f"{name}.codes.faiss") in names:
        codes = open_codes(read(file), arrays["code_mean"], arrays["code_axes"], dimension, count)
    if vectors is None and (codes is None or "token_ids" not in arrays):
        raise IndexDamaged("vectors_missing")
    return Segment(
        first=first,
        arrays=arrays,
        lines=lines,
        starts=arrays["line_starts"],
        keys=arrays["keys"],
        lexical=BM25Segment(*(arrays[f"word_{field}"] for field in BM25Segment.__annotations__)),
        tokens=Tokens(*(arrays[f"token_{field}"] for field in Tokens.__annotations__))
        if "token_ids" in arrays
        else None,
        norms=arrays["norms"],
        vectors=vectors,
        codes=codes,
        context_of=arrays["context_of"],
        described=read(f"{name}.sources.json"),
    )


@dataclass(frozen=True, slots=True)
class SegmentContents:
    """What was made of the passages of a segment: keys (n, 16), postings, tokens (None without token vectors) with the
    lengths of their sums, and unit vectors (n, d)."""

    keys: NDArray[np.uint8]
    postings: Postings
    tokens: Tokens | None
    norms: NDArray[np.float32]
    vectors: NDArray[np.float32]


def segment_files(
    name: str, passages: Sequence[Passage], summaries: Sequence[SourceSummary], made: SegmentContents, coded: bool
) -> dict[str, bytes]:
    """The files of a segment. With `coded` vectors become codes, and are kept beside them only when there are no tokens
    to make them of again."""
    lines = [line_of(passage) for passage in passages]
    numbers: dict[Context, int] = {}
    context_of = [
        numbers.setdefault(Context(p.path, p.title, p.section, p.publisher, p.published), len(numbers))
        for p in passages
    ]
    described = {"summaries": [row_of(summary) for summary in summaries], "contexts": list(numbers)}
    arrays: dict[str, NDArray[Any]] = {
        "line_starts": np.cumsum([0, *map(len, lines)]).astype(np.uint32),
        "keys": made.keys,
        "context_of": np.array(context_of, dtype=np.uint32),
        "norms": made.norms,
        **{f"word_{field}": array for field, array in invert(made.postings).items()},
    }
    if made.tokens is not None:
        arrays |= {f"token_{field}": getattr(made.tokens, field) for field in Tokens.__annotations__}
    coded = coded and len(passages) >= parameters.SMALLEST_CODED_SEGMENT
    files = {
        "passages.jsonl": b"".join(lines),
        "sources.json": json.dumps(described, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    }
    if coded:
        files["codes.faiss"], axes = build_codes(made.vectors)
        arrays |= axes
    files["arrays"] = pack(arrays)
    if not coded or made.tokens is None:
        files["vectors.faiss"] = build_vectors(made.vectors)
    return {f"{name}.{kind}": data for kind, data in files.items()}
