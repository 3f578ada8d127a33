"""tjqa.index.segment_arrays: kinds, shapes and ends when a segment is opened, every value when it is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged
from tjqa.index.postings import BM25Segment
from tjqa.index.segment_arrays import require_shapes, require_values
from tjqa.index.tokens import Tokens, distinct, gathered

ROWS, DIMENSION, LINES, CONTEXTS = 3, 4, 30, 2
Arrays = dict[str, NDArray[Any]]


def arrays() -> Arrays:
    """Those of three passages, with tokens and codes."""
    return {
        "line_starts": np.array([0, 10, 20, 30], "u4"),
        "keys": np.zeros((3, 16), "u1"),
        "context_of": np.array([0, 1, 1], "u4"),
        "norms": np.ones(3, "f4"),
        "word_terms": np.array([5, 9], "u4"),
        "word_starts": np.array([0, 2, 3], "u4"),
        "word_rows": np.array([0, 2, 1], "u2"),
        "word_more_terms": np.array([7], "u4"),
        "word_more_starts": np.array([0, 1], "u4"),
        "word_more_rows": np.array([2], "u2"),
        "word_more_counts": np.array([3], "u1"),
        "word_lengths": np.array([1, 1, 4], "u2"),
        "token_ids": np.arange(6, dtype="u2"),
        "token_lengths": np.array([1, 1, 2, 2], "u1"),
        "token_firsts": np.array([0, 1, 2, 4], "u4"),
        "token_begins": np.array([0, 1, 2, 6], "u4"),
        "code_mean": np.zeros(4, "f4"),
        "code_axes": np.zeros((4, 2), "f4"),
    }


def held_against(changed: Arrays) -> None:
    """As opening and `tjqa check` do."""
    require_shapes(changed, ROWS, DIMENSION, LINES)
    require_values(changed, CONTEXTS)


def test_arrays_that_fit() -> None:
    """With tokens and codes, and without."""
    held_against(arrays())
    held_against({name: array for name, array in arrays().items() if name[:4] not in ("toke", "code")})


@pytest.mark.parametrize("name", arrays())
@pytest.mark.parametrize(
    "change",
    [
        lambda array: array[:-1],
        lambda array: np.concatenate([array, array[-1:]]),
        lambda array: array[None],
        lambda array: array.astype("f8"),
        lambda array: array.astype("i8"),
    ],
    ids=["shorter", "longer", "deeper", "floats", "signed"],
)
def test_other_kinds_and_shapes_are_told_when_a_segment_is_opened(
    name: str, change: Callable[[NDArray[Any]], NDArray[Any]]
) -> None:
    """Whatever array it is, without a look at its values; its name is told."""
    with pytest.raises(IndexDamaged, match="数组"):
        require_shapes({**arrays(), name: change(arrays()[name])}, ROWS, DIMENSION, LINES)


OTHER_VALUES = {
    "line_starts": [0, 20, 10, 30],
    "context_of": [0, 2, 1],
    "norms": [1, np.nan, 1],
    "word_terms": [9, 5],
    "word_starts": [0, 4, 3],
    "word_rows": [0, 3, 1],
    "word_more_rows": [3],
    "token_lengths": [1, 1, 1, 2],
    "token_firsts": [0, 2, 1, 4],
    "token_begins": [0, 2, 1, 6],
    "code_mean": [0, 0, np.inf, 0],
}


@pytest.mark.parametrize("name", OTHER_VALUES)
def test_values_are_told_by_a_check(name: str) -> None:
    """Opening does not look at them."""
    changed = {**arrays(), name: np.array(OTHER_VALUES[name], arrays()[name].dtype)}
    require_shapes(changed, ROWS, DIMENSION, LINES)
    with pytest.raises(IndexDamaged, match=name):
        require_values(changed, CONTEXTS)


def words(**changed: list[int]) -> BM25Segment:
    """The words of the three passages, with other values."""
    held = arrays()
    names = BM25Segment.__annotations__
    return BM25Segment(
        *(np.array(changed.get(name, held[f"word_{name}"]), held[f"word_{name}"].dtype) for name in names)
    )


@pytest.mark.parametrize("changed", [{"starts": [0, 4, 3]}, {"starts": [2, 1, 3]}, {"starts": [0, 2**31, 3]}])
def test_postings_that_stand_nowhere(changed: dict[str, list[int]]) -> None:
    """They are told by the question that asks for their term, and when they are taken over."""
    keys = np.array([5, 9], "u4")
    assert words().find(keys).tolist() == [[0, 2, 0, 0], [2, 3, 0, 0]]
    with pytest.raises(IndexDamaged):
        words(**changed).find(keys)
    with pytest.raises(IndexDamaged):
        words(**changed).postings(np.arange(3))


def test_rows_that_no_passage_has() -> None:
    """In postings of one occurrence and of several."""
    for name in ("rows", "more_rows"):
        with pytest.raises(IndexDamaged):
            words(**{name: [0, 9, 1] if name == "rows" else [9]}).postings(np.arange(3))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("firsts", [0, 1, 1, 4]),
        ("firsts", [0, 4, 2, 4]),
        ("begins", [0, 6, 2, 6]),
        ("begins", [0, 1, 2, 2**32 - 1]),
        ("lengths", [1, 1, 1, 2]),
    ],
)
def test_tokens_that_stand_nowhere(name: str, values: list[int]) -> None:
    """They are told by whoever asks for the tokens of a passage."""
    held = {field: arrays()[f"token_{field}"] for field in Tokens.__annotations__}
    assert len(gathered(map(Tokens(**held).row, range(3)))) == 3
    changed = Tokens(**{**held, name: np.array(values, held[name].dtype)})
    with pytest.raises(IndexDamaged):
        gathered(map(changed.row, range(3)))


def test_tokens_of_no_vocabulary() -> None:
    """Numbers so large that to count them would fill the memory."""
    with pytest.raises(IndexDamaged):
        distinct(np.array([1, 2**32 - 1], np.uint32))
