"""Which passages of an index pass the filters of a question, as a truth value a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tjqa.filters import Filter, passes
from tjqa.index import LibraryIndex

# Filters whose rows are remembered: more than a conversation uses at a time.
_KEPT = 32

# Of these kinds one is enough (文件:甲 文件:乙); of the others all must hold.
_EITHER = ("file", "place")


class Selection:
    """The rows that pass; each filter goes through the passages once, however often it is asked with."""

    def __init__(self, index: LibraryIndex) -> None:
        self._index = index
        self._rows: dict[Filter, NDArray[np.bool_]] = {}

    def allowed(self, filters: Sequence[Filter]) -> NDArray[np.bool_] | None:
        """Truth values of shape (passages,); None when every passage may be looked at."""
        if not filters:
            return None
        if len(self._rows) > _KEPT:
            self._rows.clear()
        for new in set(filters) - self._rows.keys():
            passing = (passes([new], passage) for passage in self._index.passages())
            self._rows[new] = np.fromiter(passing, dtype=bool, count=len(self._index))
        masks = [self._rows[f] for f in filters if f.kind not in _EITHER]
        for kind in _EITHER:
            some = [self._rows[f] for f in filters if f.kind == kind]
            masks += [np.any(some, axis=0)] if some else []
        return np.asarray(np.all(masks, axis=0))
