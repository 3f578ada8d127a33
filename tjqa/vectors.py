"""The vector index; the only module that names faiss (imported at first use, 0.1 s)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged
from tjqa.integrity import REBUILD


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Exact inner-product search over unit vectors stored as 16-bit floats.

    Half precision halves bytes and time at a recall@10 of 0.999 or more against 32 bit; inverted lists and graphs
    are not used because on real vectors they lose right answers, not only neighbours.
    """

    faiss_index: Any
    dimension: int
    count: int
    memory: NDArray[np.uint8]  # what faiss_index looks into; lives as long as it does

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Inner product of `query` (d,) with every row, shape (count,)."""
        total = np.zeros(self.count, dtype=np.float32)
        similarity, rows = self.search(query, self.count)
        total[rows] = similarity
        return total

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` best rows for `query` (d,), of those that `allowed` (count,) marks: similarities and row numbers,
        best first."""
        import faiss

        k = min(k, self.count)
        if k == 0:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        # One thread: for a single query a second one is slower (measured 2-5 times) and burns four times the CPU.
        faiss.omp_set_num_threads(1)
        wanted = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            untyped: Any = faiss  # the stubs tell the C++ signatures, not those Python gives them
            wanted = untyped.SearchParameters(sel=untyped.IDSelectorBitmap(bits))
        similarity, rows = self.faiss_index.search(query[None].astype(np.float32), k, params=wanted)
        found = rows[0] >= 0  # fewer than k were allowed
        return similarity[0][found], rows[0][found]

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors of some rows, shape (len(numbers), d)."""
        if not len(numbers):
            return np.zeros((0, self.dimension), np.float32)
        found: NDArray[np.float32] = self.faiss_index.reconstruct_batch(numbers)
        return found


def build_vectors(vectors: NDArray[np.float32]) -> bytes:
    """Serialised FAISS index of unit rows (n, d)."""
    import faiss

    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    return bytes(faiss.serialize_index(index).tobytes())


def open_vectors(data: memoryview, dimension: int, count: int) -> VectorIndex:
    """Open what `build_vectors` wrote, without copying the vectors. The caller has compared the bytes with the
    manifest's hash: a damaged header can load silently and answer wrongly. FAISS is given memory, never a path: it
    cannot open a path with Chinese characters on Windows.

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
