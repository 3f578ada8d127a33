"""The tables of a file, as the index knows them: heads, rows, and where each cell is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tjqa.documents import Passage, Span
from tjqa.documents.tables import Row
from tjqa.results import SourceTable, TableLine


def tables_of(passages: Sequence[Passage]) -> tuple[SourceTable, ...]:
    """The tables of a file, as they stand in it.

    Args:
        passages: all of the file.
    """
    own: dict[int, list[Passage]] = {}
    for passage in sorted(passages, key=lambda passage: passage.span.start):
        if passage.table is not None and passage.table.rows:
            own.setdefault(passage.table.number, []).append(passage)
    return tuple(map(_table, own.values()))


def _table(own: Sequence[Passage]) -> SourceTable:
    parts = [passage.table for passage in own if passage.table is not None]
    columns = {column.number: column.heads for part in parts for column in part.columns}
    places = {number: at for at, number in enumerate(sorted(columns))}
    lines: list[TableLine] = []
    for passage in own:
        _add_rows(lines, passage, places)
    return SourceTable(
        name=parts[0].name or parts[0].sheet,
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
