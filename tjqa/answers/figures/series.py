"""The series of a table of figures that is worth a drawing: one name over periods, or over places at one time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tjqa.answers.figures import parameters
from tjqa.answers.figures.comparing import subject_of
from tjqa.answers.figures.figure import Figure, FigureTable, Kind
from tjqa.answers.figures.quantities import unit_of


@dataclass(frozen=True, slots=True)
class Series:
    """Figures with their values in `unit`, oldest first where they are `over_time`, else of several places at one time;
    `is_converted` says that one of them is told in another unit (万元 beside 亿元)."""

    values: tuple[tuple[Figure, Decimal], ...]
    unit: str
    over_time: bool
    is_converted: bool


def drawn(table: FigureTable) -> Series | None:
    """The longest series of levels, else of changes; None where there are no two figures to set side by side."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    placed = table.sure_of_places
    for figure in table.figures:
        if figure.period:
            # Of an untold place beside told ones: of whichever its document is, and no other document's.
            where = figure.citation.path if not figure.place and figure.name in placed else ""
            same = (figure.kind, figure.against, unit_of(figure.unit).base, figure.cumulative)
            length = figure.period.count("-"), "/" in figure.period
            groups.setdefault(("time", subject_of(figure), where, *same, length), []).append(figure)
            groups.setdefault(("place", figure.name, figure.standing.is_fact, figure.period, *same), []).append(figure)
    best: list[Figure] = []
    over_time = True
    for key, group in groups.items():
        # What differs is drawn twice: which of the two is right nobody knows here.
        worth = {(f.period, f.place, f.value * unit_of(f.unit).scale): f for f in group if f.place or key[0] == "time"}
        once = list(worth.values())
        if len(once) > 1 and _rank(once) > (_rank(best) if best else (False, 0)):
            best, over_time = once, key[0] == "time"
    return _series(best[: parameters.MOST_BARS], over_time=over_time) if best else None


def _rank(group: Sequence[Figure]) -> tuple[bool, int]:
    return group[0].kind is Kind.LEVEL, len(group)


def _series(group: Sequence[Figure], *, over_time: bool) -> Series:
    """All in the unit that most of them are told in."""
    units = Counter(figure.unit for figure in group)
    unit = units.most_common(1)[0][0]
    scale = unit_of(unit).scale
    values = tuple((figure, figure.value * unit_of(figure.unit).scale / scale) for figure in group)
    return Series(values, unit, over_time, len(units) > 1)
