"""Figures held against each other: those that contradict, and printed changes against the levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from tjqa.answers.figures import parameters
from tjqa.answers.figures.figure import Against, Check, Figure, Kind
from tjqa.answers.figures.quantities import last_digit, plain, unit_of
from tjqa.answers.tables.relative_periods import before
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period
from tjqa.text.places import short_name

_Key = tuple[object, ...]
_PRECISION = 40


def subject_of(figure: Figure) -> _Key:
    """What a figure is of, its period apart: name, place and whether it is a fact."""
    standing = "" if figure.standing.is_fact else figure.standing
    return (squeeze(fold(figure.name)), short_name(figure.place), standing)


def compared(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures, each with the numbers of those that say something else of the same, and with the check of a printed
    change; their order stays."""
    with localcontext() as context:
        context.prec = _PRECISION
        marked = _differing(figures)
        levels: dict[_Key, list[int]] = {}
        for at, figure in enumerate(marked):
            if figure.kind is Kind.LEVEL and figure.period and not figure.rough:
                levels.setdefault((subject_of(figure), figure.period), []).append(at)
        return tuple(replace(figure, check=_checked(figure, marked, levels)) for figure in marked)


def _differing(figures: Sequence[Figure]) -> list[Figure]:
    alike: dict[_Key, list[int]] = {}
    for at, figure in enumerate(figures):
        if figure.period and not figure.rough:
            base = unit_of(figure.unit).base
            key = (subject_of(figure), figure.period, figure.cumulative, figure.kind, figure.against, base)
            alike.setdefault(key, []).append(at)
    found: dict[int, tuple[int, ...]] = {}
    for places in alike.values():
        for at in places:
            others = tuple(other + 1 for other in places if not _same(figures[at], figures[other]))
            if others:
                found[at] = others
    return [replace(figure, differs=found.get(at, ())) for at, figure in enumerate(figures)]


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures of the same base say the same, as far as the less exact of them says it."""
    grains, values = [], []
    for figure in (one, other):
        scale = unit_of(figure.unit).scale
        grains.append(last_digit(figure.text) * scale)
        values.append(figure.value * scale)
    return abs(values[0] - values[1]) <= max(grains) * Decimal(str(parameters.ROUNDING)) or values[0] == values[1]


def _checked(figure: Figure, figures: Sequence[Figure], levels: dict[_Key, list[int]]) -> Check | None:
    """A printed change against the levels of its period and of the one before; None where one of them is unknown."""
    if figure.kind is not Kind.CHANGE or not figure.period or figure.rough or figure.unit == "个百分点":
        return None
    if figure.against not in (Against.YEAR, Against.PERIOD):
        return None
    own = Period.read(figure.period)
    earlier = before(own, by_year=figure.against is Against.YEAR) if own.year else None
    subject = subject_of(figure)
    now = levels.get((subject, figure.period), [])
    then = levels.get((subject, str(earlier)), []) if earlier is not None else []
    pairs = [(figures[a], b) for a in now for b in then if _one_base(figures[a], figures[b])]
    checks = [check for level, at in pairs if (check := _held(figure, level, figures[at], at)) is not None]
    return next((check for check in checks if check.agrees), checks[0] if checks else None)


def _one_base(one: Figure, other: Figure) -> bool:
    return unit_of(one.unit).base == unit_of(other.unit).base


def _held(change: Figure, now: Figure, then: Figure, at: int) -> Check | None:
    scales = [unit_of(figure.unit).scale for figure in (now, then)]
    end, start = now.value * scales[0], then.value * scales[1]
    grain = sum(last_digit(figure.text) * scale for figure, scale in zip((now, then), scales, strict=True))
    slack = Decimal(str(parameters.ROUNDING))
    own = unit_of(change.unit)
    if own.base == "%":
        if start <= 0:
            return None
        value = (end - start) / start * 100
        allowed = slack * (last_digit(change.text) + grain / start * 100)
    elif own.base == unit_of(now.unit).base or not own.base:
        scale = own.scale if own.base else scales[0]
        value = (end - start) / scale
        allowed = slack * (last_digit(change.text) + grain / scale)
    else:
        return None
    return Check(abs(value - change.value) <= allowed, plain(value.quantize(last_digit(change.text))), at + 1)
