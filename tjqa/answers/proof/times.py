"""Times of a draft against times of the library: the same, longer ones, and such as contradict each other."""

from __future__ import annotations

from collections.abc import Iterable

from tjqa.answers.proof.sources import SourceUnit
from tjqa.text.own_time import OwnYear
from tjqa.text.periods import Period


def meets(one: Period, other: Period) -> bool:
    """Whether two stretches have a day in common."""
    first, last = (one.year, *one.first), (one.until or one.year, *one.last)
    return first <= (other.until or other.year, *other.last) and (other.year, *other.first) <= last


def same_time(mine: Period, other: Period, years: Iterable[int]) -> bool:
    """Whether a time of a draft is one of the library, or a longer one that holds it."""
    if mine.until or other.until:
        return (mine.year, mine.until) == (other.year, other.until)
    year = other.year or (mine.year if not mine.year or mine.year in set(years) or not set(years) else -1)
    if mine.year and mine.year != year:
        return False
    return mine.first <= other.first and other.last <= mine.last


def is_rival(mine: Period, other: Period) -> bool:
    """Whether a time of the library is told as exactly as one of a draft, and is another."""
    return mine.exactness == other.exactness and bool(mine.year) <= bool(other.year or mine.exactness > 0)


def years_around(unit: SourceUnit) -> set[int]:
    """The years that the title, section, file and date of a sentence tell, and those that 去年 and 今年 mean in it."""
    passage = unit.source.passage
    relative = OwnYear.of(f"{passage.title} {passage.name}", passage.published).years(unit.folded)
    return relative | {one.year for one in unit.source.context_periods if one.year}


def is_known(mine: Period, unit: SourceUnit, years: set[int]) -> bool:
    """Whether a time is told by what is around a sentence, if not in it: its title, other sentences of its passage."""
    if mine.exactness == 0 and not mine.until:
        return mine.year in years
    beside = [dated.period for other in unit.source.units if other is not unit for dated in other.periods]
    return any(same_time(mine, own, years) for own in (*unit.source.context_periods, *beside))
