"""tjqa.index.vectors: exact search over half-precision unit vectors, and rough search over codes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged
from tjqa.index import parameters
from tjqa.index.vectors import (
    CodeIndex,
    VectorIndex,
    build_codes,
    build_vectors,
    can_be_coded,
    open_codes,
    open_vectors,
)


@pytest.fixture
def vectors() -> NDArray[np.float32]:
    """Two hundred unit rows."""
    rows = np.random.default_rng(5).normal(size=(200, 32)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def index(vectors: NDArray[np.float32]) -> VectorIndex:
    """An index of them, written and opened."""
    return open_vectors(build_vectors(vectors), 32, 200)


def test_search_is_exact(index: VectorIndex, vectors: NDArray[np.float32]) -> None:
    """The best rows are those of the inner products, best first."""
    for query in vectors[:20]:
        similarity, rows = index.search(query, 5)
        exact = vectors.astype(np.float16).astype(np.float32) @ query
        assert set(rows) == set(np.argsort(-exact)[:5])
        assert list(similarity) == sorted(similarity, reverse=True)
        np.testing.assert_allclose(similarity, exact[rows], atol=1e-5)


def test_rows_return_what_was_stored(index: VectorIndex, vectors: NDArray[np.float32]) -> None:
    """Stored vectors come back in the order asked for, and storing them again changes nothing."""
    wanted = np.array([7, 3, 199], dtype=np.int64)
    found = index.rows(wanted)
    np.testing.assert_allclose(found, vectors[wanted], atol=1e-3)
    again = open_vectors(build_vectors(found), 32, 3)
    np.testing.assert_array_equal(again.rows(np.arange(3)), found)
    assert index.rows(np.array([], dtype=np.int64)).shape == (0, 32)


def test_asking_for_more_than_there_is(index: VectorIndex, vectors: NDArray[np.float32]) -> None:
    """k larger than the index gives every row once, never a row -1."""
    _, rows = index.search(vectors[0], 1000)
    assert sorted(rows) == list(range(200))


@pytest.mark.parametrize(("dimension", "count"), [(32, 199), (16, 200), (32, 0)])
def test_index_that_disagrees_is_refused(vectors: NDArray[np.float32], dimension: int, count: int) -> None:
    """Another count or dimension than the manifest's is damage, with both numbers told."""
    with pytest.raises(IndexDamaged, match="200 条 32 维"):
        open_vectors(build_vectors(vectors), dimension, count)


@pytest.fixture(scope="module")
def clustered() -> NDArray[np.float32]:
    """Five thousand unit rows in clusters, whose first values vary most, like those of a trained model."""
    draw = np.random.default_rng(6)
    spread = np.arange(1, 65) ** -0.5
    rows = draw.normal(size=(100, 64))[draw.integers(100, size=5000)] * spread + draw.normal(size=(5000, 64)) * spread
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def opened(vectors: NDArray[np.float32]) -> CodeIndex:
    """Codes of some vectors, written and opened."""
    data, axes = build_codes(vectors)
    return open_codes(memoryview(data), axes["code_mean"], axes["code_axes"], *vectors.shape[::-1])


def test_codes_find_the_true_neighbours(clustered: NDArray[np.float32]) -> None:
    """The ten nearest rows are among the best 300 by code, nearly always, in a fraction of the bytes; the rough
    similarities are near the true ones, so that those of several parts can be compared."""
    assert len(build_codes(clustered)[0]) < len(build_vectors(clustered)) / 3
    index = opened(clustered)
    found = 0
    for query in clustered[:100] + np.float32(0.02):
        exact = clustered @ query
        near, rows = index.search(query, 300)
        found += len(set(np.argsort(-exact)[:10]) & set(rows.tolist()))
        assert abs(float((near - exact[rows]).mean())) < 0.05
    assert found >= 980


def test_codes_are_searched_among_the_allowed(clustered: NDArray[np.float32]) -> None:
    """Only rows that may be looked at are found, all of them when asked for, the nearest first."""
    index = opened(clustered)
    allowed = np.zeros(5000, dtype=bool)
    allowed[[7, 70, 700]] = True
    similarity, rows = index.search(clustered[70], 10, allowed)
    assert set(rows) == {7, 70, 700} and rows[0] == 70
    assert list(similarity) == sorted(similarity, reverse=True)
    assert index.search(clustered[70], 10, np.zeros(5000, dtype=bool))[1].tolist() == []


def test_codes_are_read_once(clustered: NDArray[np.float32]) -> None:
    """Once opened, codes do not depend on the bytes they were read from, which need not be kept."""
    data, axes = build_codes(clustered)
    raw = bytearray(data)
    index = open_codes(memoryview(raw), axes["code_mean"], axes["code_axes"], 64, 5000)
    before = index.search(clustered[7], 20)
    raw[:] = b"\xff" * len(raw)
    np.testing.assert_array_equal(index.search(clustered[7], 20), before)


def test_codes_that_disagree_are_refused(clustered: NDArray[np.float32]) -> None:
    """Axes of another dimension, and another count, are damage."""
    data, axes = build_codes(clustered)
    for dimension, count in ((32, 5000), (64, 4999)):
        with pytest.raises(IndexDamaged):
            open_codes(memoryview(data), axes["code_mean"], axes["code_axes"], dimension, count)


def test_only_large_libraries_are_coded() -> None:
    """Up to the threshold vectors are exact."""
    assert not can_be_coded(512, parameters.CODED_FROM - 1)
    assert can_be_coded(512, parameters.CODED_FROM)
