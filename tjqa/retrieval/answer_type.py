"""What a question asks for, its expected answer type: a figure of some unit, a date, a name, a list; and what answers.

By general Chinese and English question words and the form of what a text holds; no language model, no topic words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tjqa.documents import Span
from tjqa.retrieval import parameters
from tjqa.text.entities import OFFICE, ORGANISATION, PERSON
from tjqa.text.numbers import Figure, figures
from tjqa.text.units import ASKED_UNIT, fits, is_ordinal, measured_by, unit_class

if TYPE_CHECKING:  # the screens read questions before they can afford numpy
    from tjqa.text.analyzed import AnalyzedText

Kind = Literal["number", "when", "who", "list", "what", "how"]

# First match wins: 哪一年 is a date though 哪 alone asks for a thing; 哪些 is a list; 几月 is a date though 几 counts.
# 许多重要, 多大学, 多重视: no question for a size.
_HOW_MUCH = r"(?<![许很众诸更大最太])多(?:大(?!学)|长(?!期)|高(?!校|级|端)|远|久|快(?!递)|重(?![要点视大])|宽|深(?!入))"

_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "when",
        # 几天, 几年 ask how long; 几月, 几号 ask when
        r"何时|什么时[候间]|哪一?[年月天日号]|几[月日号]|[公西]元前?几年|哪个?(?:年份?|月份?|季度)"
        r"|\bwhen\b|\bwhat (?:year|date)\b",
    ),
    (
        "list",
        r"哪些|哪(?:几|[二两三四五六七八九十\d]+)[个种项类条点样方面]|哪几|分别(?!.{0,8}(?:多少|几))|都有(?:什么|谁)|有什么|(?:三|四|五|六|几)[个项大]?.{0,6}都?(?:是什么|指)|\bwhich\b.*\bare\b",
    ),
    ("number", rf"多少|几成|百分之几|几|{_HOW_MUCH}|比[例重]|占比|\bhow (?:many|much|long|large|far)\b"),
    (
        "who",
        r"谁|哪[一]?[位家所个]|什么(?:人|单位|公司|机构|部门)|何人"
        rf"|(?:{OFFICE})[^,?]{{0,4}}(?P<asks>(?:叫|姓)(?:什么|啥))|\bwho\b|\bwhich\b",
    ),
    ("how", r"如何|怎么|怎样|为什么|为何|\bhow\b|\bwhy\b"),
    ("what", r"什么|啥|\bwhat\b|"),
)

_ASKED_LARGE = re.compile(r"(?:多少|几)\s*[十百千]?[万亿]")

_ASKED_PERCENT = re.compile(r"百分之[几多]|几成|(?:占比|比例|比重|增速|增幅|增长率|[^效]率)(?:[^,。]{0,6})?(?:多少|几)")
_ASKED_MONEY = re.compile(r"多少钱|几块钱")
_ASKED_SIZE = (
    ("length", re.compile(r"多[长高远宽深]")),
    ("time", re.compile(r"多久|多长时间")),
)
_HOW_MANY = r"(?:总共|一共|大?约|[是有为达到了])*(?:多少|几|多[大长])"
_ASKED_BY_NOUN = (
    ("area", re.compile(rf"(?:面积|占地){_HOW_MANY}")),
    ("length", re.compile(rf"(?:全长|总长|长度|里程){_HOW_MANY}")),
    ("people", re.compile(rf"(?:人口|人数){_HOW_MANY}")),
    (
        "money",
        re.compile(
            "(?:额|投资|资金|造价|耗资|斥资|价格|产值|营收|利润|[总单限报售标]价|价款|预算|成本|工资|薪资|奖金|[租押]金)"
            + _HOW_MANY
        ),
    ),
)

_ASKED_DAY = re.compile(r"哪一?[年月天日号]|几[月日号]")  # 什么时候 may be answered by an event: 验收合格后

_ASKED_CODE = re.compile(r"文号|发文字号|文件号|几号文|公文编号")
_CODE = re.compile(r"[\u4e00-\u9fff]{1,10}\s*[〔\[(]\s*(?:19|20)\d\d\s*[〕\])]\s*第?\s*\d+\s*号")  # folded
_ASKED_TERM = (
    re.compile(r"(?:什么(?:是|叫做?)|何谓|何为)([^,?]{2,16}?)\??\s*\Z"),
    re.compile(
        r"(?:^|[,?]|里的?|中的?)([^,?里中]{2,16}?)(?:到底|究竟)?"
        r"(?:是什么(?:意思|东西)?|是?指(?:的是)?什么|是啥(?:意思|东西)?|什么意思)\??\s*\Z"
    ),
    # 什么样的东西算固定资产, 怎样才算工伤: what makes a thing one
    re.compile(r"(?:什么|啥|哪种)(?:样的?)?[^,?]{0,6}?(?:才?算是?|叫做?|属于)([^,?]{2,16}?)\??\s*\Z"),
    re.compile(r"怎么?样?才算是?([^,?]{2,16}?)\??\s*\Z"),
)
_SAID = re.compile(r".*(?:说|提到|规定|称|写)的")  # 须知里说的"重大偏离"
# Of two terms the first: 重大偏离或保留是指. A glossary writes a colon behind the term, as does a list of labels.
_DEFINED = (
    r"(?:[或和及、][^,。;:]{1,8}?)??[”\"』」》]?(?::(?=.{6})|\s*[,:]?\s*(?:\([^()]{1,30}\)\s*)?"
    r"(?:,?是指|,?系指|指的是|,指|,?即|是(?=.{0,40}的)))"
)
_CALLED = r"(?:即为|视为|视作|称[为作之]?|叫做?|认定为|算作|简称为?)\s*[“\"『「《]?"  # …超过一小时的,即为旷工
_NOUN = re.compile(r"[\u4e00-\u9fff]{2}")

# Measure words of one kind of thing: 多少辆 is not answered by 15个项目. The others are said of anything (4个, 4家).
_PARTICULAR = ("辆台部", "架", "艘", "株棵", "头只匹", "张床")

# 局长是谁 asks for a person; 发布会是谁举办的 may as well ask for a body.
_ASKED_PERSON = re.compile(
    rf"何人|什么人|哪一?[位人]|叫什么|姓什么|叫啥|姓名|名字|(?:{OFFICE}).{{0,6}}谁|谁.{{0,4}}(?:{OFFICE})|\bwho\b"
)
# 哪个国家, 哪个展会 ask for a thing that need not end like the name of a person or a body.
_ASKED_NAME = re.compile(
    r"谁|何人|什么人|哪一?[位家所]|(?:什么|哪一?个)(?:人|单位|公司|机构|部门|集团|学校|大学|学院|医院|银行|委员会|企业)|\bwho\b"
)

# 多少亿, 几公里: the character that names the unit.
_UNIT_CHARACTER = re.compile(r"(?:多少|几)[十百千]?([\u4e00-\u9fff])")

ASKS = re.compile(r"多少|几|什么|怎|如何|哪|谁|何时|吗")
"""Words that ask: a line with one is a question of its own."""

ASKING_END = re.compile(
    r"(?:[是有为达共到]+)?(?:多少|几|什么|怎么样|怎样|如何|哪些|哪里|哪位|哪个|谁)[\u4e00-\u9fff]{0,2}[?？。\s]*\Z"
)
"""What a question ends with: the words that ask, and a measure word at most (是多少, 有哪些, 多少个)."""


@dataclass(frozen=True, slots=True)
class AnswerType:
    """What a question asks for.

    `folded` is the question, `asked_at` where its question word stands (None in one without, like mere keywords).
    Of a question for a number: the `unit` is the kind of thing to be measured ("" when any number will do, "large" for
    多少亿 of an unknown unit), named at `unit_at`, by `unit_character`; `noun` is what is to be counted one by one,
    `measures` the measure words that mean the same as the one it names; `asks_rank` that it is a rank (第几).
    `asks_day`: nothing but a day, month or year answers. `asks_code`: the number of an official paper answers
    (某发〔2020〕3号). `term` is what is to be defined, "" of other questions. `asks_name`: a name answers;
    `asks_person`: the name of a person. `own` are the written forms of its own figures.
    """

    folded: str
    kind: Kind
    asked_at: Span | None
    unit: str
    unit_at: Span | None
    unit_character: str
    noun: str
    measures: str
    asks_rank: bool
    asks_day: bool
    asks_code: bool
    term: str
    asks_name: bool
    asks_person: bool
    own: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> AnswerType:
        """That of a folded question."""
        kind, word = next((kind, match) for kind, pattern in _KINDS if (match := re.search(pattern, folded)))
        unit = ASKED_UNIT.search(folded)
        character = _UNIT_CHARACTER.search(folded)
        return cls(
            folded=folded,
            kind=kind,
            asked_at=Span(*word.span("asks" if word.groupdict().get("asks") else 0)) if word[0] else None,
            unit=_asked_class(folded),
            unit_at=Span(*unit.span()) if unit else None,
            unit_character=character[1] if character else "",
            noun=_counted_noun(folded, unit),
            measures=next((alike for alike in _PARTICULAR if unit and unit[0][-1] in alike), ""),
            asks_rank="第几" in folded and "多少" not in folded,
            asks_day=kind == "when" and _ASKED_DAY.search(folded) is not None,
            asks_code=_ASKED_CODE.search(folded) is not None,
            term=_asked_term(folded),
            asks_name=kind == "who" and (_ASKED_NAME.search(folded) or _ASKED_PERSON.search(folded)) is not None,
            asks_person=_ASKED_PERSON.search(folded) is not None,
            own=frozenset(form for figure in figures(folded) for form in figure.forms),
        )

    @property
    def is_figure(self) -> bool:
        """Whether a number or a date is asked for."""
        return self.kind in ("number", "when")

    def figures_of(self, text: AnalyzedText) -> Sequence[tuple[Figure, ...]]:
        """The figures of each sentence, where the question asks for one; looking for them takes time."""
        return text.figures if self.is_figure else ((),) * len(text.spans)

    def is_met(self, text: AnalyzedText, span: Span, found: Sequence[Figure]) -> bool:
        """Whether a stretch of a text, with its figures `found`, holds what is asked for: a new figure in the unit
        asked for, a date, a name, a list. Nothing meets a question for something else."""
        if self.asks_code:
            return _CODE.search(text.folded, span.start, span.end) is not None
        if self.is_figure:
            return bool(self.wanted_of(text, found))
        if self.term:
            return _defines(self.term).search(text.folded, span.start, span.end) is not None
        if self.kind == "list":
            return "、" in span.of(text.folded)
        if self.kind == "who":
            named = (PERSON,) if self.asks_person else (ORGANISATION, PERSON)
            return any(name.search(text.folded, span.start, span.end) for name in named)
        return False

    def is_met_anywhere(self, text: AnalyzedText) -> bool:
        """Whether a text holds a figure or a date that can answer."""
        return any(self.wanted_of(text, found) for found in text.figures)

    def wanted_of(self, text: AnalyzedText, found: Sequence[Figure]) -> list[Figure]:
        """The figures of a text that can answer, also where blanks stand between all its characters."""
        closed, places = text.closed
        if places is None:
            return self.wanted(text.folded, found)
        moved = [replace(f, start=bisect_left(places, f.start), end=bisect_left(places, f.end - 1) + 1) for f in found]
        fitting = {f.start for f in self.wanted(closed, moved)}
        return [f for f, there in zip(found, moved, strict=True) if there.start in fitting]

    def wanted(self, folded: str, found: Sequence[Figure]) -> list[Figure]:
        """The figures of a folded text that can answer: of the kind and unit asked for, and not the question's own."""
        return [f for f in found if not self.own.intersection(f.forms) and self._can_answer(folded, f)]

    def _can_answer(self, folded: str, figure: Figure) -> bool:
        if self.kind == "when":
            is_said = folded[figure.start : figure.end] in self.folded
            return figure.kind == "date" or (figure.kind == "relative" and not is_said)
        if self.kind != "number" or figure.kind not in ("percent", "number"):
            return False
        if is_ordinal(folded, figure) or self.asks_rank:
            return is_ordinal(folded, figure) and self.asks_rank
        # 四个 is said of many things; 489个 is looked at whatever it counts.
        behind = folded[figure.end : figure.end + parameters.COUNTED_NOUN_REACH]
        if not figure.forms and self.noun not in behind and self.noun not in _question_before(folded, figure.start):
            return False
        if self.measures and not measured_by(folded, figure, self.measures):
            return False
        is_year = any(form[0] == "@" for form in figure.forms) and not unit_class(folded, figure)
        return not is_year and fits(self.unit, folded, figure)


def _asked_term(folded: str) -> str:
    """What a question asks to be defined; "" where it asks for something else."""
    found = next(filter(None, (pattern.search(folded) for pattern in _ASKED_TERM)), None)
    term = _SAID.sub("", found[1]).strip('"“”『』「」《》 ') if found is not None else ""
    return "" if ASKS.search(term) or "的" in term else term


@lru_cache(maxsize=64)
def _defines(term: str) -> re.Pattern[str]:
    """What says what a term means: 验收是指, …的即为旷工."""
    word = re.escape(term)
    return re.compile(rf"{word}{_DEFINED}|{_CALLED}{word}(?![\u4e00-\u9fff])")


def _question_before(folded: str, at: int) -> str:
    """The question that a text answers at a place: of 新建几所幼儿园? 一共六所 it names what is counted."""
    near = folded[max(0, at - parameters.QUESTION_REACH) : at]
    return near[: near.rfind("?") + 1]


def _asked_class(folded: str) -> str:
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


def _counted_noun(folded: str, unit: re.Match[str] | None) -> str:
    """The two characters after 几个 or 多少家: what is to be counted one by one; "" when the question ends there."""
    if not unit or unit.lastgroup not in ("count", "people"):
        return ""
    noun = _NOUN.match(folded, unit.end())
    return noun[0] if noun else ""
