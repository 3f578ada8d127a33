"""Whether heads of a table, or the words before a figure, are the measure that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tjqa.answers.figures import parameters
from tjqa.answers.tables.abbreviations import full_names
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import periods
from tjqa.text.segmenter import Segmenter, is_measure
from tjqa.text.units import is_unit

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.](?!\d)|其中[:、]?|[#*])+"
)
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_CHANGE = (
    r"涨跌[幅额]?|增长(?:速度|率|额|量)?|增[速幅量减]|[涨降跌减]幅|变[动化](?:率|额|情况)?|升降|上涨|下降|提高"
    r"|增加[额量]"
)
_AGAINST = r"同比|环比|(?:比|较)[上去]一?[年期月旬周季](?:同[期月]|末)?"
_TIMES = (
    r"自?年初(?:至今|累计)?|累计[值数额]?|上年(?:同[期月])?|去年(?:同[期月])?|[本当](?:期|年|月|季|旬)[值数额]?|上[期月旬季]|全年"
    r"|\d+(?:-|—)本月"
)
_PLAIN_LEVEL = (
    r"绝对[值量额数]|指标值|数值|数额|实际(?:数|值|完成数?)?$|完成(?:数|额|值|情况)?$"
    r"|(?:预算|计划|目标|决算|执行)[数值额]?$|总量$"
)
# 实际增长 is told apart: it is no change of the levels as they are printed.
_KIND = re.compile(f"名义(?=增|[涨降])|{_AGAINST}|{_CHANGE}|{_TIMES}|{_PLAIN_LEVEL}|±")
_ONLY_TIME = re.compile(f"(?:{_TIMES}|[年月日度季旬末底初份止至]|\\d)*")
_AT_END = re.compile(rf"(?:{_CHANGE}|情况|是?多少)+$")
_BEHIND = re.compile(
    rf"(?:总量|总额|总数|合计|数量|金额|[数值量额]|{_AGAINST}|{_CHANGE}|{_TIMES}|{_PLAIN_LEVEL}|[(\[:,、/]|$)"
)
_EDGE = " :：,、.·-—/"


class Measure:
    """The measure that is asked for. `name` is it as typed without a word for its change, `changes` says that there was
    one (地区生产总值增速): only changes are meant."""

    def __init__(self, text: str, segmenter: Segmenter) -> None:
        whole = squeeze(fold(text)).strip("?。")
        self.name = _AT_END.sub("", whole) or whole
        self.changes = bool(re.search(_CHANGE, whole[len(self.name) :]))
        self.names = (self.name, *full_names(self.name))
        cut = [word for word in segmenter.cut(self.name) if len(word) > 1 or not is_measure(word)]
        words = [word for word in cut if len(word) > 1 and word[0].isalnum()] or [self.name]
        self._words = tuple((word, *full_names(word)) for word in dict.fromkeys(words))

    def may_be_in(self, folded: str) -> bool:
        """Whether a folded text without blanks holds it whole, or every word of it."""
        return any(name in folded for name in self.names) or not self.lacking(folded)

    def lacking(self, folded: str) -> list[str]:
        """Its words that a text does not hold."""
        return [word[0] for word in self._words if not any(one in folded for one in word)]

    def is_named(self, rows: Sequence[str], columns: Sequence[str], context: str) -> bool:
        """Whether the bare heads of a cell's row and of its column, outermost first, name it.

        The innermost one of either names it whole, with nothing behind that makes another measure of it; or each of
        those that say more than period and kind holds a word of it and the rest stands in the others and in the
        context: the name of the table. What is indented under it is a part of it, and is none.

        Args:
            rows: heads of the row, without places.
            columns: heads of the column.
            context: what the table is called, folded, without blanks.
        """
        of_row, of_column = ([head for head in heads if residual(head)] for heads in (rows, columns))
        if any(self._names(head) for head in (*of_row[-1:], *of_column[-1:])):
            return True
        telling = [*of_row, *of_column]
        if not telling or any(self._is_whole(head) for head in telling):
            return False
        if any(len(self.lacking(head)) == len(self._words) for head in telling):
            return False
        # What is measured the heads say themselves, where they say more than the measure does: 人均可支配收入 in a
        # table of 收入和消费支出 is no 人均消费支出.
        if self._words[-1][0] in self.lacking("".join(telling)) and any(map(self._says_more, telling)):
            return False
        return not self.lacking("".join(telling) + context)

    def _says_more(self, head: str) -> bool:
        rest = residual(head)
        for word in (name for names in self._words for name in names):
            rest = rest.replace(word, "")
        return len(rest) > 1

    def names_table(self, context: str) -> bool:
        """Whether what a table is called names it whole."""
        return any(self._names(part) for part in context.split("|"))

    def _is_whole(self, head: str) -> bool:
        return any(name in head for name in self.names)

    def _names(self, head: str) -> bool:
        bare = _without_periods(_BRACKETED.sub("", head))
        for name in self.names:
            at = bare.find(name)
            if at >= 0 and _BEHIND.match(bare, at + len(name)):
                return True
            if name in head and at < 0 and head.endswith(name):  # 汽油(95#国vi) asked for with its brackets
                return True
        return False


@lru_cache(maxsize=1 << 14)
def bare_head(head: str) -> str:
    """A head folded, without blanks, its number and periods."""
    return _NUMBERED.sub("", _without_periods(squeeze(fold(head)))).strip(_EDGE)


@lru_cache(maxsize=1 << 14)
def residual(bare: str) -> str:
    """What a bare head says beside the kind of figure, its time and its unit: "" of 比上年增长(%), 价格 of
    本期价格(元)."""
    if len(bare) > parameters.LONGEST_HEAD:
        return bare
    rest = _BRACKETED.sub(lambda found: "" if _is_note(found[1]) else found[0], bare)
    rest = _KIND.sub("", rest).strip(_EDGE)
    return "" if is_unit(rest) or _ONLY_TIME.fullmatch(rest) else rest


def shown_name(head: str) -> str:
    """What a head says beside kind, time and unit as it is written, where that is a piece of it; else folded."""
    written, rest = squeeze(head), residual(bare_head(head))
    at = fold(written).find(rest)
    return written[at : at + len(rest)] if at >= 0 else rest


def _is_note(bracketed: str) -> bool:
    """Whether brackets hold a unit, a base or a remark of time, and do not say what is counted."""
    text = bracketed.removeprefix("单位").strip(":：")
    return not text or is_unit(text) or "=100" in text or _ONLY_TIME.fullmatch(text) is not None or "%" in text[:1]


def _without_periods(folded: str) -> str:
    for dated in reversed(list(periods(folded))):
        folded = folded[: dated.span.start] + folded[dated.span.end :]
    return folded
