"""Figures with what they count, and when one told in a draft holds against one in the library.

The rule of rounding. A figure holds when it is the same number in the same unit, whatever scale it is written in
(1.15万 and 11,500), or when it is what comes of rounding the library's to its own last digit: of a fraction or a number
in 万 or 亿 the last digit written (1.2万亿 for 12034亿), of an integer only where the draft says that it rounds (约1200
for 1234). Words for a bound hold on their side: 超过, 多, 以上 less than one more in the last digit that is not 0, 近,
不足 up to a tenth below; a bound that the library tells must be the same. 八成 is 80% to the nearest tenth. What the
library itself rounds more coarsely than the draft does not bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tjqa.answers.figures.quantities import unit_of
from tjqa.answers.proof import parameters
from tjqa.documents import Span
from tjqa.text.normalize import fold, squeeze
from tjqa.text.numbers import figures, value_of
from tjqa.text.periods import periods
from tjqa.text.units import small_counts, unit_length

BOUND_BEFORE = re.compile(
    "(?:大约|大概|约为?|超过?|突破|逾|多于|高于|大于|不少于|不低于|至少|跨越|站上|迈上|接近|将近|近|不足|不到|低于|少于|不超过|未满|达到?|为|累计|共|总共|合计|总计|已|仅|有|是)+$"
)
"""What stands between a measure and its figure and says nothing of what it is of."""


class Bound(StrEnum):
    """How a figure is told."""

    EXACT = ""
    ABOUT = "about"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a folded text: its number and all of it with its unit, its value in single units of `base`, what one
    of its last digit counts (`grain`), and of its last digit that is not 0. `is_small` are counts in one character
    (三个方面)."""

    number: Span
    span: Span
    value: Decimal
    base: str
    grain: Decimal
    coarse: Decimal
    bound: Bound
    is_scaled: bool
    is_small: bool = False


_ABOUT = re.compile(r"(?:大约|大概|约为?|左右)\s*$")
_ABOVE = re.compile(r"(?:超过?|突破|逾|多于|高于|大于|不少于|不低于|至少|跨越|站上|迈上)了?\s*$")
_BELOW = re.compile(r"(?:接近|将近|近|不足|不到|低于|少于|不超过|未满)\s*$")
_ABOUT_BEHIND, _ABOVE_BEHIND, _BELOW_BEHIND = (
    re.compile(r"\s*(?:左右|上下)"),
    re.compile(r"\s*(?:[多余](?![种个]?样)|及?以上)"),
    re.compile(r"\s*(?:及?以下|以内)"),
)
_TENTHS = re.compile(r"(?P<whole>[一二三四五六七八九]|\d)成(?P<half>半)?(?![为立果功交员长都分])")
_MORE = re.compile(r"[余多几]")
_WORD_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}")
_SCALE_BEHIND = re.compile(r"\s*[余多几]\s*(万亿|[十百千]?[万亿]|[百千])")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DIGITS = re.compile(r"\d[\d,]*(?:\.(?P<fraction>\d+))?")
_ONE = Decimal(1)
_LONGEST_POWER = 2
_NO_COUNT = ("唯一", "半")


_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARKED = re.compile(rf"(?P<digits>[0-9０-９]+)(?P<raised>[{_RAISED}]+)")
_STRUCK = re.compile(r"~~[^~\n]+~~")


def standing_quantities(folded: str, written: str) -> list[Quantity]:
    """The figures of a text of the library, those in one character too; none that is struck out."""
    struck = [Span(*found.span()) for found in _STRUCK.finditer(folded)]
    return [one for one in quantities(folded, True, written) if not any(_meet(one.span, out) for out in struck)]


def quantities(folded: str, small: bool = False, written: str = "") -> Iterator[Quantity]:
    """The figures of a folded text that are no dates, in order; with `small` counts in one character, too. `written` is
    the text as it is, for folding takes an exponent for a digit: 10⁴ is not 104."""
    dated = [one.span for one in periods(folded) if one.spelled]
    for tenths in _TENTHS.finditer(folded):
        yield _tenths(folded, tenths)
    taken = [Span(*tenths.span()) for tenths in _TENTHS.finditer(folded)]
    for figure in figures(folded):
        span = Span(figure.start, figure.end)
        if figure.kind == "date" or any(_meet(span, other) for other in (*dated, *taken)):
            continue
        taken.append(span)
        if figure.kind == "percent":
            form = figure.forms[0]
            base = "个百分点" if form.endswith("pp") else "%"
            value = Decimal(form.removesuffix("pp").removesuffix("%"))
            written = _number_in(folded, span)
            yield _made(folded, span, span, value, base, _ONE, written)
        else:
            yield _counted(folded, span, Decimal(figure.forms[0].removeprefix("=")), span.of(written))
    if small:
        for figure in small_counts(folded):
            span = Span(figure.start, figure.end)
            count = value_of(span.of(folded)) if span.of(folded) not in _NO_COUNT else None
            if count is not None and not any(_meet(span, other) for other in (*dated, *taken)):
                end = figure.end + unit_length(folded, figure.end)
                base = squeeze(folded[figure.end : end])
                bound = Bound.EXACT
                yield Quantity(span, Span(figure.start, end), count, base, _ONE, _ONE, bound, False, is_small=True)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _number_in(folded: str, span: Span) -> str:
    found = _DIGITS.search(span.of(folded))
    return found[0] if found is not None else ""


def _tenths(folded: str, found: re.Match[str]) -> Quantity:
    whole = found["whole"]
    count = Decimal(whole) if whole.isdecimal() else value_of(whole) or Decimal(0)
    value = count * 10 + (5 if found["half"] else 0)
    span = Span(*found.span())
    grain = Decimal(5 if found["half"] else 10)
    bound = _bound(folded, span)
    return Quantity(span, span, value, "%", grain, grain, bound if bound is not Bound.EXACT else Bound.ABOUT, True)


def _unmarked(marked: re.Match[str], value: Decimal) -> Decimal:
    """The value of a figure that was read with what is raised behind it as digits: ten to that power, else without."""
    digits, raised = fold(marked["digits"]), "".join(str(_RAISED.index(char)) for char in marked["raised"])
    scale = value / Decimal(digits + raised) if int(digits + raised) else _ONE
    is_power = digits == "10" and len(raised) <= _LONGEST_POWER
    return (_ONE.scaleb(int(raised)) if is_power else Decimal(digits)) * scale


def _counted(folded: str, span: Span, value: Decimal, as_is: str) -> Quantity:
    """A number with the unit behind it; 30多万人 has its scale there, too."""
    written = _number_in(folded, span)
    if (marked := _MARKED.search(as_is)) is not None:
        value, written = _unmarked(marked, value), ""
    end = span.end
    scale = _ONE
    more = _SCALE_BEHIND.match(folded, end)
    length = unit_length(folded, end)
    unit = squeeze(folded[end : end + length])
    if more is not None:
        for char in more[1]:
            scale *= _SCALES[char]
        length = max(length, more.end() - end)
        unit = squeeze(folded[more.end() : end + length])
        value *= scale
    unit = _MORE.sub("", unit)
    if not unit and not length:
        word = _WORD_UNIT.match(folded, end)
        behind = word[0][:1] if word is not None else ""
        unit, length = (behind, 1) if behind in ("号", "条", "款", "章", "期", "路") else ("", 0)
    told = unit_of(unit)
    own = value * told.scale
    return _made(folded, span, Span(span.start, end + length), own, told.base, told.scale * scale, written)


def _made(folded: str, number: Span, span: Span, value: Decimal, base: str, scale: Decimal, written: str) -> Quantity:
    """A quantity with what its digits count, worked out from how they are written."""
    found = _DIGITS.fullmatch(written)
    own = Decimal(written.replace(",", "")) if found is not None else None
    if own is not None and own:
        unit = abs(value) / own
        fraction = len(found["fraction"] or "") if found is not None else 0
        grain = unit.copy_abs() * _ONE.scaleb(-fraction)
        zeros = 0 if fraction else len(written.replace(",", "")) - len(written.replace(",", "").rstrip("0"))
        coarse = grain * _ONE.scaleb(zeros)
        is_scaled = fraction > 0 or unit != _ONE
    else:  # in characters, or 0
        grain, is_scaled = scale, False
        digits = format(abs(value), "f").rstrip("0") if "." not in format(value, "f") else ""
        whole = format(abs(value), "f")
        coarse = max(scale, _ONE.scaleb(len(whole) - len(digits))) if digits else scale
    return Quantity(number, span, value, base, grain, coarse, _bound(folded, span), is_scaled)


def _bound(folded: str, span: Span) -> Bound:
    before, inside = folded[max(0, span.start - 5) : span.start], span.of(folded)
    if _ABOVE_BEHIND.match(folded, span.end) or _MORE.search(inside):
        return Bound.ABOVE
    for pattern, bound in ((_ABOUT, Bound.ABOUT), (_BELOW, Bound.BELOW), (_ABOVE, Bound.ABOVE)):
        if pattern.search(before):
            return bound
    if _ABOUT_BEHIND.match(folded, span.end):
        return Bound.ABOUT
    return Bound.BELOW if _BELOW_BEHIND.match(folded, span.end) else Bound.EXACT


_COUNTS = frozenset("个家座所项次条件届批起场处间栋幢台辆架艘套份种类支张册篇只头株棵站段轮笔片道名位")
_PEOPLE = {"人", "名", "位", "人次", "户"}


def is_one_kind(one: str, other: str) -> bool:
    """Whether two units without their scales can be of the same figure: the same, one of them not told, or both
    counting words."""
    if one == other or not one or not other:
        return not {one, other} & {"%", "个百分点"} or one == other
    if one in _PEOPLE and other in _PEOPLE:
        return True
    return one in _COUNTS and other in _COUNTS


def holds(told: Quantity, source: Quantity) -> tuple[bool, bool]:
    """Whether a figure of a draft holds against one of the library, and whether it is rounded; units apart."""
    if told.value == source.value:
        return True, False
    difference = source.value - told.value
    slack = Decimal(str(parameters.ROUNDING))
    if source.grain > told.coarse:
        return False, False
    if told.bound is source.bound and told.bound in (Bound.ABOVE, Bound.BELOW):
        return False, False  # 94%以上 and 95%以上: two bounds
    if told.bound is Bound.ABOVE:
        return 0 < difference < told.coarse, True
    if told.bound is Bound.BELOW:
        return 0 < -difference <= min(told.coarse, abs(told.value) * Decimal(str(parameters.NEARLY))), True
    if told.bound is Bound.ABOUT:
        return abs(difference) <= slack * told.coarse, True
    return told.is_scaled and told.grain > source.grain and abs(difference) <= slack * told.grain, True
