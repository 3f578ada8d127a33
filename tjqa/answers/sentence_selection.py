"""Ranked passages → the sentence that answers, cut down where it is long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.answers import parameters
from tjqa.answers.bare_lines import is_bare
from tjqa.answers.fitting import fitting, says_opposite
from tjqa.documents import Span
from tjqa.retrieval.feature_set import CANDIDATE, SENTENCE
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import log_odds, scores
from tjqa.retrieval.matching import Matcher
from tjqa.text.analyzed import analyze
from tjqa.text.headings import heading_text, numbered_item
from tjqa.text.normalize import fold, squeeze
from tjqa.text.sentences import trim

_STOPS = ("。", "！", "？", "!", "?", ";", "；")
_FULL_STOP = re.compile(r"[。！？!?]+[”’」』)）】》\"']*|\n+")
_CLAUSE_END = re.compile(r"[,，、:：;；]")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a hit as a possible answer.

    `hit` is the number of its hit, `span` points into the passage's text. `features` are in the columns of
    `feature_set.SENTENCE`, shape (features,), `score` is their weighted sum. `matched` are the question's terms in it,
    `covered` those in it or in the passage's title, section and date, both of shape (terms,). `inside` is the share of
    the reader's span that it holds.
    """

    hit: int
    span: Span
    features: NDArray[np.float64]
    score: float
    matched: NDArray[np.bool_]
    covered: NDArray[np.bool_]
    inside: float = 0.0

    @property
    def meets(self) -> float:
        """1 when it holds the kind of thing asked for, else 0."""
        return SENTENCE.value(self.features, "kind")


Weigh = Callable[[Sequence[Sentence]], Sequence[Sentence]]
"""Gives sentences other scores."""


def answer_sentences(matcher: Matcher, hits: Sequence[Hit], again: Weigh = lambda given: given) -> list[Sentence]:
    """The answering sentences: the best one, and for a comparison a second that covers what the first leaves open.
    `again` weighs them once more."""
    weighed = again(weigh(matcher, hits[: parameters.SENTENCE_DEPTH]))
    ranked = sorted(weighed, key=lambda sentence: -sentence.score)
    ranked = fitting(matcher, hits, ranked) if ranked else []
    asked = matcher.question.folded
    # What only echoes the question is kept where nothing else was found: the passages are shown below it all the same.
    ranked = [one for one in ranked if not is_bare(one.span.of(hits[one.hit].passage.text), asked)] or ranked
    if not ranked:
        return []
    best = _below_heading(hits, ranked)
    if not matcher.question.compares:
        listed = _listed(matcher, hits[best.hit], best)
        return listed if len(listed) > 1 else [_whole(matcher, hits[best.hit], best)]
    return [best, *_second(matcher, best, [s for s in ranked[1:] if s.meets >= best.meets])]


def _whole(matcher: Matcher, hit: Hit, best: Sentence) -> Sentence:
    """The sentence to its natural ends, not to a semicolon, where all of it is read at a glance, but for what says the
    opposite beyond the semicolon; an item of a list is whole in itself."""
    text = hit.passage.text
    if numbered_item(best.span.of(text)):
        return best
    start = max((m.end() for m in _FULL_STOP.finditer(text, 0, best.span.start)), default=0)
    stop = _FULL_STOP.search(text, max(best.span.end - 1, best.span.start))
    end = stop.end() if stop else len(text)
    if says_opposite(matcher, fold(text[start : best.span.start])):
        start = best.span.start
    if says_opposite(matcher, fold(text[best.span.end : end])):
        end = best.span.end
    whole = trim(text, Span(start, end))
    return replace(best, span=whole) if len(whole) <= parameters.MAX_ANSWER and whole.covers(best.span) else best


def _below_heading(hits: Sequence[Hit], ranked: Sequence[Sentence]) -> Sentence:
    """The best sentence. A heading names what is asked about and does not say it: then the best one of those below it
    in its passage, else the best that is no heading."""
    best = ranked[0]
    if not _is_heading(hits[best.hit], best.span):
        return best
    said = [other for other in ranked if not _is_heading(hits[other.hit], other.span)]
    below = [other for other in said if other.hit == best.hit and other.span.start > best.span.start]
    if below:
        return replace(best, span=below[0].span)  # the heading's words speak for what stands below it
    return said[0] if said else best


def _is_heading(hit: Hit, span: Span) -> bool:
    """Whether a sentence is one of the headings that its passage stands under."""
    passage, sentence = hit.passage, span.of(hit.passage.text).strip()
    if passage.role == "heading":
        return True
    return not sentence.endswith(_STOPS) and heading_text(sentence) in passage.section.split(" / ")


def _listed(matcher: Matcher, hit: Hit, best: Sentence) -> list[Sentence]:
    """The whole list that the best sentence announces, or, asked for a list, is an item of: 应当具备下列条件: says
    nothing without (一), (二), (三), nor one of them all. Alone it stays where there is no list."""
    text = hit.passage.text
    spans = [trim(text, span) for span in hit.text.spans]
    at = next((number for number, span in enumerate(spans) if span.start >= best.span.start), len(spans))
    lead = at
    if matcher.question.answer_type.kind == "list":
        while 0 < lead < len(spans) and numbered_item(spans[lead].of(text)):
            lead -= 1
    if lead >= len(spans) or not spans[lead].of(text).rstrip().endswith((":", "：")):
        return [best]
    items: list[Sentence] = []
    for span in spans[lead + 1 :]:
        if numbered_item(span.of(text)):
            items.append(replace(best, span=span))
        elif len(span) and (not items or "\n" in text[items[-1].span.end : span.start]):
            break  # another paragraph; a further sentence of an item goes with it
    return [replace(best, span=spans[lead]), *items[: parameters.MOST_ITEMS]] if items else [best]


def _second(matcher: Matcher, best: Sentence, fitting: Sequence[Sentence]) -> list[Sentence]:
    """The best of some sentences, best first, that says the other half of a comparison, if there is one."""
    # What is compared is mostly places or years; the title counts, for each is named over its own article.
    for sentence in fitting:
        if (sentence.covered & ~best.covered & matcher.compared).any():
            return [sentence]
    # A report names last year and this in its headings: then what says the same of the other year holds the same words.
    same = parameters.SAME_WORDS * matcher.share(best.matched)
    for sentence in fitting:
        if matcher.share(sentence.matched & best.matched) >= same:
            return [sentence]
    for sentence in fitting:
        if matcher.share(sentence.covered & ~best.covered) >= parameters.SECOND_SHARE:
            return [sentence]
    return []


def weigh(matcher: Matcher, hits: Sequence[Hit]) -> list[Sentence]:
    """Every sentence of the hits with its features and score, hits in order."""
    rows = [row for number, hit in enumerate(hits) for row in _rows_of(matcher, number, hit)]
    if not rows:
        return []
    values = np.stack([row.features for row in rows])
    log_odds_of = scores("sentence", SENTENCE, values).tolist()
    return [
        Sentence(row.hit, row.span, row.features, score, row.matched, row.covered)
        for row, score in zip(rows, log_odds_of, strict=True)
    ]


def _rows_of(matcher: Matcher, number: int, hit: Hit) -> Iterator[Sentence]:
    """The sentences of one hit, not yet scored."""
    text, rows, around = hit.text, hit.found.rows, hit.around.held
    before = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])  # what the sentence before each holds
    own = (rows @ matcher.weights).tolist()
    in_sentence_before = ((before & ~rows) @ matcher.weights).tolist()
    in_context = ((around & ~before & ~rows) @ matcher.weights).tolist()
    rare = ((rows | around) @ matcher.rare).tolist()
    wanted = matcher.question.answer_type
    title = squeeze(fold(hit.passage.title))
    body, byline = CANDIDATE.value(hit.features, "body"), CANDIDATE.value(hit.features, "byline")
    for at, (match, figures) in enumerate(zip(hit.sentences, wanted.figures_of(text), strict=True)):
        span = match.span
        near = [matcher.nearness(hit.found, figure) for figure in wanted.wanted_of(text, figures)]
        values = {
            "passage": log_odds(hit.score),
            "rank": 1 / (1 + number),
            "own": own[at],
            "soft": match.similarity,
            "rare": rare[at],
            "before": in_sentence_before[at],
            "context": in_context[at],
            "kind": float(wanted.is_met(text, span, figures)),
            "near": max(near, default=0.0),
            "length": min(len(span), parameters.LENGTH_LIMIT) / parameters.LENGTH_LIMIT,
            "body": body,
            # The headline stands beside the date and source line but is not what is asked for.
            "byline": byline * (squeeze(span.of(text.folded)) not in title),
        }
        trimmed = trim(hit.passage.text, span)
        yield Sentence(number, trimmed, SENTENCE.row(values), 0.0, rows[at], rows[at] | around)


def shorten(matcher: Matcher, text: str, limit: int, read: Span | None = None) -> Span:
    """The stretch of whole clauses of `text`, at most `limit` characters, that matches the question best; `read` is
    where the reader found the answer in it."""
    if len(text) <= limit:
        return Span(0, len(text))
    analyzed = analyze(text)
    ends = [match.end() for match in _CLAUSE_END.finditer(analyzed.folded)]
    clauses = [Span(start, end) for start, end in pairwise([0, *ends, len(text)]) if end > start]
    figures = [figure for of_sentence in analyzed.figures for figure in of_sentence]
    found = matcher.find(analyzed)
    matches = [matcher.within(found, clause) for clause in clauses]
    wanted = matcher.question.answer_type
    best, best_value = Span(0, min(len(text), limit)), -1.0
    for first in range(len(clauses)):
        matched = np.zeros(len(matcher.weights), dtype=bool)
        for last in range(first, len(clauses)):
            stretch = Span(clauses[first].start, clauses[last].end)
            if len(stretch) > limit:
                break
            matched = matched | matches[last]
            inside = [f for f in figures if stretch.start <= f.start and f.end <= stretch.end]
            value = matcher.share(matched)
            value += parameters.SHORTEN_FITTING * wanted.is_met(analyzed, stretch, inside)
            value += parameters.SHORTEN_READ * (read is not None and stretch.covers(read))
            value += parameters.SHORTEN_LONGER * len(stretch)
            if value > best_value:
                best, best_value = stretch, value
    return best
