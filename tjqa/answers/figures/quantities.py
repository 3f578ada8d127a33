"""Numbers with their units: the scale in a unit (万, 亿) apart from what is counted, so that 1.15亿元 meets 11500万元.

Nothing is converted that is shown: only comparing and drawing do, and say in what unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tjqa.text.normalize import fold, squeeze

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCALED = re.compile(r"(?P<scale>万亿|[十百千]?[万亿]|[百千])(?![瓦米克伏升卡帕赫分])(?P<base>.*)")
_SAME = {"块": "元", "人民币元": "元", "元人民币": "元", "平方公里": "平方千米", "百分点": "%", "个百分点": "%"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit taken apart: 亿元 counts 100,000,000 of 元."""

    scale: Decimal
    base: str


def unit_of(written: str) -> Unit:
    """A unit as written, taken apart; one without a scale counts single ones."""
    folded = squeeze(fold(written)).strip("()")
    found = _SCALED.fullmatch(folded)
    if found is None:
        return Unit(Decimal(1), _SAME.get(folded, folded))
    scale = Decimal(1)
    for char in found["scale"]:
        scale *= _SCALES[char]
    return Unit(scale, _SAME.get(found["base"], found["base"]))


def last_digit(text: str) -> Decimal:
    """What one of the last digit of a written number counts: 0.1 of 5.2, 1 of 12."""
    number = re.search(r"\d[\d,]*(?:\.(\d+))?", fold(text))
    return Decimal(1).scaleb(-len(number[1])) if number is not None and number[1] else Decimal(1)


def plain(value: Decimal) -> str:
    """Without an exponent, and without zeros behind the point that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
