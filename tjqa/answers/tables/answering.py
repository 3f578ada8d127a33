"""A question, ranked passages → the cells that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tjqa.answers.tables import parameters
from tjqa.answers.tables.choice import Choice, chosen, with_blank
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.grid import Grid, Tables
from tjqa.answers.tables.heads import HeadReader
from tjqa.answers.tables.matching import CellMatcher
from tjqa.answers.tables.other_wording import as_tables_say
from tjqa.answers.tables.question import CellQuestion, cell_question
from tjqa.answers.tables.series import FileSeries
from tjqa.answers.tables.subjects import subjects_asked
from tjqa.documents import Passage
from tjqa.index.base import Index
from tjqa.retrieval.question import Question
from tjqa.text.periods import Period
from tjqa.text.segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """A question as it is asked of tables, and the cells chosen for it."""

    question: CellQuestion
    choice: Choice


class TableAnswering:
    """Finds cells in the tables of an opened library."""

    def __init__(self, index: Index, segmenter: Segmenter) -> None:
        self._index = index
        self._segmenter = segmenter
        self._tables = Tables(index)

    def choose(self, question: Question, passages: Sequence[Passage]) -> CellAnswer:
        """The cells that answer a question, out of the tables of some passages, best first, and of the files of the
        same series of the periods that it names."""
        asked = cell_question(question, self._segmenter)
        near = passages[: parameters.TABLE_HITS]
        paths = [passage.path for passage in near if passage.table is not None and passage.table.rows]
        if not paths or not asked.words:
            return CellAnswer(asked, Choice(()))
        wanted = [*asked.periods, *([_day(asked.published)] if asked.published else [])]
        also = self._series.of_periods(paths, wanted) if wanted else []
        grids = self._tables.near(near, also)
        found = self._chosen(asked, grids)
        if found.choice.fits and not found.choice.is_doubtful:
            return found
        if (told := as_tables_say(asked.folded, grids, self._segmenter)) == asked.folded:
            return found
        other = self._chosen(cell_question(question, self._segmenter, told), grids)
        is_better = bool(other.choice.fits) and not (found.choice.fits and other.choice.is_doubtful)
        return other if is_better else found

    def _chosen(self, question: CellQuestion, grids: Sequence[Grid]) -> CellAnswer:
        """The cells of some tables that answer a question."""
        asked = replace(question, subjects=subjects_asked(question, grids, self._segmenter))
        matcher = CellMatcher(asked, HeadReader(asked, self._segmenter))

        def elsewhere() -> Iterator[Fit]:
            return (fit for grid in grids for fit in matcher.fits(grid, other_periods=True))

        here = [fit for grid in grids for fit in matcher.fits(grid)]
        choice = chosen(asked, here, elsewhere)
        blanks = (fit for grid in grids for fit in matcher.blanks(grid))
        return CellAnswer(asked, with_blank(asked, choice, here, blanks))

    @cached_property
    def _series(self) -> FileSeries:
        return FileSeries(state.path for state in self._index.sources if state.skipped is None)


def _day(published: str) -> Period:
    day = date.fromisoformat(published)
    return Period(day.year, (day.month, day.day), (day.month, day.day))
