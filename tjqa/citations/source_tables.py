"""The table that a cited place of a file is a part of, as the index knows it: heads, rows, and where each cell is."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.documents import Passage, Span
from tjqa.results import SourceTable, TableLine


def table_at(passages: Sequence[Passage], span: Span) -> SourceTable | None:
    """The table that a stretch of a file stands in; None where that is no row of one.

    Args:
        passages: all of the file.
        span: the stretch.
    """
    part = next((p.table for p in passages if p.table and p.table.rows and p.span.covers(span) and len(span)), None)
    if part is None:
        return None
    own = [p.table for p in passages if p.table is not None and p.table.number == part.number and p.table.rows]
    columns = {column.number: column.heads for table in own for column in table.columns}
    places = {number: at for at, number in enumerate(sorted(columns))}
    lines: dict[int, TableLine] = {}
    for table in own:
        for row in table.rows:
            held: list[Span | None] = [None] * len(places)
            for value in row.values:
                held[places[table.columns[value.column].number]] = value.span
            lines.setdefault(row.number, TableLine(row.number, tuple(held)))
    return SourceTable(
        name=part.name or part.sheet,
        heads=tuple(columns[number] for number in sorted(columns)),
        lines=tuple(lines[number] for number in sorted(lines)),
    )
