"""tjqa.vectors: exact search over half-precision unit vectors."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged
from tjqa.vectors import VectorIndex, build_vectors, open_vectors


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


def test_scores_cover_every_row(index: VectorIndex, vectors: NDArray[np.float32]) -> None:
    """Every row has its score at its own place."""
    np.testing.assert_allclose(index.scores(vectors[3]), vectors @ vectors[3], atol=2e-3)


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
