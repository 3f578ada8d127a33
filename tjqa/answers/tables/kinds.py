"""Whether a cell is the kind of figure that a question asks for, in the unit that it asks for."""

from __future__ import annotations

import re

from tjqa.answers.tables import parameters
from tjqa.answers.tables.aspects import LEVEL_HEAD, Aspect, aspects_asked, aspects_of_heads
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.question import CellQuestion
from tjqa.documents.tables import Origin
from tjqa.text.normalize import fold, squeeze
from tjqa.text.units import ASKED_UNIT

_CHANGES = frozenset({Aspect.ON_YEAR, Aspect.ON_PERIOD})
_NAMED_BUDGET = re.compile("预算(?=收入|支出|内|外|管理)")  # the name of an account, be it told or planned
_SUMMED = re.compile("累计|截[至止]|年初|以来|至今|为止|[月期日]止|总")
_SINGLE_PERIOD = re.compile("[当本][年月日旬周季期]|单[月季]")
_ASKED_RANK = re.compile(r"第几|排名?多少[位名]?|多少[位名](?!人)")
_OF_RANK = re.compile(r"[名位]次|排[名位行序]|序[号位]?|第\s*\d+|[名位]$")
_OF_THINGS = frozenset({"money", "people", "area", "mass", "length", "energy", "volume"})
_OF_HUNDRED = re.compile("[率比占成幅]|份额|百分|%|程度|进度|水平")


def strangeness(question: CellQuestion, heads: str, unit: str, text: str) -> tuple[float, bool]:
    """What a cell loses by being another kind of figure, or one in another unit, than is asked for; whether it is
    in the unit asked for, or the figure itself (绝对值) where no change or share is asked for.

    Args:
        question: what is asked.
        heads: those that say what the cell is, folded.
        unit: of the cell, "" where none is told.
        text: of the cell, folded.
    """
    asked, is_of = question.aspects, aspects_of_heads(heads, unit)
    wrong = int((Aspect.CHANGE in asked) != (Aspect.CHANGE in is_of))
    wrong += Aspect.SHARE in is_of and not {Aspect.SHARE, Aspect.PERCENT} & asked
    wrong += bool(_CHANGES & asked and _CHANGES & is_of and not _CHANGES & asked & is_of)
    wrong += Aspect.PLAN in is_of and Aspect.PLAN not in asked
    wrong += bool(question.asked) and not any(one.values.search(text) for one in question.asked)
    other = _other_unit(question, unit, Aspect.PERCENT in is_of)
    is_plain = bool(question.unit and unit) or LEVEL_HEAD.search(heads) is not None
    is_unit = is_plain and not other and not wrong
    return parameters.OTHER_ASPECT * wrong + parameters.OTHER_UNIT * other, is_unit


def _other_unit(question: CellQuestion, unit: str, is_percent: bool) -> float:
    """How much the unit of a cell is not the one that is asked for, 0..1."""
    if question.unit == "percent" or Aspect.PERCENT in question.aspects:
        return float(not is_percent)
    if is_percent:
        return 1.0 if question.unit else parameters.PERCENT_UNASKED
    if question.unit and unit:
        found = ASKED_UNIT.match(f"多少{fold(unit)}")
        return parameters.UNIT_OF_OTHER_KIND * (found is not None and found.lastgroup != question.unit)
    return 0.0


def _counts_other_things(question: CellQuestion, fit: Fit) -> bool:
    """Whether a cell's own heads say that it counts in units of other things than are asked for: 亿元 for 多少人."""
    unit = fit.cell.unit
    if unit is None or unit.origin not in (Origin.HEAD, Origin.ROW, Origin.CELL) or question.unit not in _OF_THINGS:
        return False
    found = ASKED_UNIT.match(f"多少{fold(unit.value)}")
    return found is not None and found.lastgroup in _OF_THINGS and found.lastgroup != question.unit


def is_other_kind(question: CellQuestion, fit: Fit) -> bool:
    """Whether a column says itself to be of another kind than the question names: planned for done, summed up since
    January for a single month, a change or a percentage for the figure; a figure for a rank."""
    innermost = squeeze(fold("".join(fit.cell.column_heads[-1:])))
    if _counts_other_things(question, fit):
        return True
    if _ASKED_RANK.search(question.folded) and not _OF_RANK.search(f"{innermost}|{fit.cell.text}"):
        return True
    if not innermost or fit.named[1]:
        return False
    heads = _NAMED_BUDGET.sub("", squeeze(fold(" ".join(fit.cell.column_heads))))
    asked = aspects_asked(_NAMED_BUDGET.sub("", question.folded))
    unit = fit.cell.unit.value if fit.cell.unit is not None else ""
    is_of = aspects_of_heads(heads, unit)
    for kind, other in ((Aspect.PLAN, Aspect.DONE), (Aspect.DONE, Aspect.PLAN)):
        if kind in asked and other not in asked and other in is_of and kind not in is_of:
            return True
    if Aspect.CHANGE in is_of and not {Aspect.CHANGE, Aspect.PERCENT} & question.told_aspects:
        return True
    if Aspect.PERCENT in is_of and question.unit != "percent" and not _OF_HUNDRED.search(question.folded):
        return Aspect.CHANGE not in question.told_aspects
    return _is_other_sum(question, fit, heads)


def _is_other_sum(question: CellQuestion, fit: Fit, heads: str) -> bool:
    """Whether a column is summed up and the question names a single period, which the column itself is not of; or the
    other way round."""
    own = fit.cell.period is not None and fit.cell.period.origin in (Origin.HEAD, Origin.ROW, Origin.CELL)
    if own or not question.periods:
        return False
    if _SUMMED.search(question.folded):
        return _SINGLE_PERIOD.search(heads) is not None and _SUMMED.search(heads) is None
    months = [period for period in question.periods if period.first[0] != 1 or period.last[0] != 12]
    return bool(months) and _SUMMED.search(heads) is not None
