"""A text made ready for matching: folded, cut into sentences and clauses, its figures found; each only when needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tjqa.figures import Figure, figures, relative_dates
from tjqa.records import Span
from tjqa.text import clauses, fold, sentences
from tjqa.units import small_counts, small_ordinals


@dataclass(frozen=True, eq=False)
class Prepared:
    """A folded text with its sentences, and where they end."""

    folded: str
    spans: tuple[Span, ...]
    ends: NDArray[np.int64]

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each sentence, in order."""
        kinds = (figures, relative_dates, small_counts, small_ordinals)
        every = sorted(chain.from_iterable(kind(self.folded) for kind in kinds), key=lambda figure: figure.start)
        found: list[list[Figure]] = [[] for _ in self.spans]
        at = 0
        for figure in every:
            while at < len(self.spans) - 1 and figure.start >= self.spans[at].end:
                at += 1
            found[at].append(figure)
        return tuple(map(tuple, found))

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """The number of clauses of each sentence."""
        return tuple(map(len, clauses(self.folded)))


@lru_cache(maxsize=4096)  # neighbouring questions meet the same passages
def prepare(text: str) -> Prepared:
    """Fold `text` and cut it into sentences."""
    folded = fold(text)
    spans = tuple(sentences(folded))
    return Prepared(folded, spans, np.array([s.end for s in spans], dtype=np.int64))
