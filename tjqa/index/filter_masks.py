"""Which passages of an index pass the filters of a question, as a truth value a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tjqa.index.bm25 import BM25Index
from tjqa.index.filters import EITHER, Filter, in_text, matches_context
from tjqa.index.segment import Segment
from tjqa.text.terms import character_pairs

# Filters whose rows are remembered: more than a conversation uses at a time.
_KEPT = 32

# Where these stand a text may hold a figure, which is indexed as one and not by its pairs of characters.
_OF_FIGURES = re.compile(r"[0-9零〇○一二两三四五六七八九十百千万亿点年月日号个分%]")


def sure_pairs(text: str) -> list[str]:
    """The pairs of characters under which every passage is indexed that holds `text` on one line."""
    return [pair for pair in character_pairs(text) if not _OF_FIGURES.search(pair)]


class Selection:
    """The rows that pass; each filter is worked out once, however often it is asked with."""

    def __init__(self, segments: Sequence[Segment], lexical: BM25Index) -> None:
        self._segments = segments
        self._lexical = lexical
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
        hoped = self._may_hold(filter_.value) if filter_.kind in ("place", "exact") else None
        found = [np.zeros(0, dtype=bool)]
        at = 0
        for segment in self._segments:
            standing = np.array([matches_context(filter_, context) for context in segment.contexts], dtype=bool)
            rows = standing[segment.numbers]
            if hoped is not None:
                for row in np.flatnonzero(~rows & hoped[at : at + len(segment)]).tolist():
                    rows[row] = in_text(filter_, segment.passage(row).text)
            found.append(rows)
            at += len(segment)
        return np.concatenate(found)

    def _may_hold(self, text: str) -> NDArray[np.bool_]:
        """Rows that hold the pairs of characters of `text`, or all but one: a line may break in it."""
        pairs = sure_pairs(text)
        if not pairs:
            return np.ones(self._lexical.count, dtype=bool)
        return np.asarray(self._lexical.holding(pairs) >= max(1, len(pairs) - 1))
