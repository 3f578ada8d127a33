"""Where in a list of passage keys (`passage_texts.passage_key`) others stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class SortedKeys:
    """Some keys, (n, 16), to be looked up by the thousand."""

    def __init__(self, keys: NDArray[np.uint8]) -> None:
        """Sort them by their first half, which hardly two different ones share."""
        words = _words(keys)
        self._order = np.argsort(words[:, 0], kind="stable")
        self._held = words[self._order]

    def find(self, keys: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The place of each key, (m, 16), the first of equal ones; -1 for one that is not among them."""
        wanted = _words(keys)
        if not len(self._held) or not len(wanted):
            return np.full(len(wanted), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._held[:, 0], wanted[:, 0]), len(self._held) - 1)
        return np.where((self._held[at] == wanted).all(axis=1), self._order[at], -1)


def _words(keys: NDArray[np.uint8]) -> NDArray[np.uint64]:
    return np.ascontiguousarray(keys).view(np.uint64).reshape(-1, 2)
