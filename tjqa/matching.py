"""How well a piece of text matches a question: shares of the question's weight, never absolute counts.

Terms are looked up as substrings of the folded text (Chinese has no word boundary to respect), figures by their
written form. All values lie in 0..1, so that they mean the same for short and long questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tjqa.figures import Figure, figures
from tjqa.question import Question
from tjqa.records import Span
from tjqa.terms import is_place, rarity
from tjqa.text import fold, sentences

# A question for a thing is answered by text that holds a thing of that kind.
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:[区市县省镇村局委部院校司团会所站厂]|公司|集团|大学|中心)|[区市县局委]长[\u4e00-\u9fff]{2,3}"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready for matching: folded, with its sentences and the figures of each."""

    folded: str
    spans: tuple[Span, ...]
    figures: tuple[tuple[Figure, ...], ...]


@lru_cache(maxsize=4096)  # neighbouring questions meet the same passages
def prepare(text: str) -> Prepared:
    """Fold `text`, cut it into sentences and find its figures."""
    folded = fold(text)
    spans = tuple(sentences(folded))
    found = [[] for _ in spans]  # type: list[list[Figure]]
    at = 0
    for figure in figures(folded):
        while at < len(spans) - 1 and figure.start >= spans[at].end:
            at += 1
        found[at].append(figure)
    return Prepared(folded, spans, tuple(tuple(f) for f in found))


class Matcher:
    """Matches texts against one question whose terms have the given idf, shape (len(question.terms),)."""

    def __init__(self, question: Question, idf: NDArray[np.float32]) -> None:
        self.question = question
        self.weights = idf / max(float(idf.sum()), 1e-9)
        rare = np.array([rarity(t) ** 2 for t in question.terms], dtype=np.float32)
        self.rare = rare / max(float(rare.sum()), 1e-9)
        self._surface = [t.lstrip("·") for t in question.terms]
        self._is_figure = [s[0] in "@=" or s.endswith(("%", "pp")) for s in self._surface]
        self.figure_terms = np.array(self._is_figure, dtype=bool)
        self._places = np.array([is_place(t) for t in question.terms], dtype=bool)
        self._years = np.array([s.startswith("@") and len(s) == 5 for s in self._surface], dtype=bool)
        self._asked = {form for f in figures(question.folded) for form in f.forms}

    def matched(self, text: str, found: tuple[Figure, ...] | None = None) -> NDArray[np.bool_]:
        """Which of the question's terms stand in the folded text (with the given figures), shape (terms,)."""
        forms = {form for f in (figures(text) if found is None else found) for form in f.forms}
        hits = [
            (surface in forms) if is_figure else (surface in text)
            for surface, is_figure in zip(self._surface, self._is_figure, strict=True)
        ]
        return np.array(hits, dtype=bool)

    def share(self, matched: NDArray[np.bool_]) -> float:
        """The part of the question's idf weight that the matched terms carry."""
        return float(self.weights @ matched)

    def sentence_matches(self, prepared: Prepared) -> NDArray[np.bool_]:
        """Which terms each sentence holds, shape (sentences, terms)."""
        rows = [self.matched(s.of(prepared.folded), f) for s, f in zip(prepared.spans, prepared.figures, strict=True)]
        return np.array(rows, dtype=bool).reshape(len(rows), len(self.weights))

    def answers_kind(self, text: str, found: tuple[Figure, ...]) -> float:
        """1 when the text holds what the question word asks for (a new figure, a date, a name, a list), else 0."""
        kind = self.question.kind
        if kind in ("number", "when"):
            return float(bool(self.wanted(found)))
        if kind == "list":
            return float("、" in text)
        if kind == "who":
            return float(bool(_NAME.search(text)))
        return 0.0

    def wanted(self, found: tuple[Figure, ...]) -> list[Figure]:
        """The figures that can answer the question: of the kind asked for and not in the question itself."""
        kinds = {"when": ("date",), "number": ("percent", "number")}.get(self.question.kind, ())
        return [f for f in found if f.kind in kinds and not self._asked.intersection(f.forms)]

    def words(self, text: str, context: str) -> tuple[str, ...]:
        """The question's words and figures (no pairs of characters) that a passage or its context holds."""
        held = np.concatenate([self.sentence_matches(prepare(part)) for part in (text, context)])
        return tuple(t for t, row in zip(self.question.terms, held.T, strict=True) if row.any() and t[0] != "·")

    def nearness(self, folded: str, found: Figure) -> float:
        """Share of the question's weight within reach of a figure, 0..1.

        The mean over windows of three sizes: a word close by counts three times, so that of two figures in reach of
        the same words the nearer one wins. What a figure measures is mostly written before it.
        """
        windows = [folded[max(0, found.start - reach) : found.end + reach // 2] for reach in (6, 12, 25)]
        return sum(self.share(self.matched(window)) for window in windows) / len(windows)

    def missed_years(self, matched: NDArray[np.bool_]) -> float:
        """Share of the years the question names that are not matched; 0 when it names none."""
        return float((self._years & ~matched).sum() / max(self._years.sum(), 1))

    def missed_places(self, matched: NDArray[np.bool_]) -> float:
        """Share of the places and institutions the question names that are not matched; 0 when it names none."""
        return float((self._places & ~matched).sum() / max(self._places.sum(), 1))

    def passage_features(self, text: str, context: str) -> tuple[dict[str, float], NDArray[np.bool_]]:
        """Features of a passage and its context for ranking, and which terms either holds."""
        prepared, around = prepare(text), prepare(context)
        in_context = np.asarray(self.sentence_matches(around).any(axis=0))
        rows = self.sentence_matches(prepared)
        matched = np.logical_or(rows.any(axis=0), in_context)
        shares = rows @ self.weights + 0.5 * ((~rows & in_context) @ self.weights)
        pairs = (rows[1:] | rows[:-1]) @ self.weights
        best = int(shares.argmax())
        features = {
            "coverage": self.share(matched),
            "sentence": float(shares[best]),
            "sentences": float(pairs.max(initial=shares[best])),
            "context": self.share(in_context),
            "year_missed": self.missed_years(matched),
            "place_missed": self.missed_places(matched),
            "rare": float(self.rare @ matched),
            "rare_sentence": float((rows @ self.rare)[best]),
            "kind": self.answers_kind(prepared.spans[best].of(prepared.folded), prepared.figures[best]),
            "phrase": longest_common_run(self.question.folded, prepared.folded) / max(len(self.question.folded), 1),
        }
        return features, matched


def longest_common_run(a: str, b: str) -> int:
    """Length of the longest common substring, by growing windows of `a` (its length is a question's)."""
    best = 0
    for start in range(len(a)):
        while start + best + 1 <= len(a) and a[start : start + best + 1] in b:
            best += 1
    return best
