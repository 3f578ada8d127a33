"""The years that a text means by 去年, 今年, 上年 from its own date, and whether it tells a plan.

Works on folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# 比去年增长: what is told is not of that year.
_RELATIVE = re.compile(
    r"(?<![比较与和同])(?:大?前年|去年|过去的?一年|上一?年(?!级)|今年|本年度?(?!级)|当年|明年|后年|下一?年|次年)"
)
_OFFSETS = {
    "大": -3,
    "前": -2,
    "去": -1,
    "过": -1,
    "上": -1,
    "今": 0,
    "本": 0,
    "当": 0,
    "明": 1,
    "后": 2,
    "下": 1,
    "次": 1,
}
_SPOKEN = frozenset("大前去过今明后")
_MONTHS = re.compile(r"(?<![比较与和同])(?P<which>[上本当下次])一?个?月")
_MEANT_MONTHS = {"上": -1, "本": 0, "当": 0, "下": 1, "次": 1}
_TOLD = re.compile(r"(?<![比较与和同自从至到〔\[(—~\d-])((?:19|20)\d\d)年(?!以[来前后]|之[前后]|起|至|到|[—~-])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# 将 also only marks an object: 将技术授权给.
_PLAN = re.compile(
    r"计划(?![生单])|(?<![模虚])拟(?![定合])|力争|争取|预计|预期|目标[是为]|打算|将(?=于|在|[新建开启]|完成|达|实现|有望|继续)"
)
_DONE = re.compile(r"完成|建成|实现了|达到了?|投用|竣工|已")


@dataclass(frozen=True, slots=True)
class OwnYear:
    """From which year a document counts: 去年 and 今年 from the day on which it speaks, 上年 and 本年 from the year
    that it is about; 上月 and 本月 from the `month` of its day; 0 where that is not told."""

    spoken: int
    about: int
    month: int = 0

    @classmethod
    def of(cls, title: str, published: str | None) -> OwnYear:
        """That of a document by its title and its day (2023-01-10)."""
        named = {int(year) for year in _YEAR.findall(title)}
        about = named.pop() if len(named) == 1 else 0
        day = int(published[:4]) if published and published[:4].isdecimal() else 0
        month = int(published[5:7]) if day and published and published[5:7].isdecimal() else 0
        return cls(day or about, about or day, month)

    def years(self, folded: str) -> set[int]:
        """The years that a text means by its relative words."""
        found = set()
        for word in _RELATIVE.finditer(folded):
            base = self.spoken if word[0][0] in _SPOKEN else self.about
            if base:
                found.add(base + _OFFSETS[word[0][0]])
        return found

    def months(self, folded: str) -> set[tuple[int, int]]:
        """The months, each with its year, that a text means by 上月, 本月, 下个月."""
        if not self.month or not self.spoken:
            return set()
        since = self.spoken * 12 + self.month - 1
        meant = (since + _MEANT_MONTHS[word["which"]] for word in _MONTHS.finditer(folded))
        return {(at // 12, at % 12 + 1) for at in meant}


def years_told(folded: str) -> set[int]:
    """The years in figures of which a text tells something: not those that it counts from, or holds a figure against
    (比2020年增长, 2020年以来)."""
    return {int(year[1]) for year in _TOLD.finditer(folded)}


def years_named(folded: str) -> set[int]:
    """The years that a text names in figures."""
    return {int(year) for year in _YEAR.findall(folded)}


def is_plan(folded: str) -> bool:
    """Whether a text tells what is to be and not what came of it."""
    return _PLAN.search(folded) is not None and _DONE.search(folded) is None


_NOW = re.compile(r"今年|本年|最新|目前|现在|当前|如今|近期|最近(?![的一]?[家个处站])|现有|现行")


def asks_for_now(folded: str) -> bool:
    """Whether a question means the latest there is: 今年, 最新, 目前, and no year in figures."""
    return _NOW.search(folded) is not None and not years_named(folded)
