"""tjqa.index.array_file: named arrays in one file."""

from __future__ import annotations

import contextlib
import mmap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import load

from tjqa.index.array_file import let_go, pack, unpack

ARRAYS: dict[str, NDArray[Any]] = {
    "字": np.arange(7, dtype=np.uint16),
    "empty": np.zeros(0, np.uint8),
    "rows": np.arange(12, dtype=np.float32).reshape(4, 3),
    "large": np.array([2**63], dtype=np.uint64),
}


def test_arrays_come_back() -> None:
    """Names, shapes, kinds and values, also of a folded and an empty array, where they lie and without a copy."""
    raw = memoryview(pack(ARRAYS))
    for name, array in unpack(raw).items():
        np.testing.assert_array_equal(array, ARRAYS[name])
        assert (array.dtype, array.shape) == (ARRAYS[name].dtype, ARRAYS[name].shape)
        assert not array.flags.owndata


def test_the_library_reads_the_same() -> None:
    """It is a safetensors file: the library of that name finds the same arrays in it."""
    found = load(pack(ARRAYS))
    assert found.keys() == ARRAYS.keys()
    for name, array in found.items():
        np.testing.assert_array_equal(array, ARRAYS[name])


def test_a_kind_that_is_not_written_is_refused() -> None:
    """Objects, which would have to be unpickled, cannot get into a file."""
    with pytest.raises(KeyError):
        pack({"x": np.array([{}])})


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(raw: bytes) -> None:
    """Whatever the bytes are, the errors are those that are promised."""
    with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
        unpack(memoryview(raw))


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told by Linux")
def test_a_mapped_array_is_let_go_and_is_there_again(tmp_path: Path) -> None:
    """What was read of a mapped file takes no memory afterwards, its neighbours are untouched, and the values stay."""
    wide = np.arange(1_000_000, dtype=np.uint64)
    (tmp_path / "a").write_bytes(pack({"wide": wide, "beside": wide + 1}))
    with (tmp_path / "a").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    found = unpack(memoryview(mapped))

    def resident() -> int:
        block = Path("/proc/self/smaps").read_text().split(str(tmp_path / "a"))[1]
        return int(next(line for line in block.splitlines() if line.startswith("Rss:")).split()[1]) * 1024

    assert found["wide"].sum() == wide.sum() and found["beside"].sum() == wide.sum() + len(wide)
    assert resident() >= 1.9 * wide.nbytes
    let_go(found["wide"])
    assert 0.9 * wide.nbytes <= resident() <= 1.1 * wide.nbytes  # the system lets go of large pages at the borders
    assert found["wide"].sum() == wide.sum()
    let_go(wide)  # not mapped: nothing to do
