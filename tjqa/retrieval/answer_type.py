"""What a question asks for: a measure, a person, a name, an office (expected answer type)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tjqa.text.entities import OFFICE
from tjqa.text.units import ASKED_UNIT

_ASKED_LARGE = re.compile(r"(?:多少|几)\s*[十百千]?[万亿]")

_ASKED_PERCENT = re.compile(r"百分之[几多]|几成|(?:占比|比例|比重|增速|增幅|增长率|[^效]率)(?:[^,。]{0,6})?(?:多少|几)")
_ASKED_MONEY = re.compile(r"多少钱|几块钱")
_ASKED_SIZE = (
    ("length", re.compile(r"多[长高远宽深]")),
    ("time", re.compile(r"多久|多长时间")),
)
_HOW_MANY = r"(?:总共|一共|大?约|[是有为达到了])*(?:多少|几|多[大长])"
_ASKED_BY_NOUN = (
    ("area", re.compile(rf"面积{_HOW_MANY}")),
    ("length", re.compile(rf"(?:全长|总长|长度|里程){_HOW_MANY}")),
    ("people", re.compile(rf"(?:人口|人数){_HOW_MANY}")),
    ("money", re.compile(rf"(?:额|投资|资金|造价|价格|产值|营收|利润){_HOW_MANY}")),
)


def asked_class(folded: str) -> str:
    """The kind of thing a question for a number asks for; "large" for 多少亿 of an unknown unit, "" when any number
    will do."""
    if _ASKED_PERCENT.search(folded):
        return "percent"
    if _ASKED_MONEY.search(folded):
        return "money"
    for name, pattern in reversed(_ASKED_SIZE):
        if pattern.search(folded):
            return name
    match = ASKED_UNIT.search(folded)
    if match:
        return match.lastgroup or ""
    for name, pattern in _ASKED_BY_NOUN:
        if pattern.search(folded):
            return name
    return "large" if _ASKED_LARGE.search(folded) else ""


def asked_unit(folded: str) -> tuple[int, int] | None:
    """Where a question names the unit it asks for, with its 多少 or 几; None when it names none."""
    match = ASKED_UNIT.search(folded)
    return match.span() if match else None


_NOUN = re.compile(r"[\u4e00-\u9fff]{2}")


def asked_noun(folded: str) -> str:
    """The two characters after 几个 or 多少家: what is to be counted one by one; "" when the question ends there."""
    unit = ASKED_UNIT.search(folded)
    if not unit or unit.lastgroup not in ("count", "people"):
        return ""
    noun = _NOUN.match(folded, unit.end())
    return noun[0] if noun else ""


# Measure words of one kind of thing: 多少辆 is not answered by 15个项目. The others are said of anything (4个, 4家).
_PARTICULAR = ("辆台部", "架", "艘", "株棵", "头只匹", "张床")


def asked_measure(folded: str) -> str:
    """The measure words that mean the same as the one a question names, when it is one of a kind of thing."""
    unit = ASKED_UNIT.search(folded)
    return next((alike for alike in _PARTICULAR if unit and unit[0][-1] in alike), "")


# 局长是谁 asks for a person; 发布会是谁举办的 may as well ask for a body.
ASKED_PERSON = re.compile(
    rf"何人|什么人|哪一?[位人]|叫什么|姓名|名字|(?:{OFFICE}).{{0,6}}谁|谁.{{0,4}}(?:{OFFICE})|\bwho\b"
)
# 哪个国家, 哪个展会 ask for a thing that need not end like the name of a person or a body.
ASKED_NAME = re.compile(
    r"谁|何人|什么人|哪一?[位家所]|(?:什么|哪一?个)(?:人|单位|公司|机构|部门|集团|学校|大学|学院|医院|银行|委员会|企业)|\bwho\b"
)

_ASKED_OFFICE = re.compile(
    rf"(?P<body>[^,，。?？]{{0,12}}?)的?(?P<office>副?(?:{OFFICE}))的?(?:姓名|名字)?"
    r"(?:现在|目前|当时)?(?:是谁|是哪一?位|是什么人|叫什么|姓什么|由谁)"
)
_INSTITUTION = re.compile(r"[\u4e00-\u9fff]{2}[局委办厅部处会院校馆站所厂社团镇乡街]$|公司$|集团$|银行$|中心$")
_ASKED_WHICH = re.compile(r"谁|何人|哪一?[家位所]|叫什么|名字|名称|姓名")
_REACH = 10  # characters after 某 in which the thing is named whose name is withheld


def unnamed(asked: str, words: Iterable[str], texts: Sequence[str]) -> bool:
    """Whether the texts do not give the name that a question (folded) asks for: they speak of no such office (教育局
    局长是谁), or say 某 where the name would stand; `words` are those of the question."""
    if office := _ASKED_OFFICE.search(asked):
        institution = _INSTITUTION.search(office["body"])
        needed = [office["office"], *([institution[0]] if institution else [])]
        if any(not any(need in text for text in texts) for need in needed):
            return True
    if not _ASKED_WHICH.search(asked):
        return False
    withheld = [text[m.end() : m.end() + _REACH] for text in texts for m in re.finditer("某(?!些|种|个|一)", text)]
    return any(len(word) > 1 and word in after for word in words for after in withheld)
