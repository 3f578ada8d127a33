"""Ranked passages → the sentence that answers, cut down where it is long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tjqa.answers import parameters
from tjqa.answers.bare_lines import is_bare, picked, ticked
from tjqa.answers.fitting import fitting, says_opposite
from tjqa.answers.listing import listed
from tjqa.answers.run_in_headings import end_of_section, is_heading, is_heading_line, of_another_section
from tjqa.documents import Span
from tjqa.retrieval.feature_set import CANDIDATE, SENTENCE
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import log_odds, scores
from tjqa.retrieval.matching import Matcher
from tjqa.text.analyzed import analyze
from tjqa.text.headings import article_number, names_article, numbered_item
from tjqa.text.normalize import fold, squeeze
from tjqa.text.sentences import trim
from tjqa.text.whole_numbers import before_cut, is_within_run

_FULL_STOP = re.compile(r"[。！？!?]+[”’」』)）】》\"']*|\n+")
_NUMBERING = re.compile(r"^\s*[(（]?[\d一二三四五六七八九十]{1,3}[.、)）．](?!\d)", re.MULTILINE)
_DAY = re.compile(r"[\d〇一二三四五六七八九十]\s*[年月日号]")  # 次月 10 日 is a day of no calendar
_CLAUSE_END = re.compile(r"[,，、:：;；]")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a hit as a possible answer.

    `hit` is the number of its hit, `span` points into the passage's text. `features` are in the columns of
    `feature_set.SENTENCE`, shape (features,), `score` is their weighted sum. `matched` are the question's terms in it,
    `covered` those in it or in the passage's title, section and date, both of shape (terms,). `inside` is the share of
    the reader's span that it holds. `within` is what is quoted in its place, where it is not to stand alone. `aside`
    are the numbers of the hits that were passed over for it as speaking of another year or thing.
    """

    hit: int
    span: Span
    features: NDArray[np.float64]
    score: float
    matched: NDArray[np.bool_]
    covered: NDArray[np.bool_]
    inside: float = 0.0
    within: Span | None = None
    aside: frozenset[int] = frozenset()

    @property
    def meets(self) -> float:
        """1 when it holds the kind of thing asked for, else 0."""
        return SENTENCE.value(self.features, "kind")

    @property
    def quoted(self) -> Span:
        """What of the passage is quoted."""
        return self.within or self.span


Weigh = Callable[[Sequence[Sentence]], Sequence[Sentence]]
"""Gives sentences other scores."""


def answer_sentences(matcher: Matcher, hits: Sequence[Hit], again: Weigh = lambda given: given) -> list[Sentence]:
    """The answering sentences: the best one, and for a comparison a second that covers what the first leaves open.
    `again` weighs them once more."""
    weighed = again(weigh(matcher, hits[: parameters.SENTENCE_DEPTH]))
    ranked = sorted(weighed, key=lambda sentence: -sentence.score)
    fit = fitting(matcher, hits, ranked) if ranked else []
    aside = frozenset(one.hit for one in ranked) - frozenset(one.hit for one in fit)
    ranked = [replace(one, aside=aside) for one in fit] if aside else fit
    asked = matcher.question.folded
    # What only echoes the question is kept where nothing else was found: the passages are shown below it all the same.
    ranked = [one for one in ranked if not _says_nothing(hits[one.hit], one, asked)] or ranked
    if not ranked:
        return []
    ranked = [one for one in ranked if not of_another_section(asked, hits[one.hit], one.span)] or ranked
    best = _with_what_is_asked(matcher, hits, ranked, _below_heading(matcher, hits, ranked))
    if not matcher.question.compares:
        hit = hits[best.hit]
        spans = listed(matcher.question.answer_type, hit.passage.text, hit.text.spans, best.span)
        if spans:
            return [replace(best, span=span) for span in spans]
        best = _with_names(matcher, hit, ranked, best)
        return [_of_provision(hit, best) or _ticked(hit, best) or _whole(matcher, hit, best)]
    return [best, *_second(matcher, best, [s for s in ranked[1:] if s.meets >= best.meets])]


def _says_nothing(hit: Hit, sentence: Sentence, asked: str) -> bool:
    return is_bare(sentence.span.of(hit.passage.text), asked) and _ticked(hit, sentence) is None


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


def _of_provision(hit: Hit, best: Sentence) -> Sentence | None:
    """The sentence as a part of the article of a law or contract that it stands in, or of its paragraph; None where
    there is none, or it is too long to be quoted."""
    passage = hit.passage
    if not names_article(passage.section or passage.title):
        return None
    text = passage.text
    end = text.find("\n", max(best.span.end - 1, best.span.start))
    paragraph = Span(text.rfind("\n", 0, best.span.start) + 1, len(text) if end < 0 else end)
    opens = [span.start for span in hit.text.spans if article_number(span.of(text)) and span.start <= best.span.start]
    for span in (Span(opens[-1] if opens else 0, len(text)), paragraph):  # no heading above it
        whole = trim(text, span)
        if len(whole) <= parameters.MAX_PROVISION and whole.covers(best.span):
            return replace(best, within=whole)
    return None


def _ticked(hit: Hit, best: Sentence) -> Sentence | None:
    """The box that is ticked below a line that asks, quoted with that line."""
    text = hit.passage.text
    answered = ticked(text, best.span)
    if answered is None:
        return None
    return replace(best, span=picked(text, answered), within=trim(text, answered))


def _below_heading(matcher: Matcher, hits: Sequence[Hit], ranked: Sequence[Sentence]) -> Sentence:
    """The best sentence. A heading names what is asked about and does not say it: then the best one of those below it
    in its passage, else the best that is no heading."""
    best = ranked[0]
    # On a cover stands the day or the number that is asked for, and the reader sees it there.
    on_cover = matcher.question.answer_type.is_figure and best.meets and best.inside
    if on_cover or not is_heading(hits[best.hit], best.span):
        return best
    if best.inside >= parameters.MARKED_SPAN and not is_heading_line(hits[best.hit], best.span):
        return best  # (一)免征增值税。 tells what the text below it tells
    said = [other for other in ranked if not is_heading(hits[other.hit], other.span)]
    end = end_of_section(hits[best.hit], best.span)
    below = [other for other in said if other.hit == best.hit and best.span.start < other.span.start < end]
    if below:
        return replace(best, span=below[0].span)  # the heading's words speak for what stands below it
    return said[0] if said else best


def _with_what_is_asked(matcher: Matcher, hits: Sequence[Hit], ranked: Sequence[Sentence], best: Sentence) -> Sentence:
    """The best sentence, or another one of its passage that tells what it lacks: the best one that holds a figure of
    the question; asked for a day or what a term means, the best one that says so; asked for a figure, the best one that
    holds one, of the kind asked for before others."""
    text = hits[best.hit].passage.text
    own = matcher.figure_terms & ~matcher.years & np.array([len(term) > 2 for term in matcher.question.terms], bool)
    if (own & ~best.matched).any():  # 谁被罚了7万: who asks so knows of that figure
        holding = (one for one in ranked if one.hit == best.hit and (own & ~best.matched & one.matched).any())
        best = next(holding, best)
    wanted = matcher.question.answer_type
    dayless = wanted.kind == "when" and not best.meets and not _DAY.search(best.span.of(text))
    if wanted.term and not best.meets:  # what a term means is said once, in whichever passage
        return next((one for one in ranked if one.meets), best)
    if dayless and (wanted.asks_day or not best.inside):
        return next((one for one in ranked if one.hit == best.hit and one.meets), best)
    if wanted.asks_person and not best.meets and not best.inside:
        return next((one for one in ranked if one.hit == best.hit and one.meets), best)
    if not lacks_figure(matcher, best.span.of(text)):
        return best
    told = [one for one in ranked if one.hit == best.hit and not lacks_figure(matcher, one.span.of(text))]
    return max(told, key=lambda one: one.meets, default=best)


def _with_names(matcher: Matcher, hit: Hit, ranked: Sequence[Sentence], best: Sentence) -> Sentence:
    """The best sentence, or, asked for a list, another one of its passage where it names nothing side by side: the best
    one that names three things or more and holds of the question what it holds."""
    if matcher.question.answer_type.kind != "list" or _names_side_by_side(hit, best):
        return best
    others = (
        one for one in ranked if one.hit == best.hit and _names_side_by_side(hit, one) and not is_heading(hit, one.span)
    )
    return next((one for one in others if matcher.share(one.matched) >= matcher.share(best.matched)), best)


def _names_side_by_side(hit: Hit, sentence: Sentence) -> bool:
    return sentence.span.of(hit.passage.text).count("、") > 1


def lacks_figure(matcher: Matcher, told: str) -> bool:
    """Whether a figure or a day is asked for and a text holds no numeral (七, 两百) at all but that of an item."""
    said = _NUMBERING.sub("", told)
    return matcher.question.answer_type.is_figure and not any(char.isnumeric() or char in "两半几" for char in said)


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
    ends = [end for match in _CLAUSE_END.finditer(analyzed.folded) if not is_within_run(text, end := match.end())]
    clauses = [Span(start, end) for start, end in pairwise([0, *ends, len(text)]) if end > start]
    figures = [figure for of_sentence in analyzed.figures for figure in of_sentence]
    found = matcher.find(analyzed)
    matches = [matcher.within(found, clause) for clause in clauses]
    wanted = matcher.question.answer_type
    best, best_value = Span(0, before_cut(text, limit)), -1.0
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
