"""What a follow-up names is put where the question before names its like: 浊河大桥呢 after 清河大桥哪年通车; and how a
question of it ends: who a 书记 is and how much a 限高, whatever was asked before."""

from __future__ import annotations

import re

from tjqa.retrieval import parameters
from tjqa.retrieval.answer_type import ASKS
from tjqa.retrieval.asked_times import times, without
from tjqa.retrieval.conversation import turn_of
from tjqa.text.entities import FAMILY, OFFICE
from tjqa.text.normalize import fold
from tjqa.text.places import is_place
from tjqa.text.segmenter import AREAS, Segmenter

# One character is enough of them: 白水镇 and 石桥镇. Of others two are: 医院, 职工.
_ENDS_ALONE = AREAS | frozenset("院校厂局港馆站园桥路河山岛湖方")
_INSTITUTION = re.compile(r"(?:大学|中学|小学|学院|医院|公司|集团|银行|隧道|机场|[校厂局港馆站园桥路])")
_PERSON = re.compile(rf"(?:{FAMILY})[\u4e00-\u9fff]{{1,2}}")
_WEATHER = ("天气", "气温")  # that of a place
_LONGEST_END = 4
_OFFICE = re.compile(rf"(?:县委|市委|省委|区委|常务)?副?(?:{OFFICE})\Z")
_SAYS_OF = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{2,4}[是在])?[于在是由]?(?:哪一?[年月天日]|(?:什么|啥)时候|何[时年]|几[时点月]|多[长高宽深重大远厚快粗])"
)
_KINDS = (
    (re.compile(rf"(?:{OFFICE})\Z"), "who"),
    (re.compile(r"(?:时间|日期|年份|生日)\Z"), "when"),
    (
        re.compile(
            r"(?:[高长宽深重厚价量额率积费温速]|(?<!制)度|[人总户座条个辆台]数|收入|支出|人口|投资|距离|产值|比例|工资|奖金|年龄|岁数)\Z"
        ),
        "number",
    ),
    (re.compile(r"(?:作品?|单位|公司|机构|部门|名称|范围|职务|学历|籍贯|材料|条件|内容|原因|专业)\Z"), "what"),
)
"""What the last characters of a noun say of how it is asked for; of others the question before says it."""


def counterpart(said: str, before: str, segmenter: Segmenter) -> str:
    """The question `before` with what the follow-up names in place of its like there, which ends with the same word;
    "" where it has none."""
    if said in before or ASKS.search(said):
        return ""
    topic = turn_of(before, segmenter).topic
    return _of_same_kind(said, before, topic, segmenter) or _of_same_end(said, before, topic, segmenter)


def of_owner(said: str, before: str, segmenter: Segmenter) -> str:
    """The question `before` with 铝 (的呢) for what owns the thing asked for: 2024年8月铜的价格是多少; "" where nothing
    does."""
    topic = turn_of(before, segmenter).topic
    start = before.find(topic)
    at = before.find("的", start, start + len(topic)) if topic else -1
    if at < 0 or ASKS.search(said):
        return ""
    begin = max([_begin(before, start, at, said), *(span.end for span in times(before) if span.end < at)])
    return before[:begin] + said + before[at:] if begin < at else ""


def _of_same_kind(said: str, before: str, topic: str, segmenter: Segmenter) -> str:
    """A person for a person, an office for an office that owns something; what a question lacks before it."""
    if _SAYS_OF.match(before) or (_is_institution(said) and _names_none(before, topic)):  # 哪年通车, 校长是谁
        return said + before
    owner = topic.split("的")[0]
    if _PERSON.fullmatch(said) and _PERSON.fullmatch(owner) and segmenter.rarity(said) >= parameters.TELLING_CHARACTER:
        return before.replace(owner, said, 1)
    if _OFFICE.search(said) and "的" in topic and (other := _OFFICE.search(owner)) is not None:
        start = before.find(topic)
        return before[: start + other.start()] + said + before[start + other.end() :]
    return ""


def _of_same_end(said: str, before: str, topic: str, segmenter: Segmenter) -> str:
    """What ends with the same word: 浊河大桥 for 清河大桥."""
    start = before.find(topic) if topic else 0
    for length in range(min(_LONGEST_END, len(said) - 1), 0, -1):
        end = said[-length:]
        at = before.find(end, start + 1)
        if at < 0 or (length == 1 and end not in _ENDS_ALONE) or not _is_word(end, length, segmenter):
            continue
        begin = _begin(before, start, at, said)
        return before[:begin] + said + before[at + length :] if begin < at else ""
    return ""


def _is_word(end: str, length: int, segmenter: Segmenter) -> bool:
    return length == 1 or not segmenter.is_made_up(end) or end[0] in _ENDS_ALONE or len(segmenter.cut(end)) > 1


def _begin(before: str, start: int, end: int, said: str) -> int:
    """Where what ends there begins: behind the time and the area that it lies in, which the follow-up keeps where it
    names none."""
    begin = max([start, *(found.end() for found in re.finditer(r"[的和与、,，\s]|\d年", before[:end]))])
    if any(is_place(said[:at]) and said[at - 1] in AREAS for at in range(2, len(said))):
        return begin
    areas = [at for at in range(begin + 2, end + 1) if before[at - 1] in AREAS and is_place(before[begin:at])]
    return max(areas, default=begin)


def subject_of(before: str, said: str, segmenter: Segmenter) -> str:
    """The thing of which a question asks when it did something, or how long it is; the owner of what is asked of it
    (云溪县县长 of 云溪县县长的电话), for what a follow-up names that is no such thing itself; "" where the question is
    about the thing itself."""
    turn = turn_of(before, segmenter)
    if not turn.asks or not turn.topic or ASKS.search(turn.topic) or _INSTITUTION.search(said) or said in _WEATHER:
        return ""
    if "的" in turn.topic:
        return without(turn.owner, times(turn.owner))
    if named := _named(turn.topic):
        return named
    rest = before[before.find(turn.topic) + len(turn.topic) :]
    return turn.topic if _SAYS_OF.match(fold(rest)) else ""


def _named(topic: str) -> str:
    """The title, or the name of an institution that bears that of a place, that a topic begins with: 清河大桥,
    丰水县第一中学; "" without one."""
    if (at := topic.find("》")) > 0:
        return topic[: at + 1]
    end = _INSTITUTION.search(topic, 2)
    is_named = end is not None and any(is_place(topic[:at]) for at in range(2, end.start() + 1))
    return topic[: end.end()] if end is not None and is_named else ""


def _is_institution(said: str) -> bool:
    return any(found.end() == len(said) for found in _INSTITUTION.finditer(said, 2))


def _names_none(before: str, topic: str) -> bool:
    """Whether a question asks of what it does not name: 校长是谁."""
    said_of = before.startswith(topic) and 0 < len(topic) <= _LONGEST_END and not times(before)
    return said_of and not any(is_place(topic[:at]) for at in range(2, len(topic) + 1))


def kind_of(said: str) -> str:
    """How what a follow-up names is asked for: who, when, number, what; "" where it does not tell."""
    return next((kind for pattern, kind in _KINDS if pattern.search(said)), "")
