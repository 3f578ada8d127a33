"""Texts made ready for matching: folded, cut into sentences and clauses, their figures found; each only when needed.

A question looks at some thirty texts: what can be done for all of them in one call of numpy is done for all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, pairwise

import numpy as np

from tjqa.documents import Span
from tjqa.text.normalize import fold
from tjqa.text.numbers import Figure, figures, relative_dates
from tjqa.text.sentences import clause_counts, sentences
from tjqa.text.units import small_counts, small_ordinals

_SPREAD = re.compile(r"(?<=\S)[ \t](?=\S(?:[ \t]|$))")  # fold makes every kind of blank one of these
_MOSTLY = 0.5
"""Of a text's characters so many stand alone between blanks where it was set apart for show; in English every fifth."""


@dataclass(frozen=True, eq=False)
class AnalyzedText:
    """A folded text with its sentences."""

    folded: str
    spans: tuple[Span, ...]

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each sentence, in order."""
        kinds = (figures, relative_dates, small_counts, small_ordinals)
        text, places = self.closed
        every = sorted(chain.from_iterable(kind(text) for kind in kinds), key=lambda figure: figure.start)
        if places is not None:
            every = [replace(f, start=places[f.start], end=places[f.end - 1] + 1) for f in every]
        found: list[list[Figure]] = [[] for _ in self.spans]
        at = 0
        for figure in every:
            while at < len(self.spans) - 1 and figure.start >= self.spans[at].end:
                at += 1
            found[at].append(figure)
        return tuple(map(tuple, found))

    @cached_property
    def closed(self) -> tuple[str, tuple[int, ...] | None]:
        """The text to look for words in, and where in `folded` each of its characters stands: without its blanks where
        these stand between all characters (云 桥 镇), else `folded` itself and None."""
        blanks = len(_SPREAD.findall(self.folded))
        if blanks < _MOSTLY * (len(self.folded) - self.folded.count(" ")):
            return self.folded, None
        places = tuple(at for at, char in enumerate(self.folded) if char not in " \t")
        return "".join(self.folded[at] for at in places), places

    @cached_property
    def clause_counts(self) -> list[int]:
        """The number of clauses of each sentence."""
        return clause_counts(self.folded, self.spans)


def without_spread_blanks(folded: str) -> str:
    """A folded text without the blanks between all its characters, if it has such; else as it is."""
    return AnalyzedText(folded, ()).closed[0]


def analyze(text: str) -> AnalyzedText:
    """Fold `text` and cut it into sentences."""
    return analyze_all((text,))[0]


def analyze_all(texts: Sequence[str]) -> list[AnalyzedText]:
    """Each of `texts`, folded and cut into sentences; of equal ones the same."""
    different = list(dict.fromkeys(texts))
    analyzed = {
        text: AnalyzedText(folded, tuple(sentences(folded)))
        for text, folded in zip(different, fold_all(different), strict=True)
    }
    return [analyzed[text] for text in texts]


_BLOCK = 256  # code points

_FOLDED = np.zeros(sys.maxunicode + 1, np.uint32)
"""Code point → folded code point; 0 for those not met yet (and for NUL, which no document holds). Of a field of zeros
only what is written takes memory."""


def fold_all(texts: Sequence[str]) -> list[str]:
    """`tjqa.text.fold` of each text: all in one look-up, six times as fast as one text after the other."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    folded = _FOLDED[points]
    if not folded.all():
        for block in np.unique(points[folded == 0] // _BLOCK).tolist():  # its neighbours will be met next
            stretch = range(block * _BLOCK, (block + 1) * _BLOCK)
            _FOLDED[stretch.start : stretch.stop] = [ord(char) for char in fold("".join(map(chr, stretch)))]
        folded = _FOLDED[points]
    whole = folded.astype("<u4", copy=False).tobytes().decode("utf-32-le")
    ends = list(accumulate(map(len, texts), initial=0))
    return [whole[start:end] for start, end in pairwise(ends)]
