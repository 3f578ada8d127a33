"""Figures told in a row for things named in a row: 石桥镇和白水镇粮食产量分别为1.5万吨和2.5万吨.

The n-th figure is of the n-th thing: a place, a time or a measure. Where it is not clear what is in the row, or there
are more of the ones than of the others, no figure of it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tjqa.answers.figures.behind import Read, number_at, read_behind
from tjqa.answers.figures.quantities import unit_of
from tjqa.documents import Span
from tjqa.text.periods import Period, periods, whole_period
from tjqa.text.places import without_lead
from tjqa.text.segmenter import is_common_word

_IN_TURN = re.compile(r"分别|依次")
_AND = re.compile(r"以及|[、和与及]")
_NEXT_VALUE = re.compile(r"\s*(?:[、,]\s*(?:和|与|以?及)?|和|与|以?及)\s*")
_UP_TO_IN_TURN = re.compile(r"[^,;:。\d]{0,40}?(?=分别|依次)")
_ONE_PLACE = r"[\u4e00-\u9fff]{1,6}?(?:自治[州县区旗]|街道|[省市区县州旗盟镇乡村])"
_PLACES = re.compile(rf"(?![全各本该我两此每某])(?:{_ONE_PLACE}){{1,2}}")
_DATED = re.compile(r"[\d年月日度份,\s]")
_A_NUMBER = re.compile(r"[一二三四五六七八九十]+|\(?\d+\)?")


@dataclass(frozen=True, slots=True)
class Paired:
    """A figure with the place or the time of the row that it is of; "" and None where the row is of measures."""

    read: Read
    place: str = ""
    period: Period | None = None


def in_turn(folded: str, clause: int, named: Span) -> Span | None:
    """Where 分别 stands that the figures behind a measure's name are shared out by; None where none does."""
    behind = _UP_TO_IN_TURN.match(folded, named.end)
    if behind is not None:
        return Span(behind.end(), behind.end() + 2)
    before = list(_IN_TURN.finditer(folded, clause, named.start))
    if before and not any(char.isdigit() for char in folded[before[-1].end() : named.start]):
        return Span(*before[-1].span())
    return None


def paired(folded: str, clause: int, named: Span, end: int, word: Span, *, is_rate: bool) -> Iterator[Paired]:
    """The figures of a measure that stand in a row, each with what it is of.

    Args:
        folded: the text.
        clause: where the clause of the measure's name begins.
        named: the name.
        end: of the sentence.
        word: 分别.
        is_rate: whether the measure is told in per cent.
    """
    items = _items(folded, Span(clause, word.start))
    of_name = next((at for at, item in enumerate(items) if item.start <= named.start < item.end), None)
    is_last = of_name is None or of_name == len(items) - 1
    first = next(read_behind(folded, named.end if is_last else word.start, end, is_rate=is_rate), None)
    reads = _row(folded, first, end) if first is not None else []
    if len(reads) < 2 or len(reads) != len(items):
        return
    texts = [item.of(folded).strip() for item in items]
    places, times = (_places(texts), _times(texts)) if is_last else ([], [])
    if places:
        yield from (Paired(read, place=place) for read, place in zip(reads, places, strict=True))
    elif times:
        yield from (Paired(read, period=period) for read, period in zip(reads, times, strict=True))
    elif of_name is not None and folded[named.end : items[of_name].end].strip() == "" and _is_bare(texts):
        yield Paired(reads[of_name])


def is_shared(before: str) -> bool:
    """Whether what stands before a measure's name is a row that the figure behind it is told for as a whole, or nobody
    knows for which of: 石桥镇和白水镇, 财政收入和."""
    texts = [item.of(before).strip() for item in _items(before, Span(0, len(before)))]
    if len(texts) < 2 or not texts[-2] or _A_NUMBER.fullmatch(texts[-2]):
        return False
    if _places(texts[-2:]) or _times(texts[-2:]):
        return True
    return not texts[-1] and not any(char.isdigit() for char in _without_periods(texts[-2]))


def item_before(before: str) -> str:
    """What stands before a measure's name in its own place of a row."""
    return _AND.split(before)[-1]


def _items(folded: str, span: Span) -> list[Span]:
    cuts = [(found.start(), found.end()) for found in _AND.finditer(folded, span.start, span.end)]
    bounds = [span.start, *(at for cut in cuts for at in cut), span.end]
    return [Span(bounds[at], bounds[at + 1]) for at in range(0, len(bounds), 2)]


def _row(folded: str, first: Read, end: int) -> list[Read]:
    """A figure and those that stand in a row with it; none where they are not all in one unit."""
    reads = [first]
    while (mark := _NEXT_VALUE.match(folded, reads[-1].end, end)) is not None:
        read = number_at(folded, mark.end(), end)
        if read is None:
            if folded[mark.end() : mark.end() + 1].isdigit():
                return []  # a range, or a number of something else
            break
        number, behind, unit, rough = read
        reads.append(replace(first, number=number, end=behind, unit=unit, rough=rough))
    return reads if len({unit_of(read.unit).base for read in reads}) == 1 else []


def _places(texts: list[str]) -> list[str]:
    """The places of a row: the first stands at the end of its item, the last one at the beginning."""
    first = _DATED.split(texts[0])[-1]
    names = [first if _PLACES.fullmatch(first) else "", *map(_place_at_start, texts[1:])]
    if not all(names) or any(name != text for name, text in zip(names[1:-1], texts[1:-1], strict=True)):
        return []
    innermost = [re.findall(_ONE_PLACE, name)[-1] for name in [without_lead(names[0]), *names[1:]]]
    return [] if any(map(is_common_word, innermost)) else innermost


def _place_at_start(text: str) -> str:
    """A place that a text begins with; "" of 农村 and other common words."""
    found = _PLACES.match(text)
    return found[0] if found is not None and not is_common_word(found[0]) else ""


def _times(texts: list[str]) -> list[Period]:
    """The times of a row; none where one of them tells no year and does not go on in that before it."""
    first, last = list(periods(texts[0])), list(periods(texts[-1]))
    if not first or first[-1].span.end != len(texts[0]) or not last or last[0].span.start:
        return []
    between = [whole_period(text) for text in texts[1:-1]]
    told = [first[-1].period, *(period for period in between if period is not None), last[0].period]
    if len(told) != len(texts) or not told[0].year:
        return []
    for at, (one, other) in enumerate(pairwise(told)):
        if not other.year:
            if other.first <= one.first:
                return []
            told[at + 1] = other.within(told[at].year)
    return told


def _is_bare(texts: list[str]) -> bool:
    """Whether the items of a row of measures tell no place and time but the first one, which tells it for all."""
    return all(not _place_at_start(text) and next(periods(text), None) is None for text in texts[1:])


def _without_periods(text: str) -> str:
    for dated in reversed(list(periods(text))):
        text = text[: dated.span.start] + text[dated.span.end :]
    return text
