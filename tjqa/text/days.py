"""Days as texts write them: 2023年8月22日, 2023-08-22, 二〇二三年八月; in names of files 20230822 and 2023_08_22.

The one place that reads them; which of them dates a document is told by those who ask. Works on folded text
(`tjqa.text.normalize.fold`), with or without blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tjqa.text.numbers import value_of

_ZEROS = "〇○零oO0"  # scanned and typed zeros of a Chinese year
_YEAR = r"(?:19|20)\d\d"
_BREAK = r"[-/.]"
_DAY = re.compile(
    rf"(?P<year>{_YEAR})\s*(?:年|{_BREAK})\s*(?P<month>\d{{1,2}})\s*"
    rf"(?:(?:月|{_BREAK})\s*(?P<day>\d{{1,2}})(?!\d)\s*日?|(?P<open>月)(?!\s*\d))"
    rf"|(?P<cyear>[一二][{_ZEROS}九][{_ZEROS}一二三四五六七八九]{{2}})\s*年\s*(?P<cmonth>[一二三四五六七八九十]{{1,2}})\s*月"
    r"(?:\s*(?P<cday>[一二三四五六七八九十]{1,3})\s*日)?"
)
_NAMED = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR})[-_.年]?(?P<month>\d\d|\d(?=[-_.月]))[-_.月]?(?P<day>\d{{1,2}})日?(?!\d)"
)
_NAMED_END = re.compile(rf"[\s_\-(（\[【]*{_YEAR}(?:[-_.年]?\d{{1,2}}[-_.月]?\d{{1,2}}日?)\s*[)）\]】]*$")
NUMERIC = rf"{_YEAR}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?\s*"
"""A complete day in figures, for patterns of lines in which one stands; it has no groups."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day or month from `start` to `end` of a text; `iso` is 2023-08-22, or 2023-08 where no day is told."""

    start: int
    end: int
    iso: str

    @property
    def complete(self) -> bool:
        """Whether it is a day and no month."""
        return len(self.iso) == len("2023-08-22")


def days(folded: str) -> Iterator[Day]:
    """Every day and month of a text, in order; one that no calendar has is none."""
    for match in _DAY.finditer(folded):
        year, month = match["year"] or _value(match["cyear"]), match["month"] or _value(match["cmonth"])
        day = match["day"] or (_value(match["cday"]) if match["cday"] else "")
        if year and month and (iso := _iso(int(year), int(month), int(day) if day else None)):
            yield Day(match.start(), match.end(), iso)


def without_days(folded: str, months: bool = False) -> str:
    """The text without its complete days, or without its months, too."""
    return _DAY.sub(lambda match: "" if months or match["day"] or match["cday"] else match[0], folded)


def day_of_name(folded: str) -> str | None:
    """The complete day in a name, None when there is none or more than one."""
    found = {_iso(int(m["year"]), int(m["month"]), int(m["day"])) for m in _NAMED.finditer(folded)}
    real = [day for day in found if day]
    return real[0] if len(real) == 1 else None


def without_last_day(name: str) -> str:
    """A name without the day at its end, brackets and all: 简报_2024-03-15, 条例(2019-03-24)."""
    return _NAMED_END.sub("", name)


def _iso(year: int, month: int, day: int | None) -> str | None:
    try:
        found = date(year, month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return found if day is not None else found[: len("2023-08")]


def _value(han: str) -> str:
    value = value_of(re.sub(f"[{_ZEROS}]", "〇", han))
    return str(int(value)) if value else ""
