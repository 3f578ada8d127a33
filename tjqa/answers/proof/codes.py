"""What names one of several alike and is no figure: KB3-75, PM2.5, G1234, a telephone number, a long run of digits, a
time of the day. It is the same only as a whole: KB3-90 is no rounding of KB3-75."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tjqa.answers.proof.facts import DOCUMENT_NUMBER, times
from tjqa.answers.proof.report import FactKind
from tjqa.documents import Span
from tjqa.text.units import unit_length

_CODE = re.compile(
    r"(?<![a-z0-9.])(?:(?P<mixed>[a-z]{1,8}-?\d[a-z0-9]*(?:[-./][a-z0-9]+)*)"
    r"|(?<![-,/:])(?:(?P<joined>\d{2,}(?:-\d{3,})+)|(?P<long>\d{6,}[a-z]?)))(?![a-z0-9])(?![.,]\d)"
)
_SCALED = re.compile(r"\s*(?:[余多几]?[十百千万亿]|[%‰])")
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)+")
_NAMES = "次路号年线型级"
"""Units that stand behind names, too: G1234次, T3号."""
_MORNING, _LATER = ("凌晨", "清晨", "早上", "早晨", "上午"), ("下午", "午后", "傍晚", "晚上", "晚间", "夜间")
PARTS_OF_DAY = {**dict.fromkeys(_MORNING, 0), **dict.fromkeys(_LATER, 12)}
"""The parts of a day, and the hour of its half."""
_CLOCK = re.compile(
    rf"(?P<part>{'|'.join(PARTS_OF_DAY)})?(?<![\d:.])(?P<hour>\d{{1,2}})"
    r"(?:时(?!间|代|速)(?:(?P<minute>\d{1,2})分|(?P<half>半))?|:(?P<digits>[0-5]\d)(?![\d:])|点(?:(?P<m>\d{1,2})分?|(?P<h>半)|整|钟))"
)
_HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a folded text. `minutes` are those of a time of the day, `has_half` tells whether it says which half of
    the day it is in."""

    kind: FactKind
    span: Span
    text: str
    minutes: int = -1
    has_half: bool = False

    def is_same(self, other: Code) -> bool:
        """Whether both are one: 下午3时 is 15:00, and 3时 may be."""
        if self.minutes < 0 or other.minutes < 0:
            return self.text == other.text
        if self.has_half and other.has_half:
            return self.minutes == other.minutes
        return self.minutes % _HALF_DAY == other.minutes % _HALF_DAY

    def is_alike(self, other: Code) -> bool:
        """Whether one can stand in the place of the other: two times, two names with letters, two runs of digits."""
        return self.kind is other.kind and (self.minutes < 0) is (other.minutes < 0)


def codes_of(folded: str, without: Sequence[Span] = ()) -> list[Code]:
    """The codes of a folded text; none in the stretches `without`, in days and in numbers of documents."""
    days = [dated.span for dated in times(folded) if dated.spelled]
    numbers = [Span(*match.span()) for match in DOCUMENT_NUMBER.finditer(folded)]
    return list(_codes(folded, [*without, *days, *numbers]))


def _codes(folded: str, without: Sequence[Span]) -> Iterator[Code]:
    for match in _CLOCK.finditer(folded):
        hour = int(match["hour"])
        minute = int(match["minute"] or match["digits"] or match["m"] or (30 if match["half"] or match["h"] else 0))
        if hour <= 24 and minute < 60 and not _met(match, without):
            half = PARTS_OF_DAY.get(match["part"] or "", 0)
            minutes = (hour + (half if hour < 12 else 0)) * 60 + minute
            has_half = bool(match["part"]) or hour >= 12
            yield Code(FactKind.DATE, Span(*match.span()), match[0], minutes, has_half)
    for match in _CODE.finditer(folded):
        behind = unit_length(folded, match.end())
        is_counted = behind > 0 and not (match["mixed"] and folded[match.end()] in _NAMES)
        if is_counted or _SCALED.match(folded, match.end()) or _YEARS.fullmatch(match[0]) or _met(match, without):
            continue
        yield Code(FactKind.NAME if match["mixed"] else FactKind.FIGURE, Span(*match.span()), match[0])


def _met(match: re.Match[str], without: Sequence[Span]) -> bool:
    return any(match.start() < span.end and span.start < match.end() for span in without)
