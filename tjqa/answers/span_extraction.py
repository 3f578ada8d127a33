"""Where in an answering sentence the answer itself stands: the figure, date, name or list asked for.

By the form of the words alone: no dictionary of names knows the reader's documents. Of several candidates the one
nearest to the question's words is marked; where none fits the question, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tjqa.answers.rows import asked_of_row
from tjqa.documents import Span
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.term_positions import TermPositions
from tjqa.text.analyzed import analyze
from tjqa.text.entities import ORGANISATION, PERSON
from tjqa.text.numbers import Figure
from tjqa.text.segmenter import Segmenter, is_verb
from tjqa.text.units import unit_length

# A list: at least two items parted by 、, up to the 等 that sums it up.
_ITEM = r"(?:“[^”]{1,30}”|《[^》]{1,40}》|等级|[^,，。;；::、!?！？“”《》等\n]){1,24}"
_LIST = re.compile(rf"{_ITEM}(?:、{_ITEM})+")


def mark(matcher: Matcher, text: str) -> list[Span]:
    """Where in `text` the answer stands; empty when nothing of the kind asked for is there."""
    found = matcher.find(analyze(text))
    kind = matcher.question.answer_type.kind
    if kind in ("number", "when"):
        return _figure(matcher, found)
    if kind == "who":
        return _nearest(matcher, found, _names(matcher, found.text.folded))
    if kind == "list":
        lists = (Span(*m.span()) for m in _LIST.finditer(found.text.folded))
        return _nearest(matcher, found, lists)
    return []


_TO = re.compile(r"\s*(?:至|到|~|-|—|–|——)\s*")


def _figure(matcher: Matcher, found: TermPositions) -> list[Span]:
    """The figure or date asked for that lies nearest to the matched words, with its unit."""
    asked, folded = matcher.question.answer_type, found.text.folded
    wanted = asked.wanted_of(found.text, [figure for of_sentence in found.text.figures for figure in of_sentence])
    if not wanted:
        return []

    def fits(figure: Figure) -> tuple[bool, float]:
        """A figure in the unit asked for comes before any other, then the nearer one."""
        written = folded[figure.start : figure.end + unit_length(folded, figure.end)]
        has_unit = bool(asked.unit_character) and asked.unit_character in written
        return has_unit, matcher.nearness(found, Span(figure.start, figure.end))

    best = max(wanted, key=fits)
    figures = [figure for of_sentence in found.text.figures for figure in of_sentence]
    chosen = _range(folded, best, figures)
    return [asked_of_row(folded, [_range(folded, one, figures) for one in figures], chosen, matcher.question.folded)]


def _range(folded: str, figure: Figure, figures: Sequence[Figure]) -> Span:
    """A figure with its unit, and with the other end of the range that it is one of: 三十年至七十年 is no 三十年."""

    def end(one: Figure) -> int:
        return one.end + (unit_length(folded, one.end) if one.kind in ("number", "percent") else 0)

    last = next((other for other in figures if _TO.fullmatch(folded[end(figure) : other.start])), figure)
    first = next((other for other in figures if _TO.fullmatch(folded[end(other) : figure.start])), figure)
    return Span(first.start, end(last))


def _names(matcher: Matcher, folded: str) -> Iterable[Span]:
    """Persons, or bodies and places, that the question does not name itself."""
    question = matcher.question
    if question.answer_type.asks_person:
        people = [Span(*match.span(match.lastgroup or 0)) for match in PERSON.finditer(folded)]
        if people:
            return [person for person in people if person.of(folded) not in question.folded]
    asked = _bare(question.folded)
    bodies = [_without_verbs(folded, match, matcher.segmenter) for match in ORGANISATION.finditer(folded)]
    # 海淀 in the question is 海淀区 in the text: the last character says only what it is.
    return [body for body in bodies if body and _bare(body.of(folded))[:-1] not in asked]


def _without_verbs(folded: str, match: re.Match[str], segmenter: Segmenter) -> Span:
    """The name in a match: what runs on from a verb before it (介绍, 合作共建) is no part of it."""
    start = match.start()
    for word in segmenter.cut(match[0]):
        if not is_verb(word):
            break
        start += len(word)
    return Span(start, match.end())


def _bare(text: str) -> str:
    return re.sub(r"[“”\"《》\s]", "", text)


def _nearest(matcher: Matcher, found: TermPositions, spans: Iterable[Span]) -> list[Span]:
    """The one of `spans` with most of the question round it."""
    best = max(spans, key=lambda span: matcher.nearness(found, span, after=1), default=None)
    return [] if best is None else [best]
