"""A fact of a draft against the places of the library that may tell the same: where it holds, what contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tjqa.answers.figures.settings_of_sentences import setting_of
from tjqa.answers.proof import parameters
from tjqa.answers.proof.facts import DOCUMENT_NUMBER, Fact, is_area, persons, places, same_place
from tjqa.answers.proof.labels import labels_of, told_of
from tjqa.answers.proof.matching import Around
from tjqa.answers.proof.report import FactKind, Verdict
from tjqa.answers.proof.sources import SourceCell, SourceText, SourceUnit
from tjqa.answers.proof.times import is_known, is_rival, meets, same_time, years_around
from tjqa.answers.proof.values import Quantity, holds, is_one_kind
from tjqa.documents import Passage, Span
from tjqa.text.normalize import squeeze
from tjqa.text.periods import Period
from tjqa.text.places import short_name
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
    is_cell: bool = False

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

    def label_of(self, fact: Fact) -> str:
        """What a figure of it is said to be of."""
        own = [one for one in self.facts if one.quantity is not None]
        labels = labels_of(self.folded, [one.quantity for one in own if one.quantity is not None])
        return labels[own.index(fact)]

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
        enough = parameters.SAME_FIGURE if fact.kind is FactKind.FIGURE else parameters.SAME_CONTEXT
        of_cells = bool(same and other) and same[0].is_cell and other[0].is_cell
        leeway = parameters.LEEWAY_OF_CELLS if of_cells else parameters.LEEWAY
        if same and same[0].agreement >= enough and same[0].agreement >= rival - leeway:
            return Verdict.HOLDS, same[0]
        if elsewhere and elsewhere[0].agreement >= max(parameters.OTHER_CONTEXT, rival - parameters.LEEWAY):
            return (Verdict.OTHER_TIME if elsewhere[0].other_time else Verdict.OTHER_PLACE), elsewhere[0]
        if rival >= parameters.OTHER_CONTEXT:
            return _contradicted(fact, other[0]), other[0]
        if same and same[0].agreement >= enough:
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
        label = self._draft.label_of(fact)
        for unit in self._units:
            for at, other in enumerate(unit.quantities):
                if is_one_kind(mine.base, other.base) and (not other.is_small or mine.is_small or mine.value < 10):
                    is_same, rounded = holds(mine, other)
                    agreement = around.agreement(unit, other.span) - parameters.OTHER_UNIT * (mine.base != other.base)
                    told = told_at(unit, other.span, agreement, is_same)
                    if agreement < parameters.SAME_FIGURE:
                        continue
                    rival = told_of(label, unit.labels, at) if is_same else None
                    if rival is not None:
                        agreement = max(agreement, parameters.OTHER_CONTEXT) + parameters.OF_ANOTHER
                        told = told_at(unit, unit.quantities[rival].span, agreement, False)
                    yield replace(
                        told,
                        is_rounded=rounded and told.is_same,
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
        other_time = bool(of_time) and not any(meets(own, cell.period) for own in wanted if cell.period is not None)
        heads = f"{cell.around} {' '.join(cell.heads)}"
        return Told(
            text.passage, span, span, agreement, is_same, rounded and is_same,
            other_time, self._is_of_other_place(heads, text), is_cell=True,
        )  # fmt: skip

    def _is_of_other_time(self, unit: SourceUnit, at: Span) -> bool:
        """Whether a figure of a sentence is of a year that the draft does not tell, though it tells one."""
        wanted = {year for own in self._draft.periods for year in range(own.year, (own.until or own.year) + 1)}
        if not wanted:
            return False
        named = [one.period for one in unit.periods if one.period.year and one.span.start < at.start]
        named = named or [one.period for one in unit.periods if one.period.year]
        named = named or [one.period for one in unit.source.section_periods if one.period.year]
        if not named:  # what its paragraph, its title and its date tell
            found = setting_of(
                unit.source.passage, unit.source.folded, unit.span, unit.span.start + at.start, self._segmenter
            )
            named = [found.period] if found.period is not None and found.period.year else []
        own = {year for one in named for year in range(one.year, (one.until or one.year) + 1)}
        return bool(own) and not own & wanted

    def _is_of_other_place(self, folded: str, text: SourceText) -> bool:
        """Whether the draft names places, and a text with all that is around it none of them, but others."""
        wanted = self._draft.places
        whole = squeeze(f"{folded} {text.folded} {text.context}")
        if not wanted or any(short_name(name) in whole for name in wanted):
            return False
        return next(places(folded, self._segmenter), None) is not None

    # --- dates

    def _dates(self, fact: Fact, around: Around) -> Iterator[Told]:
        mine = fact.period
        assert mine is not None
        for unit in self._units:
            years = {one.period.year for one in unit.periods if one.period.year} | years_around(unit)
            found = False
            for other in unit.periods:
                is_same = same_time(mine, other.period, years)
                if not is_same and not is_rival(mine, other.period):
                    continue
                found = found or is_same
                yield told_at(unit, other.span, around.loose(unit, other.span), is_same)
            if not found and is_known(mine, unit, years):
                agreement = around.whole_agreement(unit)
                rivals = any(is_rival(mine, other.period) for other in unit.periods)
                agreement = min(agreement, parameters.BESIDE) if rivals else agreement
                yield told_at(unit, Span(0, len(unit.folded)), agreement, True)
        for text in self._texts:
            for cell in text.cells:
                if cell.period is not None and same_time(mine, cell.period, set()):
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
                yield told_at(unit, Span(*match.span()), around.loose(unit, Span(*match.span())), is_same)

    def _names(self, fact: Fact, around: Around) -> Iterator[Told]:
        """Places that hold a name, in the text or what is around it; and those with another of its kind."""
        mine = squeeze(fact.span.of(self._draft.folded))
        is_place = fact.kind is FactKind.PLACE
        wanted = short_name(mine) if is_place else mine
        yield from self._cells_of(wanted, around)
        for unit in self._units:
            at = unit.folded.find(wanted)
            whole = around.whole_agreement(unit)
            if at >= 0:
                span = Span(at, at + len(wanted))
                yield told_at(unit, span, max(around.loose(unit, span), whole), True)
                continue
            beside = self._named_beside(unit, wanted)
            if beside is not None:
                yield replace(beside, agreement=whole)
            elif wanted in squeeze(unit.source.context):
                yield told_at(unit, Span(0, len(unit.folded)), whole, True)
            if whole > parameters.SAME_CONTEXT:
                for other in _others(fact, unit.folded, self._segmenter):
                    if not same_place(other.of(unit.folded), mine):
                        yield told_at(unit, other, around.loose(unit, other), False)

    def _cells_of(self, name: str, around: Around) -> Iterator[Told]:
        """The cells of which a name is a head, or is told around them."""
        for text in self._texts:
            for cell in text.cells:
                if name in "".join(cell.heads) or name in squeeze(cell.around):
                    span = cell.cell.span
                    yield Told(text.passage, span, span, around.of_cell(cell, name), True, is_cell=True)

    def _named_beside(self, unit: SourceUnit, name: str) -> Told | None:
        """Where another sentence of the same passage holds a name, or of another one of the same article."""
        own = unit.source.passage
        article = [text for text in self._texts if (text.passage.path, text.passage.title) == (own.path, own.title)]
        for text in (unit.source, *article):
            for other in text.units if name in text.folded else ():
                if (at := other.folded.find(name)) >= 0:
                    return told_at(other, Span(at, at + len(name)), 0.0, True)
        return None


def told_at(unit: SourceUnit, span: Span, agreement: float, is_same: bool) -> Told:
    """A place of a sentence, with all of the sentence as its quote."""
    base = unit.source.passage.span.start + unit.span.start
    at = Span(base + span.start, base + span.end)
    return Told(unit.source.passage, Span(base, base + len(unit.folded)), at, agreement, is_same)


def _others(fact: Fact, folded: str, segmenter: Segmenter) -> Iterator[Span]:
    """The names of the same kind in a text."""
    if fact.is_person:
        yield from persons(folded, segmenter)
        return
    for span in places(folded, segmenter):
        if is_area(span.of(folded)) is (fact.kind is FactKind.PLACE):
            yield span


def _contradicted(fact: Fact, told: Told) -> Verdict:
    if fact.kind is FactKind.DATE:
        return Verdict.OTHER_TIME
    return Verdict.OTHER_PLACE if fact.kind is FactKind.PLACE else Verdict.DIFFERS


def _bare_number(text: str) -> tuple[str, str]:
    """Who gave a document its number, and the number with its year."""
    bare = squeeze(text)
    issuer = re.match(r"[\u4e00-\u9fff]*", bare)
    numbers = re.findall(r"\d+", bare)
    own = issuer[0] if issuer is not None and not issuer[0].endswith("年") else ""
    return own, "/".join(number.lstrip("0") for number in numbers)
