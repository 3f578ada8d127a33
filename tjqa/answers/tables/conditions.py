"""Conditions on the figures of a column: 有多少个地区超过1000亿元, 哪些产品低于50元; told in the units of both sides.

Works on folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tjqa.answers.figures.quantities import Unit, unit_of
from tjqa.documents import Span

_NUMBER = (
    r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,18}}(?:\.\d+)?)\s*"
    r"(?P<{0}unit>[十百千]?[万亿]*[%/\u4e00-\u9fff]{{0,5}}?)"
)
_LENGTH_OF_TIME = re.compile("(?:个?[年月日天周岁]|小时|季度|年期|周岁|年[级度])")
_CONDITION = re.compile(
    r"(?P<word>不低于|不少于|不小于|不超过|不高于|不多于|不大于|超过|高于|大于|多于|突破|超出|低于|少于|小于|不足|不到)(?:了)?"
    + _NUMBER.format("a")
    + r"(?=[的,。?有是都一]|以|$)"
    + "|"
    + _NUMBER.format("b")
    + r"(?:及)?(?P<end>以上|以下|以内)"
)
_ASKS = re.compile(r"(?P<many>(?:多少|几)(?:个|家|种|类|座|项|所|名|位|户|只|条|款))|(?:有|是|为)?(?:哪些|哪几)")
_SIGNS = {
    **dict.fromkeys(("超过", "高于", "大于", "多于", "突破", "超出"), ">"),
    **dict.fromkeys(("低于", "少于", "小于", "不足", "不到"), "<"),
    **dict.fromkeys(("不低于", "不少于", "不小于", "以上"), ">="),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "以下", "以内"), "<="),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What figures are held against: `sign` is >, >=, < or <=, `number` and `unit` as the question writes them.
    `counts` says that it asks how many there are; `spans` are what says all this in the folded question."""

    sign: str
    number: Decimal
    unit: str
    counts: bool
    spans: tuple[Span, ...]

    def holds(self, figure: Decimal, unit: str) -> bool | None:
        """Whether a figure of a table meets it; None where the units count different things, or one of two large units
        is not told."""
        own, asked = unit_of(unit), unit_of(self.unit)
        if not self.unit:
            own = asked = Unit(Decimal(1), "")
        elif not unit or (asked.base and own.base not in (asked.base, asked.base.partition("/")[0])):
            return None
        value, bound = figure * own.scale, self.number * asked.scale
        if self.sign.startswith(">"):
            return value > bound or (value == bound and self.sign == ">=")
        return value < bound or (value == bound and self.sign == "<=")


def condition_asked(folded: str) -> Condition | None:
    """The condition that a folded question selects rows by; None where it has none, or asks neither which nor how
    many."""
    found, asks = _CONDITION.search(folded), _ASKS.search(folded)
    if found is None or asks is None or (asks.end() > found.start() and asks.start() < found.end()):
        return None
    name = "a" if found["word"] else "b"
    if _LENGTH_OF_TIME.fullmatch(found[f"{name}unit"]):  # 账龄3年以上 names a row
        return None
    number = Decimal(found[name].replace(",", ""))
    sign = _SIGNS[found["word"] or found["end"]]
    spans = (Span(*found.span()), Span(*asks.span()))
    return Condition(sign, number, found[f"{name}unit"], asks["many"] is not None, spans)
