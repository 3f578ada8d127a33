"""Ranked passages → an answer: the cell of a table, or sentences of running text, or that there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tjqa.answers import parameters
from tjqa.answers.compose import cite_group, cite_sentences
from tjqa.answers.constraints import is_of_another_person, is_of_another_place, places_instead
from tjqa.answers.doubts import disputed_by, withheld
from tjqa.answers.fitting import contradicts
from tjqa.answers.reader.reader import Reading
from tjqa.answers.reading import Read
from tjqa.answers.sentence_selection import Sentence, lacks_figure
from tjqa.answers.strength import cell_strength, decide
from tjqa.answers.tables import parameters as of_tables
from tjqa.answers.tables.answering import CellAnswer, TableAnswering
from tjqa.answers.tables.blanks import told_blank
from tjqa.answers.tables.choice import Choice
from tjqa.answers.tables.computing import computed_of, figure_of
from tjqa.answers.tables.deciding import asked_beside
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.grid import rows_of, tells_nothing
from tjqa.answers.tables.statement import told
from tjqa.answers.unmet import untold_way
from tjqa.citations.library import Library
from tjqa.documents import Passage, Span, context
from tjqa.results import LIKELY, NEAREST, Answer, Citation, State
from tjqa.retrieval.feature_set import CANDIDATE
from tjqa.retrieval.hit import Hit, SentenceMatch
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.near_duplicates import Group
from tjqa.retrieval.search import Ranked
from tjqa.retrieval.stages import is_left_out, stage
from tjqa.text.analyzed import analyze_all
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, wordings


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, not yet with its question and what is to be said beside it; the different hits that are shown with it,
    and its sentences, none where cells answer."""

    answer: Answer
    hits: tuple[Hit, ...]
    sentences: tuple[Sentence, ...]


@np.errstate(divide="ignore", over="ignore", invalid="ignore")  # as in `retrieve_and_rank`
def find_answer(library: Library, tables: TableAnswering, ranked: Ranked, read: Read, groups: Sequence[Group]) -> Found:
    """The answer to a question from the `groups` that are shown of the passages that were `read`, and from the tables
    that the `ranked` ones are parts of."""
    hits = [group.hit for group in groups]
    decision = decide(ranked.matcher, hits, read.ranked.contrast, read.readings)
    is_sure = decision.confidence >= LIKELY or is_left_out("strength")
    with stage("selection"):  # by the order of the ranking: the reader was not taught which table is meant
        cells = tables.choose(ranked.question, [hit.passage for hit in ranked.nearest])
    kept_back: tuple[str, ...] = ()
    is_row = bool(decision.sentences) and _is_row(hits[decision.sentences[0].hit])
    if cells.choice.fits and (not is_sure or is_row or _is_strong(cells.choice)):
        found = _of_cells(library, ranked.matcher, cells, groups)
        if found is not None:
            return found
        kept_back = withheld(library, filter(None, map(_passage, cells.choice.fits)))
    # A row of figures is no answer by the words in it alone: it may be that of another year or thing.
    others = bool(decision.sentences) and _is_of_others(cells.choice, hits[decision.sentences[0].hit], read.readings)
    quoted = "".join(one.quoted.of(hits[one.hit].passage.text) for one in decision.sentences)
    is_other = contradicts(ranked.matcher, hits, decision.sentences) or lacks_figure(ranked.matcher, quoted)
    answering = [hits[one.hit] for one in decision.sentences]
    is_other |= is_of_another_place(ranked.matcher, answering) or is_of_another_person(ranked.matcher, answering)
    told = [(hits[one.hit].passage, one.span.of(hits[one.hit].passage.text)) for one in decision.sentences]
    is_other |= any(tells_nothing(passage, sentence, ranked.question.folded) for passage, sentence in told)
    is_other |= not any(map(str.isalpha, ranked.question.text))  # a number alone asks for nothing
    answers = is_sure and not others and not is_other
    with stage("citing"):
        cited = cite_sentences(library, ranked.matcher, hits, decision.sentences, read.readings) if answers else ()
        best = tuple(citation for citation in cited if citation.unchanged)
        answer = _answer(best, tuple(cite_group(library, at, group) for at, group in enumerate(groups, 1)))
    unread = {citation.path for citation in cited if not citation.unchanged}
    answer = replace(
        answer,
        confidence=0.0 if is_other else decision.confidence,
        withheld_files=tuple(sorted({*kept_back, *unread})),
        disputed_by=disputed_by(library, ranked.groups, told) if best else (),
    )
    if not best:
        lacking, existing = _shown(cells.choice.lacking), _shown(cells.choice.existing)
        place, places = places_instead(ranked.matcher, hits[:NEAREST])
        answer = replace(answer, lacking_periods=lacking, existing_periods=existing)
        answer = replace(answer, lacking_place=place, existing_places=places)
        answer = replace(answer, blank_cell=told_blank(cells.choice.blank) if cells.choice.blank is not None else None)
    return Found(answer, tuple(hits), tuple(decision.sentences))


def _answer(best: tuple[Citation, ...], citations: tuple[Citation, ...]) -> Answer:
    state: State = "found" if best else "weak" if citations else "nothing"
    return Answer("", state, 0.0, best, citations, 0.0)


def _is_row(hit: Hit) -> bool:
    return hit.passage.table is not None and bool(hit.passage.table.rows)


def _is_strong(choice: Choice) -> bool:
    """Whether a cell answers before a sentence that answers, too."""
    fit = choice.fits[0]
    return not choice.is_doubtful and fit.cover >= of_tables.STRONG_COVER and bool(fit.named[0] or fit.period == "same")


def _is_of_others(choice: Choice, hit: Hit, readings: Mapping[int, Reading]) -> bool:
    """Whether a passage can only answer with what is said of something else: it holds figures under heads of which none
    fits, or stands beside those of other periods. A cell of prose that the reader found the answer in speaks for
    itself: beside how something is marked stands its highest mark."""
    passage = hit.passage
    if choice.lacking and passage.path == choice.path:
        return True
    if choice.blank is not None and passage.span == choice.blank.row.passage.span:
        return True
    every = [cell for row in rows_of(passage) for cell in row.cells]
    reading = readings.get(hit.row)
    if reading is not None:
        at = Span(passage.span.start + reading.start, passage.span.start + reading.end)
        if any(cell.span.covers(at) and len(cell.text) >= parameters.PROSE_CELL for cell in every):
            return False
    return any(figure_of(cell) is not None for cell in every)


def _shown(periods: Sequence[Period]) -> tuple[str, ...]:
    """Periods as people write them."""
    return tuple(wordings(period)[0] for period in periods)


def _of_cells(library: Library, matcher: Matcher, cells: CellAnswer, groups: Sequence[Group]) -> Found | None:
    """The answer that cells give, their passages before the others; None when a file no longer holds one."""
    rivals = [fit for others in cells.choice.rivals for fit in others]
    fits = list({fit.place: fit for fit in (*cells.choice.fits, *rivals)}.values())
    held = [(fit, _passage(fit)) for fit in fits]
    ordered: list[Group] = []
    places: list[int] = []
    for fit, passage in held:
        if passage is None:
            return None
        keys = [(group.hit.passage.path, group.hit.passage.span) for group in ordered]
        key = (passage.path, passage.span)
        if key not in keys:
            known = next((g for g in groups if (g.hit.passage.path, g.hit.passage.span) == key), None)
            ordered.append(known or Group(_hit(matcher, passage, fit.cover)))
            keys.append(key)
        places.append(keys.index(key) + 1)
    shown = {(group.hit.passage.path, group.hit.passage.span) for group in ordered}
    rest = [group for group in groups if (group.hit.passage.path, group.hit.passage.span) not in shown]
    ordered += rest[: max(len(groups) - len(ordered), 0)]
    best = tuple(
        library.cite(number, ordered[number - 1].hit, fit.cell.span, (fit.cell.span,))
        for fit, number in zip(fits, places, strict=True)
    )
    if not all(citation.unchanged for citation in best):
        return None
    if cells.choice.of and any(citation.edited for citation in best):
        return None  # what it was compared with is not cited, and may be more by now
    answer = _answer(best, tuple(cite_group(library, at, group) for at, group in enumerate(ordered, 1)))
    untold = [period for period in cells.question.periods if fits[0].period == "untold"]
    answer = replace(
        answer,
        confidence=cell_strength(cells.choice),
        cells=tuple(
            replace(told(fit, name_file=bool(rivals)), is_rival=fit.grid is not fits[0].grid and bool(rivals))
            for fit in fits
        ),
        computed=computed_of(cells.question, fits, cells.choice.of, cells.choice.count),
        unsaid=(
            *_shown(untold),
            *untold_way(matcher.question.folded, fold("\n".join(one.quote for one in best))),
            *(asked_beside(cells.question, fits[0]) if cells.choice.is_doubtful else ()),
            *_not_named(matcher, fits),
        ),
    )
    return Found(answer, tuple(group.hit for group in ordered), ())


def _not_named(matcher: Matcher, fits: Sequence[Fit]) -> tuple[str, ...]:
    """The word that names the document that was asked, where neither the rows that answer nor their table hold it."""
    word = matcher.question.of_document
    return (
        (word,)
        if word and not any(word in fit.grid.context or word in fold(fit.row.passage.text) for fit in fits)
        else ()
    )


def _passage(fit: Fit) -> Passage | None:
    """The passage that a cell stands in: one merged over several rows in that of the first of them."""
    if fit.row.passage.span.covers(fit.cell.span):
        return fit.row.passage
    return next((row.passage for row in fit.grid.rows if row.passage.span.covers(fit.cell.span)), None)


def _hit(matcher: Matcher, passage: Passage, score: float) -> Hit:
    """A passage that was found by its table and not ranked."""
    text, around = analyze_all((passage.text, context(passage)))
    found = matcher.find_all((text, around))
    held = matcher.named(found[0].held | found[1].held)
    return Hit(
        row=-1 - passage.span.start,
        passage=passage,
        score=min(score, 1.0),
        features=np.zeros(len(CANDIDATE), dtype=np.float32),
        found=found[0],
        around=found[1],
        sentences=tuple(SentenceMatch(span, 0.0) for span in text.spans),
        word_support=matcher.support_of(text.folded),
        matched=held,
    )
