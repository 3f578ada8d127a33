"""The facts of a sentence that can be looked up, each with the words around it that tell what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tjqa.answers.proof import parameters
from tjqa.answers.proof.report import FactKind
from tjqa.answers.proof.values import Quantity, quantities
from tjqa.documents import Span
from tjqa.text.entities import PERSON, is_family_name
from tjqa.text.numbers import figures, value_of
from tjqa.text.periods import Dated, Period, periods
from tjqa.text.places import is_place, place_names, short_name
from tjqa.text.segmenter import AREAS, HAN, Segmenter, is_verb

_CLAUSE_END = re.compile(r"[,:;。!?\n](?!\d)|(?<!\d)[,:](?=\d)|[。;!?\n]")
DOCUMENT_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12})?[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\s*\d{1,5}\s*号"
    r"|(?:19|20)\d\d\s*年\s*第\s*\d{1,5}\s*号"
)
_LONGEST_AREA = 3
"""Characters of a country or province that is named without the word for its kind (内蒙古)."""
_DAY_FORM = re.compile(r"@(?:(?P<year>\d{4})-)?(?P<month>\d\d)-(?P<day>\d\d)")
_FIRST_MONTHS = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?前(?P<count>\d{1,2}|十[一二]?|[二三四五六七八九两])个?月(?![前后])"
)
_AREA = re.compile(rf"(?=(?P<name>(?P<stem>[{HAN}]{{2}})[省市区县]))")
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
    is_ordinal: bool = False
    is_person: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without a unit: of a list, of a model, of whatever stands before it."""
        own = self.quantity
        return self.is_weak and own is not None and not own.base and not own.is_small


def facts_of(folded: str, segmenter: Segmenter, without: Sequence[Span] = (), written: str = "") -> list[Fact]:
    """The facts of a folded sentence, in order; none in the stretches `without`, which are looked up otherwise.
    `written` is the sentence as it is."""
    found: list[Fact] = []

    def take(fact: Fact) -> None:
        if not any(_meet(fact.span, other) for other in (*without, *(one.span for one in found))):
            found.append(fact)

    for match in DOCUMENT_NUMBER.finditer(folded):
        take(Fact(FactKind.DOCUMENT, Span(*match.span())))
    for dated in times(folded):
        if dated.spelled or len(dated.span.of(folded)) > 4:
            take(Fact(FactKind.DATE, dated.span, period=dated.period))
    for quantity in quantities(folded, True, written):
        weak = _is_weak(folded, quantity)
        ordinal = folded[quantity.span.start - 1 : quantity.span.start] == "第"
        take(Fact(FactKind.FIGURE, quantity.span, quantity, is_weak=weak, is_ordinal=ordinal))
    for span in (*persons(folded, segmenter), *persons_called_like_places(folded, segmenter)):
        take(Fact(FactKind.NAME, span, is_person=True))
    for span in places(folded, segmenter):
        take(Fact(FactKind.PLACE if is_area(span.of(folded)) else FactKind.NAME, span))
    return sorted(found, key=lambda fact: fact.span.start)


def _is_weak(folded: str, quantity: Quantity) -> bool:
    """Whether a figure may as well be part of a word or of a list's numbering: one in a character, one without unit."""
    digits = quantity.number.of(folded)
    has_scale = any(char in "万亿" for char in digits)
    return quantity.is_small or (not quantity.base and not has_scale)


def times(folded: str) -> list[Dated]:
    """The stretches of time of a text, and the days that stand in what is no stretch of one year (9月1日至5月31日)."""
    found = list(periods(folded))
    for figure in figures(folded):
        span = Span(figure.start, figure.end)
        told = _DAY_FORM.fullmatch(figure.forms[-2] if len(figure.forms) > 3 else figure.forms[-1])
        if figure.kind == "date" and told is not None and not any(_meet(span, other.span) for other in found):
            on = (int(told["month"]), int(told["day"]))
            found.append(Dated(Period(int(told["year"] or 0), on, on), span, spelled=True))
    for match in _FIRST_MONTHS.finditer(folded):
        span, count = Span(*match.span()), match["count"]
        number = int(count) if count.isdecimal() else int(value_of(count) or 0)
        if 0 < number <= 12:
            found = [dated for dated in found if not _meet(dated.span, span)]
            found.append(Dated(Period(int(match["year"] or 0), (1, 1), (number, 31)), span, spelled=True))
    return sorted(found, key=lambda dated: dated.span.start)


def persons(folded: str, segmenter: Segmenter) -> Iterator[Span]:
    """The persons that a text names after an office, or before a verb of speaking."""
    words = _words(folded, segmenter)
    for match in PERSON.finditer(folded):
        for group in ("a", "b", "c"):
            if match[group]:
                start = match.start(group)
                for name in re.finditer(r"[^、\s]+", match[group]):
                    span = Span(start + name.start(), start + name.end())
                    if not is_verb(name[0]) and not _is_area_in_list(span, folded, words):
                        yield _without_verb(span, words)


def _words(folded: str, segmenter: Segmenter) -> list[Span]:
    """Where the words of a text stand."""
    found, at = [], 0
    for word in segmenter.cut(folded):
        found.append(Span(at, at + len(word)))
        at += len(word)
    return found


def _is_area_in_list(span: Span, folded: str, words: Sequence[Span]) -> bool:
    """Whether what follows a person in a list begins with an area, and is the office of the next: 、白鹭|县|水利局."""
    return folded[span.end - 1] in AREAS and any(word.start == span.end - 1 or word == span for word in words)


def _without_verb(span: Span, words: Sequence[Span]) -> Span:
    """A name of a form that takes three characters, without the first one of the word behind it: 张磊|出席."""
    for name, behind in pairwise(words):
        if name.start == span.start and name.end == span.end - 1 and behind.end > span.end and len(name) > 1:
            return name
    return span


def persons_called_like_places(folded: str, segmenter: Segmenter) -> Iterator[Span]:
    """The persons whose given name is that of a place: 张|海南, where the family name is a word by itself and none of
    the words that lead to a place (于, 向), or ends one that is none (由张|海南)."""
    for before, given in pairwise(_words(folded, segmenter)):
        word, place = before.of(folded), given.of(folded)
        if len(place) != 2 or place[-1] in AREAS or not is_place(place) or not is_family_name(word[-1:]):
            continue
        if (len(word) == 1 and not is_verb(word)) or (len(word) == 2 and segmenter.is_made_up(word)):
            yield Span(before.end - 1, given.end)


def places(folded: str, segmenter: Segmenter) -> Iterator[Span]:
    """The places that a text names, wherever it does."""
    # 云海区 may be cut into 云 and 海区: the name without the word for its kind tells it.
    cut = [match["name"] for match in _AREA.finditer(folded) if is_place(match["stem"])]
    for name in dict.fromkeys([*place_names(folded, segmenter), *cut]):
        if name[-1] in AREAS or len(name) > 1:
            for match in re.finditer(re.escape(name), folded):
                yield Span(*match.span())


def is_area(name: str) -> bool:
    """Whether a place or an institution is the first by the form of its name: 于田县, 天津; not 天津市政府."""
    return name[-1] in AREAS or len(name) <= _LONGEST_AREA


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
