"""How well a piece of text matches a question: shares of the question's weight, never absolute counts.

Terms are looked up as substrings of the folded text (Chinese has no word boundary to respect), figures by their
written form. All values lie in 0..1, so that they mean the same for short and long questions.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from tjqa.figures import figures
from tjqa.question import Question
from tjqa.text import sentences

# A question for a thing is answered by text that holds a thing of that kind.
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:[区市县省镇村局委部院校司团会所站厂]|公司|集团|大学|中心)|[区市县局委]长[\u4e00-\u9fff]{2,3}"
)


class Matcher:
    """Matches texts against one question whose terms have the given idf, shape (len(question.terms),)."""

    def __init__(self, question: Question, idf: NDArray[np.float32]) -> None:
        self.question = question
        self.weights = idf / max(float(idf.sum()), 1e-9)
        self._surface = [t.lstrip("·") for t in question.terms]
        self._figures = {form for f in figures(question.folded) for form in f.forms}

    def matched(self, folded: str) -> NDArray[np.bool_]:
        """Which of the question's terms stand in the text, shape (terms,)."""
        forms = {form for f in figures(folded) for form in f.forms}
        found = [s in forms if s[0] in "@=" or s[-1] in "%p" else s in folded for s in self._surface]
        return np.array(found, dtype=bool)

    def share(self, matched: NDArray[np.bool_]) -> float:
        """The part of the question's idf weight that the matched terms carry."""
        return float(self.weights[matched].sum())

    def answers_kind(self, folded: str) -> float:
        """1 when the text holds what the question word asks for (a new figure, a date, a name, a list), else 0."""
        kind = self.question.kind
        if kind in ("number", "when"):
            wanted = ("percent", "number") if kind == "number" else ("date",)
            return float(any(f.kind in wanted and not self._figures.intersection(f.forms) for f in figures(folded)))
        if kind == "list":
            return float(folded.count("、") >= 1)
        if kind == "who":
            return float(bool(_NAME.search(folded)))
        return 0.0

    def passage_features(self, text: str, context: str) -> dict[str, float]:
        """Features of a folded passage and its folded context for ranking."""
        in_context = self.matched(context)
        single, pair, kind = self._best_sentence(text, in_context)
        whole = self.share(self.matched(text) | in_context)
        return {
            "coverage": whole,
            "sentence": single,
            "sentences": pair,
            "context": self.share(in_context),
            "kind": kind,
            "phrase": self.longest_phrase(text),
        }

    def _best_sentence(self, text: str, in_context: NDArray[np.bool_]) -> tuple[float, float, float]:
        best, kind, pair = 0.0, 0.0, 0.0
        before = np.zeros(len(self.weights), dtype=bool)
        for span in sentences(text):
            sentence = span.of(text)
            matched = self.matched(sentence)
            share = self.share(matched) + 0.5 * self.share(in_context & ~matched)
            if share > best:
                best, kind = share, self.answers_kind(sentence)
            pair = max(pair, self.share(matched | before))
            before = matched
        return best, pair, kind

    def longest_phrase(self, text: str) -> float:
        """Length of the longest stretch of the question that stands in the text, as a share of the question."""
        return longest_common_run(self.question.folded, text) / max(len(self.question.folded), 1)


def longest_common_run(a: str, b: str) -> int:
    """Length of the longest common substring, by growing windows of `a` (its length is a question's)."""
    best = 0
    for start in range(len(a)):
        while start + best + 1 <= len(a) and a[start : start + best + 1] in b:
            best += 1
    return best
