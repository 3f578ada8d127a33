"""Where a question's terms stand in texts: words as substrings, figures by their written form.

Chinese has no word boundary to respect, so a word is looked for as it is; it must only not run across a stop. The
texts of a question's candidates are laid end to end and looked through together: a call a term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.text.analyzed import AnalyzedText
from tjqa.text.numbers import is_form

_BETWEEN = "\n"  # stands in no term


@dataclass(frozen=True, slots=True, eq=False)
class TermPositions:
    """Where a question's terms stand in one text: term numbers with start and end, which term each sentence holds,
    shape (sentences, terms), and which of them any sentence holds."""

    text: AnalyzedText
    terms: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: NDArray[np.bool_]
    held: NDArray[np.bool_]


class TermFinder:
    """Looks for the terms of a question; `figure_terms` are those that are figures, shape (terms,)."""

    def __init__(self, terms: Sequence[str]) -> None:
        surface = [term.lstrip("·") for term in terms]
        self.figure_terms = np.array([is_form(s) for s in surface], dtype=bool)
        self._forms = {s: i for i, s in enumerate(surface) if self.figure_terms[i]}
        self._words = [(i, s) for i, s in enumerate(surface) if not self.figure_terms[i]]
        self._count = len(surface)

    def find(self, texts: Sequence[AnalyzedText]) -> list[TermPositions]:
        """Where the terms stand in each text."""
        begins = list(accumulate((len(text.folded) + len(_BETWEEN) for text in texts), initial=0))
        places = np.array(self._places(texts, begins), dtype=np.int64).reshape(-1, 3)
        starts, ends, terms = places[places[:, 0].argsort(kind="stable")].T
        sentences = list(accumulate((len(text.spans) for text in texts), initial=0))
        rows = np.zeros((sentences[-1], self._count), dtype=bool)
        if len(starts):
            stops = np.array([at + span.end for text, at in zip(texts, begins, strict=False) for span in text.spans])
            sentence = np.searchsorted(stops, starts, side="right")
            whole = ends <= stops[sentence]
            rows[sentence[whole], terms[whole]] = True
        bounds = np.searchsorted(starts, begins).tolist()
        each = zip(texts, begins, pairwise(bounds), pairwise(sentences), strict=False)
        return [
            TermPositions(
                text, terms[a:b], starts[a:b] - at, ends[a:b] - at, rows[first:last], np.any(rows[first:last], axis=0)
            )
            for text, at, (a, b), (first, last) in each
        ]

    def _places(self, texts: Sequence[AnalyzedText], begins: Sequence[int]) -> list[tuple[int, int, int]]:
        """Start and end in the texts laid end to end, and the number of the term."""
        places = []
        for text, at in zip(texts, begins, strict=False) if self._forms else ():
            written = [(f, form) for found in text.figures for f in found for form in f.forms]
            places += [(at + f.start, at + f.end, self._forms[form]) for f, form in written if form in self._forms]
        whole = _BETWEEN.join(text.folded for text in texts)
        for term, surface in self._words:
            places += [(at, at + len(surface), term) for at in _each(whole, surface)]
        for text, begin in zip(texts, begins, strict=False):
            closed, own = text.closed
            if own is None:
                continue
            for term, surface in self._words:
                found = ((own[at], own[at + len(surface) - 1] + 1) for at in _each(closed, surface))
                places += [(begin + start, begin + end, term) for start, end in found]
        return places


def _each(text: str, piece: str) -> Iterator[int]:
    """Where a piece stands in a text."""
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)
