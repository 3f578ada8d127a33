"""The vector index of one part of a library; the only module that names faiss (imported at first use, 0.1 s)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged
from tjqa.integrity import REBUILD

CODED_FROM = 100_000
"""Passages of a library from which on its vectors are searched by codes. Up to there an exact scan takes 5 ms."""

_VALUES = 4  # of a vector that share one code of four bits
_TRAINED_ON = 16_384  # rows; FAISS itself uses no more than 256 for each of 16 centroids


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Unit vectors of `count` rows: exact ones in 16-bit floats, or codes that find candidates for them.

    Half precision halves bytes and time at a recall@10 of 0.999 or more against 32 bit. Codes (product quantization
    of four values in four bits; Jégou, Douze, Schmid 2011; scanned as in André, Kermarrec, Le Scouarnec 2015) are an
    eighth of that; their few hundred best rows hold the true neighbours and are compared exactly by the caller.
    Inverted lists and graphs are not used because on real vectors they lose right answers, not only neighbours.
    """

    faiss_index: Any
    dimension: int
    count: int
    memory: NDArray[np.uint8]  # what faiss_index looks into; lives as long as it does

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` best rows for `query` (d,), of those that `allowed` (count,) marks: similarities (for codes roughly)
        and row numbers, best first."""
        import faiss

        k = min(k, self.count)
        if k == 0:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        # One thread: for a single query a second one is slower (measured 2-5 times) and burns four times the CPU.
        faiss.omp_set_num_threads(1)
        # Codes cannot be searched for chosen rows only (FAISS refuses): all are ranked, then chosen.
        coded = allowed is not None and isinstance(self.faiss_index, faiss.IndexPQFastScan)
        wanted = None
        if allowed is not None and not coded:
            bits = np.packbits(allowed, bitorder="little")
            untyped: Any = faiss  # the stubs tell the C++ signatures, not those Python gives them
            wanted = untyped.SearchParameters(sel=untyped.IDSelectorBitmap(bits))
        similarity, rows = self.faiss_index.search(
            query[None].astype(np.float32), self.count if coded else k, params=wanted
        )
        found = rows[0] >= 0  # fewer than k were allowed
        if allowed is not None and coded:
            found &= allowed[rows[0]]
        return similarity[0][found][:k], rows[0][found][:k]

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors of some rows, shape (len(numbers), d); codes give them roughly."""
        if not len(numbers):
            return np.zeros((0, self.dimension), np.float32)
        found: NDArray[np.float32] = self.faiss_index.reconstruct_batch(numbers)
        return found


def build_vectors(vectors: NDArray[np.float32]) -> bytes:
    """Serialised FAISS index of unit rows (n, d), exact but for half precision."""
    import faiss

    return _filled(
        faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT), vectors
    )


def build_codes(vectors: NDArray[np.float32]) -> bytes:
    """Serialised FAISS index of the codes of unit rows (n, d); d must be a multiple of four."""
    import faiss

    faiss.omp_set_num_threads(1)  # the other core is indexing the next part
    index = faiss.IndexPQFastScan(vectors.shape[1], vectors.shape[1] // _VALUES, 4, faiss.METRIC_INNER_PRODUCT)
    return _filled(index, vectors)


def can_be_coded(dimension: int, count: int) -> bool:
    """Whether a library of `count` vectors is searched by codes."""
    return count >= CODED_FROM and dimension % _VALUES == 0


def _filled(index: Any, vectors: NDArray[np.float32]) -> bytes:
    import faiss

    index.train(vectors[:: max(1, len(vectors) // _TRAINED_ON)])
    index.add(vectors)
    return bytes(faiss.serialize_index(index).tobytes())


def open_vectors(data: memoryview, dimension: int, count: int) -> VectorIndex:
    """Open what `build_vectors` or `build_codes` wrote, without copying the vectors. The caller has compared the bytes
    with the manifest's hash: a damaged header can load silently and answer wrongly. FAISS is given memory, never a
    path: it cannot open a path with Chinese characters on Windows.

    Raises:
        IndexDamaged: the index is not of the announced kind, dimension or count.
    """
    import faiss

    memory = np.frombuffer(data, dtype=np.uint8)
    try:
        index = faiss.read_index(faiss.ZeroCopyIOReader(faiss.swig_ptr(memory), memory.nbytes))  # type: ignore[attr-defined]
    except RuntimeError as error:  # none of the kinds FAISS knows
        raise IndexDamaged("向量索引不是 FAISS 的格式。", REBUILD) from error
    if (index.d, index.ntotal, index.metric_type) != (dimension, count, faiss.METRIC_INNER_PRODUCT):
        raise IndexDamaged(
            f"向量索引与清单不符:{index.ntotal} 条 {index.d} 维,清单记为 {count} 条 {dimension} 维。", REBUILD
        )
    return VectorIndex(index, dimension, count, memory)
