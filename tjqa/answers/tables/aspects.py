"""What kind of figure a question asks for and a cell is: a level, a change, a share, against which earlier period.

By the general words of statistics, whatever the subject. Works on folded text.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Aspect(StrEnum):
    """A kind of figure."""

    CHANGE = "change"  # how much more or less than before
    PERCENT = "percent"  # told in per cent
    SHARE = "share"  # of a whole
    ON_YEAR = "on year"  # a change against the same time of the year before
    ON_PERIOD = "on period"  # a change against the period before
    PLAN = "plan"  # what is to be
    DONE = "done"  # what has been reached of it


_OF_HEAD = {
    Aspect.CHANGE: r"涨跌|涨幅|跌幅|增[长减幅速]|增量|减幅|变动|变化|(?:比|较)[上去]|[同环]比|升降",
    Aspect.SHARE: r"占比|比重|占.{0,8}(?:比|%)|份额|构成",
    Aspect.ON_YEAR: r"同比|(?:比|较)(?:上|去)年|上年同[期月](?:为|=)100",
    Aspect.ON_PERIOD: r"环比|(?:比|较)上[期月旬周季]|上[期月](?:为|=)100",
    Aspect.PLAN: r"目标|预算|计划|预计|预期",
    Aspect.DONE: r"完成|实际|执行|决算",
}
_OF_QUESTION = _OF_HEAD | {
    Aspect.CHANGE: r"涨|跌|增[长减幅速]|增量|减幅|变动|变化|[同环]比|升了|降了|[上下]升|下[降滑]"
    r"|(?:比|较).{0,6}[多少高低增减](?:了|多少)",
    Aspect.PERCENT: r"百分[之比]|几成|%|涨跌?幅|跌幅|增[速幅]|减幅|率",
}
_PERCENT_HEAD = re.compile(r"%|％|百分|涨跌幅|增[速幅]|[^汇税费工]率$|占比|比重|比例|=100(?!\d)")
_HEADS = {aspect: re.compile(pattern) for aspect, pattern in _OF_HEAD.items()}
_QUESTIONS = {aspect: re.compile(pattern) for aspect, pattern in _OF_QUESTION.items()}
LEVEL_HEAD = re.compile(r"绝对[值量额数]|指标值|数值")
"""What tables write above the figure itself, beside its change and share."""

CHANGE_WORD = re.compile(
    r"涨跌?幅?|跌幅?|增[长减幅速加]|减少|上[升涨]|下[降跌滑]|变[动化]|[同环]比|提高|降低|涨了|跌了|升|降"
)
"""A word that tells of a change."""

ONLY_CHANGE = re.compile(
    rf"(?:[同环]比|(?:比|较)(?:上[年期月季]|去年)(?:同[期月])?)(?:{CHANGE_WORD.pattern}|[率量额])*"
)
"""A head that tells nothing but against what a change is measured: 同比, 比上年增长率."""


def aspects_of_heads(heads: str, unit: str) -> frozenset[Aspect]:
    """Those of a cell, by the folded heads of its row and column and by its unit."""
    found = {aspect for aspect, pattern in _HEADS.items() if pattern.search(heads)}
    if unit in ("%", "‰") or _PERCENT_HEAD.search(heads):
        found.add(Aspect.PERCENT)
    return frozenset(found)


def aspects_asked(folded: str) -> frozenset[Aspect]:
    """Those that a folded question asks for."""
    return frozenset(aspect for aspect, pattern in _QUESTIONS.items() if pattern.search(folded))
