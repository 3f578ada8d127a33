"""Times that come again: days of the week, parts of the day, numbered weeks, terms and lessons. 周二, 星期二 and 礼拜二
are one; 周一至周五 holds 周三. Works on folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.documents import Span
from tjqa.text.numbers import value_of

_LONGEST = 60  # of a run of numbers; a longer one is none
_DAYS = {**{char: at for at, char in enumerate("一二三四五六日", 1)}, "天": 7, **{str(at): at for at in range(1, 8)}}
_DAY = "[一二三四五六日天1-7]"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_RANGE = "[-—–~至到]"
_WEEKDAYS = re.compile(
    rf"(?:星期|礼拜|周)(?P<days>{_DAY}(?:(?:{_RANGE}|[、,和及])(?:星期|礼拜|周)?{_DAY})*)"
    r"(?![年期个天次小边围岁\d月])|(?P<ends>周末|双休日)|(?P<work>工作日)"
)
_PARTS = {
    "凌晨": {0},
    "早上": {1, 2},
    "早晨": {1, 2},
    "清晨": {1, 2},
    "上午": {2},
    "中午": {3},
    "下午": {4},
    "傍晚": {5},
    "晚上": {6},
    "晚间": {6},
    "夜晚": {6},
    "夜间": {0, 6},
}
_PART = re.compile("|".join(_PARTS))
_NUMBERED = re.compile(
    rf"(?:第(?P<first>{_NUMBER})(?:(?:{_RANGE}|、)第?(?P<last>{_NUMBER}))?|(?<!\d)(?P<from>\d{{1,2}}){_RANGE}(?P<to>\d{{1,2}}))"
    r"(?P<kind>学期|周|节)(?![年岁目日])|(?P<half>[上下])学期"
)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A time that comes again: its kind, which of them it is or holds, and where it is told."""

    kind: str
    held: frozenset[int]
    span: Span


def recurring_times(folded: str) -> Iterator[Recurring]:
    """Those that a text tells, each kind in the order of the text."""
    for found in _WEEKDAYS.finditer(folded):
        days = set(range(6, 8)) if found["ends"] else set(range(1, 6)) if found["work"] else _days(found["days"])
        yield Recurring("weekday", frozenset(days), Span(*found.span()))
    for found in _PART.finditer(folded):
        yield Recurring("part of the day", frozenset(_PARTS[found[0]]), Span(*found.span()))
    for found in _NUMBERED.finditer(folded):
        if found["half"]:
            yield Recurring("学期", frozenset({"上下".index(found["half"]) + 1}), Span(*found.span()))
            continue
        first = _value(found["first"] or found["from"])
        last = _value(found["last"] or found["to"] or found["first"])
        if 0 <= last - first <= _LONGEST:
            yield Recurring(found["kind"], frozenset(range(first, last + 1)), Span(*found.span()))


def _days(told: str) -> set[int]:
    """The days of 一至五, 一、三、五."""
    found: set[int] = set()
    before, ranged = 0, False
    for char in told:
        day = _DAYS.get(char)
        if day is None:
            ranged = ranged or re.match(_RANGE, char) is not None
            continue
        found |= set(range(before, day + 1)) if ranged and before <= day else {day}
        before, ranged = day, False
    return found


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else int(value_of(text) or 0)


def are_other_times(asked: str, told: str) -> bool:
    """Whether a text tells times of a kind that a question names one of, and none that it has in common with it."""
    held = list(recurring_times(told))
    for kind in {one.kind for one in held}:
        wanted = [one.held for one in recurring_times(asked) if one.kind == kind]
        own = [one.held for one in held if one.kind == kind]
        if wanted and not any(one & other for one in wanted for other in own):
            return True
    return False


def told_as(folded: str, asked: str) -> str:
    """A text in which times that hold one of a question's are told as the question does: 周一至周五 as 星期三."""
    wanted = list(recurring_times(asked))
    for one in sorted(recurring_times(folded), key=lambda one: -one.span.start) if wanted else ():
        other = next((each for each in wanted if each.kind == one.kind and each.held <= one.held), None)
        if other is not None:
            folded = folded[: one.span.start] + other.span.of(asked) + folded[one.span.end :]
    return folded
