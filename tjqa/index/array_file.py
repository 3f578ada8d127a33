"""Named arrays in one file, in the safetensors layout: eight bytes of header length, a JSON header, the raw bytes.

One file instead of one per array means one comparison with its hash and one mapping into memory. The header is read
here and not by the library because that copies what it reads; arrays of a mapped file stay where they lie.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = {"U8": "<u1", "U16": "<u2", "U32": "<u4", "U64": "<u8", "I64": "<i8", "F16": "<f2", "F32": "<f4"}
_LONGEST_HEADER = 64 * 1024  # bytes; twenty arrays take two thousand
_NAMES = {np.dtype(kind): name for name, kind in _KINDS.items()}


def pack(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The file of some arrays."""
    listed, at, data = {}, 0, []
    # The widest values come first, so that every array begins where a value of its kind may, without gaps.
    for name, array in sorted(arrays.items(), key=lambda item: -item[1].itemsize):
        ends = [at, at + array.nbytes]
        listed[name] = {"dtype": _NAMES[array.dtype], "shape": list(array.shape), "data_offsets": ends}
        data.append(np.ascontiguousarray(array).tobytes())
        at += array.nbytes
    header = json.dumps(listed).encode()
    header += b" " * (-len(header) % 8)
    return b"".join([len(header).to_bytes(8, "little"), header, *data])


def unpack(data: memoryview) -> dict[str, NDArray[Any]]:
    """The arrays of a file that lies in memory or is mapped, without a copy.

    Raises:
        ValueError, KeyError, TypeError, RecursionError: it is no such file.
    """
    size = int.from_bytes(data[:8], "little")
    if size > _LONGEST_HEADER:
        raise ValueError("no header is so long")
    header = json.loads(bytes(data[8 : 8 + size]))
    if not isinstance(header, dict):
        raise TypeError("the header lists nothing")
    return {name: _array(data[8 + size :], **entry) for name, entry in header.items()}


def _array(data: memoryview, dtype: str, shape: list[int], data_offsets: list[int]) -> NDArray[Any]:
    start, end = data_offsets
    if not all(type(number) is int and 0 <= number <= len(data) for number in (*shape, start, end)) or end < start:
        raise ValueError("an array of no size")
    return np.frombuffer(data[start:end], _KINDS[dtype]).reshape(shape)


def let_go(array: NDArray[Any]) -> None:
    """Take no memory for the part of a mapped file that an array lies in: it stays in the system's cache of files, and
    is there again when looked at. Does nothing for an array that is not mapped."""
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    mapped = base.obj if isinstance(base, memoryview) else base
    if not isinstance(mapped, mmap.mmap) or not hasattr(mmap, "MADV_DONTNEED"):
        return
    begin = array.ctypes.data - np.frombuffer(mapped, np.uint8).ctypes.data
    start, end = -(-begin // mmap.PAGESIZE) * mmap.PAGESIZE, (begin + array.nbytes) // mmap.PAGESIZE * mmap.PAGESIZE
    if end > start:
        mapped.madvise(mmap.MADV_DONTNEED, start, end - start)
