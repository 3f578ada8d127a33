"""Times in questions, and what the time of a follow-up makes of that of the question before: 5月 after 2023年4月 is
2023年5月, 上一年 after 2023年 is 2022年."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjqa.documents import Span

_YEAR = (
    r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年度?(?:底|末|初)?"
    r"|[今去前明后]年(?:底|末|初)?|(?:上一?|前一|下一?|次|第二|同|当)年度?"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = (
    rf"{_MONTH}月?\s*[-—–~～至到]\s*{_MONTH}月份?"
    rf"|(?<![\d个]){_MONTH}月(?:份|[上中下]旬|[0-3]?\d[日号])?"
    r"|[上下]半年|第?[一二三四1-4]季度?(?!\d)|前[二三两]?个?季度|上半年|全年|(?:上|下|本|当|次)个?月"
)
_TIME = re.compile(
    rf"(?:(?P<year>{_YEAR})(?P<part>{_PART})?|(?P<alone>{_PART})"
    r"|(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)|(?P<day>(?:今|明|后|昨|前)[天日]))"
)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_STEPS = {"上": -1, "前": -1, "下": 1, "次": 1, "第": 1}
_FIXED = re.compile(r"((?:19|20)\d\d)年")
_FIXED_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")


def times(text: str) -> list[Span]:
    """Where a text names a time, in order."""
    return [Span(*found.span()) for found in _TIME.finditer(text)]


def spelled(said: str) -> str:
    """A year that stands alone in figures as it is said in a question: 2021 → 2021年; anything else as it is."""
    return f"{said}年" if _BARE_YEAR.fullmatch(said) else said


def is_time(said: str) -> bool:
    """Whether a text is a time and nothing else."""
    return _TIME.fullmatch(spelled(said)) is not None


def moved(new: str, old: str) -> str:
    """The time that a follow-up means by `new` after a question of `old`: what it leaves out is kept."""
    now, before = _TIME.fullmatch(new), _TIME.match(old)
    if now is None or before is None:
        return new
    if now["alone"]:
        part = _stepped_month(now["alone"], old)
        return part if _FIXED.match(part) else (before["year"] or "") + part
    if now["year"] and _STEPS.get(now["year"][0]) and now["year"][:2] != "前年" and (year := _FIXED.match(old)):
        moved_year = f"{int(year[1]) + _STEPS[now['year'][0]]}年"
        return moved_year + (now["part"] or before["part"] or "")
    if now["year"] and not now["part"]:
        return now["year"] + (before["part"] or before["alone"] or "")
    return new


def _stepped_month(part: str, old: str) -> str:
    """上月, 下个月 as the month before or after that of `old`; any other part of a year as it is."""
    month = _FIXED_MONTH.search(old)
    if not part.endswith("月") or part[0] not in "上下次" or part.endswith("半年") or month is None:
        return part
    year = _FIXED.match(old)
    index = int(month[1]) - 1 + _STEPS[part[0]]
    if year is None:
        return f"{index % 12 + 1}月"
    return f"{int(year[1]) + index // 12}年{index % 12 + 1}月"


def without(text: str, spans: Sequence[Span]) -> str:
    """A text without some stretches of it."""
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text
