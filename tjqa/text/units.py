"""Units of measure: what a figure counts, and what a question asks to have counted.

A question for 多少公里 is not answered by 15.2亿元, however well the words around it match; a question for 增速 is
answered by a percentage. Units are grouped by the kind of thing they measure, so that 多少家 is met by 24个.
Works on folded text (`tjqa.text.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tjqa.text.numbers import Figure

# Everyday measure words by kind. The longer word stands first where one begins with another.
_UNITS = {
    "money": "人民币|美元|欧元|港元|日元|英镑|元|块钱",
    "percent": "%|个百分点|成(?!为|立|果|功|交|员)",
    "time": "个?工作日|个月|个?小时|分钟|秒钟?|天|周(?!边|围)|年(?!度|底|初|级|代)",
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
ASKED_UNIT = re.compile(rf"(?:多少|几)\s*{_SCALE}?\s*(?:{_CLASSES})")

_LARGE = Decimal(10_000)
# 三个方面, 两大集群, 十年, 千元; without a measure word such a numeral is mostly part of a word (三农, 四川). 一家 is
# mostly "a", 一年 a length of time.
_SINGLE = "两二三四五六七八九"
_SMALL = re.compile(
    rf"唯一|(?<![第十百千万亿点零一{_SINGLE}\d])(?:[{_SINGLE}](?=大|{_UNITS['count']}|{_UNITS['people']})"
    rf"|[一{_SINGLE}十半](?={_UNITS['time']}|多?年|周年|赛季)|[百千](?={_UNITS['money']}))"
)
_ORDINAL = re.compile(rf"(?<=第)[一{_SINGLE}十](?![一{_SINGLE}十])")


# What tables count in beside these: their heads name a unit alone (万千瓦时), by a sign (km²) or as a base (上年=100).
_COUNTED = (
    "标准煤|桶|箱|盒|袋|瓶|件|部|张|册|头|羽|株|公担|担|石|克拉|分贝|度|伏|安|瓦|帕|吉焦|百分点|千分点|基点|倍|番|℃|°c|"
    "户|人|人次|人天|人月|学时|课时|课次|学分|日|天|个月|月|季度|年|周岁|岁|小时|点|元|角|分|股|手|吨公里|人公里|车公里|平方?公里|"
    "km/h|m/s|hm2|hm²|km2|km²|km|m2|m²|m3|m³|mm|cm|dm|m|kg|mg|μg|g|t|l|ml|kv|kva|kwh?|mwh?|gwh?|twh?|v|a|w|pa|mpa|hz|"
    "gb|mb|tb|dpi|ppm|rpm|人民币|本币|外币"
)
_ONE_UNIT = rf"(?:人民币)?(?:[十百千万亿]{{0,3}}(?:{'|'.join(_UNITS.values())}|{_COUNTED})|[万亿]|%|‰)"
_UNIT = re.compile(rf"(?:每|/)?(?:{_ONE_UNIT})(?:[/·.*×每]\s*\d{{0,4}}(?:{_ONE_UNIT}))*|[^=]{{1,12}}=\s*1000?")


def is_unit(folded: str) -> bool:
    """Whether a text is the name of a unit and nothing else: 亿元, 元/吨, %, 上年=100."""
    return len(folded) <= 16 and _UNIT.fullmatch(folded.strip()) is not None


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


def small_counts(folded: str) -> Iterator[Figure]:
    """Counts in a single character before a measure word (三个方面), and 唯一, in order: they answer 几个, but have no
    written forms to be found by."""
    for match in _SMALL.finditer(folded):
        yield Figure(match.start(), match.end(), "number", ())


def small_ordinals(folded: str) -> Iterator[Figure]:
    """The 四 of 第四, in order; like `small_counts` without written forms."""
    for match in _ORDINAL.finditer(folded):
        yield Figure(match.start(), match.end(), "number", ())


def is_ordinal(folded: str, figure: Figure) -> bool:
    """True for 第3轮, 11号线, covid-19: a figure that numbers or names a thing and counts nothing."""
    before = folded[max(0, figure.start - 2) : figure.start]
    return bool(re.search("第 ?$|[a-z]-$", before)) or folded[figure.end : figure.end + 1] == "号"


def measured_by(folded: str, figure: Figure, measures: str) -> bool:
    """Whether the measure word after a figure, if there is one, is among `measures`."""
    match = _AFTER.match(folded, figure.end)
    return not match or match[0][-1] in measures


def fits(asked: str, folded: str, figure: Figure) -> bool:
    """Whether a figure of a text can answer a question for the class `asked`; what is not known is given the
    benefit."""
    found = unit_class(folded, figure)
    if asked == "large" or (asked == "money" and not found):  # 投资30亿
        return figure.kind == "number" and any(f[0] == "=" and Decimal(f[1:]) >= _LARGE for f in figure.forms)
    return not asked or asked == found or (not found and asked in ("count", "people"))
