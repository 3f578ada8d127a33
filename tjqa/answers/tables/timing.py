"""Whether a cell is of a time that is asked for."""

from __future__ import annotations

from tjqa.answers.tables.fits import same
from tjqa.answers.tables.grid import GridRow
from tjqa.answers.tables.question import CellQuestion
from tjqa.documents.tables import Cell, Origin
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods

_DAY = 10  # characters of an ISO day


class Timing:
    """Compares the periods of cells with those of one question."""

    def __init__(self, question: CellQuestion) -> None:
        self._question = question
        self._known: dict[str, str] = {}

    def of(self, cell: Cell, row: GridRow) -> str:
        """The period of a cell of a row: "same" as asked, "other", "untold", or "" where none is asked for."""
        question = self._question
        if question.published:
            published = row.passage.published or ""
            return "same" if published == question.published else "other" if len(published) == _DAY else "untold"
        if not question.periods:
            return ""
        if cell.period is None:
            told = [dated.period for dated in periods(fold(row.passage.text))]
            return "same" if any(same(asked, one) for one in told for asked in question.periods) else "untold"
        value = cell.period.value
        if value not in self._known:
            own = Period.read(value)
            self._known[value] = "same" if any(same(asked, own) for asked in question.periods) else "other"
        # The day that a document bears lies in the year that is asked for: of when its cells are is not told.
        dated = cell.period.origin == Origin.DATE and self._known[value] == "other"
        within = dated and any(one.exactness == 0 and str(one.year) == value[:4] for one in question.periods)
        return "untold" if within else self._known[value]
