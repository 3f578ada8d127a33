"""A fact of a draft against the places of the library that may tell the same: where it holds, and what contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tjqa.answers.proof import parameters
from tjqa.answers.proof.facts import DOCUMENT_NUMBER, Fact, persons, places, same_place
from tjqa.answers.proof.matching import Around
from tjqa.answers.proof.report import FactKind, Verdict
from tjqa.answers.proof.sources import SourceCell, SourceText, SourceUnit
from tjqa.answers.proof.values import Quantity, holds, is_one_kind
from tjqa.documents import Passage, Span
from tjqa.text.normalize import squeeze
from tjqa.text.own_time import OwnYear
from tjqa.text.periods import Period
from tjqa.text.segmenter import Segmenter


@dataclass(frozen=True, eq=False)
class Told:
    """A place in the library: `span` in its file, `quote` what is cited around it; how far the words around it agree,
    whether it says the same (and rounds), and whether it is of another time or place than the draft tells."""

    passage: Passage
    quote: Span
    span: Span
    agreement: float
    is_same: bool
    is_rounded: bool = False
    other_time: bool = False
    other_place: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is of another time or place."""
        return self.other_time or self.other_place


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence of a draft, folded, with its facts."""

    folded: str
    facts: Sequence[Fact]

    @property
    def periods(self) -> list[Period]:
        """The stretches of time that it tells with their year."""
        return [fact.period for fact in self.facts if fact.period is not None and fact.period.year]

    @property
    def places(self) -> list[str]:
        """The places that it names."""
        return [fact.span.of(self.folded) for fact in self.facts if fact.kind is FactKind.PLACE]


class Judge:
    """Judges the facts of one sentence against some texts of the library."""

    def __init__(self, draft: Draft, texts: Sequence[SourceText], segmenter: Segmenter) -> None:
        self._draft = draft
        self._segmenter = segmenter
        self._texts = texts
        self._units = [unit for text in texts for unit in text.units]

    def best(self, fact: Fact) -> tuple[Verdict, Told | None]:
        """The verdict on a fact, and the place that it rests on."""
        told = sorted(self._told(fact), key=lambda one: -one.agreement)
        same = [one for one in told if one.is_same and not one.is_elsewhere]
        elsewhere = [one for one in told if one.is_same and one.is_elsewhere]
        other = [one for one in told if not one.is_same and not one.is_elsewhere]
        rival = other[0].agreement if other else 0.0
        if same and same[0].agreement >= parameters.SAME_CONTEXT and same[0].agreement >= rival - parameters.LEEWAY:
            return Verdict.HOLDS, same[0]
        if elsewhere and elsewhere[0].agreement >= max(parameters.OTHER_CONTEXT, rival - parameters.LEEWAY):
            return (Verdict.OTHER_TIME if elsewhere[0].other_time else Verdict.OTHER_PLACE), elsewhere[0]
        if rival >= parameters.OTHER_CONTEXT:
            return _contradicted(fact, other[0]), other[0]
        if same and same[0].agreement >= parameters.SAME_CONTEXT:
            return Verdict.HOLDS, same[0]
        return Verdict.NOT_FOUND, None

    def _told(self, fact: Fact) -> Iterator[Told]:
        around = Around.of(self._draft.folded, fact.span)
        if fact.kind is FactKind.FIGURE:
            yield from self._figures(fact, around)
        elif fact.kind is FactKind.DATE:
            yield from self._dates(fact, around)
        elif fact.kind is FactKind.DOCUMENT:
            yield from self._documents(fact, around)
        else:
            yield from self._names(fact, around)

    # --- figures

    def _figures(self, fact: Fact, around: Around) -> Iterator[Told]:
        mine = fact.quantity
        assert mine is not None
        for unit in self._units:
            for other in unit.quantities:
                if is_one_kind(mine.base, other.base) and (not other.is_small or mine.is_small or mine.value < 10):
                    is_same, rounded = holds(mine, other)
                    told = _told(unit, other.span, around.agreement(unit, other.span), is_same)
                    yield replace(
                        told,
                        is_rounded=rounded and is_same,
                        other_time=self._is_of_other_time(unit, other.span),
                        other_place=self._is_of_other_place(unit.folded, unit.source),
                    )
        for text in self._texts:
            for cell in text.cells:
                if (made := self._of_cell(mine, cell, text, around)) is not None:
                    yield made

    def _of_cell(self, mine: Quantity, cell: SourceCell, text: SourceText, around: Around) -> Told | None:
        agreement = around.of_cell(cell)
        if agreement < parameters.SAME_CONTEXT:
            return None
        source = cell.quantity
        if not source.base and source.value and mine.value:
            # A table that does not say in what it counts is taken to count as the draft does.
            scale = abs(mine.value) / Decimal(re.sub(r"[^\d.]", "", mine.number.of(self._draft.folded)) or 1)
            if scale:
                source = replace(source, value=source.value * scale, grain=source.grain * scale, base=mine.base)
        source = replace(source, value=abs(source.value))
        if not is_one_kind(mine.base, source.base):
            return None
        is_same, rounded = holds(mine, source)
        span = cell.cell.span
        wanted = self._draft.periods
        of_time = cell.period is not None and cell.period.year > 0 and wanted
        other_time = bool(of_time) and not any(_meets(own, cell.period) for own in wanted if cell.period is not None)
        heads = f"{cell.around} {' '.join(cell.heads)}"
        return Told(
            text.passage, span, span, agreement, is_same, rounded and is_same,
            other_time, self._is_of_other_place(heads, text),
        )  # fmt: skip

    def _is_of_other_time(self, unit: SourceUnit, at: Span) -> bool:
        """Whether a figure of a sentence is of a year that the draft does not tell, though it tells one."""
        wanted = {year for own in self._draft.periods for year in range(own.year, (own.until or own.year) + 1)}
        if not wanted:
            return False
        named = [one.period for one in unit.periods if one.period.year and one.span.start < at.start]
        named = named or [one.period for one in unit.periods if one.period.year]
        own = {year for one in named for year in range(one.year, (one.until or one.year) + 1)}
        return bool(own) and not own & wanted

    def _is_of_other_place(self, folded: str, text: SourceText) -> bool:
        """Whether the draft names places, and a text with all that is around it none of them, but others."""
        wanted = self._draft.places
        whole = squeeze(f"{folded} {text.folded} {text.context}")
        if not wanted or any(_short(name) in whole for name in wanted):
            return False
        return next(places(folded, self._segmenter), None) is not None

    # --- dates

    def _dates(self, fact: Fact, around: Around) -> Iterator[Told]:
        mine = fact.period
        assert mine is not None
        for unit in self._units:
            years = {one.period.year for one in unit.periods if one.period.year} | _years_around(unit)
            found = False
            for other in unit.periods:
                is_same = _same_time(mine, other.period, years)
                if not is_same and not _is_rival(mine, other.period):
                    continue
                found = found or is_same
                yield _told(unit, other.span, around.loose(unit, other.span), is_same)
            if not found and _is_known(mine, unit, years):
                agreement = around.whole_agreement(unit)
                rivals = any(_is_rival(mine, other.period) for other in unit.periods)
                yield _told(unit, Span(0, len(unit.folded)), agreement - 0.2 * rivals, True)
        for text in self._texts:
            for cell in text.cells:
                if cell.period is not None and _same_time(mine, cell.period, set()):
                    agreement = around.of_cell(cell)
                    yield Told(text.passage, cell.cell.span, cell.cell.span, agreement, True)

    # --- names

    def _documents(self, fact: Fact, around: Around) -> Iterator[Told]:
        mine = _bare_number(fact.span.of(self._draft.folded))
        for unit in self._units:
            for match in DOCUMENT_NUMBER.finditer(unit.folded):
                is_same = mine[1] == (other := _bare_number(match[0]))[1] and (
                    mine[0] in other[0] or other[0] in mine[0]
                )
                yield _told(unit, Span(*match.span()), around.loose(unit, Span(*match.span())), is_same)

    def _names(self, fact: Fact, around: Around) -> Iterator[Told]:
        """Places that hold a name, in the text or what is around it; and those with another of its kind."""
        mine = squeeze(fact.span.of(self._draft.folded))
        is_area = fact.kind is FactKind.PLACE
        wanted = _short(mine) if is_area else mine
        for unit in self._units:
            at = unit.folded.find(wanted)
            if at >= 0:
                span = Span(at, at + len(wanted))
                yield _told(unit, span, max(around.loose(unit, span), around.whole_agreement(unit)), True)
                continue
            whole = around.whole_agreement(unit)
            if wanted in squeeze(f"{unit.source.folded} {unit.source.context}"):
                yield _told(unit, Span(0, len(unit.folded)), whole, True)
            finder = places(unit.folded, self._segmenter) if is_area else persons(unit.folded)
            for other in finder if whole > 0.3 else ():
                if not (is_area and same_place(other.of(unit.folded), mine)):
                    yield _told(unit, other, around.loose(unit, other), False)


def _told(unit: SourceUnit, span: Span, agreement: float, is_same: bool) -> Told:
    base = unit.source.passage.span.start + unit.span.start
    quote = Span(base, base + len(unit.folded))
    return Told(unit.source.passage, quote, Span(base + span.start, base + span.end), agreement, is_same)


def _contradicted(fact: Fact, told: Told) -> Verdict:
    if fact.kind is FactKind.DATE:
        return Verdict.OTHER_TIME
    return Verdict.OTHER_PLACE if fact.kind is FactKind.PLACE else Verdict.DIFFERS


def _short(name: str) -> str:
    from tjqa.text.places import short_name

    return short_name(name)


def _bare_number(text: str) -> tuple[str, str]:
    """Who gave a document its number, and the number with its year."""
    bare = squeeze(text)
    issuer = re.match(r"[\u4e00-\u9fff]*", bare)
    numbers = re.findall(r"\d+", bare)
    own = issuer[0] if issuer is not None and not issuer[0].endswith("年") else ""
    return own, "/".join(number.lstrip("0") for number in numbers)


def _meets(one: Period, other: Period) -> bool:
    """Whether two stretches have a day in common."""
    first, last = (one.year, *one.first), (one.until or one.year, *one.last)
    return first <= (other.until or other.year, *other.last) and (other.year, *other.first) <= last


def _same_time(mine: Period, other: Period, years: Iterable[int]) -> bool:
    """Whether a time of a draft is one of the library, or a longer one that holds it."""
    if mine.until or other.until:
        return (mine.year, mine.until) == (other.year, other.until)
    year = other.year or (mine.year if not mine.year or mine.year in set(years) or not set(years) else -1)
    if mine.year and mine.year != year:
        return False
    return mine.first <= other.first and other.last <= mine.last


def _is_rival(mine: Period, other: Period) -> bool:
    """Whether a time of the library is told as exactly as one of a draft, and is another."""
    return _exactness(mine) == _exactness(other) and bool(mine.year) <= bool(other.year or _exactness(mine) > 0)


def _exactness(period: Period) -> int:
    if period.until:
        return -1
    if period.first == (1, 1) and period.last == (12, 31):
        return 0
    return 2 if period.first[0] == period.last[0] and period.last[1] - period.first[1] < 15 else 1


def _years_around(unit: SourceUnit) -> set[int]:
    """The years that the title, section, file and date of a sentence tell, and those that 去年 and 今年 mean in it."""
    passage = unit.source.passage
    relative = OwnYear.of(f"{passage.title} {passage.name}", passage.published).years(unit.folded)
    return relative | {one.year for one in unit.source.context_periods if one.year}


def _is_known(mine: Period, unit: SourceUnit, years: set[int]) -> bool:
    """Whether a time is told by what is around a sentence, if not in it."""
    if _exactness(mine) == 0 and not mine.until:
        return mine.year in years
    return any(_same_time(mine, own, years) for own in unit.source.context_periods)
