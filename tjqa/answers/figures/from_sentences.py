"""The figures of a measure in running text: what stands right behind its name, by the grammar of statistics.

地区生产总值达到1.25万亿元,同比增长5.2%: a level, and the change that goes on from it. Only what this grammar reads is a
figure; whatever stands between a name and a number and is not known, says that the number may be of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tjqa.answers.figures import parameters
from tjqa.answers.figures.behind import Read, read_behind
from tjqa.answers.figures.figure import Against, Standing
from tjqa.answers.figures.found import Found
from tjqa.answers.figures.measure import Measure
from tjqa.answers.figures.not_so import is_denied, is_goal, is_of_others, is_supposed, qualifies
from tjqa.answers.figures.respectively import Paired, in_turn, is_shared, item_before, paired
from tjqa.answers.figures.settings_of_sentences import Setting, setting_of
from tjqa.documents import Passage, Span
from tjqa.ingest.tables.names import place_said
from tjqa.text.normalize import fold
from tjqa.text.numbers import is_marked
from tjqa.text.periods import periods
from tjqa.text.places import is_place, place_names
from tjqa.text.segmenter import Segmenter, is_measure, is_verb
from tjqa.text.sentences import sentences, trim

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
        if is_supposed(folded, sentence, named.start, self._segmenter) or is_of_others(before, sentence.of(folded)):
            return
        word = in_turn(folded, clause, named)
        row = item_before(before) if word is not None and word.start >= named.end else before
        narrower = self._narrower(row)
        if narrower is None:
            return
        setting = setting_of(passage, folded, sentence, named.start, self._segmenter)
        for one in self._told(folded, Span(clause, sentence.end), named, word):
            if is_marked(one.read.number.of(passage.text)) or qualifies(folded, one.read.end):
                continue
            if not is_goal(folded, one.read.end) and is_denied(folded, sentence, clause, one.read.number, one.read.end):
                continue
            own = replace(setting, place=one.place or setting.place, period=one.period or setting.period)
            told = before + one.read.words + ("目标" if is_goal(folded, one.read.end) else "")
            yield self._found(passage, folded, sentence, named, own, one.read, narrower, told)

    def _told(self, folded: str, around: Span, named: Span, word: Span | None) -> Iterator[Paired]:
        is_rate = bool(_IS_RATE.search(self._measure.name))
        if word is not None:
            yield from paired(folded, around.start, named, around.end, word, is_rate=is_rate)
        elif not is_shared(folded[around.start : named.start]):
            yield from map(Paired, read_behind(folded, named.end, around.end, is_rate=is_rate))

    def _found(
        self,
        passage: Passage,
        folded: str,
        sentence: Span,
        named: Span,
        setting: Setting,
        read: Read,
        narrower: str,
        told: str,
    ) -> Found:
        quote = trim(folded, sentence)
        value = Decimal(read.number.of(folded).replace(",", "").replace("−", "-"))
        base = passage.span.start
        return Found(
            passage,
            Span(base + quote.start, base + quote.end),
            Span(base + read.number.start, base + read.number.end),
            narrower + self._measure.name + (_REAL if _AT_CONSTANT_PRICES.search(read.words) else ""),
            setting.place,
            None if read.against is Against.AVERAGE and not _is_of_years(setting) else setting.period,
            setting.is_cumulative,
            read.kind,
            read.against,
            _standing(told, setting),
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


def _standing(words: str, setting: Setting) -> Standing:
    if _FORECAST.search(words):
        return Standing.FORECAST
    if setting.is_plan or _PLAN.search(words):
        return Standing.PLAN
    return Standing.DONE if _DONE.search(words) else Standing.TOLD
