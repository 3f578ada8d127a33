"""A question in the words of the tables near it: 能耗 is what they call it, 产了多少吨粮食 their
粮食产量, 十六中 their 第十六中学."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tjqa.answers.tables.grid import Grid
from tjqa.text.indicators import INDICATORS, as_told
from tjqa.text.lay_words import official
from tjqa.text.normalize import fold, squeeze
from tjqa.text.segmenter import Segmenter, is_measure
from tjqa.text.units import is_unit

_HOW_MUCH = re.compile(r"(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:掉|出|过)?了?(?:多少|几)(?P<behind>[\u4e00-\u9fff]{1,10})")
# What was done and how much of it, behind what it was done to: 稻谷收了多少吨.
_DONE = re.compile(r"(?P<thing>[\u4e00-\u9fff]{2,8}?)(?P<verb>[收产打卖用招花挣种养])(?:掉|出|过)?了?(?:多少|几)")
_MEASURES_OF = {
    "收": ("产量",),
    "产": ("产量",),
    "打": ("产量",),
    "卖": ("销售量", "销量", "销售额"),
    "用": ("消费量", "使用量", "施用量", "用量"),
    "招": ("招生数", "招生人数", "招生计划", "招聘人数"),
    "花": ("总花费", "花费", "支出", "费用"),
    "挣": ("可支配收入", "收入", "工资"),
    "种": ("播种面积", "种植面积"),
    "养": ("存栏数", "存栏量", "存栏"),
}
_PERSONS = re.compile("(?:个|名)?(?:人|新?学?生|员工)[?？。]?")
_PEOPLE = re.compile(r"(?:一共|总共|共|现)?有(?:多少|几)[万亿]?人(?:口)?(?=[?？。]?$)")
_POPULATIONS = ("年末常住人口", "常住人口", "年末总人口", "总人口", "人口数")
_NUMBERED = re.compile(r"(?P<number>[一二三四五六七八九十]+|\d{1,2})(?P<kind>[中小院幼])(?![学国型央心等医间儿])")
_KINDS = {"中": "中学", "小": "小学", "院": "医院", "幼": "幼儿园"}
_MEASURES = ("量", "额", "数", "人数", "面积", "总量", "")  # what is counted of what was done: 产量, 进口额
_INDICATORS = frozenset(name for group in INDICATORS for name in group)


def as_tables_say(folded: str, grids: Sequence[Grid], segmenter: Segmenter) -> str:
    """A folded question without white space as the tables would put it; itself where they have no other words."""
    cells = [cell for grid in grids for row in grid.rows for cell in row.cells]
    heads = {head for cell in cells for head in (*cell.row_heads, *cell.column_heads)}
    names = {squeeze(fold(head)) for head in heads} | {grid.context for grid in grids}

    def is_told(name: str) -> bool:
        return any(name in told for told in names)

    def measured(found: re.Match[str]) -> str:
        of_people = _MEASURES_OF.get(found["verb"][-1], ()) if _PERSONS.fullmatch(found["behind"]) else ()
        known = [*filter(is_told, of_people), *(one for one in _measures(found) if one in _INDICATORS or is_told(one))]
        return f"{known[0]}是多少" if known else found[0]

    def done(found: re.Match[str]) -> str:
        thing = found["thing"]
        for measure in _MEASURES_OF[found["verb"]]:
            for length in range(min(len(thing), 4), 1, -1):
                if is_told(thing[-length:] + measure):
                    return f"{thing}{measure}是多少"
        return found[0]

    def numbered(found: re.Match[str]) -> str:
        name = f"第{found['number']}{_KINDS[found['kind']]}"
        return name if is_told(name) else found[0]

    told = _NUMBERED.sub(numbered, official(folded, segmenter, is_told))
    told = _HOW_MUCH.sub(measured, _DONE.sub(done, told))
    if people := next(filter(is_told, _POPULATIONS), ""):
        told = _PEOPLE.sub(f"{people}是多少", told)
    return as_told(told, names)


def _measures(found: re.Match[str]) -> Iterator[str]:
    """How a table may call what was done to how much of what: 粮食产量, 用电量; the longer names first."""
    behind = found["behind"]
    counted = max((end for end in range(len(behind)) if is_unit(behind[:end]) or is_measure(behind[:end])), default=0)
    for thing in dict.fromkeys((behind, behind[counted:])):
        for measure in _MEASURES:
            yield from (f"{thing}{found['verb']}{measure}", f"{found['verb']}{thing}{measure}")
