"""Ranked passages → the sentence that answers, its answer span marked, and the decision to answer at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.figures import figures
from tjqa.matching import Matcher
from tjqa.question import Question
from tjqa.records import Hit, Span
from tjqa.text import fold, sentences, trim

# An answer is read at a glance: a longer sentence is cut down to the clauses around the match.
MAX_ANSWER = 160

# Passages whose sentences are weighed against each other; below these the passage itself is too weak a match.
_DEPTH = 6

# A second sentence is evidence of its own when it brings a tenth of the question's weight that the first lacks.
_SECOND_SHARE = 0.1

_CLAUSE_END = re.compile(r"[,，、:：;；]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a hit as a possible answer; `span` points into the file."""

    hit: int
    span: Span
    score: float
    matched: NDArray[np.bool_]


def answer_sentences(question: Question, matcher: Matcher, hits: Sequence[Hit]) -> list[Sentence]:
    """The answering sentences: the best one, and for a comparison a second that covers what the first leaves open."""
    ranked = sorted(_weigh(matcher, hits[:_DEPTH]), key=lambda s: -s.score)
    if not ranked:
        return []
    best = ranked[0]
    if not question.compares:
        return [best]
    open_terms = ~best.matched
    others = [s for s in ranked[1:] if matcher.share(s.matched & open_terms) >= _SECOND_SHARE]
    return [best, max(others, key=lambda s: s.score + matcher.share(s.matched & open_terms))] if others else [best]


def _weigh(matcher: Matcher, hits: Sequence[Hit]) -> Iterator[Sentence]:
    for number, hit in enumerate(hits):
        text = hit.passage.text
        folded = fold(text)
        context = matcher.matched(fold(f"{hit.passage.title} {hit.passage.section} {hit.passage.published or ''}"))
        spans = sentences(text)
        matches = [matcher.matched(span.of(folded)) for span in spans]
        for at, (span, matched) in enumerate(zip(spans, matches, strict=True)):
            around = context | (matches[at - 1] if at else context)
            share = matcher.share(matched) + 0.4 * matcher.share(around & ~matched)
            kind = matcher.answers_kind(span.of(folded))
            score = hit.score + share + 0.15 * kind
            start = hit.passage.span.start
            whole = trim(text, span)
            yield Sentence(number, Span(start + whole.start, start + whole.end), score, matched)


def shorten(matcher: Matcher, text: str, limit: int = MAX_ANSWER) -> Span:
    """The stretch of whole clauses of `text`, at most `limit` characters, that matches the question best."""
    if len(text) <= limit:
        return Span(0, len(text))
    folded = fold(text)
    cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(folded)), len(text)]
    clauses = [Span(a, b) for a, b in pairwise(cuts) if b > a]
    best, best_value = Span(0, min(len(text), limit)), -1.0
    for first in range(len(clauses)):
        matched = np.zeros(len(matcher.weights), dtype=bool)
        for clause in clauses[first:]:
            if clause.end - clauses[first].start > limit:
                break
            matched = matched | matcher.matched(clause.of(folded))
            window = Span(clauses[first].start, clause.end)
            # Prefer the longest of equally good stretches: what follows a match is often its figure.
            value = matcher.share(matched) + 0.1 * matcher.answers_kind(window.of(folded)) + 1e-6 * len(window)
            if value > best_value:
                best, best_value = window, value
    return best


def mark(question: Question, matcher: Matcher, text: str) -> list[Span]:
    """Where in `text` the answer stands: the figures or dates asked for, nearest to the matched words."""
    if question.kind not in ("number", "when"):
        return []
    folded = fold(text)
    wanted = ("percent", "number") if question.kind == "number" else ("date",)
    asked = {form for f in figures(question.folded) for form in f.forms}
    found = [f for f in figures(folded) if f.kind in wanted and not asked.intersection(f.forms)]
    if not found:
        return []

    def nearness(start: int, end: int) -> float:
        window = folded[max(0, start - 25) : end + 12]
        return matcher.share(matcher.matched(window))

    best = max(found, key=lambda f: nearness(f.start, f.end))
    return [Span(best.start, best.end + _unit_length(folded, best.end))]


# Units written after a figure; anything else after it is the next word.
_MEASURES = re.compile(
    r"\s*(?:余|多)?\s*(?:[十百千万亿]{1,2})?(?:平方公里|平方米|立方米|微克/立方米|公里|千米|厘米|毫米|公顷|公斤|千克|吨标准煤|千瓦时|千瓦|兆瓦"
    r"|人民币|美元|欧元|港元|日元|元|个百分点|%|小时|分钟|秒|工作日|天|日|周|月|年|岁|倍|成|次|届|期|批|条|项|个|家|户|人次|人|名|位|座|处|所|台|辆|架|艘"
    r"|套|件|份|种|类|起|场|间|栋|幢|栋|亩|吨|米|级|度|分|点|支|张|册|篇|字|页|头|只|株|棵)?"
)


def _unit_length(folded: str, at: int) -> int:
    match = _MEASURES.match(folded, at)
    return match.end() - at if match else 0
