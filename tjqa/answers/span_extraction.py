"""Where in an answering sentence the answer itself stands: the figure, date, name or list asked for.

By the form of the words alone: no dictionary of names knows the reader's documents. Of several candidates the one
nearest to the question's words is marked; where none fits the question, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tjqa.documents import Span
from tjqa.retrieval.answer_type import ASKED_PERSON
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.term_positions import TermPositions
from tjqa.text.analyzed import analyze
from tjqa.text.entities import ORGANISATION, PERSON
from tjqa.text.numbers import Figure
from tjqa.text.segmenter import Segmenter, is_verb
from tjqa.text.units import unit_length

# 多少亿, 几公里: a figure in the unit asked for comes before any other.
_ASKED_UNIT = re.compile(r"(?:多少|几)[十百千]?([\u4e00-\u9fff])")
# A list: at least two items parted by 、, up to the 等 that sums it up.
_ITEM = r"(?:“[^”]{1,30}”|《[^》]{1,40}》|等级|[^,，。;；::、!?！？“”《》等\n]){1,24}"
_LIST = re.compile(rf"{_ITEM}(?:、{_ITEM})+")


def mark(matcher: Matcher, text: str) -> list[Span]:
    """Where in `text` the answer stands; empty when nothing of the kind asked for is there."""
    found = matcher.find(analyze(text))
    kind = matcher.question.kind
    if kind in ("number", "when"):
        return _figure(matcher, found)
    if kind == "who":
        return _nearest(matcher, found, _names(matcher, found.prepared.folded))
    if kind == "list":
        lists = (Span(*m.span()) for m in _LIST.finditer(found.prepared.folded))
        return _nearest(matcher, found, lists)
    return []


def _figure(matcher: Matcher, found: TermPositions) -> list[Span]:
    """The figure or date asked for that lies nearest to the matched words, with its unit."""
    folded = found.prepared.folded
    wanted = matcher.wanted(folded, tuple(f for figures in found.prepared.figures for f in figures))
    if not wanted:
        return []
    asked = _ASKED_UNIT.search(matcher.question.folded)

    def fits(figure: Figure) -> tuple[bool, float]:
        written = folded[figure.start : figure.end + unit_length(folded, figure.end)]
        return bool(asked and asked[1] in written), matcher.nearness(found, Span(figure.start, figure.end))

    best = max(wanted, key=fits)
    length = unit_length(folded, best.end) if best.kind in ("number", "percent") else 0
    return [Span(best.start, best.end + length)]


def _names(matcher: Matcher, folded: str) -> Iterable[Span]:
    """Persons, or bodies and places, that the question does not name itself."""
    if ASKED_PERSON.search(matcher.question.folded):
        people = [Span(*m.span(m.lastgroup or 0)) for m in PERSON.finditer(folded)]
        if people:
            return [p for p in people if p.of(folded) not in matcher.question.folded]
    asked = _bare(matcher.question.folded)
    bodies = [_without_verbs(folded, m, matcher.segmenter) for m in ORGANISATION.finditer(folded)]
    # 海淀 in the question is 海淀区 in the text: the last character says only what it is.
    return [b for b in bodies if b and _bare(b.of(folded))[:-1] not in asked]


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
