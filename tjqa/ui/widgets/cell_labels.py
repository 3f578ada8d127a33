"""What tells rows of tables apart that answer one question: their period, their file, the part of the table they are
in."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.results import AnswerCell, Citation
from tjqa.ui.text.wrap import one_line

_BETWEEN = " · "
_WITHIN = " › "


def labels(cells: Sequence[AnswerCell], places: Sequence[Citation]) -> list[str]:
    """For each cell, beside the place that is cited for it, what is to be said of its row; all "" where the rows are of
    one table and each has a name of its own."""
    whole, parts = _of_tables(cells, places), _of_parts(cells, places)
    return [_BETWEEN.join(filter(None, both)) for both in zip(whole, parts, strict=True)]


def _of_tables(cells: Sequence[AnswerCell], places: Sequence[Citation]) -> list[str]:
    """The period of the table that a cell is of, else its title, file or sheet: the first that differs in all."""
    tables = [(place.path, cell.sheet) for cell, place in zip(cells, places, strict=True)]
    if len(set(tables)) < 2:
        return [""] * len(cells)
    found = [cell.period for cell in cells]
    for told in (
        found,
        [place.title for place in places],
        [place.path for place in places],
        [cell.sheet for cell in cells],
    ):
        one_each = {table: {text for own, text in zip(tables, told, strict=True) if own == table} for table in tables}
        said = [text for texts in one_each.values() for text in texts]
        if all(said) and len(said) == len(set(said)) == len(one_each):
            return [one_line(text) for text in told]
    return [one_line(_BETWEEN.join(filter(None, table))) for table in tables]


def _of_parts(cells: Sequence[AnswerCell], places: Sequence[Citation]) -> list[str]:
    """Of rows of one name in one table, the heads above their name in which they differ."""
    found = []
    for cell, place in zip(cells, places, strict=True):
        alike = [
            other.row_heads[:-1]
            for other, there in zip(cells, places, strict=True)
            if (there.path, other.sheet, other.row_heads[-1:]) == (place.path, cell.sheet, cell.row_heads[-1:])
        ]
        common = set(alike[0]).intersection(*alike)
        found.append(_WITHIN.join(one_line(head) for head in cell.row_heads[:-1] if head not in common))
    return found
