"""Stretches of time in Chinese text: 2024年3月中旬, 2024年3月11日至20日, 一季度, 1—5月, 2016—2020年, 2024-03-24.

All ways to write the same stretch give equal `Period`s: 3月中旬 is 3月11日—20日, 2024年1—3月 is 2024年一季度. Works on
folded text (`tjqa.text.normalize.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tjqa.documents import Span

_LAST_DAY = 31
"""How the end of any month is written, so that 28日 and 31日 are the same end and a month needs no calendar."""
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_N = "零〇一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{_N}]{{3}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"\s*(?:-|—|–|~|～|至|到|－)+\s*"
_PERIOD = re.compile(
    rf"""(?=[\d{_N}十上下全前第年])(?:
      (?<!\d)(?P<y1>{_YEAR})年?{_TO}(?P<y2>{_YEAR})年(?:度)?
    | (?:(?<!\d)(?P<year>{_YEAR}|\d\d(?=年))\s*年(?:度)?(?:份)?\s*,?)?\s*(?:
        (?P<m1>{_MONTH})月(?P<d1>{_DAY})[日号]?{_TO}(?:(?:(?P=year)年)?(?P<m2>{_MONTH})月)?(?P<d2>{_DAY})[日号]
      | (?P<m3>{_MONTH})月份?\s*(?P<ten>[上中下])旬
      | (?P<m4>{_MONTH})月(?P<d4>{_DAY})[日号]
      | (?P<m5>(?<!\d){_MONTH})月?份?{_TO}(?P<m6>{_MONTH})月(?:份)?
      | (?P<m7>(?<![\d.个{_N}十]){_MONTH})月(?!\d)(?:份)?
      | 第?(?P<q>[一二三四1-4])季度?(?![{_N}\d])
      | (?P<half>[上下])半年
      | 前(?P<qs>[二三两])个?季度
      | (?(year)前(?P<ms>{_MONTH})个?月份?|(?!))  # without a year they may be the months before today
      | (?P<whole>全年)
      )
    | (?<![\d.])(?P<y3>(?:19|20)\d\d)(?P<s>[-./])(?P<m8>1[0-2]|0?[1-9])(?:(?P=s)(?P<d8>3[01]|[12]\d|0?[1-9]))?(?![\d.])
    | (?<!\d)(?P<y4>{_YEAR})\s*年(?:度)?(?!历史)
    | (?<![\d.,-])(?P<bare>(?:19|20)\d\d)(?![\d.,%]|\s*[个元万亿人吨家])
    )""",
    re.VERBOSE,
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day, both (month, day), of one year, or of several whole ones up to `until`. `year` is
    0 where none is told; the last day of a month is its 31st."""

    year: int
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, _LAST_DAY)
    until: int = 0

    @property
    def exactness(self) -> int:
        """How exactly it is told: years -1, a year 0, months 1, days 2."""
        if self.until:
            return -1
        if (self.first, self.last) == ((1, 1), (12, _LAST_DAY)):
            return 0
        return 2 if self.first[0] == self.last[0] and self.last[1] - self.first[1] < _LAST_DAY // 2 else 1

    def within(self, year: int) -> Period:
        """The same of a year, where it tells none."""
        return replace(self, year=year) if not self.year else self

    def __str__(self) -> str:
        """2024, 2024-03, 2024-01/2024-06, 2024-03-11/2024-03-20, 2016/2020; without a year --03."""
        begin = f"{self.year}-" if self.year else "--"
        if self.until:
            return f"{self.year}/{self.until}"
        if self.year and (self.first, self.last) == ((1, 1), (12, _LAST_DAY)):
            return str(self.year)
        (month, day), (end, last) = self.first, self.last
        if (day, last) == (1, _LAST_DAY):
            return f"{begin}{month:02}" if month == end else f"{begin}{month:02}/{begin}{end:02}"
        if self.first == self.last:
            return f"{begin}{month:02}-{day:02}"
        return f"{begin}{month:02}-{day:02}/{begin}{end:02}-{last:02}"

    @classmethod
    def read(cls, text: str) -> Period:
        """What `str` wrote.

        Raises:
            ValueError: it is none.
        """
        first, _, last = text.partition("/")
        if first[:4].isdecimal() and len(first) == 4:
            return cls(int(first), until=int(last) if last else 0)
        year = 0 if first.startswith("--") else int(first[:4])
        begin = [int(part) for part in first.removeprefix("--")[0 if not year else 5 :].split("-")]
        end = [int(part) for part in last.removeprefix("--")[0 if not year else 5 :].split("-")] if last else begin
        return cls(year, (begin[0], (begin[1:] or [1])[0]), (end[0], (end[1:] or [_LAST_DAY])[0]))


@dataclass(frozen=True, slots=True)
class Dated:
    """A period and where it stands; `spelled` when a character says what its figures are (2024年, not 2024)."""

    period: Period
    span: Span
    spelled: bool


def periods(folded: str) -> Iterator[Dated]:
    """Every period of a text, in order."""
    for found in _PERIOD.finditer(folded):
        if not found[0].strip():
            continue
        period = _period(found)
        if period is not None:
            start = found.end() - len(found[0].lstrip(" ,"))
            yield Dated(period, Span(start, found.end()), not (found["bare"] or found["s"]))


def whole_period(folded: str) -> Period | None:
    """The period that a text is and nothing else: 2019年, 一季度, (2024年3月), 2023; None of any other text."""
    bare = folded.strip(" ()（）:：")
    found = next(periods(bare), None)
    return found.period if found is not None and found.span == Span(0, len(bare)) else None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[char]) for char in text))


def _year(text: str | None) -> int:
    number = _number(text) if text else 0
    return number + (2000 if number < 50 else 1900) if text and len(text) == 2 else number


def _end(year: int, month: int, day: int) -> tuple[int, int]:
    """A last day; the last of its month is the 31st."""
    days = _DAYS[month - 1] + (month == 2 and year > 0 and year % 4 == 0 and (year % 100 > 0 or year % 400 == 0))
    return month, _LAST_DAY if day >= days else day


def _period(found: re.Match[str]) -> Period | None:
    if found["y1"]:
        first, last = _year(found["y1"]), _year(found["y2"])
        return Period(first, until=last) if first < last else None
    year = _year(found["year"] or found["y3"] or found["y4"] or found["bare"])
    if found["m1"]:
        month, end = _number(found["m1"]), _number(found["m2"] or found["m1"])
        return _stretch(year, (month, _number(found["d1"])), _end(year, end, _number(found["d2"])))
    if found["ten"]:
        first = {"上": 1, "中": 11, "下": 21}[found["ten"]]
        month = _number(found["m3"])
        return Period(year, (month, first), (month, first + 9 if first < 21 else _LAST_DAY))
    if day := found["d4"] or found["d8"]:
        on = (_number(found["m4"] or found["m8"]), _number(day))
        return Period(year, on, on)
    months = _months(found)
    return _stretch(year, (months[0], 1), (months[1], _LAST_DAY)) if months else Period(year)


def _months(found: re.Match[str]) -> tuple[int, int] | None:
    """The first and the last month of what is told in whole months; None of whole years."""
    if found["m5"]:
        return _number(found["m5"]), _number(found["m6"])
    if month := found["m7"] or found["m8"]:
        return _number(month), _number(month)
    if found["q"]:
        quarter = _number(found["q"])
        return 3 * quarter - 2, 3 * quarter
    if found["half"]:
        return (1, 6) if found["half"] == "上" else (7, 12)
    if found["qs"]:
        return 1, 3 * _number(found["qs"])
    if found["ms"]:
        return 1, _number(found["ms"])
    return (1, 12) if found["whole"] else None


def _stretch(year: int, first: tuple[int, int], last: tuple[int, int]) -> Period | None:
    return Period(year, first, last) if first <= last else None


_NAMED = {(3 * at + 1, 3 * at + 3): f"{name}季度" for at, name in enumerate("一二三四")}
_NAMED |= {(1, 6): "上半年", (7, 12): "下半年"}


def wordings(period: Period) -> list[str]:
    """How Chinese texts name a period, so that whoever names it otherwise finds it."""
    year = f"{period.year}年" if period.year else ""
    (month, day), (end, last) = period.first, period.last
    if period.until:
        return [f"{period.year}—{period.until}年"]
    if (day, last) == (1, _LAST_DAY):
        if (month, end) == (1, 12):
            return [year] if year else ["全年"]
        named = [f"{year}{_NAMED[month, end]}"] if (month, end) in _NAMED else []
        return [f"{year}{month}月" if month == end else f"{year}{month}—{end}月", *named]
    if period.first == period.last:
        return [f"{year}{month}月{day}日"]
    shown = min(last, _DAYS[end - 1])
    found = [f"{year}{month}月{day}日至{f'{end}月' if end != month else ''}{shown}日"]
    tens = {(1, 10): "上", (11, 20): "中", (21, _LAST_DAY): "下"}
    return [f"{year}{month}月{tens[day, last]}旬", *found] if month == end and (day, last) in tens else found
