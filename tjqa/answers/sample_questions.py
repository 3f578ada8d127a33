"""Sample questions made from the user's own documents, as people ask: a figure is taken out of a clause and asked for
by its unit, with the place and the year it is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tjqa.answers.figures.settings_of_sentences import setting_of
from tjqa.answers.tables.earlier_periods import timely
from tjqa.documents import Passage, Span, TablePart
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.results import Answer
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, whole_period
from tjqa.text.places import place_names
from tjqa.text.segmenter import AREAS, Segmenter, is_verb

# 城镇居民人均可支配收入39540元 → 城镇居民人均可支配收入是多少元？  The clause must begin at a clause mark, say what is
# counted in Chinese characters alone, and hold nothing but the figure and its unit after that.
_CLAUSE = re.compile(
    r"(?:^|[,，。;；、:：])(?P<what>[\u4e00-\u9fff]{5,18}?)(?P<link>达到|达|约?为|完成|实现|有)?"
    r"(?P<number>\d[\d,.]*)(?P<scale>万亿|[百千]?[万亿])?(?P<unit>%|[\u4e00-\u9fff]{1,3})(?=[,，。;；、])"
)
_MONEY = re.compile(r"(?:美|欧|日|港)?元")
_COUNTED = frozenset("个家项人户名座条所辆台套件次种处款批组间部篇只头株幢栋")
_RISES = re.compile(r"(?:增长|上升|提高|下降|减少|降低)$")
# What begins so tells of a plan, or goes on from what stands before it: no name of a thing that could be asked for.
_GOES_ON = re.compile(
    "预计|力争|力求|确保|争取|计划|目标|预期|拟|将|要|为|使|让|把|对|在|从|由|向|按|以|与|和|及|并|而|但|其|共|已|又|再|也|均|各|约|超|近|达|"
    "同比|环比|比|较|占|分别|累计|总|合计|包括|包含|涉及|覆盖|其中|全部|目前|截至|今年|去年|上年|全年|该|本|这|那|此|每"
    "|.*(?:等|各)"
)
# Between the name of a thing and its figure.
_TAIL = re.compile("(?:累计|已经?|共计?|总计|合计|突破|超过|实现|分别|全部|新增|同比|环比|再)+$")
_BEFORE_RISE = re.compile("(?:实现|同比|环比|预计|再)+(?=(?:增长|上升|提高|下降|减少|降低)$)")
_WHOLE_AREA = re.compile(r"^全[国省市县区州盟旗镇乡]")
_NEW = "新"
_SHORTEST, _LONGEST_HEAD = 4, 20
_TRIES = 4  # candidates made for each sample wanted


@dataclass(frozen=True, slots=True)
class Sample:
    """A question and the passage it was made from."""

    text: str
    source: Passage


def sample_questions(passages: Iterable[Passage], segmenter: Segmenter, limit: int) -> Iterator[Sample]:
    """Questions, at most one a file in the first round; at most `limit`."""
    seen: set[str] = set()
    spare: list[Sample] = []
    for passage in passages:
        made = next(_made_from(passage, segmenter), None)
        if made is None:
            continue
        if passage.path in seen:
            spare.append(Sample(made, passage))
            continue
        seen.add(passage.path)
        yield Sample(made, passage)
        if len(seen) >= limit:
            return
    yield from spare[: limit - len(seen)]


def good_samples(
    passages: Iterable[Passage], segmenter: Segmenter, ask: Callable[[str], Answer], count: int
) -> Iterator[str | None]:
    """The first `count` questions to which `ask` gives the figure they were made from as an answer; None after each
    other one that was tried, so that who waits may do something else in between."""
    good: set[str] = set()
    for sample in sample_questions(passages, segmenter, _TRIES * count):
        if len(good) == count:
            return
        is_good = sample.text not in good and _answers(ask(sample.text), sample.source)
        good |= {sample.text} if is_good else set()
        yield sample.text if is_good else None


def _answers(answer: Answer, source: Passage) -> bool:
    if answer.strength != "answer":
        return False
    best = answer.best[0]
    return best.path == source.path and source.span.start <= best.span.start and best.span.end <= source.span.end


def _made_from(passage: Passage, segmenter: Segmenter) -> Iterator[str]:
    if passage.role != "body":
        return
    if passage.table is not None:
        yield from _of_table(passage, passage.table)
        return
    folded = fold(passage.text)
    for found in _CLAUSE.finditer(passage.text):
        what, unit = _TAIL.sub("", _BEFORE_RISE.sub("", found["what"])), found["unit"]
        if len(what) < _SHORTEST or _GOES_ON.match(what) or (asked := _asked(what, unit, found["scale"] or "")) is None:
            continue
        setting = setting_of(passage, folded, Span(found.start("what"), found.end()), found.start("what"), segmenter)
        if setting.is_plan or is_verb(segmenter.cut(what)[0]):
            continue
        place = _place(passage, what, segmenter)
        if place or not what.startswith(_NEW):  # 新签约… alone is how a sentence goes on, not how one begins
            yield f"{place}{_year(setting.period)}{_WHOLE_AREA.sub('', asked) if place else asked}？"


def _asked(what: str, unit: str, scale: str) -> str | None:
    """The question for a figure, by its unit; None for a unit that no question asks for."""
    if unit == "%":
        return f"{what}了百分之几" if _RISES.search(what) else f"{what}是百分之几"
    if _RISES.search(what):
        return None
    if _MONEY.fullmatch(unit):
        return f"{what}是多少{scale}{unit}"
    if len(unit) == 1 and unit in _COUNTED:
        return f"{what}有多少{scale if unit == '人' else ''}{unit}"
    return None if unit != "人次" and unit[0] in _COUNTED | set("年月日时分余多") else f"{what}是多少{scale}{unit}"


def _place(passage: Passage, what: str, segmenter: Segmenter) -> str:
    """The narrowest place that the title names, unless the thing is named with it."""
    named = [name for name in place_names(passage.title, segmenter) if name[-1] in AREAS and len(name) > 1]
    return "" if not named or named[-1] in what else named[-1]


def _year(period: Period | None) -> str:
    whole = period is not None and period == Period(period.year)
    return f"{period.year}年" if period is not None and whole and period.year > 1 else ""


def _of_table(passage: Passage, table: TablePart) -> Iterator[str]:
    """Questions for cells that are one figure of one row and one column."""
    for cell in table.cells(passage.text, passage.span.start):
        if cell.kind is ColumnKind.VALUE and not cell.total and (asked := _asked_of_cell(timely(cell))):
            yield asked


def _asked_of_cell(cell: Cell) -> str:
    heads = [*cell.row_heads[-1:], *cell.column_heads[-1:]]
    fit = len(heads) == 2 and all(
        0 < len(head) <= _LONGEST_HEAD and not any(c.isspace() for c in head) for head in heads
    )
    if not fit or not re.fullmatch(r"-?\d[\d,.]*%?", cell.text.strip()) or heads[0].isdecimal():
        return ""
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", heads[1])
    period = Period.read(cell.period.value) if cell.period is not None else None
    year = "" if period is None or f"{period.year}" in "".join(heads) else _year(period)
    unit = cell.unit.value if cell.unit is not None else ""
    if whole_period(fold(heads[1])) is not None:  # 早稻 under 2022
        named = re.sub(r"[(（][^()（）]*[)）]$", "", heads[0]) or heads[0]
        return f"{_year(period) or heads[1]}{named}是多少{'' if unit == '%' else unit}？"
    return f"{year}{heads[0]}的{bare or heads[1]}是多少{'' if unit == '%' else unit}？"
