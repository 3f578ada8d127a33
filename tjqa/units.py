"""Units of measure: what a figure counts, and what a question asks to have counted.

A question for 多少公里 is not answered by 15.2亿元, however well the words around it match; a question for 增速 is
answered by a percentage. Units are grouped by the kind of thing they measure, so that 多少家 is met by 24个.
Works on folded text (`tjqa.text.fold`).
"""

from __future__ import annotations

import re

from tjqa.figures import Figure

# Everyday measure words by kind. The longer word stands first where one begins with another.
_UNITS = {
    "money": "人民币|美元|欧元|港元|日元|英镑|元|块钱",
    "percent": "%|个百分点|成(?!为|立|果|功|交|员)",
    "time": "个?工作日|个月|个?小时|分钟|秒钟?|天|周(?!边|围)|年(?!度|底|初)",
    "month": "月份?",
    "area": "平方公里|平方千米|平方米|公顷|亩",
    "volume": "立方米|升",
    "mass": "万?吨标准煤|吨|公斤|千克|克(?!服)",
    "density": "微克/立方米|微克|毫克",
    "energy": "千瓦时|兆瓦时|千瓦|兆瓦|度电",
    "length": "公里|千米|厘米|毫米|米(?!处)",
    "people": "人次|人|名|位(?!于|居)|户",
    "count": "余?[个家座所项次条件届期批起场处间栋幢台辆架艘套份种类支张册篇字页头只株棵站段轮笔片道口级分点]",
}
_CLASSES = "|".join(f"(?P<{name}>{units})" for name, units in _UNITS.items())
_SCALE = r"(?:万亿|[十百千]?[万亿]|[十百千])"
_AFTER = re.compile(rf"\s*[余多几]?\s*{_SCALE}?\s*(?:{_CLASSES})")
_ASKED = re.compile(rf"(?:多少|几)\s*{_SCALE}?\s*(?:{_CLASSES})")
_ASKED_PERCENT = re.compile(r"百分之[几多]|几成|(?:占比|比例|比重|增速|增幅|增长率|[^效]率)(?:[^,。]{0,6})?(?:多少|几)")
_ASKED_MONEY = re.compile(r"多少钱|几块钱")
_ASKED_SIZE = (
    ("length", re.compile(r"多[长高远宽深]")),
    ("time", re.compile(r"多久|多长时间")),
)


def unit_length(folded: str, at: int) -> int:
    """How many characters at `at`, right after a figure, belong to it as its unit; 0 when none is known."""
    match = _AFTER.match(folded, at)
    return match.end() - at if match else 0


def unit_class(folded: str, figure: Figure) -> str:
    """The kind of thing a figure measures ("money", "time", …); "" when its unit is not known."""
    if figure.kind == "percent":
        return "percent"
    match = _AFTER.match(folded, figure.end)
    return (match.lastgroup or "") if match else ""


def asked_class(folded: str) -> str:
    """The kind of thing a question for a number asks for; "" when any number will do."""
    if _ASKED_PERCENT.search(folded):
        return "percent"
    if _ASKED_MONEY.search(folded):
        return "money"
    for name, pattern in reversed(_ASKED_SIZE):
        if pattern.search(folded):
            return name
    match = _ASKED.search(folded)
    return (match.lastgroup or "") if match else ""


def asked_unit(folded: str) -> tuple[int, int] | None:
    """Where a question names the unit it asks for, with its 多少 or 几; None when it names none."""
    match = _ASKED.search(folded)
    return match.span() if match else None


def is_ordinal(folded: str, figure: Figure) -> bool:
    """True for 第3轮, 11号线, covid-19: a figure that numbers or names a thing and counts nothing."""
    before = folded[max(0, figure.start - 2) : figure.start]
    return before[-1:] == "第" or folded[figure.end : figure.end + 1] == "号" or bool(re.fullmatch("[a-z]-", before))


def fits(asked: str, found: str) -> bool:
    """Whether a figure of class `found` can answer a question for `asked`; what is not known is given the benefit."""
    if not asked or asked == found:
        return True
    return not found and asked in ("count", "people")
