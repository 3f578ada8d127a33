"""How well a piece of text matches a question: shares of the question's weight, never absolute counts, so that they
mean the same for short and long questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Span
from tjqa.retrieval import parameters
from tjqa.retrieval.question import Question
from tjqa.retrieval.term_positions import TermFinder, TermPositions
from tjqa.text.analyzed import AnalyzedText, analyze, without_spread_blanks
from tjqa.text.numbers import Figure, date_words, figures
from tjqa.text.places import is_place, place_names
from tjqa.text.segmenter import Segmenter, is_measure, is_verb

_CONTENT = re.compile(r"[\u3400-\u9fffa-z][\u3400-\u9fffa-z0-9.+#-]*")

# After these stands the kind of thing asked for.
_ASKED_KIND = re.compile(r"什么|哪一?[种类个家位所项座条]?")


class Matcher:
    """Finds one question's terms and words in texts and weighs them.

    `weights` are the terms' shares of the question's idf, `rare` their shares by how rare each is in Chinese at large;
    `figure_terms`, `places` and `years` are the terms that are such, `compared` the last two together: all of shape
    (terms,). The question's words that say something stand at `word_spans`; `word_weights` are their shares, `verbs`
    those that are verbs: of shape (words,).
    """

    def __init__(self, question: Question, idf: NDArray[np.float32], segmenter: Segmenter) -> None:
        """`idf` is that of the question's terms, shape (terms,)."""
        self.question = question
        self.segmenter = segmenter
        self.weights = idf / max(float(idf.sum()), 1e-9)
        rare = np.array([segmenter.rarity(term) ** 2 for term in question.terms], dtype=np.float32)
        self.rare = rare / max(float(rare.sum()), 1e-9)
        self._finder = TermFinder(question.terms)
        self.figure_terms = self._finder.figure_terms
        self.places = np.array([is_place(term) for term in question.terms], dtype=bool)
        self.years = np.array([term.startswith("@") and len(term) == 5 for term in question.terms], dtype=bool)
        self.compared = self.places | self.years
        self.word_spans = content_words(question, segmenter)
        self.words = [span.of(question.folded) for span in self.word_spans]
        telling = np.array([segmenter.rarity(word) for word in self.words], dtype=np.float32)
        self.word_weights = telling / max(float(telling.sum()), 1e-9)
        self.verbs = np.array([is_verb(word) for word in self.words], dtype=bool)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The places and institutions the question names, whole."""
        return tuple(place_names(self.question.content, self.segmenter))

    def find(self, text: AnalyzedText) -> TermPositions:
        """Where the question's terms stand in a text."""
        return self._finder.find([text])[0]

    def find_all(self, texts: Sequence[AnalyzedText]) -> list[TermPositions]:
        """Where they stand in each text; in equal ones they are looked for once."""
        different = list(dict.fromkeys(texts))
        found = dict(zip(different, self._finder.find(different), strict=True))
        return [found[text] for text in texts]

    def matched(self, text: str) -> NDArray[np.bool_]:
        """Which of the question's terms stand in a sentence of the text, shape (terms,)."""
        return self.find(analyze(text)).held

    def within(self, found: TermPositions, span: Span) -> NDArray[np.bool_]:
        """Which terms stand wholly inside `span` of a text, shape (terms,)."""
        matched = np.zeros(len(self.weights), dtype=bool)
        matched[found.terms[(found.starts >= span.start) & (found.ends <= span.end)]] = True
        return matched

    def share(self, matched: NDArray[np.bool_]) -> float:
        """The part of the question's idf weight that the matched terms carry."""
        return float(self.weights @ matched)

    def missed(self, terms: NDArray[np.bool_], matched: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Share of some of the question's terms (its years, its places) that are not matched by each text, of which
        `matched` (texts, terms) tells them; 0 when there are none."""
        return np.asarray((terms & ~matched).sum(axis=1) / max(terms.sum(), 1), dtype=np.float32)

    def named(self, held: NDArray[np.bool_]) -> tuple[str, ...]:
        """The question's words and figures (no pairs of characters) among the terms `held`, shape (terms,), as people
        write them: of 2024年8月, of which only the year is held, 2024年."""
        own = [t for t, is_held in zip(self.question.terms, held, strict=True) if is_held and t[0] != "·"]
        written = dict[str, str]()
        for figure in figures(self.question.folded):
            of_it = [form for form in figure.forms if form in own]
            is_part = figure.kind == "date" and len(of_it) < len(figure.forms)
            shown = date_words(max(of_it, key=len, default="")) if is_part else ""
            written |= dict.fromkeys(of_it, shown or self.question.folded[figure.start : figure.end])
        return tuple(dict.fromkeys(written.get(term, term) for term in own))

    def support(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """How far each of some texts, folded already, holds each of the question's words, 0..1, shape (texts, words):
        1 for the word itself, else the share of its pairs of characters."""
        return np.array([self.support_of(text) for text in folded], dtype=np.float32).reshape(len(folded), -1)

    def support_of(self, folded: str) -> NDArray[np.float32]:
        """How far one folded text holds each of the question's words, shape (words,)."""
        found = np.zeros(len(self.words), dtype=np.float32)
        folded = without_spread_blanks(folded)
        for i, word in enumerate(self.words):
            if word in folded:
                found[i] = 1
            elif len(word) > 2:
                pairs = [word[at : at + 2] for at in range(len(word) - 1)]
                found[i] = sum(pair in folded for pair in pairs) / len(pairs)
        return found

    def nearness(self, found: TermPositions, place: Span | Figure, after: float | None = None) -> float:
        """Share of the question's weight within reach of a stretch of the text, 0..1: the mean over windows of several
        sizes. `after` is how far these reach behind the stretch, as a share of how far they reach before it."""
        behind = parameters.NEARNESS_AFTER if after is None else after
        reaches = parameters.NEARNESS_WINDOWS
        windows = [Span(max(0, place.start - reach), place.end + int(behind * reach)) for reach in reaches]
        return sum(self.share(self.within(found, window)) for window in windows) / len(windows)


def content_words(question: Question, segmenter: Segmenter) -> list[Span]:
    """Where the words that say something stand in the folded question: no figures, no measures, no common single
    characters, and neither the kind of thing asked for (什么文件, 哪个城市) nor its unit (多少万人), which the answer
    need not name."""
    found, start = [], 0
    taken = [range(f.start, f.end) for f in figures(question.folded)]
    unit = question.answer_type.unit_at
    taken += [range(unit.start, unit.end)] if unit is not None else []
    kinds = {match.end() for match in _ASKED_KIND.finditer(question.folded)}
    for word in segmenter.cut(question.content):
        span = Span(start, start + len(word))
        start = span.end
        telling = segmenter.rarity(word) >= parameters.TELLING_CHARACTER if len(word) == 1 else not is_measure(word)
        is_taken = any(span.start in piece for piece in taken)
        if _CONTENT.fullmatch(word) and telling and not is_taken and span.start not in kinds:
            found.append(span)
    return found


def longest_common_run(a: str, b: str) -> int:
    """Length of the longest common substring, by growing windows of `a` (its length is a question's)."""
    best = 0
    for start in range(len(a)):
        while start + best + 1 <= len(a) and a[start : start + best + 1] in b:
            best += 1
    return best
