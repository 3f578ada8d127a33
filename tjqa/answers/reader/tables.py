"""Rows of a table as the reader reads them, and from there back to the places of the passage.

A row of a passage is its cells alone (昆明, 100.4, 97.9); what they mean stands in its head, pages above. The reader
was trained on rows in which every value stands after its head: 名称 | 城市: 昆明；环比: 100.4；同比: 97.9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.documents import Passage, TablePart
from tjqa.documents.tables import Row


@dataclass(frozen=True, slots=True)
class _Piece:
    """A value: where it stands in what is read, and where in the passage."""

    read: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A passage as it is read; `pieces` are the values that stand in the passage, in order, none where the text itself
    is read."""

    text: str
    pieces: tuple[_Piece, ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the passage of a place in what is read; heads belong to the value behind them."""
        if not self.pieces:
            return start, end
        touched = [p for p in self.pieces if p.read < end and p.read + p.end - p.start > start]
        if not touched:  # heads alone
            touched = [next((p for p in self.pieces if p.read >= start), self.pieces[-1])]
        first, last = touched[0], touched[-1]
        begin, stop = first.start + max(0, start - first.read), last.start + end - last.read
        return (begin, min(last.end, stop)) if begin < stop else (first.start, last.end)


def told(passage: Passage) -> Told:
    """What is read of a passage: rows with their heads, or its text."""
    table = passage.table
    if table is None or not table.rows:
        return Told(passage.text)
    unit = f"({table.unit.value})" if table.unit is not None else ""
    text = f"{table.name or passage.title}{unit} | "
    pieces: list[_Piece] = []
    for number, row in enumerate(table.rows):
        text += "\n" * (number > 0) + "；".join(row.above) + "；" * bool(row.above)
        for place, (head, value, start, end) in enumerate(_cells(table, row, passage)):
            text += "；" * (place > 0) + f"{head}: " * bool(head)
            if end > start:
                pieces.append(_Piece(len(text), start, end))
            text += value
    return Told(text, tuple(pieces)) if pieces else Told(passage.text)


def _cells(table: TablePart, row: Row, passage: Passage) -> Iterator[tuple[str, str, int, int]]:
    """Head, value, and its place in the passage's text; without one for a cell that stands above the passage."""
    for value in row.values:
        head = " ".join(table.columns[value.column].heads)
        start, end = value.span.start - passage.span.start, value.span.end - passage.span.start
        if value.text or not 0 <= start <= end <= len(passage.text):
            yield head, value.text, 0, 0
        else:
            yield head, passage.text[start:end], start, end
