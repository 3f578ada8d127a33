"""The figures of a measure in running text: what stands right behind its name, by the grammar of statistics.

地区生产总值达到1.25万亿元,同比增长5.2%: a level, and the change that goes on from it. Only what this grammar reads is a
figure; whatever stands between a name and a number and is not known, says that the number may be of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tjqa.answers.figures import parameters
from tjqa.answers.figures.figure import Against, Kind, Standing
from tjqa.answers.figures.found import Found
from tjqa.answers.figures.measure import Measure
from tjqa.answers.figures.settings_of_sentences import Setting, setting_of
from tjqa.documents import Passage, Span
from tjqa.ingest.tables.names import place_said
from tjqa.text.normalize import fold
from tjqa.text.periods import periods
from tjqa.text.places import is_place, place_names
from tjqa.text.segmenter import Segmenter, is_measure, is_verb
from tjqa.text.sentences import sentences, trim
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
    "首次|历史性|再|成功|稳定|保持|控制|维持|在|到|至|约|近|超过?|突破|逾|跨越|站上|迈上|左右|年均|年度|分别为|"
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
_FORECAST, _PLAN = (
    re.compile(r"预计|预测"),
    re.compile(r"目标|预期|力争|力求|确保|争取|计划|预算|要|将|不低于|不超过|左右"),
)
_DONE = re.compile(r"完成|实现|达|突破|超")
_IS_RATE = re.compile(r"(?:率|比重|比例|占比|比|增速|增幅|系数|指数)$")
_PARTS = re.compile(r"占|相当于|每|其中$|单位$|人均$")
_NAMES_WITH = re.compile("[新净多少]增|新建|新签|新开工|转移|带动|吸纳|引进|到位|续建|在建|拟建|待建")
_AT_CONSTANT_PRICES = re.compile(r"实际增|可比价")
_REAL = " · 实际"
_LEADS = re.compile(
    "预计|预期|预算|计划|目标|力争|力求|确保|争取|实现|完成|达到?|全年|累计|分别|合计|总计|首次|再次|成功|稳定|保持|控制|其中"
)
_STOPS = re.compile(r"全[国省市县区州盟旗镇乡年]|[我本该]|其中|同期|各|的")


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure behind a measure: its kind and where its number and all of it stand in the folded text."""

    number: Span
    end: int
    unit: str
    rough: bool
    kind: Kind
    against: Against
    falls: bool
    words: str


class SentenceReader:
    """Reads sentences for one measure."""

    def __init__(self, measure: Measure, segmenter: Segmenter) -> None:
        self._measure = measure
        self._segmenter = segmenter
        # A place may stand between parts of the name only where the text does not break.
        names = sorted(measure.names, key=len, reverse=True)
        self._name = re.compile("|".join(r"\s*".join(map(re.escape, name)) for name in names))

    def figures(self, passage: Passage) -> Iterator[Found]:
        """The figures of the measure in the sentences of a passage that are no rows of a table."""
        folded = fold(passage.text)
        if not self._name.search(folded):
            return
        rows = _rows(passage)
        for sentence in sentences(folded):
            if any(sentence.start < row.end and row.start < sentence.end for row in rows):
                continue
            taken = sentence.start
            for named in self._name.finditer(folded, sentence.start, sentence.end):
                if named.start() < taken:
                    continue
                for found in self._behind(passage, folded, sentence, Span(*named.span())):
                    taken = found.span.end - passage.span.start
                    yield found

    def _behind(self, passage: Passage, folded: str, sentence: Span, named: Span) -> Iterator[Found]:
        clause = _clause_start(folded, sentence, named.start)
        before = folded[clause : named.start]
        if _PARTS.search(before[-8:]) or before.endswith(("或", "且")):
            return
        narrower = self._narrower(before)
        if narrower is None:
            return
        setting = setting_of(passage, folded, sentence, named.start, self._segmenter)
        quote = trim(folded, sentence)
        for read in _read_behind(folded, named.end, sentence.end, is_rate=bool(_IS_RATE.search(self._measure.name))):
            text = read.number.of(folded)
            value = Decimal(text.replace(",", "").replace("−", "-"))
            base = passage.span.start
            yield Found(
                passage,
                Span(base + quote.start, base + quote.end),
                Span(base + read.number.start, base + read.number.end),
                narrower + self._measure.name + (_REAL if _AT_CONSTANT_PRICES.search(read.words) else ""),
                setting.place,
                None if read.against is Against.AVERAGE and not _is_of_years(setting) else setting.period,
                setting.is_cumulative,
                read.kind,
                read.against,
                _standing(before + read.words, setting),
                -value if read.falls else value,
                passage.text[read.number.start : read.number.end],
                read.unit,
                ("sentence", passage.path, base + named.start),
                rough=read.rough,
            )

    def _narrower(self, before: str) -> str | None:
        """What stands before the name and narrows it: 规模以上工业 of 增加值; None where it does not say of what it is
        (…、…和增加值 names several)."""
        ends = [dated.span.end for dated in periods(before)]
        ends += [before.rfind(place) + len(place) for place in [place_said(before.strip())] if place]
        ends += [before.rfind(name) + len(name) for name in place_names(before, self._segmenter)]
        before = before[max(ends, default=0) :]
        words = self._segmenter.cut(before[-parameters.LONGEST_NAME - 6 :])
        taken: list[str] = []
        for word in reversed(words):
            is_end = not word.strip() or not ("\u4e00" <= word[0] <= "\u9fff") or _LEADS.fullmatch(word)
            if word == "的" and taken == []:
                continue
            goes_on = (taken and len(taken[0]) == 1) or (not taken and self._is_of_name(word))  # 脱贫|县, 新增|就业
            if is_end or _STOPS.match(word) or is_measure(word) or is_place(word) or (is_verb(word) and not goes_on):
                break
            taken.insert(0, word)
        name = "".join(taken)
        if len(name) > parameters.LONGEST_NAME:
            return None
        return "" if len(name) == 1 else name

    def _is_of_name(self, verb: str) -> bool:
        """Whether a verb right before the measure makes another one of it: 新增就业 is not 就业."""
        return bool(_NAMES_WITH.fullmatch(verb)) or len(self._measure.name) < 3


def _is_of_years(setting: Setting) -> bool:
    return setting.period is not None and setting.period.until > 0


def _rows(passage: Passage) -> list[Span]:
    """Where rows of a table stand in a passage's text."""
    table = passage.table
    spans = [value.span for row in table.rows for value in row.values] if table is not None else []
    return [Span(span.start - passage.span.start, span.end - passage.span.start) for span in spans]


def _clause_start(folded: str, sentence: Span, at: int) -> int:
    found = max(folded.rfind(mark, sentence.start, at) for mark in ",:")
    return found + 1 if found >= 0 else sentence.start


def _read_behind(folded: str, at: int, end: int, *, is_rate: bool) -> Iterator[_Read]:
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


def _level(folded: str, at: int, end: int, *, is_rate: bool, again: bool) -> _Read | None:
    if again and not _LEVEL_AGAIN.match(folded, at, end):
        return None
    fill = _FILL.match(folded, at, end)
    begin = fill.end() if fill is not None else at
    dated = next(periods(folded[begin : begin + 12]), None)
    if dated is not None and dated.span.start == 0:
        return None  # 地区生产总值2023年达到…: of another time than the one before it
    read = _number(folded, begin, end)
    if read is None or begin - at > parameters.LONGEST_FILL:
        return None
    number, behind, unit, rough = read
    if "%" in unit and not is_rate:
        return None
    return _Read(number, behind, unit, rough, Kind.LEVEL, Against.UNTOLD, False, folded[at:begin])


def _change(folded: str, at: int, end: int) -> _Read | None:
    found = _CHANGE.match(folded, at, end)
    if found is None or found.end() - at > parameters.LONGEST_FILL or _STEPS.search(found[0]):
        return None
    if re.search("[到至]$", found["verb"] + found["behind"]):
        return None  # 增长到5万: the level
    read = _number(folded, found.end(), end)
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
    return _Read(number, behind, unit, rough, Kind.CHANGE, against, re.search(_FALLS, words) is not None, words)


def _number(folded: str, at: int, end: int) -> tuple[Span, int, str, bool] | None:
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


def _standing(words: str, setting: Setting) -> Standing:
    if _FORECAST.search(words):
        return Standing.FORECAST
    if setting.is_plan or _PLAN.search(words):
        return Standing.PLAN
    return Standing.DONE if _DONE.search(words) else Standing.TOLD
