"""Dates and times of workbooks: a number of days since 1900 or 1904, and how a format shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from tjqa.ingest.readers.excel.format_parts import Token

_LAST_DAY = 2_958_466  # the first day after the year 9999
_DAY = 86_400
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHINESE = "一二三四五六日"
_ENGLISH = ("", "409", "809", "1009", "1409", "C09")  # languages whose names of months and days are known here


class _Moment(NamedTuple):
    year: int
    month: int
    day: int
    weekday: int  # 0 is Monday
    seconds: Decimal  # of the day
    total: Decimal  # of all days


def is_elapsed(tokens: Sequence[Token]) -> bool:
    """Whether it shows a time that runs over the day: 30:00."""
    return any(token.kind == "elapsed" for token in tokens)


def iso(written: str, *, from_1904: bool) -> str:
    """A date as 2023-05-01, with its time where it has one; "" for what is none."""
    try:
        moment = _moment(Decimal(written), 0, from_1904=from_1904)
    except (ArithmeticError, ValueError):
        return ""
    if moment is None:
        return ""
    clock = str(timedelta(seconds=int(moment.seconds))).rjust(8, "0")
    if moment.total < _DAY:
        return clock if moment.seconds else ""
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    return f"{day} {clock}" if moment.seconds else day


def shown_date(tokens: Sequence[Token], value: Decimal, locale: str, *, from_1904: bool) -> str | None:
    """What a format shows for a number of days; None where it is not understood."""
    places = _places(tokens)
    moment = _moment(abs(value), places or 0, from_1904=from_1904)
    if moment is None or places is None:
        return None
    halves = [token.text for token in tokens if token.kind == "half"]
    parts, minutes = [], _minutes(tokens)
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        found: str | None = text
        if kind == "date":
            found = _field("minute" if at in minutes else text, text, moment, locale, half=bool(halves))
        elif kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            found = str(int(moment.total) // unit).rjust(len(text), "0")
        elif kind == "half":
            found = _half(text, moment.seconds >= _DAY / 2, locale)
        elif kind == "." and at + 1 < len(tokens) and tokens[at + 1].kind == "digit":
            found = f"{moment.seconds % 1:.{places}f}"[1:]
            at += places
        if found is None:
            return None
        parts.append(found)
        at += 1
    return ("-" if value < 0 else "") + "".join(parts)


def _places(tokens: Sequence[Token]) -> int | None:
    """Digits after the seconds; None where digits or signs stand elsewhere, or too many."""
    count = 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind in ("general", "@", "fixed", "%", "exponent"):
            return None
        if token.kind == "digit":
            if token.text != "0" or before is None or before.kind not in (".", "digit"):
                return None
            count += 1
    return count if count <= 3 else None


def _moment(value: Decimal, places: int, *, from_1904: bool) -> _Moment | None:
    """Excel holds that 1900 was a leap year: day 60 is 29 February, day 0 the 0th of January."""
    if not 0 <= value < _LAST_DAY:
        return None
    total = (value * _DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    days = int(total // _DAY)
    seconds = total - days * _DAY
    if from_1904:
        days += 1462
    if days in (0, 60):
        year, month, day = (1900, 1, 0) if days == 0 else (1900, 2, 29)
        return _Moment(year, month, day, (days + 5) % 7, seconds, total)
    if days >= _LAST_DAY:
        return None
    date = datetime(1899, 12, 30 if days > 60 else 31) + timedelta(days=days)
    return _Moment(date.year, date.month, date.day, (days + 5) % 7, seconds, total)


def _minutes(tokens: Sequence[Token]) -> set[int]:
    """Which `m` are minutes: those right after hours or right before seconds."""
    fields = [(at, token.text) for at, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    found = set()
    for n, (at, text) in enumerate(fields):
        before = fields[n - 1][1][0] if n else ""
        after = fields[n + 1][1][0] if n + 1 < len(fields) else ""
        if text in ("m", "mm") and (before == "h" or after == "s"):
            found.add(at)
    return found


def _field(kind: str, text: str, moment: _Moment, locale: str, *, half: bool) -> str | None:
    wide = len(text) > 1
    if text[0] == "e" and locale not in ("", "804"):  # in Taiwan and Japan the year of an era
        return None
    if text[0] in "ye":
        return f"{moment.year % 100:02}" if text in ("y", "yy") else str(moment.year)
    if text[0] == "a":
        return ("星期" if len(text) == 4 else "") + _CHINESE[moment.weekday]
    if kind == "minute":
        number = int(moment.seconds) // 60 % 60
    elif text[0] == "h":
        number = int(moment.seconds) // 3600
        number = (number % 12 or 12) if half else number
    elif text[0] == "s":
        number = int(moment.seconds) % 60
    elif len(text) > 2:
        return _named(text, moment, locale)
    else:
        number = moment.month if text[0] == "m" else moment.day
    return f"{number:02}" if wide else str(number)


def _named(text: str, moment: _Moment, locale: str) -> str | None:
    """The name of a month or a day of the week."""
    if locale not in _ENGLISH or (text[0] == "m" and not moment.month):
        return None
    name = _MONTHS[moment.month - 1] if text[0] == "m" else _WEEKDAYS[moment.weekday]
    return name[:3] if len(text) == 3 else name[0] if len(text) == 5 and text[0] == "m" else name


def _half(text: str, after_noon: bool, locale: str) -> str:
    if locale.endswith("804"):
        text = "上午/下午"
    return text.split("/")[after_noon]
