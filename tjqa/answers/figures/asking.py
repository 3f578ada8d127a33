"""What is asked of a measure, checked, and the passages of a library that its figures are looked for in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tjqa.answers.figures import parameters
from tjqa.answers.figures.collecting import Wanted, collected
from tjqa.answers.figures.figure import FigureTable
from tjqa.answers.figures.measure import Measure
from tjqa.answers.tables import parameters as of_tables
from tjqa.citations.library import Library
from tjqa.documents import Passage
from tjqa.encoders.base import Encoder
from tjqa.errors import UsageError
from tjqa.index.base import Index
from tjqa.retrieval.question import parse
from tjqa.retrieval.search import retrieve
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, whole_period
from tjqa.text.segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """A measure as typed, and which of its figures are wanted.

    `measure` is its name (粮食产量), with a word for change at its end (…增速) changes alone; of `places` alone,
    told with or without 省, 市, 县; of the periods `since` and `until` and
    between them, as people write them (2024年3月).
    """

    measure: str
    places: Sequence[str] = ()
    since: str | None = None
    until: str | None = None


def figures_of(
    index: Index, library: Library, segmenter: Segmenter, encoder: Encoder, asked: FiguresAsked
) -> FigureTable:
    """The figures of a measure in an opened library.

    Raises:
        UsageError: the measure is empty or too long, or a period is none.
    """
    text = asked.measure.strip()
    if not text:
        raise UsageError("measure_empty", "measure_empty_hint")
    if len(text) > parameters.LONGEST_MEASURE:
        raise UsageError("measure_long", "measure_empty_hint", most=parameters.LONGEST_MEASURE)
    places = [place.strip() for place in asked.places if place.strip()]
    wanted = Wanted(places, _period(asked.since), _period(asked.until))
    passages = (
        index.passages()
        if len(index) <= parameters.MOST_SCANNED
        else _near(index, encoder, segmenter, " ".join([text, *places]))
    )
    found = collected(Measure(text, segmenter), passages, library, segmenter, wanted)
    return replace(found, of=len(index))


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    found = whole_period(fold(text.strip()))
    if found is None or not found.year:
        raise UsageError("period_form", "period_form_hint", text=text)
    return found


def _near(index: Index, encoder: Encoder, segmenter: Segmenter, text: str) -> Iterator[Passage]:
    """The passages of the files that hold the best candidates for a question, best first: a table goes on beyond the
    passage that its words find."""
    found = retrieve(index, encoder, parse(text, segmenter))
    order = (found.lexical + found.dense).argsort()[::-1]
    hits: dict[str, list[Passage]] = {}
    for passage in index.fetch(found.rows[order].tolist()):
        if passage.path in hits or len(hits) < parameters.MOST_FILES:
            hits.setdefault(passage.path, []).append(passage)
    for path, passages in hits.items():
        summary = index.summary(path)
        whole = summary is not None and summary.passages <= of_tables.MOST_PASSAGES
        yield from index.passages_of(path) if whole else passages
