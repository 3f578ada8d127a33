"""Whether a cell is the kind of figure that a question asks for, in the unit that it asks for."""

from __future__ import annotations

from tjqa.answers.tables import parameters
from tjqa.answers.tables.aspects import LEVEL_HEAD, Aspect, aspects_of_heads
from tjqa.answers.tables.question import CellQuestion
from tjqa.text.normalize import fold
from tjqa.text.units import ASKED_UNIT

_CHANGES = frozenset({Aspect.ON_YEAR, Aspect.ON_PERIOD})


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
