"""What the arrays of a segment must be.

A hash that fits says only that nobody changed a file by accident. When a segment is opened, kinds, shapes and the ends
of offsets are held against this table, which costs the same however many passages there are. Values are looked at where
they are used (`postings`, `tokens`, `vectors`, `segment`), a question's worth at a time; by `tjqa check`, all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged

Arrays = Mapping[str, NDArray[Any]]

# Kinds, and how long each axis is: a number, or a name that means the same length everywhere; `+` is one more, of
# offsets, which begin with 0 and end with the length they are named after.
_FIXED = {
    "line_starts": ("u4", "lines+"),
    "keys": ("u1", "rows 16"),
    "context_of": ("u4", "rows"),
    "norms": ("f4", "rows"),
    "word_terms": ("u4", "terms"),
    "word_starts": ("u4", "postings+"),
    "word_rows": ("u2", "postings"),
    "word_more_terms": ("u4", "more_terms"),
    "word_more_starts": ("u4", "more_postings+"),
    "word_more_rows": ("u2", "more_postings"),
    "word_more_counts": ("u1", "more_postings"),
    "word_lengths": ("u2", "rows"),
}
_OF_TOKENS = {
    "token_ids": ("u1 u2 u4", "tokens"),
    "token_lengths": ("u1 u2", "clauses"),
    "token_firsts": ("u4", "clauses+"),
    "token_begins": ("u4", "tokens+"),
}
_OF_CODES = {"code_mean": ("f4", "dimension"), "code_axes": ("f4", "dimension kept")}
# How many offsets there are: one for each of these, and the end.
_OFFSETS_OF = {
    "line_starts": "rows",
    "word_starts": "terms",
    "word_more_starts": "more_terms",
    "token_firsts": "rows",
    "token_begins": "rows",
}


def require_shapes(arrays: Arrays, rows: int, dimension: int, lines: int) -> None:
    """Refuse arrays that do not belong together: of `rows` passages on `lines` bytes, vectors of `dimension` values.

    Raises:
        IndexDamaged: one is missing, or of another kind or shape than its neighbours.
    """
    table = _FIXED | (_OF_TOKENS if "token_ids" in arrays else {}) | (_OF_CODES if "code_axes" in arrays else {})
    lengths = {"rows": rows, "dimension": dimension, "lines": lines}
    for name, (kinds, shape) in table.items():
        array = arrays.get(name)
        axes = shape.removesuffix("+").split()
        if array is None or array.ndim != len(axes) or array.dtype.str[1:] not in kinds.split():
            raise _differs(name)
        if not shape.endswith("+"):
            found = zip(axes, array.shape, strict=True)
            if any(lengths.setdefault(axis, int(axis) if axis.isdigit() else size) != size for axis, size in found):
                raise _differs(name)
    for name, counted in _OFFSETS_OF.items():
        if (array := arrays.get(name)) is None:
            continue
        end = lengths[table[name][1].removesuffix("+")]
        if len(array) != lengths[counted] + 1 or array[0] != 0 or array[-1] != end:
            raise _differs(name)


def require_values(arrays: Arrays, contexts: int) -> None:
    """Look at every value of arrays whose shapes fit: a second or two for a million passages.

    Raises:
        IndexDamaged: offsets go back, a number names nothing, or a length is none.
    """
    rows = len(arrays["keys"])
    for name in _OFFSETS_OF:
        if name in arrays and not _ascends(arrays[name]):
            raise _differs(name)
    for name in ("word_terms", "word_more_terms"):
        if not (arrays[name][1:] > arrays[name][:-1]).all():
            raise _differs(name)
    for name, below in (("word_rows", rows), ("word_more_rows", rows), ("context_of", contexts)):
        if arrays[name].max(initial=0) >= max(below, 1):
            raise _differs(name)
    for name in ("norms", "code_mean", "code_axes"):
        if name in arrays and not np.isfinite(arrays[name]).all():
            raise _differs(name)
    if "token_ids" in arrays:
        ends = np.concatenate([[0], np.cumsum(arrays["token_lengths"], dtype=np.int64)])
        if not np.array_equal(ends[arrays["token_firsts"]], arrays["token_begins"]):
            raise _differs("token_lengths")


def _ascends(offsets: NDArray[Any]) -> bool:
    return bool((offsets[1:] >= offsets[:-1]).all())


def _differs(name: str) -> IndexDamaged:
    return IndexDamaged("array_differs", name=name)
