"""Periods told from another one: 2024年7月下旬的上一旬 is 2024年7月中旬, 2023年5月的上年同期 is 2022年5月.

Works on folded text; the rest of the text stays as it is.
"""

from __future__ import annotations

import re

from tjqa.text.periods import Period, periods, wordings

_STEP = re.compile(
    r"\s*的?(?:那个?)?(?P<to>[上前下后])一?个?(?P<unit>旬|月|季度|年(?:同期|同月)?|期)(?!度)"
    r"|\s*的?(?P<last>[上去])年同[期月]"
)
_LAST_DAY = 31
_TENS = ((1, 10), (11, 20), (21, _LAST_DAY))


def resolved(folded: str) -> str:
    """The text with each period that is told from another one in that one's place."""
    made, at = "", 0
    for dated in periods(folded):
        if dated.span.start < at:
            continue
        step = _STEP.match(folded, dated.span.end)
        other = _stepped(dated.period, step) if step is not None else None
        if step is None or other is None:
            continue
        made += folded[at : dated.span.start] + wordings(other)[0]
        at = step.end()
    return made + folded[at:]


def _stepped(period: Period, step: re.Match[str]) -> Period | None:
    """The period before or after another one; None where the step is of another length than it."""
    if step["last"] or step["unit"].startswith("年"):
        by = -1 if step["last"] or step["to"] in "上前" else 1
        return Period(period.year + by, period.first, period.last) if period.year and not period.until else None
    by = -1 if step["to"] in "上前" else 1
    (month, day), (end, last) = period.first, period.last
    if (day, last) in _TENS and month == end and step["unit"] in ("旬", "期"):
        number = 3 * (12 * period.year + month - 1) + _TENS.index((day, last)) + by
        months, ten = divmod(number, 3)
        return _of_months(months, 1, period.year, _TENS[ten])
    if (day, last) != (1, _LAST_DAY):
        return None
    length = end - month + 1
    if (length, step["unit"]) in ((1, "月"), (1, "期"), (3, "季度"), (3, "期")):
        return _of_months(12 * period.year + month - 1 + by * length, length, period.year, (1, _LAST_DAY))
    return None


def before(period: Period, *, by_year: bool = False) -> Period | None:
    """The period of the same length right before one, or the same one of the year before; None where that is not sure:
    of several months from January on, of one without a year."""
    if not period.year or period.until:
        return None
    if by_year or (period.first, period.last) == ((1, 1), (12, _LAST_DAY)):
        return Period(period.year - 1, period.first, period.last)
    (month, day), (end, last) = period.first, period.last
    if month == end and (day, last) in _TENS:
        months, ten = divmod(3 * (12 * period.year + month - 1) + _TENS.index((day, last)) - 1, 3)
        return _of_months(months, 1, period.year, _TENS[ten])
    length = end - month + 1
    if (day, last) != (1, _LAST_DAY) or length not in (1, 3) or (length == 3 and month % 3 != 1):
        return None
    return _of_months(12 * period.year + month - 1 - length, length, period.year, (1, _LAST_DAY))


def _of_months(number: int, length: int, told: int, days: tuple[int, int]) -> Period:
    """The period that begins in a month counted from the year 0; without a year where none was told."""
    year, month = divmod(number, 12)
    return Period(year if told else 0, (month + 1, days[0]), (month + length, days[1]))
