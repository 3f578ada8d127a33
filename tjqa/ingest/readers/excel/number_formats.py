"""Number formats of workbooks: what a cell shows for the number it holds (`0.0%`, `yyyy"年"m"月"`, `#,##0"亿元"`).

A format has up to four parts: for positive numbers, negative ones, zero, text. What is not understood for certain is
shown as the number itself: a figure without its dress is true, one in a guessed dress may not be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from tjqa.ingest.readers.excel.dates import is_elapsed, iso, shown_date
from tjqa.ingest.readers.excel.figures import general, number
from tjqa.ingest.readers.excel.format_parts import Part, parts_of

_LOOKS_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DRESS = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.IGNORECASE)
_SIMPLE = re.compile(r"(l*)((?:#,#*)?#*0)(\.0+)?(l*%?l*)")
_MOST_SEEN = 10_000  # numbers of one format that are remembered: dates and shares repeat

# Formats that Chinese Excel knows by number, and openpyxl does not; 5 to 8, 42 and 44 show the currency of the
# computer, which the file does not name; 14 and 22 the computer's own way to write a date.
_DAY, _TIME = 'm"月"d"日"', '上午/下午h"时"mm"分"'
BY_NUMBER = {
    **dict.fromkeys((5, 6), "#,##0_);(#,##0)"), **dict.fromkeys((7, 8), "#,##0.00_);(#,##0.00)"),
    14: "yyyy-mm-dd", 22: "yyyy-mm-dd hh:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    30: "m-d-yy", 31: f'yyyy"年"{_DAY}', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), _TIME), **dict.fromkeys((35, 56), f'{_TIME}ss"秒"'),
    42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
}  # fmt: skip


class _Usual(NamedTuple):
    """`#,##0.0"亿元"`, `0%`: nearly all of a large sheet. The same as is worked out for any format, faster."""

    before: str
    after: str
    places: int
    grouped: bool
    percent: bool

    def shown(self, written: str) -> str:
        """What is shown for a positive number; "" for what is worked out with more care."""
        try:
            text = f"{float(written):.15g}"
            if self.percent:
                text = f"{float(text + 'e2'):.15g}" if "e" not in text else text
        except (ValueError, OverflowError):
            return ""
        whole, _, tail = text.partition(".")
        if (
            tail[self.places :] == "5"
            or not whole.isdecimal()
            or len(whole) + self.places > 15
            or "e" in tail
            or text == "0"
        ):
            return ""  # halves are rounded up, which is not how `format` does it; beyond 15 digits it shows noise
        figure = f"{float(text):,.{self.places}f}" if self.grouped else f"{float(text):.{self.places}f}"
        return f"{self.before}{figure}{self.after}"


def _usual(part: Part) -> _Usual | None:
    letters = {"literal": "l", "digit": "d", ".": ".", ",": ",", "%": "%"}
    signs = "".join(token.text if token.kind == "digit" else letters.get(token.kind, "x") for token in part.tokens)
    match = _SIMPLE.fullmatch(signs)
    if match is None:
        return None
    before = "".join(token.text for token in part.tokens[: match.end(1)])
    after = "".join(token.text for token in part.tokens[match.start(4) :])
    if any(edge != " ".join(edge.split()) for edge in (before, after)):
        return None
    places = len(match[3] or ".") - 1
    return _Usual(before, after, places, "," in match[2], "%" in match[4])


class NumberFormat:
    """One format. `from_1904` says from which day the workbook counts its dates; `plain` that it does nothing."""

    def __init__(self, code: str, *, from_1904: bool = False) -> None:
        self._from_1904 = from_1904
        self.plain = code.lower() in ("general", "@", "")
        self._parts = [] if self.plain else parts_of(code)
        self._dates = bool(_LOOKS_DATE.search(_DRESS.sub("", code)))
        bare = self._parts and not any(part.condition for part in self._parts)
        self._usual = _usual(self._parts[0]) if bare else None
        self._seen: dict[str, str] = {}

    def shown(self, written: str) -> str:
        """What a cell shows for a number as the file writes it."""
        if self.plain:
            return general(written)
        found = self._seen.get(written)
        if found is None:
            found = self._usual.shown(written) if self._usual else ""
            found = found or self._worked_out(written)
            if len(self._seen) < _MOST_SEEN:
                self._seen[written] = found
        return found

    def _worked_out(self, written: str) -> str:
        try:
            value = Decimal(f"{float(written):.15g}")  # Excel keeps 15 digits; the 16th is noise of binary fractions
            found = self._shown(value) if self._parts and value.is_finite() else None
        except (ValueError, OverflowError, InvalidOperation, ZeroDivisionError):
            found = None
        if found is not None:
            return " ".join(found.split())
        return (iso(written, from_1904=self._from_1904) if self._dates else "") or general(written)

    def text(self, text: str) -> str:
        """What a cell shows for text: as it stands, but for a part of the format that is made for text."""
        parts = self._parts
        last = parts[-1] if parts else None
        if last is None or not (len(parts) == 4 or any(token.kind == "@" for token in last.tokens)):
            return text
        if any(token.kind not in ("literal", "@", "general") for token in last.tokens):
            return text
        return "".join(text if token.kind != "literal" else token.text for token in last.tokens)

    def _shown(self, value: Decimal) -> str | None:
        parts = self._parts[:3]
        if any(part.condition for part in parts):
            return self._conditional(parts, value)
        at = 0 if value > 0 or len(parts) < 2 else 1 if value < 0 else 2 if len(parts) > 2 else 0
        return self._dressed(parts[at], value, sign=value < 0 and at == 0)

    def _conditional(self, parts: Sequence[Part], value: Decimal) -> str | None:
        if value < 0:  # when its sign is shown depends on more than is known here
            return None
        for part in parts:
            if part.condition is None or _holds(part.condition, value):
                return self._dressed(part, value, sign=False)
        return None

    def _dressed(self, part: Part, value: Decimal, *, sign: bool) -> str | None:
        if part.is_date:
            return (
                None
                if value < 0 and not is_elapsed(part.tokens)
                else shown_date(part.tokens, value, part.locale, from_1904=self._from_1904)
            )
        found = number(part.tokens, abs(value))
        return f"-{found}" if sign and found is not None else found


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, other = condition
    return {
        "<": value < other,
        ">": value > other,
        "=": value == other,
        "<=": value <= other,
        ">=": value >= other,
        "<>": value != other,
    }[sign]
