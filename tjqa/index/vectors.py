"""The vector index of one segment of a library; the only module that names faiss (imported at first use, 0.1 s)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged
from tjqa.index import parameters


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Exact inner-product search over unit vectors stored as 16-bit floats.

    Half precision halves bytes and time at a recall@10 of 0.999 or more against 32 bit. Inverted lists and graphs are
    not used because on real vectors they lose right answers, not only neighbours.
    """

    faiss_index: Any
    dimension: int
    count: int
    memory: NDArray[np.uint8]  # what faiss_index looks into; lives as long as it does

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` best rows for `query` (d,), of those that `allowed` (count,) marks: similarities and row numbers,
        best first."""
        if allowed is None:
            return _searched(self.faiss_index, query, min(k, self.count))
        import faiss

        bits = np.packbits(allowed, bitorder="little")
        untyped: Any = faiss  # the stubs tell the C++ signatures, not those Python gives them
        chosen = untyped.SearchParameters(sel=untyped.IDSelectorBitmap(bits))
        return _searched(self.faiss_index, query, min(k, self.count), chosen)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors of some rows, shape (len(numbers), d)."""
        if not len(numbers):
            return np.zeros((0, self.dimension), np.float32)
        found: NDArray[np.float32] = self.faiss_index.reconstruct_batch(numbers)
        return found


@dataclass(frozen=True, slots=True)
class CodeIndex:
    """Rough search over codes of unit vectors, 64 bytes for a vector of 512 values: its few hundred best rows hold
    the true neighbours and are compared exactly by the caller.

    What is coded is x - mean along `axes` (d, kept): the principal axes, turned at random so that all carry alike.
    Without that the few values of large variance were coded as roughly as the others, and of the 15 nearest of 150,000
    passages 0.93 were among the best 300 by code instead of 0.99. Codes are those of product quantization (Jégou,
    Douze, Schmid 2011), two values in four bits, scanned as in André, Kermarrec, Le Scouarnec 2015.
    """

    faiss_index: Any
    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    count: int

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` best rows for `query` (d,), of those that `allowed` (count,) marks: rough inner products and row
        numbers, best first."""
        # FAISS refuses to search codes for chosen rows only: all are ranked, then chosen.
        wanted = min(k, self.count) if allowed is None else self.count
        turned, middle = query @ self.axes, np.float32(query @ self.mean)
        if not (np.isfinite(turned).all() and np.isfinite(middle)):
            raise IndexDamaged("vectors_no_numbers")
        near, rows = _searched(self.faiss_index, turned, wanted)
        if allowed is not None:
            near, rows = near[allowed[rows]][:k], rows[allowed[rows]][:k]
        return near + middle, rows


def _searched(
    index: Any, query: NDArray[np.float32], k: int, chosen: Any = None
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    import faiss

    if k == 0:
        return np.zeros(0, np.float32), np.zeros(0, np.int64)
    # One thread: for a single query a second one is slower (measured 2-5 times) and burns four times the CPU.
    faiss.omp_set_num_threads(1)
    near, rows = index.search(query[None].astype(np.float32), k, params=chosen)
    found = rows[0] >= 0  # fewer than k were allowed
    if not np.isfinite(near[0][found]).all():
        raise IndexDamaged("vectors_no_numbers")
    return near[0][found], rows[0][found]


def build_vectors(vectors: NDArray[np.float32]) -> bytes:
    """Serialised FAISS index of unit rows (n, d), exact but for half precision."""
    import faiss

    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    return bytes(faiss.serialize_index(index).tobytes())


def build_codes(vectors: NDArray[np.float32]) -> tuple[bytes, dict[str, NDArray[np.float32]]]:
    """Serialised FAISS index of the codes of unit rows (n, d), and the mean and axes that belong to it."""
    import faiss

    dimension = vectors.shape[1]
    each = parameters.VALUES_PER_CODE
    kept = min(dimension, max(parameters.CODED_VALUES, dimension // 2)) // each * each
    sample = vectors[:: max(1, len(vectors) // parameters.CODES_TRAINED_ON)]
    mean = sample.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(sample.T))  # ascending
    turned, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(kept, kept)))
    axes = np.ascontiguousarray(axes[:, dimension - kept :] @ turned, dtype=np.float32)
    faiss.omp_set_num_threads(1)  # the other cores are busy with the next segment
    index = faiss.IndexPQFastScan(kept, kept // each, 4, faiss.METRIC_INNER_PRODUCT)
    index.train((sample - mean) @ axes)
    index.add((vectors - mean) @ axes)
    return bytes(faiss.serialize_index(index).tobytes()), {"code_mean": mean, "code_axes": axes}


def can_be_coded(dimension: int, count: int) -> bool:
    """Whether a library of `count` vectors is searched by codes."""
    return count >= parameters.CODED_FROM and dimension >= parameters.VALUES_PER_CODE


def open_codes(
    data: memoryview, mean: NDArray[np.float32], axes: NDArray[np.float32], dimension: int, count: int
) -> CodeIndex:
    """Open what `build_codes` made, as `open_vectors` does.

    Raises:
        IndexDamaged: it is not of the announced kind, dimension or count.
    """
    if (len(mean), len(axes)) != (dimension, dimension):
        raise IndexDamaged("array_differs", name="code_axes")
    kept = axes.shape[1]
    index = _read(data, b"IPfs", kept, count)
    codes = index.pq
    made = (codes.d, codes.M * codes.dsub, codes.nbits, index.bbs, index.M2)
    values = codes.centroids.size(), index.codes.size() * 2
    if made != (kept, kept, 4, 32, index.M + index.M % 2) or values != (kept * 16, -(-count // 32) * 32 * index.M2):
        raise IndexDamaged("vectors_no_faiss")
    # FAISS copies codes, to align them; the bytes they were read from are let go.
    return CodeIndex(index, mean, axes, count)


def open_vectors(data: memoryview, dimension: int, count: int) -> VectorIndex:
    """Open what `build_vectors` wrote, without copying the vectors. The caller has compared the bytes with the
    manifest's hash: a damaged header can load silently and answer wrongly. FAISS is given memory, never a path: it
    cannot open a path with Chinese characters on Windows.

    Raises:
        IndexDamaged: the index is not of the announced kind, dimension or count.
    """
    index = _read(data, b"IxSQ", dimension, count)
    made = (index.sq.qtype, index.sq.d, index.sq.code_size, index.code_size, index.codes.size())
    if made != (index.sq.QT_fp16, dimension, 2 * dimension, 2 * dimension, 2 * dimension * count):
        raise IndexDamaged("vectors_no_faiss")
    return VectorIndex(index, dimension, count, np.frombuffer(data, dtype=np.uint8))


def _read(data: memoryview, kind: bytes, dimension: int, count: int) -> Any:
    """What FAISS makes of the bytes of an index of a kind, that of the class `build_…` takes: the reader of any other
    is not called."""
    if data[:4] != kind:
        raise IndexDamaged("vectors_no_faiss")
    import faiss

    untyped: Any = faiss
    memory = np.frombuffer(data, dtype=np.uint8)
    limit = untyped.get_deserialization_vector_byte_limit()
    untyped.set_deserialization_vector_byte_limit(memory.nbytes)  # no part of it can be larger than all of it
    try:
        index = untyped.read_index(untyped.ZeroCopyIOReader(untyped.swig_ptr(memory), memory.nbytes))
    except (RuntimeError, MemoryError) as error:
        raise IndexDamaged("vectors_no_faiss") from error
    finally:
        untyped.set_deserialization_vector_byte_limit(limit)
    if (index.d, index.ntotal, index.metric_type) != (dimension, count, untyped.METRIC_INNER_PRODUCT):
        raise IndexDamaged("vectors_differ", held=index.ntotal, width=index.d, noted=count, dimension=dimension)
    return index
