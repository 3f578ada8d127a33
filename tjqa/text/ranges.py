"""Ranges that rows are named by (满1年不满5年, 10年≤N<20年, 30分钟以内), and whether a number lies in one.

以上, 以下, 以内 and 届满 hold the number itself; 不满, 超过 and 以外 do not (Civil Code of the PRC, article 1259).
Works on folded text (`tjqa.text.fold`) without white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tjqa.documents import Span
from tjqa.text.numbers import value_of

_UNIT = (
    "个?小时|分钟|个月|个?工作日|年|周岁|周|天|日|秒|岁|元|人|户|次"
    "|公里|千米|平方米|平方公里|米|亩|公顷|吨|公斤|千克|千瓦时|千瓦|度|%"
)
_NUMBER = rf"(?P<{{0}}>(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+)[万亿]?)(?P<{{0}}u>{_UNIT})?"
_CLOSED = r"(?:\((?P<{0}in>不?含)[^()]{{0,6}}\))?"
_ALIKE = {"日": "天", "小时": "个小时", "周岁": "岁", "千克": "公斤", "千米": "公里"}

_TIMES = {"万": 10_000, "亿": 100_000_000}

_BETWEEN = re.compile(
    rf"(?:已?(?<![不未])满|达到?)?{_NUMBER.format('low')}{_CLOSED.format('low')}(?:\(?及?以上\)?)?"
    r"(?:(?:至|到|-|~|—)|[、,]?(?P<open>不满|不足|未满|不到|不超过))"
    rf"{_NUMBER.format('high')}{_CLOSED.format('high')}(?:\(?及?以[下内]\)?|之内)?{_CLOSED.format('end')}"
)
_SIGNS = re.compile(
    rf"{_NUMBER.format('low')}(?P<from>≤|<)[a-z\u4e00-\u9fff]{{1,4}}(?P<to>≤|<){_NUMBER.format('high')}"
)
_AT_LEAST = re.compile(
    rf"(?P<word>已满|(?<![不未])满|达到|超过|大于|高于|多于|[a-z]?[≥>])?{_NUMBER.format('low')}{_CLOSED.format('low')}"
    rf"(?P<above>\(?及?以上\)?|起)?{_CLOSED.format('end')}"
)
_AT_MOST = re.compile(
    rf"(?P<word>不满|不足|未满|不到|不超过|少于|小于|低于|[a-z]?[≤<])?{_NUMBER.format('high')}{_CLOSED.format('high')}"
    rf"(?P<below>\(?及?以[下内]\)?|之?内)?{_CLOSED.format('end')}"
)
_OPEN_LOW, _OPEN_HIGH = re.compile("超过|[大高多]于|>"), re.compile("不满|不足|未满|不到|[少小低]于|<")
_BARE = re.compile(_NUMBER.format("n"))


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of one unit from `low` to `high` (None: without end), each itself in it or not; `span` is its place."""

    low: Decimal | None
    high: Decimal | None
    has_low: bool
    has_high: bool
    unit: str
    span: Span

    def holds(self, number: Decimal, unit: str) -> bool:
        """Whether a number of a unit lies in it."""
        if unit != self.unit:
            return False
        above = self.low is None or number > self.low or (self.has_low and number == self.low)
        return above and (self.high is None or number < self.high or (self.has_high and number == self.high))

    def is_same(self, other: Range) -> bool:
        """Whether it has the same ends, whatever is said of the ends themselves."""
        return (self.low, self.high, self.unit) == (other.low, other.high, other.unit)


def range_of(folded: str) -> Range | None:
    """The first range of a folded text; None where it names none, or only a number."""
    for read in (_signs, _between, _at_least, _at_most):
        if (found := read(folded)) is not None:
            return found
    return None


def numbers_alone(folded: str) -> Iterator[tuple[Decimal, str, Span]]:
    """The numbers of a folded text that are no part of a range, each with its unit and place (with the unit)."""
    taken = found.span if (found := range_of(folded)) is not None else Span(0, 0)
    for one in _BARE.finditer(folded):
        span = Span(*one.span())
        is_part = span.start < taken.end and taken.start < span.end
        value, unit = _value(one, "n"), _unit(one["nu"])
        is_year = unit == "年" and value is not None and value >= 1000
        if value is not None and unit and not is_part and not is_year:
            yield value, unit, span


def _signs(folded: str) -> Range | None:
    found = _SIGNS.search(folded)
    return _made(found, has_low=found["from"] == "≤", has_high=found["to"] == "≤") if found else None


def _between(folded: str) -> Range | None:
    found = _BETWEEN.search(folded)
    if found is None:
        return None
    has_high = (
        found["endin"] or found["highin"] or ("不含" if _OPEN_HIGH.match(found["open"] or "") else "")
    ) != "不含"
    return _made(found, has_low=found["lowin"] != "不含", has_high=has_high)


def _at_least(folded: str) -> Range | None:
    for found in _AT_LEAST.finditer(folded):
        if found["word"] or found["above"]:
            is_open = _OPEN_LOW.search(found["word"] or "") is not None
            stated = found["endin"] or found["lowin"] or ("不含" if is_open else "含")
            return _made(found, has_low=stated == "含", has_high=False)
    return None


def _at_most(folded: str) -> Range | None:
    for found in _AT_MOST.finditer(folded):
        if found["word"] or found["below"]:
            is_open = _OPEN_HIGH.search(found["word"] or "") is not None
            stated = found["endin"] or found["highin"] or ("不含" if is_open else "含")
            return _made(found, has_low=False, has_high=stated == "含")
    return None


def _made(found: re.Match[str], *, has_low: bool, has_high: bool) -> Range | None:
    groups = found.groupdict()
    low = _value(found, "low") if groups.get("low") else None
    high = _value(found, "high") if groups.get("high") else None
    unit = _unit(groups.get("highu") or groups.get("lowu"))
    if not unit or _unit(groups.get("lowu") or groups.get("highu")) != unit or (low is None and high is None):
        return None
    if low is not None and high is not None and not groups.get("lowu"):  # 100-500万元
        low *= next((times for sign, times in _TIMES.items() if sign in found["high"] and sign not in found["low"]), 1)
    if low is not None and high is not None and low >= high:
        return None
    return Range(low, high, has_low, has_high, unit, Span(*found.span()))


def _unit(unit: str | None) -> str:
    return _ALIKE.get(unit or "", unit or "")


def _value(found: re.Match[str], name: str) -> Decimal | None:
    text = found[name]
    if not text[0].isdigit():
        return value_of(text)
    return Decimal(text.rstrip("万亿")) * _TIMES.get(text[-1], 1)
