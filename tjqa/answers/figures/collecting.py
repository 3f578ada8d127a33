"""A measure → all its figures in a library: collected from tables and sentences, cited, put in order, compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from tjqa.answers.figures import parameters
from tjqa.answers.figures.comparing import compared
from tjqa.answers.figures.figure import Against, Figure, FigureTable, Kind
from tjqa.answers.figures.found import Found
from tjqa.answers.figures.from_sentences import SentenceReader
from tjqa.answers.figures.from_tables import of_tables
from tjqa.answers.figures.measure import Measure
from tjqa.citations.library import Library
from tjqa.documents import Passage
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period
from tjqa.text.places import short_name
from tjqa.text.segmenter import Segmenter


class Wanted:
    """What of a measure's figures is wanted: of some places, from a period on, up to one; all where nothing is told."""

    def __init__(self, places: Sequence[str] = (), since: Period | None = None, until: Period | None = None) -> None:
        self._places = tuple(short_name(squeeze(fold(place))) for place in places)
        self._since, self._until = since, until

    def holds(self, found: Found) -> bool:
        """Whether a figure is one of them; one without a period is not, where a period is wanted."""
        if self._places:
            told = squeeze(fold(f"{found.place}|{found.name}"))
            own = short_name(squeeze(fold(found.place)))
            # 甲市乙区 is asked for, 乙区 told
            if not any(place in told or (len(own) > 1 and place.endswith(own)) for place in self._places):
                return False
        if self._since is None and self._until is None:
            return True
        period = found.period
        if period is None or not period.year:
            return False
        first, last = (period.year, period.first), (period.until or period.year, period.last)
        after = self._since is None or first >= (self._since.year, self._since.first)
        return after and (self._until is None or last <= (self._until.until or self._until.year, self._until.last))


def collected(
    measure: Measure,
    passages: Iterable[Passage],
    library: Library,
    segmenter: Segmenter,
    wanted: Wanted,
    step: Callable[[int], object] = bool,
) -> FigureTable:
    """The figures of a measure in some passages; `of` of the table is left 0. `step` is called now and then with how
    many have been looked at; what it raises ends the collecting."""
    reader = SentenceReader(measure, segmenter)
    found: list[Found] = []
    looked = 0
    for passage in passages:
        looked += 1
        if looked % parameters.STEP == 0:
            step(looked)
        found += [*of_tables(passage, measure), *reader.figures(passage)]
    found = [one for one in _named_alike(found) if _is_meant(measure, one) and wanted.holds(one)]
    ordered = sorted(
        {(one.passage.path, one.span): one for one in found}.values(), key=partial(_place_in_table, measure)
    )
    figures = list(_cited(ordered, library))
    table = compared(figures)
    return FigureTable(measure.name, table, looked, 0, len(ordered) - len(figures))


def _is_meant(measure: Measure, found: Found) -> bool:
    return found.kind is Kind.CHANGE or not measure.changes


def _named_alike(found: Sequence[Found]) -> Iterator[Found]:
    """Changes take over from the level that was told with them what they do not say themselves: the rest of the name
    (涨跌幅 beside 本期价格), and from another change the time they are counted from."""
    groups: dict[tuple[object, ...], list[Found]] = {}
    for one in found:
        groups.setdefault((one.group, one.place, one.period), []).append(one)
    for group in groups.values():
        levels = {one.name for one in group if one.kind is Kind.LEVEL}
        against = {one.against for one in group if one.against is not Against.UNTOLD}
        for one in group:
            made = one
            if one.kind is Kind.CHANGE:
                name = next(iter(levels)) if len(levels) == 1 else one.name
                made = replace(made, name=name if name.startswith(one.name) else one.name)
                if one.against is Against.UNTOLD and len(against) == 1 and one.from_table:
                    made = replace(made, against=next(iter(against)))
            yield made


def _place_in_table(measure: Measure, one: Found) -> tuple[object, ...]:
    """The measure itself before what is narrower; by place and kind, levels first; oldest first, the undated last."""
    period = one.period if one.period is not None else Period(9999)
    when = (period.year or 9998, period.first, period.last, period.until)
    kind = (one.kind is not Kind.LEVEL, one.kind, one.against, not one.standing.is_fact, one.standing)
    return (one.name != measure.name, one.name, one.place, kind, when, one.passage.path, one.span)


def _cited(found: Sequence[Found], library: Library) -> Iterator[Figure]:
    """Each with its citation, in order; those left out of which the file no longer holds the text."""
    number = 0
    for one in found:
        citation = library.quote(number + 1, one.passage, one.quote, (one.span,))
        # The period of a sentence may stand elsewhere in its file, which was edited there perhaps.
        told_elsewhere = citation.edited and not one.from_table
        if not citation.unchanged or (told_elsewhere and not _is_as_indexed(library, one.passage)):
            continue
        number += 1
        itself = citation if one.span == one.quote else library.quote(number, one.passage, one.span)
        yield Figure(
            one.name,
            one.place,
            str(one.period) if one.period is not None else "",
            one.cumulative,
            one.kind,
            one.against,
            one.standing,
            one.value,
            one.text,
            one.unit,
            citation,
            itself.byte_range,
            one.rough,
            one.from_table,
        )


def _is_as_indexed(library: Library, passage: Passage) -> bool:
    source = library.files.current(passage.path)
    return source is not None and library.now.hold(source, passage)
