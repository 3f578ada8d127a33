"""What is asked of a measure, checked, and the passages of a library that its figures are looked for in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tjqa.answers.figures import parameters
from tjqa.answers.figures.collecting import Wanted, collected
from tjqa.answers.figures.figure import FiguresAsked, FigureTable
from tjqa.answers.figures.measure import Measure, bare_head, residual
from tjqa.answers.tables import parameters as of_tables
from tjqa.answers.tables.question import cell_question
from tjqa.citations.library import Library
from tjqa.documents import Passage
from tjqa.encoders.base import Encoder
from tjqa.errors import UsageError
from tjqa.index.base import Index
from tjqa.results import AnswerCell
from tjqa.retrieval.candidates import retrieve
from tjqa.retrieval.question import parse
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, whole_period
from tjqa.text.places import is_place
from tjqa.text.segmenter import Segmenter

# Words of a question that tell when, or whether it has been reached: a table of figures tells both of each.
_TIME = re.compile("[今去前明]年|[上本当]一?[年期月季旬]|同[期比]|环比|[比较]|目标|计划|预[计期]")


def figures_of(
    index: Index,
    library: Library,
    segmenter: Segmenter,
    encoder: Encoder,
    asked: FiguresAsked,
    step: Callable[[int, int], object] | None = None,
) -> FigureTable:
    """The figures of a measure in an opened library. `step` is called now and then with how many passages have been
    looked at and how many there are at most; what it raises ends the collecting.

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

    def told(looked: int) -> None:
        if step is not None:
            step(looked, len(index))

    found = collected(Measure(text, segmenter), passages, library, segmenter, wanted, told)
    return replace(found, of=len(index), places=tuple(places), since=asked.since, until=asked.until)


def measures_of(question: str, cells: Sequence[AnswerCell], segmenter: Segmenter) -> list[str]:
    """The measures that a question with its answer may be of, the likeliest first: its words without places and times;
    what the answering cells are called, where that is no place and no time."""
    asked = cell_question(parse(question, segmenter), segmenter)
    told = (word.text for word in asked.words if word.weight >= parameters.LEAST_WEIGHT and not is_place(word.text))
    found = ["".join(word for word in told if not _TIME.fullmatch(word))]
    for cell in cells[:1]:
        found += [head for head in (*cell.row_heads[-1:], *cell.column_heads[-1:]) if residual(bare_head(head))]
    return [one[: parameters.LONGEST_MEASURE] for one in dict.fromkeys(found) if one and not is_place(one)]


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
