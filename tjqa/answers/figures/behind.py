"""What goes on from a measure's name in running text, by the grammar of statistics: 达到1.25万亿元,同比增长5.2%.

Whatever stands between a name and a number and is not known, says that the number may be of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.answers.figures import parameters
from tjqa.answers.figures.figure import Against, Kind
from tjqa.documents import Span
from tjqa.text.periods import periods
from tjqa.text.units import unit_length

_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.年月日:])")
_LONGEST = 25
_SCALE = re.compile(r"\s*(?:万亿|[十百千]?[万亿]|[千百](?![瓦米克帕]))?\s*")
_OTHER_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}?(?=左右|以[上内下]|[,、。;:!?\s]|$)(?<!多)(?<!余)")
_PER = re.compile(r"\s*/\s*[\u4e00-\u9fffa-z]{1,4}")
_ROUGH_BEFORE = re.compile(r"(?:约|近|超过?|突破|逾|高于|低于|不低于|不高于|不超过|至少|以上)\s*$")
_ROUGH_BEHIND = re.compile(r"\s*(?:左右|及?以上|以内|及?以下|上下|多|余)")
# 营业收入500万元以下的为微型企业 says what counts as one, not what there was.
_CRITERION = re.compile(r"\s*(?:的|[,、;]?\s*(?:且|或|并且))")
_RANGE = re.compile(r"\s*(?:%|个百分点)?\s*(?:-|—|–|~|～|至|到)+\s*\d")
_FALLS = "下降|减少|回落|下滑|降低|降幅|跌|缩减|负增长"
_WORDS = (
    "总量|总额|总数|总值|规模|水平|数量|金额|全年|累计|预计|预期|预算|计划|目标|力争|力求|确保|争取|实现|完成|达到?|约?为|是|有|已|将|要|可|共|"
    "首次|历史性|再|成功|稳定|保持|控制|维持|在|到|至|约|近|超过?|突破|逾|跨越|站上|迈上|左右|年均|年度|分别|依次|"
    "收于|录得|报|名义|实际|合计|总计|高达|增至|升至|降至|提高到|增加到|增长到|上升到|提升到|扩大到|下降到|降低到|减少到|不低于|不超过|高于|低于"
)
_FILL = re.compile(rf"(?:{_WORDS}|[\s:“”\"'])*")
_ABBREVIATION = re.compile(r"\s*\([^()\d]{1,12}\)")
_CHANGE = re.compile(
    rf"(?P<fill>(?:{_WORDS}|[\s,])*?)"
    r"(?P<against>同比|环比|(?:比|较)(?:上|去)年(?:同[期月]|末)?|(?:比|较)上[月季旬期]|年均|按可比价格?计?算?|[,\s])*"
    rf"(?P<kind>名义|实际|两年平均|年均)?(?:{_WORDS})?"
    rf"(?P<verb>增长率?|增速|增幅|增加|上升|提高|上涨|涨幅|净增|多增|{_FALLS})(?P<behind>(?:{_WORDS}|了|[\s:])*)"
)
_STEPS = re.compile(r"(?:由|从)")
_NEXT = re.compile(r"\s*[,、]\s*")
_LEVEL_AGAIN = re.compile(r"(?:总量|总额|规模|累计)?(?:达到?|约?为|完成|实现|增至|升至|降至)(?:了)?")


@dataclass(frozen=True, slots=True)
class Read:
    """A figure behind a measure: its kind and where its number and all of it stand in the folded text."""

    number: Span
    end: int
    unit: str
    rough: bool
    kind: Kind
    against: Against
    falls: bool
    words: str


def read_behind(folded: str, at: int, end: int, *, is_rate: bool) -> Iterator[Read]:
    """The figures that go on from a measure's name at `at`: a level and a change of it, each once."""
    note = _ABBREVIATION.match(folded, at, end)
    at = note.end() if note is not None else at
    seen: set[Kind] = set()
    while len(seen) < 2:
        read = _change(folded, at, end) or _level(folded, at, end, is_rate=is_rate, again=bool(seen))
        if read is None or read.kind in seen:
            return
        seen.add(read.kind)
        yield read
        following = _NEXT.match(folded, read.end, end)
        if following is None:
            return
        at = following.end()


def _level(folded: str, at: int, end: int, *, is_rate: bool, again: bool) -> Read | None:
    if again and not _LEVEL_AGAIN.match(folded, at, end):
        return None
    fill = _FILL.match(folded, at, end)
    begin = fill.end() if fill is not None else at
    dated = next(periods(folded[begin : begin + 12]), None)
    if dated is not None and dated.span.start == 0:
        return None  # 地区生产总值2023年达到…: of another time than the one before it
    read = number_at(folded, begin, end)
    if read is None or begin - at > parameters.LONGEST_FILL:
        return None
    number, behind, unit, rough = read
    if "%" in unit and not is_rate:
        return None
    return Read(number, behind, unit, rough, Kind.LEVEL, Against.UNTOLD, False, folded[at:begin])


def _change(folded: str, at: int, end: int) -> Read | None:
    found = _CHANGE.match(folded, at, end)
    if found is None or found.end() - at > parameters.LONGEST_FILL or _STEPS.search(found[0]):
        return None
    if re.search("[到至]$", found["verb"] + found["behind"]):
        return None  # 增长到5万: the level
    read = number_at(folded, found.end(), end)
    if read is None:
        return None
    number, behind, unit, rough = read
    words = found[0]
    against = Against.UNTOLD
    if "年均" in words or "平均" in words:
        against = Against.AVERAGE
    elif re.search(r"同比|[上去]年", words):
        against = Against.YEAR
    elif re.search(r"环比|上[月季旬期]", words):
        against = Against.PERIOD
    return Read(number, behind, unit, rough, Kind.CHANGE, against, re.search(_FALLS, words) is not None, words)


def number_at(folded: str, at: int, end: int) -> tuple[Span, int, str, bool] | None:
    """A number at a place: where it stands, where its unit and what bounds it end, the unit, whether it is bounded;
    None of a number without unit, and of a range, which is no figure."""
    found = _NUMBER.match(folded, at, end)
    if found is None or len(found[0]) > _LONGEST or _RANGE.match(folded, found.end(), end):
        return None
    behind = found.end()
    if folded.startswith("%", behind):
        unit, behind = "%", behind + 1
    elif folded.startswith("个百分点", behind):
        unit, behind = "个百分点", behind + 4
    else:
        scale = _SCALE.match(folded, behind, end)
        length = unit_length(folded, behind)
        if not length and scale is not None and scale[0].strip():
            other = _OTHER_UNIT.match(folded, scale.end(), end)  # 亿斤
            length = (other.end() - behind) if other is not None else len(scale[0].rstrip())
        per = _PER.match(folded, behind + length, end) if length else None
        length += len(per[0]) if per is not None else 0
        unit = folded[behind : behind + length].strip()
        behind += length
        if not unit:
            return None
    if _RANGE.match(folded, behind, end):
        return None
    bound = _ROUGH_BEHIND.match(folded, behind, end)
    if bound is not None and _CRITERION.match(folded, bound.end(), end):
        return None
    rough = bound is not None or _ROUGH_BEFORE.search(folded[max(0, at - 6) : at]) is not None
    return Span(*found.span()), bound.end() if bound is not None else behind, unit, rough
