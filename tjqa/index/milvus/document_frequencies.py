"""How many passages hold each term, for the idf of a question: read by the few buckets of its terms, so that a question
costs the same in a library of any size.

16,384 buckets hold some 300 million terms before a note is full (3 bytes a term, packed). A hundred million passages
have about 40 million: terms grow with the power 0.6 of the text.
"""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import StoreError
from tjqa.index.milvus.client import LARGEST, Server
from tjqa.index.postings import posting_keys

_SHIFT = 18  # bits of a key within its bucket
_AT_ONCE = 1000  # buckets read and written together

Held = tuple[NDArray[np.uint32], NDArray[np.uint32]]


class Frequencies:
    """The counts of one library, those of asked terms remembered until `forget`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[int, Held] = {}

    def held(self, term: str) -> int:
        """How many passages hold a term."""
        return sum(self._count(key) for key in posting_keys(term))

    def learn(self, terms: Iterable[str]) -> None:
        """Read what is needed for some terms at once."""
        wanted = {key >> _SHIFT for term in terms for key in posting_keys(term)} - self._known.keys()
        if wanted:
            self._known |= self._read(sorted(wanted))

    def forget(self) -> None:
        """Read again what is asked next."""
        self._known.clear()

    def add(self, changes: Mapping[int, int]) -> None:
        """Add to the counts of some keys, or take away."""
        self.forget()
        grouped = [list(keys) for _, keys in groupby(sorted(changes), lambda key: key >> _SHIFT)]
        for at in range(0, len(grouped), _AT_ONCE):
            some = grouped[at : at + _AT_ONCE]
            held = self._read([keys[0] >> _SHIFT for keys in some])
            self._server.put_notes(
                {_id(keys[0] >> _SHIFT): _packed(_merged(held[keys[0] >> _SHIFT], keys, changes)) for keys in some}
            )

    def clear(self) -> None:
        """Forget all counts for good."""
        self.forget()
        self._server.delete_notes([key for key, _ in self._server.notes_under("terms/")])

    def counts(self) -> Counter[int]:
        """All counts, for tests of a small library."""
        found: Counter[int] = Counter()
        for _, value in self._server.notes_under("terms/"):
            keys, counts = _unpacked(value)
            found.update(dict(zip(keys.tolist(), counts.tolist(), strict=True)))
        return found

    def _count(self, key: int) -> int:
        if key >> _SHIFT not in self._known:
            self._known |= self._read([key >> _SHIFT])
        keys, counts = self._known[key >> _SHIFT]
        at = int(np.searchsorted(keys, key))
        return int(counts[at]) if at < len(keys) and keys[at] == key else 0

    def _read(self, buckets: list[int]) -> dict[int, Held]:
        values = self._server.get_notes([_id(bucket) for bucket in buckets])
        none = np.zeros(0, np.uint32)
        return {b: _unpacked(values[_id(b)]) if _id(b) in values else (none, none) for b in buckets}


def _id(bucket: int) -> str:
    return f"terms/{bucket:04x}"


def _merged(held: Held, keys: list[int], changes: Mapping[int, int]) -> Held:
    total = Counter(dict(zip(held[0].tolist(), held[1].tolist(), strict=True)))
    for key in keys:
        total[key] += changes[key]
    kept = sorted(key for key, count in total.items() if count > 0)
    return np.array(kept, dtype=np.uint32), np.array([total[key] for key in kept], dtype=np.uint32)


def _packed(held: Held) -> str:
    text = base64.b85encode(zlib.compress(np.concatenate(held).astype("<u4").tobytes())).decode()
    if len(text) > LARGEST:
        raise StoreError("store_many_terms", "store_many_terms_hint")
    return text


def _unpacked(value: str) -> Held:
    both = np.frombuffer(zlib.decompress(base64.b85decode(value)), dtype="<u4")
    return both[: len(both) // 2].astype(np.uint32), both[len(both) // 2 :].astype(np.uint32)
