"""Which passages of an index pass the filters of a question, as a truth value a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tjqa.filters import EITHER, Filter, in_place, in_text
from tjqa.index import LibraryIndex, sure_pairs

# Filters whose rows are remembered: more than a conversation uses at a time.
_KEPT = 32


class Selection:
    """The rows that pass; each filter is worked out once, however often it is asked with."""

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
            self._rows[new] = self._passing(new)
        masks = [self._rows[f] for f in filters if f.kind not in EITHER]
        for kind in EITHER:
            some = [self._rows[f] for f in filters if f.kind == kind]
            masks += [np.any(some, axis=0)] if some else []
        return np.asarray(np.all(masks, axis=0))

    def _passing(self, filter_: Filter) -> NDArray[np.bool_]:
        """Neighbouring passages share where they stand, so that is looked at once for all of them; of texts only those
        are read that the word index lets hope for."""
        standing = [np.zeros(0, dtype=bool)]
        for part in self._index.parts:
            passing = np.array([in_place(filter_, context) for context in part.contexts], dtype=bool)
            standing.append(passing[part.context_of])
        rows = np.concatenate(standing)
        if filter_.kind in ("place", "exact"):
            for row in np.flatnonzero(~rows & self._may_hold(filter_.value)).tolist():
                rows[row] = in_text(filter_, self._index.passage(row).text)
        return rows

    def _may_hold(self, text: str) -> NDArray[np.bool_]:
        """Rows that hold the pairs of characters of `text`, or all but one: a line may break in it."""
        pairs = sure_pairs(text)
        if not pairs:
            return np.ones(len(self._index), dtype=bool)
        return np.asarray(self._index.lexical.holding(pairs) >= max(1, len(pairs) - 1))
