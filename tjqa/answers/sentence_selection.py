"""Ranked passages → the sentence that answers, and the answer span inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Span, context
from tjqa.results import Hit
from tjqa.retrieval.linear_model import log_odds, score
from tjqa.retrieval.matching import Matcher
from tjqa.text.analyzed import analyze
from tjqa.text.normalize import fold, squeeze
from tjqa.text.sentences import trim

# An answer is read at a glance: a longer sentence is cut down to the clauses around the match.
MAX_ANSWER = 160

MAX_OF_TWO = 95
"""Characters of each of two answering sentences: together they are to be read at a glance, too."""

# Passages whose sentences are weighed against each other; below these the passage itself is too weak a match.
DEPTH = 8

# A second sentence is evidence of its own when it brings a tenth of the question's weight that the first lacks.
_SECOND_SHARE = 0.1

# Of the matched words of the best sentence, what another must hold to say the same of something else.
_SAME = 0.8

_CLAUSE_END = re.compile(r"[,，、:：;；]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a hit as a possible answer; `span` points into the passage's text. `matched` are the question's
    terms in it, `covered` those in it or in the passage's title, section and date."""

    hit: int
    span: Span
    features: dict[str, float]
    score: float
    matched: NDArray[np.bool_]
    covered: NDArray[np.bool_]


def answer_sentences(matcher: Matcher, hits: Sequence[Hit]) -> list[Sentence]:
    """The answering sentences: the best one, and for a comparison a second that covers what the first leaves open."""
    ranked = sorted(weigh(matcher, hits[:DEPTH]), key=lambda s: -s.score)
    if not ranked:
        return []
    best = ranked[0]
    if not matcher.question.compares:
        return [best]
    fitting = [s for s in ranked[1:] if s.features["kind"] >= best.features["kind"]]
    # What is compared is mostly places or years; the title counts, for each is named over its own article.
    other = [s for s in fitting if (s.covered & ~best.covered & matcher.compared).any()]
    # A report names last year and this in its headings: then what says the same of the other year holds the same words.
    other = other or [
        s for s in fitting if matcher.share(s.matched & best.matched) >= _SAME * matcher.share(best.matched)
    ]
    other = other or [s for s in fitting if matcher.share(s.covered & ~best.covered) >= _SECOND_SHARE]
    return [best, *other[:1]]


def weigh(matcher: Matcher, hits: Sequence[Hit]) -> Iterator[Sentence]:
    """Every sentence of the hits with its features and score."""
    for number, hit in enumerate(hits):
        text = hit.passage.text
        prepared = analyze(text)
        here = matcher.find(prepared)
        title = squeeze(fold(hit.passage.title))
        around = matcher.matched(context(hit.passage))
        rows = here.rows
        before = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
        shares = np.stack([rows, before & ~rows, around & ~before & ~rows]) @ matcher.weights
        rare = (rows | around) @ matcher.rare
        nearness = hit.sentence_similarity or (0.0,) * len(rows)
        each = zip(prepared.spans, matcher.figures_of(prepared), nearness, rare.tolist(), *shares.tolist(), strict=True)
        for at, (span, found, soft_share, rare_share, own, before_share, context_share) in enumerate(each):
            wanted = matcher.wanted(prepared.folded, found)
            features = {
                "passage": log_odds(hit.score),
                "rank": 1 / (1 + number),
                "own": own,
                "soft": soft_share,
                "rare": rare_share,
                "before": before_share,
                "context": context_share,
                "kind": matcher.answers_kind(prepared.folded, span, found),
                "near": max((matcher.nearness(here, f) for f in wanted), default=0.0),
                "length": min(len(span), 200) / 200,
                "body": hit.features["body"],
                # The headline stands beside the date and source line but is not what is asked for.
                "byline": hit.features["byline"] * (squeeze(span.of(prepared.folded)) not in title),
            }
            value = score("sentence", features)
            yield Sentence(number, trim(text, span), features, value, rows[at], rows[at] | around)


def shorten(matcher: Matcher, text: str, limit: int = MAX_ANSWER) -> Span:
    """The stretch of whole clauses of `text`, at most `limit` characters, that matches the question best."""
    if len(text) <= limit:
        return Span(0, len(text))
    prepared = analyze(text)
    cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(prepared.folded)), len(text)]
    clauses = [Span(a, b) for a, b in pairwise(cuts) if b > a]
    figures = [f for found in prepared.figures for f in found]
    here = matcher.find(prepared)
    matches = [matcher.within(here, c) for c in clauses]
    best, best_value = Span(0, min(len(text), limit)), -1.0
    for first in range(len(clauses)):
        matched = np.zeros(len(matcher.weights), dtype=bool)
        for last in range(first, len(clauses)):
            window = Span(clauses[first].start, clauses[last].end)
            if len(window) > limit:
                break
            matched = matched | matches[last]
            inside = tuple(f for f in figures if window.start <= f.start and f.end <= window.end)
            # Of equally good stretches the longer: what follows a match is often its figure.
            value = matcher.share(matched) + 0.1 * matcher.answers_kind(prepared.folded, window, inside)
            value += 1e-4 * len(window)
            if value > best_value:
                best, best_value = window, value
    return best
