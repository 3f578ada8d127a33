"""The table that a cited place of a file is a part of, as the index knows it: heads, rows, and where each cell is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tjqa.documents import Passage, Span
from tjqa.documents.tables import Row
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
    own = [p for p in passages if p.table is not None and p.table.number == part.number]
    columns = {column.number: column.heads for p in own if p.table and p.table.rows for column in p.table.columns}
    places = {number: at for at, number in enumerate(sorted(columns))}
    lines: list[TableLine] = []
    for passage in sorted(own, key=lambda passage: passage.span.start):
        _add_rows(lines, passage, places)
    return SourceTable(
        name=part.name or part.sheet,
        heads=tuple(columns[number] for number in sorted(columns)),
        lines=tuple(lines),
    )


def _add_rows(lines: list[TableLine], passage: Passage, places: Mapping[int, int]) -> None:
    """Add the rows of a passage, each once, with the lines that head them. `places` holds the place of each column."""
    assert passage.table is not None
    at = passage.span.start
    for row in passage.table.rows:
        before = lines[-1].number if lines else 0
        if row.number > before:
            held: list[Span | None] = [None] * len(places)
            for value in row.values:
                held[places[passage.table.columns[value.column].number]] = value.span
            lines += _heads(passage, at, row, before, len(places))
            lines.append(TableLine(row.number, tuple(held)))
        at = max((value.span.end for value in row.values if not value.text), default=at)


def _heads(passage: Passage, start: int, row: Row, before: int, columns: int) -> list[TableLine]:
    """The lines above a row, from `start` on, that head it and those below it (一、黑色金属). They have a number where
    they are all that stands between the row and the one `before`, else nobody knows whether empty rows do too."""
    first = min((value.span.start for value in row.values if not value.text), default=start)
    found: list[Span] = []
    for line in passage.text[start - passage.span.start : first - passage.span.start].split("\n"):
        text = line.strip()
        if text and text in row.above:
            at = start + line.index(text)
            found.append(Span(at, at + len(text)))
        start += len(line) + 1
    known = before and row.number - before - 1 == len(found)
    return [TableLine(before + at if known else 0, (span, *[None] * (columns - 1))) for at, span in enumerate(found, 1)]
