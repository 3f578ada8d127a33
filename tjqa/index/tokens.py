"""Token ids of passages, kept for late interaction, and cosines of their vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged

if TYPE_CHECKING:
    from tjqa.encoders.base import TokenEncoder

TOKEN_BLOCK = 512  # token vectors multiplied at once: what stays in a processor's cache; 256 to 1,024 are as good
_MOST_OF_PASSAGE = 1 << 17  # tokens: context and clauses; it keeps a damaged index from filling the memory
_LARGEST_ID = 1 << 24  # no vocabulary is so large
_MOST_TOKENS = int(np.iinfo(np.uint16).max)  # of a text: what its length can say; a passage has a few hundred


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some passages, one after the other: `ids`, and the length of each segment. Passage p begins with
    segment `firsts[p]` and with token `begins[p]`; both end with a sentinel. A passage's first segment is its context,
    the others its clauses."""

    ids: NDArray[np.unsignedinteger[Any]]
    lengths: NDArray[np.unsignedinteger[Any]]
    firsts: NDArray[np.uint32]
    begins: NDArray[np.uint32]

    @classmethod
    def of(
        cls,
        ids: Sequence[NDArray[Any]],
        lengths: Sequence[NDArray[np.unsignedinteger[Any]]],
        counts: Sequence[int],
    ) -> Tokens:
        """Tokens and segment lengths in pieces, in order, and how many texts each passage has."""
        whole = np.concatenate([np.zeros(0, np.uint16), *lengths])
        whole = whole.astype(np.min_scalar_type(int(whole.max(initial=0))))  # eight bits, but for monstrous clauses
        firsts = starts_of(counts)
        return cls(
            np.concatenate([np.zeros(0, np.uint16), *ids]),
            whole,
            firsts.astype(np.uint32),
            starts_of(whole)[firsts].astype(np.uint32),
        )

    def __len__(self) -> int:
        return len(self.firsts) - 1

    def row(self, row: int) -> tuple[NDArray[Any], NDArray[np.unsignedinteger[Any]]]:
        """Token ids and segment lengths of one passage.

        Raises:
            IndexDamaged: they stand nowhere.
        """
        begin, end = self.begins[row], self.begins[row + 1]
        first, last = self.firsts[row], self.firsts[row + 1]
        # A number beyond the end cuts a slice short: `gathered` sees that they do not fit then.
        if first >= last or begin > end or end - begin > _MOST_OF_PASSAGE:
            raise IndexDamaged("array_differs", name="token_firsts")
        return self.ids[begin:end], self.lengths[first:last]


def gathered(rows: Iterable[tuple[NDArray[Any], NDArray[np.unsignedinteger[Any]]]]) -> Tokens:
    """The tokens of single passages, from wherever they lie.

    Raises:
        IndexDamaged: the lengths of a passage's segments are not those of its tokens.
    """
    listed = list(rows)
    ids = [ids for ids, _ in listed]
    found = Tokens.of(ids, [sizes for _, sizes in listed], [len(sizes) for _, sizes in listed])
    if not np.array_equal(found.begins, starts_of([len(one) for one in ids])):
        raise IndexDamaged("array_differs", name="token_lengths")
    return found


def tokenise(documents: Iterable[Sequence[str]], encoder: TokenEncoder) -> Tokens:
    """The tokens of documents, each a list of segment texts (context first)."""
    listed = [list(texts) for texts in documents]
    ids = [found[:_MOST_TOKENS] for found in encoder.token_ids([text for texts in listed for text in texts])]
    sizes = np.array([len(i) for i in ids], dtype=np.uint16)
    return Tokens.of(ids, [sizes], [len(texts) for texts in listed])


def cosines(
    tokens: Sequence[NDArray[Any]], norms: NDArray[np.float32], encoder: TokenEncoder, query: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Inner product of `query` (d,) with the unit vector of each passage, given by its tokens: the sum of their vectors
    divided by its length in `norms`.

    So the vectors of passages need not be stored: q·Σt = Σ(q·t), and a few thousand tokens make up many passages.
    """
    sizes = np.array([len(ids) for ids in tokens])
    used, places = distinct(np.concatenate(tokens))
    values = np.concatenate([np.zeros(0, np.float32), *(rows @ query for rows in token_blocks(encoder, used))])
    # reduceat: none may begin at the end
    sums = np.add.reduceat(np.append(values[places], np.float32(0)), starts_of(sizes)[:-1])
    sums[sizes == 0] = 0
    return np.asarray(sums / np.maximum(norms, 1e-9), dtype=np.float32)


def distinct(ids: NDArray[Any]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The different ids, and the place of each id among them: `np.unique` without sorting, ids are small numbers.

    Raises:
        IndexDamaged: one is no small number.
    """
    largest = int(ids.max(initial=0))
    if largest >= _LARGEST_ID:
        raise _unknown()
    present = np.zeros(largest + 1, dtype=bool)
    present[ids] = True
    used = np.flatnonzero(present)
    place = np.empty(len(present), dtype=np.int64)
    place[used] = np.arange(len(used))
    return used.astype(np.uint32), place[ids]


def token_blocks(encoder: TokenEncoder, ids: NDArray[Any]) -> Iterator[NDArray[np.float32]]:
    """The vectors of tokens, (at most TOKEN_BLOCK, dimension) at a time.

    Raises:
        IndexDamaged: the model has no such token.
    """
    with known_tokens():
        for at in range(0, len(ids), TOKEN_BLOCK):
            yield encoder.token_rows(ids[at : at + TOKEN_BLOCK])


@contextmanager
def known_tokens() -> Iterator[None]:
    """Inside, a token that the model does not have is told as damage of the index it comes from."""
    try:
        yield
    except IndexError as error:
        raise _unknown() from error


def _unknown() -> IndexDamaged:
    return IndexDamaged("array_differs", name="token_ids")


def vector_lengths(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The length of each row, shape (tokens,)."""
    return np.asarray(np.sqrt(np.einsum("td,td->t", vectors, vectors)))


def starts_of(sizes: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
    """Where each of some runs of the given sizes begins, and the end of the last: shape (sizes + 1,)."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
