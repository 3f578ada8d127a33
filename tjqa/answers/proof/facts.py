"""The facts of a sentence that can be looked up, each with the words around it that tell what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tjqa.answers.proof import parameters
from tjqa.answers.proof.report import FactKind
from tjqa.answers.proof.values import Quantity, quantities
from tjqa.documents import Span
from tjqa.text.entities import PERSON
from tjqa.text.periods import Period, periods
from tjqa.text.places import place_names, short_name
from tjqa.text.segmenter import AREAS, Segmenter, is_verb

_CLAUSE_END = re.compile(r"[,:;。!?\n](?!\d)|(?<!\d)[,:](?=\d)|[。;!?\n]")
DOCUMENT_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12})?[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\s*\d{1,5}\s*号"
    r"|(?:19|20)\d\d\s*年\s*第\s*\d{1,5}\s*号"
)
_NOT_LETTER = re.compile(r"[^\u3400-\u9fffa-z]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be looked up in a folded sentence, at `span`; a figure with its quantity, a date with its
    period. `is_weak` is one that is judged only where all around it is the same in the library."""

    kind: FactKind
    span: Span
    quantity: Quantity | None = None
    period: Period | None = None
    is_weak: bool = False


def facts_of(folded: str, segmenter: Segmenter, without: Sequence[Span] = ()) -> list[Fact]:
    """The facts of a folded sentence, in order; none in the stretches `without`, which are looked up otherwise."""
    found: list[Fact] = []

    def take(fact: Fact) -> None:
        if not any(_meet(fact.span, other) for other in (*without, *(one.span for one in found))):
            found.append(fact)

    for match in DOCUMENT_NUMBER.finditer(folded):
        take(Fact(FactKind.DOCUMENT, Span(*match.span())))
    for dated in periods(folded):
        if dated.spelled or len(dated.span.of(folded)) > 4:
            take(Fact(FactKind.DATE, dated.span, period=dated.period))
    for quantity in quantities(folded, small=True):
        take(Fact(FactKind.FIGURE, quantity.span, quantity=quantity, is_weak=_is_weak(folded, quantity)))
    for span in persons(folded):
        take(Fact(FactKind.NAME, span))
    for span in places(folded, segmenter):
        take(Fact(FactKind.PLACE, span))
    return sorted(found, key=lambda fact: fact.span.start)


def _is_weak(folded: str, quantity: Quantity) -> bool:
    """Whether a figure may as well be part of a word or of a list's numbering: one in a character, one without unit."""
    digits = quantity.number.of(folded)
    return quantity.is_small or (not quantity.base and not quantity.is_scaled and len(digits) < 3)


def persons(folded: str) -> Iterator[Span]:
    """The persons that a text names after an office, or before a verb of speaking."""
    for match in PERSON.finditer(folded):
        for group in ("a", "b", "c"):
            if match[group]:
                start = match.start(group)
                for name in re.finditer(r"[^、\s]+", match[group]):
                    if not is_verb(name[0]):
                        yield Span(start + name.start(), start + name.end())


def places(folded: str, segmenter: Segmenter) -> Iterator[Span]:
    """The places that a text names, wherever it does."""
    for name in place_names(folded, segmenter):
        if name[-1] in AREAS or len(name) > 1:
            for match in re.finditer(re.escape(name), folded):
                yield Span(*match.span())


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def clause_around(folded: str, span: Span) -> Span:
    """The clause that a fact stands in; with the one before it where its own words do not say what it is of."""
    ends = [0, *(match.end() for match in _CLAUSE_END.finditer(folded) if not _in_number(folded, match.start()))]
    starts = [end for end in ends if end <= span.start]
    start = starts[-1]
    end = next((match - 1 for match in ends[1:] if match > span.end), len(folded))
    while len(letters(folded[start : span.start])) < parameters.SELF_CONTAINED and len(starts) > 1:
        starts.pop()
        start = starts[-1]
        if folded[start - 1 : start] in "。;!?\n" and start:
            break
    return Span(start, max(end, span.end))


def _in_number(folded: str, at: int) -> bool:
    return folded[at] in ",:" and folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit()


@lru_cache(maxsize=4096)
def letters(folded: str) -> str:
    """The letters of a folded text alone: no figures, no stops, no blanks."""
    return _NOT_LETTER.sub("", folded)


@lru_cache(maxsize=8192)
def pairs(folded: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a folded text, across stops and figures: what it says, whatever its figures
    are."""
    bare = letters(folded)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset(bare)


def same_place(one: str, other: str) -> bool:
    """Whether two folded names can be of the same place: 于田 and 于田县."""
    return short_name(one) == short_name(other)
