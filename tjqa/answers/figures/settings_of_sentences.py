"""When and where a sentence's figures are of: told in the sentence, before it in its paragraph, by its heading, by its
document; unknown where two of them could be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tjqa.answers.figures.places_of_documents import place_begun, place_of
from tjqa.documents import Passage, Span
from tjqa.text.normalize import fold
from tjqa.text.numbers import value_of
from tjqa.text.periods import Period, periods
from tjqa.text.places import place_names, without_lead
from tjqa.text.segmenter import Segmenter

_FULL_STOP = re.compile(r"[。!?\n]")
_RELATIVE = re.compile(r"(?P<year>今年|本年度?|去年|上年|明年|当年)(?!同[期月])")
_SPAN_OF_YEARS = re.compile(
    r"(?:过去|近|这|前|上届|未来|今后|以来|累计)?[一二三四五六七八九十两\d]+年(?:来|间|多来|以来|内)|(?:过去|近|这|未来|今后)的?[一二三四五六七八九十两\d]+年"
    r"|任期|历史上"
)
_PLAN_YEARS = re.compile(r"[“\"]?(?P<number>[六七八九十][一二三四五六七八九]?)五[”\"]?(?:时期|期间|规划|末|以来|期末)?")
_COMPARED = re.compile(r"(?:比|较|自|从|由|与|于|截至)\s*$")
_GOAL = re.compile(r"目标(?:任务)?(?:主要)?(?:是|为|:)|力争|力求|确保|争取|努力实现|预期目标|计划(?:安排|完成)")
_SO_FAR = re.compile(r"已|截至|以来|累计|目前|至今")
_THE_WHOLE = re.compile(r"[全我本]([国省市县区州盟旗镇乡村])(?!级|直|场|政|长)")
_TIME_BEFORE = re.compile(r"[\d年月日上下半一二三四季度前末初,、-]|今|去|全年|初步核算|据统计")
_ITS_OWN = "全国"
_AGO = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "明年": 1, "当年": 0}


@dataclass(frozen=True, slots=True)
class Setting:
    """The period, place and plan that a sentence's figures are of; `is_cumulative` says that the period is several
    months from the first on."""

    period: Period | None
    place: str
    is_plan: bool

    @property
    def is_cumulative(self) -> bool:
        """Whether the period counts from January, but is no whole year."""
        own = self.period
        return own is not None and not own.until and own.first == (1, 1) and 1 < own.last[0] < 12


def setting_of(passage: Passage, folded: str, sentence: Span, at: int, segmenter: Segmenter) -> Setting:
    """The setting of a figure whose measure is named at `at`.

    Args:
        passage: it stands in.
        folded: its text, folded.
        sentence: the sentence, which ends at a semicolon, too.
        at: where the measure's name begins.
        segmenter: of the library.
    """
    start = max((found.end() for found in _FULL_STOP.finditer(folded, 0, at)), default=0)
    own = folded[start:at]
    is_plan = _GOAL.search(own) is not None
    published = _day(passage.published)
    period = _nearest(own, published)
    heading = fold(passage.section)
    line = folded[folded.rfind("\n", 0, start) + 1 : start]
    if period is not None and period is not _UNSURE and not period.year:
        named = (_only(line, published), _only(heading, published), _of_title(passage, published))
        year = next((one.year for one in named if one is not None and one.year > 1 and not one.until), 0)
        year = year or _year_of(period, published)
        period = replace(period, year=year) if year else _UNSURE
    if period is _UNSURE:
        return Setting(None, _place(passage, own, segmenter), is_plan)
    for around in (line, heading):
        if period is None and (period := _only(around, published)) is not None:
            is_plan = is_plan or _GOAL.search(around) is not None
            if period.until:  # a plan of five years: what stands under it may be of one of them
                period = _UNSURE
    if period is None:
        period = _of_title(passage, published)
    period = None if period is _UNSURE else period
    is_plan = is_plan or _is_to_come(period, published, own)
    return Setting(period, _place(passage, own, segmenter), is_plan)


def _is_to_come(period: Period | None, published: date | None, own: str) -> bool:
    """Whether a figure is of a time that had not ended when its document was published, and is not told of so far."""
    if period is None or published is None:
        return False
    ended = (period.until or period.year, *period.last) < (published.year, published.month, published.day)
    return not ended and not _SO_FAR.search(own)


def _of_title(passage: Passage, published: date | None) -> Period | None:
    """The one period that a title tells, where it had ended when the document was published: a report of 2024 tells
    what was reached in 2023, and what is to be reached in 2024."""
    title = _only(fold(passage.title), published)
    if title is None or title is _UNSURE or published is None:
        return None
    return (
        title if (title.until or title.year, *title.last) < (published.year, published.month, published.day) else None
    )


_UNSURE = Period(1)  # several years, not told which


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        return None


def _told(text: str, published: date | None) -> Iterator[tuple[int, Period]]:
    """Every period that a text tells, with the place where it ends; `_UNSURE` for several years without a name."""
    for found in _PLAN_YEARS.finditer(text):
        number = value_of(found["number"]) if len(found["number"]) > 1 else None
        single = {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10}.get(found["number"])
        count = int(number) if number is not None else single
        if count is not None:
            yield found.end(), Period(1951 + 5 * count, until=1955 + 5 * count)
    for found in _SPAN_OF_YEARS.finditer(text):
        yield found.end(), _UNSURE
    year = 0
    for dated in periods(text):
        if _COMPARED.search(text[: dated.span.start]) and dated.period.year:
            continue
        relative = _relative_year(text[: dated.span.start], published)
        year = dated.period.year or relative or year
        yield dated.span.end, replace(dated.period, year=dated.period.year or year)
    for found in _RELATIVE.finditer(text):
        own = _relative_year(text[: found.end()], published)
        if own and not _COMPARED.search(text[: found.start()]):
            yield found.end(), Period(own)


def _relative_year(before: str, published: date | None) -> int:
    """The year that 今年 or 去年 right before a place means; 0 where there is none."""
    found = re.search(r"(今年|本年度?|去年|上年|明年)[的,]?\s*$", before)
    return published.year + _AGO[found[1]] if found is not None and published is not None else 0


def _nearest(text: str, published: date | None) -> Period | None:
    """The last period that a text tells, in the year told before it; None where it tells none."""
    found = sorted(_told(text, published), key=lambda told: told[0])
    if not found:
        return None
    last = found[-1][1]
    if not last.year:
        year = next((period.year for _, period in reversed(found) if period.year > 1), 0)
        return replace(last, year=year)
    return last


def _year_of(period: Period, published: date | None) -> int:
    """The year of a period that tells none: the last one of its name that had ended when it was told."""
    if published is None:
        return 0
    # The end of a month is its 31st, and some tell of a month on its last days.
    ended = (period.last[0], min(period.last[1], 25)) <= (published.month, published.day)
    return published.year - (not ended)


def _only(text: str, published: date | None) -> Period | None:
    """The one period that a text tells; `_UNSURE` of several."""
    found = {period for _, period in _told(text, published)}
    if len(found) > 1:
        return _UNSURE
    return next(iter(found), None)


def _place(passage: Passage, own: str, segmenter: Segmenter) -> str:
    """The place told nearest before: in the clause, else at the beginning of the sentence, else by the document."""
    clause = own[max(own.rfind(mark) for mark in ",;:") + 1 :]
    if _ITS_OWN in clause:
        return _ITS_OWN
    named = _places_in(clause, segmenter)
    whole = _whole(clause)
    if named and (whole is None or clause.rfind(named[-1]) > whole.start() or named[-1].endswith(whole[1])):
        return named[-1]
    first = own[: min((at for mark in ",;:" if (at := own.find(mark)) >= 0), default=len(own))]
    if whole is None:
        leading = [name for name in place_names(first, segmenter) if first.lstrip("0123456789年月日 ").startswith(name)]
        leading += [said] if (said := place_begun(first)) else []
        if leading:
            return without_lead(leading[0])
        begins = _whole(first)
        whole = begins if begins is not None and not _TIME_BEFORE.sub("", first[: begins.start()]).strip() else None
    return place_of(passage, whole[1] if whole is not None else "", segmenter)


def _places_in(clause: str, segmenter: Segmenter) -> list[str]:
    named = place_names(clause, segmenter) or [said for said in [place_begun(clause)] if said]
    return [without_lead(name) for name in named]


def _whole(text: str) -> re.Match[str] | None:
    """The last 全市, 我省, 本县 in a text."""
    return next(reversed(list(_THE_WHOLE.finditer(text))), None)
