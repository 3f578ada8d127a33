"""How well a piece of text matches a question: shares of the question's weight, never absolute counts, so that they
mean the same for short and long questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Span
from tjqa.retrieval.answer_type import (
    ASKED_NAME,
    ASKED_PERSON,
    asked_class,
    asked_measure,
    asked_noun,
    asked_unit,
    unnamed,
)
from tjqa.retrieval.late_interaction import FOCUS_REACH
from tjqa.retrieval.question import Question
from tjqa.retrieval.term_positions import TermFinder, TermPositions
from tjqa.text.analyzed import AnalyzedText, analyze
from tjqa.text.entities import ORGANISATION, PERSON
from tjqa.text.numbers import Figure, figures, months, numbers_of
from tjqa.text.places import is_place, place_names, short_name
from tjqa.text.segmenter import Segmenter, is_measure, is_verb
from tjqa.text.sentences import clauses
from tjqa.text.units import fits, is_ordinal, measured_by, unit_class

_CONTENT = re.compile(r"[\u3400-\u9fffa-z][\u3400-\u9fffa-z0-9.+#-]*")

# After these stands the kind of thing asked for.
_ASKED_KIND = re.compile(r"什么|哪一?[种类个家位所项座条]?")

# Characters after a count of one character within which what it counts is named (三个百亿级产业集群).
_NOUN_REACH = 12

# A single character says something when it is rarer than this; the common ones (要, 后) stand everywhere.
_TELLING = 0.35


class Matcher:
    """Matches texts against one question whose terms have the given idf, shape (len(question.terms),).

    `places` and `years` are the terms that are such, `compared` both. `counted`: a number or a date is asked for;
    `asked_class` is then the kind of unit it names (`tjqa.text.units`), else empty."""

    def __init__(self, question: Question, idf: NDArray[np.float32], segmenter: Segmenter) -> None:
        self.question = question
        self.segmenter = segmenter
        self.weights = idf / max(float(idf.sum()), 1e-9)
        rare = np.array([segmenter.rarity(t) ** 2 for t in question.terms], dtype=np.float32)
        self.rare = rare / max(float(rare.sum()), 1e-9)
        self._finder = TermFinder(question.terms)
        self.figure_terms = self._finder.figure_terms
        self.places = np.array([is_place(t) for t in question.terms], dtype=bool)
        self.years = np.array([t.startswith("@") and len(t) == 5 for t in question.terms], dtype=bool)
        self.compared = self.places | self.years
        self._asked = {form for f in figures(question.folded) for form in f.forms}
        self.counted = question.kind in ("number", "when")
        self.asks_name = question.kind == "who" and ASKED_NAME.search(question.folded) is not None
        self.asked_class = asked_class(question.folded) if question.kind == "number" else ""
        self._counted_noun = asked_noun(question.folded)
        self._measure = asked_measure(question.folded)
        self._asks_rank = "第几" in question.folded and "多少" not in question.folded
        self._found: dict[AnalyzedText, TermPositions] = {}
        self.word_spans = content_words(question, segmenter)
        telling = np.array([segmenter.rarity(w.of(question.folded)) for w in self.word_spans], dtype=np.float32)
        self.word_weights = telling / max(float(telling.sum()), 1e-9)
        self.verbs = np.array([is_verb(w.of(question.folded)) for w in self.word_spans], dtype=bool)

    def find(self, text: AnalyzedText) -> TermPositions:
        """Where the question's terms stand in a text."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[AnalyzedText]) -> list[TermPositions]:
        """Where they stand in each text. Kept for the next caller: ranking, answer and explanation look at the same
        passages."""
        new = [text for text in dict.fromkeys(texts) if text not in self._found]
        if new:
            self._found |= zip(new, self._finder.find(new), strict=True)
        return [self._found[text] for text in texts]

    def within(self, found: TermPositions, span: Span) -> NDArray[np.bool_]:
        """Which terms stand wholly inside `span` of a text, shape (terms,)."""
        matched = np.zeros(len(self.weights), dtype=bool)
        matched[found.terms[(found.starts >= span.start) & (found.ends <= span.end)]] = True
        return matched

    def matched(self, text: str) -> NDArray[np.bool_]:
        """Which of the question's terms stand in a sentence of the text, shape (terms,)."""
        return self.find(analyze(text)).held

    def share(self, matched: NDArray[np.bool_]) -> float:
        """The part of the question's idf weight that the matched terms carry."""
        return float(self.weights @ matched)

    def answers_kind(self, folded: str, span: Span, found: tuple[Figure, ...]) -> float:
        """1 when a stretch of a text, with its figures, holds what the question word asks for (a new figure in the
        unit asked for, a date, a name, a list), else 0."""
        kind = self.question.kind
        if self.counted:
            return float(bool(self.wanted(folded, found)))
        if kind == "list":
            return float("、" in span.of(folded))
        if kind == "who":
            kinds = (PERSON,) if ASKED_PERSON.search(self.question.folded) else (ORGANISATION, PERSON)
            return float(any(named.search(folded, span.start, span.end) for named in kinds))
        return 0.0

    def figures_of(self, prepared: AnalyzedText) -> Sequence[tuple[Figure, ...]]:
        """The figures of each sentence, where the question asks for one; looking for them takes time."""
        return prepared.figures if self.counted else ((),) * len(prepared.spans)

    def wanted(self, folded: str, found: tuple[Figure, ...]) -> list[Figure]:
        """The figures of a text that can answer the question: of the kind and unit asked for, and not its own."""
        return [f for f in found if not self._asked.intersection(f.forms) and self._can_answer(folded, f)]

    def _can_answer(self, folded: str, figure: Figure) -> bool:
        if self.question.kind == "when":
            return figure.kind == "date" or (
                figure.kind == "relative" and folded[figure.start : figure.end] not in self.question.folded
            )
        if self.question.kind != "number" or figure.kind not in ("percent", "number"):
            return False
        if is_ordinal(folded, figure) or self._asks_rank:
            return is_ordinal(folded, figure) and self._asks_rank
        # 四个 is said of many things; 489个 is looked at whatever it counts.
        if not figure.forms and self._counted_noun not in folded[figure.end : figure.end + _NOUN_REACH]:
            return False
        if self._measure and not measured_by(folded, figure, self._measure):
            return False
        is_year = any(form[0] == "@" for form in figure.forms) and not unit_class(folded, figure)
        return not is_year and fits(self.asked_class, folded, figure)

    @cached_property
    def word_focus(self) -> NDArray[np.float32]:
        """Weight of each word as what is asked about, shape (words,), sum 1 or 0: those near its question word."""
        place = self.question.asked_at
        if place is None or not self.word_spans:
            return np.zeros(len(self.word_spans), dtype=np.float32)
        gaps = [max(place[0] - w.end, w.start - place[1], 0) for w in self.word_spans]
        weight = self.word_weights * np.exp2(-np.array(gaps, dtype=np.float32) / FOCUS_REACH)
        return np.asarray(weight / max(float(weight.sum()), 1e-9))

    def support(self, folded: Sequence[str]) -> NDArray[np.float32]:
        """How far each of some texts, folded already, holds each of the question's words, 0..1, shape (texts, words):
        1 for the word itself, else the share of its pairs of characters."""
        return np.array([self._held(text) for text in folded], dtype=np.float32).reshape(len(folded), -1)

    def _held(self, folded: str) -> NDArray[np.float32]:
        found = np.zeros(len(self.word_spans), dtype=np.float32)
        for i, span in enumerate(self.word_spans):
            word = span.of(self.question.folded)
            if word in folded:
                found[i] = 1
            elif len(word) > 2:
                found[i] = sum(word[at : at + 2] in folded for at in range(len(word) - 1)) / (len(word) - 1)
        return found

    def astray(self, text: str, context: str) -> tuple[float, float]:
        """The weight of the words that a passage holds but no clause, and no sentence, with a figure that can answer:
        what they speak of has another figure or none (粮食产量增长2%;茶叶产值3亿元). 0 without such a figure."""
        prepared, around = analyze(text), analyze(context).folded
        wanted = [f.start for found in prepared.figures for f in self.wanted(prepared.folded, found)]
        held = self._held(f"{prepared.folded}\n{around}")

        def lost(pieces: Iterable[Span]) -> float:
            with_figure = [p.of(prepared.folded) for p in pieces if any(p.start <= at < p.end for at in wanted)]
            losses = [np.maximum(held - self._held(f"{piece}\n{around}"), 0) for piece in with_figure]
            return min((float(self.word_weights @ loss) for loss in losses), default=0.0)

        return lost(clause for sentence in clauses(prepared.folded) for clause in sentence), lost(prepared.spans)

    def words(self, text: str, context: str) -> tuple[str, ...]:
        """The question's words and figures (no pairs of characters) that a passage or its context holds."""
        held = self.matched(text) | self.matched(context)
        return tuple(t for t, is_held in zip(self.question.terms, held, strict=True) if is_held and t[0] != "·")

    def nearness(self, found: TermPositions, place: Span | Figure, after: float = 0.5) -> float:
        """Share of the question's weight within reach of a stretch of the text, 0..1.

        The mean over windows of three sizes: a word close by counts three times, so that of two figures in reach of
        the same words the nearer one wins. What a figure measures is mostly written before it: `after` is how far the
        windows reach behind the stretch, as a share of how far they reach before it.
        """
        windows = [Span(max(0, place.start - reach), place.end + int(after * reach)) for reach in (6, 12, 25)]
        return sum(self.share(self.within(found, window)) for window in windows) / len(windows)

    def missed(self, terms: NDArray[np.bool_], matched: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Share of some of the question's terms (its years, its places) that are not matched by each text, of which
        `matched` (texts, terms) tells them; 0 when there are none."""
        return np.asarray((terms & ~matched).sum(axis=1) / max(terms.sum(), 1), dtype=np.float32)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The places and institutions the question names, whole."""
        return tuple(place_names(self.question.content, self.segmenter))

    def missed_months(self, texts: Iterable[str]) -> list[int]:
        """The months of the question that none of the texts names, 1..12."""
        asked = months(self.question.folded)
        return sorted(asked.difference(*(months(analyze(text).folded) for text in texts))) if asked else []

    def missed_numbers(self, texts: Iterable[str]) -> bool:
        """Whether the question speaks of a 期, 批, 轮, 届 or 次 by its number and none of the texts does."""
        asked = numbers_of(self.question.folded)
        return bool(asked) and bool(asked.difference(*(numbers_of(analyze(text).folded) for text in texts)))

    def missed_names(self, texts: Iterable[str]) -> list[str]:
        """The places and institutions of the question that none of the texts names, even short."""
        folded = [analyze(text).folded for text in texts]
        return [name for name in self.names if not any(short_name(name) in text for text in folded)]

    def unnamed(self, texts: Iterable[str]) -> bool:
        """Whether the texts withhold or do not know the name that is asked for."""
        words = [span.of(self.question.folded) for span in self.word_spans]
        return unnamed(self.question.folded, words, [analyze(text).folded for text in texts])

    def holds_kind(self, text: str) -> bool:
        """Whether a text holds a figure or a date that can answer the question."""
        prepared = analyze(text)
        return any(self.wanted(prepared.folded, found) for found in prepared.figures)


def content_words(question: Question, segmenter: Segmenter) -> list[Span]:
    """Where the words that say something stand in the folded question: no figures, no measures, no common single
    characters, and neither the kind of thing asked for (什么文件, 哪个城市) nor its unit (多少万人), which the answer
    need not name."""
    found, start = [], 0
    taken = [range(f.start, f.end) for f in figures(question.folded)]
    taken += [range(*place)] if (place := asked_unit(question.folded)) else []
    kinds = {match.end() for match in _ASKED_KIND.finditer(question.folded)}
    for word in segmenter.cut(question.content):
        span = Span(start, start + len(word))
        start = span.end
        telling = segmenter.rarity(word) >= _TELLING if len(word) == 1 else not is_measure(word)
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
