"""The words of a segment's passages: which rows hold each term, and how often; written once, then looked up.

How they are laid out, and why, is told in `bm25`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged

PAIR = "·"
"""What a pair of characters begins with, among index terms."""


@lru_cache(maxsize=1 << 18)  # terms repeat from passage to passage
def term_key(term: str) -> int:
    """32-bit key of a term. Of a segment's half million terms one in 10,000 shares its key with another one, which
    adds a stray passage to its postings and never a word to a quote; 64 bits would cost 40 MB for a million passages.
    """
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


def posting_keys(term: str) -> tuple[int, ...]:
    """The keys under which the postings of a term stand: of a pair those outside words, and those of the word."""
    return (term_key(term), term_key(term[1:])) if term[0] == PAIR else (term_key(term),)


@dataclass(frozen=True, slots=True)
class Postings:
    """Term keys (n,), row (n,) and frequency (n,) of each posting, in any order, and the length of each row's
    passage in terms, (rows,)."""

    keys: NDArray[np.uint32]
    rows: NDArray[np.uint16]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.uint16]


def count_terms(documents: Iterable[Sequence[str]]) -> Postings:
    """The postings of documents, each a list of terms with repeats, rows in their order."""
    keys: list[int] = []
    counts = bytearray()
    sizes, lengths = [], []
    for terms in documents:
        held = Counter(terms)
        before = len(keys)
        for term, count in held.items():
            if term[0] == PAIR:
                count -= held.get(term[1:], 0)  # as a word it is counted there
            if count > 0:
                keys.append(term_key(term))
                counts.append(min(count, 255))
        sizes.append(len(keys) - before)
        lengths.append(min(len(terms), 65_535))
    return Postings(
        np.array(keys, dtype=np.uint32),
        np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes),
        np.frombuffer(bytes(counts), dtype=np.uint8),
        np.array(lengths, dtype=np.uint16),
    )


def joined(segments: Sequence[tuple[NDArray[np.int64], Postings]], count: int) -> Postings:
    """Postings of several sets of documents as those of one: with each set the new rows of its documents."""
    lengths = np.zeros(count, dtype=np.uint16)
    for rows, postings in segments:
        lengths[rows] = postings.lengths
    return Postings(
        np.concatenate([np.zeros(0, np.uint32), *(p.keys for _, p in segments)]),
        np.concatenate([np.zeros(0, np.uint16), *(rows.astype(np.uint16)[p.rows] for rows, p in segments)]),
        np.concatenate([np.zeros(0, np.uint8), *(p.counts for _, p in segments)]),
        lengths,
    )


def invert(postings: Postings) -> dict[str, NDArray[Any]]:
    """The arrays of a segment."""
    order = np.argsort(postings.keys.astype(np.uint64) << 16 | postings.rows)  # by term, rows ascending
    keys, rows, counts = postings.keys[order], postings.rows[order], postings.counts[order]
    once = counts == 1
    terms, starts = np.unique(keys[once], return_index=True)
    more_terms, more_starts = np.unique(keys[~once], return_index=True)
    return {
        "terms": terms,
        "starts": np.append(starts, int(once.sum())).astype(np.uint32),
        "rows": rows[once],
        "more_terms": more_terms,
        "more_starts": np.append(more_starts, int((~once).sum())).astype(np.uint32),
        "more_rows": rows[~once],
        "more_counts": counts[~once],
        "lengths": postings.lengths,
    }


@dataclass(frozen=True, slots=True)
class BM25Segment:
    """The words of one segment, as `invert` made them: an inverted file of the rows that hold a term once, and one of
    those that hold it more often; arrays may be mapped.

    Raises:
        IndexDamaged: by every method, when what it looks at cannot be postings of this segment.
    """

    terms: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    rows: NDArray[np.uint16]
    more_terms: NDArray[np.uint32]
    more_starts: NDArray[np.uint32]
    more_rows: NDArray[np.uint16]
    more_counts: NDArray[np.uint8]
    lengths: NDArray[np.uint16]

    def find(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Where the postings of each key are, (n, 4): beginning and end in `rows`, and in `more_rows`; the two are the
        same for one that is not here."""
        once = _stretches(self.terms, self.starts, keys)
        return np.array([*once, *_stretches(self.more_terms, self.more_starts, keys)], dtype=np.int64).T

    def postings(self, wanted: NDArray[np.int64]) -> Postings:
        """The postings of some rows, no row twice; row i of the result is `wanted[i]`."""
        for starts, held_by in ((self.starts, self.rows), (self.more_starts, self.more_rows)):
            if (starts[1:] < starts[:-1]).any():
                raise _damaged("starts")
            self.require_rows(held_by)
        place = np.full(len(self.lengths), -1, dtype=np.int32)
        place[wanted] = np.arange(len(wanted))
        keys, rows = np.repeat(self.terms, np.diff(self.starts)), place[self.rows]
        more_keys, more_rows = np.repeat(self.more_terms, np.diff(self.more_starts)), place[self.more_rows]
        held, more_held = rows >= 0, more_rows >= 0
        return Postings(
            np.concatenate([keys[held], more_keys[more_held]]),
            np.concatenate([rows[held], more_rows[more_held]]).astype(np.uint16),
            np.concatenate([np.ones(int(held.sum()), np.uint8), self.more_counts[more_held]]),
            self.lengths[wanted],
        )

    def require_rows(self, rows: NDArray[np.uint16]) -> None:
        """Refuse rows out of postings that no passage has."""
        if rows.max(initial=0) >= max(len(self.lengths), 1):
            raise _damaged("rows")


def _stretches(
    terms: NDArray[np.uint32], starts: NDArray[np.uint32], keys: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Where the postings of each key begin and end; both 0 for one that is not there."""
    if not len(terms):
        return (np.zeros(len(keys), np.uint32),) * 2
    at = np.searchsorted(terms, keys)
    at[at == len(terms)] = 0
    known = terms[at] == keys
    begins, ends = starts[at] * known, starts[at + 1] * known
    if (begins > ends).any() or ends.max(initial=0) > starts[-1]:
        raise _damaged("starts")
    return begins, ends


def _damaged(array: str) -> IndexDamaged:
    return IndexDamaged("array_differs", name=f"word_{array}")
