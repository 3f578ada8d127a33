"""The rows of a workbook → the lines of its text, sheet after sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from tjqa.documents import Landmark, Sheet, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS
from tjqa.ingest.readers.excel.merged import merged_in, without_covered
from tjqa.ingest.readers.excel.sheets import Row, in_order

MOST_ROWS = 1_048_576
"""Rows of a sheet, says Excel."""
# Rows and empty cells that are gone over in all: a cell far to the right makes its row 16,384 cells long. A sheet of a
# thousand such rows has half as many.
MOST_VISITED = 32 * 1024 * 1024


class SheetRows(Protocol):
    """The rows of a sheet as the file has them, and which cells are merged, once all were gone through."""

    def __iter__(self) -> Iterator[Row]:
        """Row after row."""
        ...

    def ranges(self) -> Iterable[str]:
        """The names of the merged ones: A2:B7."""
        ...


class Lines:
    """Lines in the making."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.landmarks: list[Landmark] = []
        self.sheets: list[Sheet] = []
        self._length = self._visited = 0

    def add(self, title: str, rows: SheetRows) -> None:
        """The rows of one sheet that hold anything, in the order of their numbers."""
        start = self._length
        lines: list[tuple[int, str, str]] = []
        length, ordered = self._length, True
        for row in rows:
            self._visited += 8 + len(row.cells)  # an empty row takes as long as so many cells
            if row.number > MOST_ROWS or self._visited > MOST_VISITED or length > MAX_CHARACTERS:
                raise SourcesError("sheet_large", "split_file_hint", title=title)
            line = "\t".join(row.cells).rstrip("\t")
            if line.strip():
                ordered = ordered and not (lines and lines[-1][0] >= row.number)
                lines.append((row.number, line, row.mark))
                length += len(line) + 1
        if not ordered:
            lines = list(in_order(lines))
        if ranges := list(rows.ranges()):
            lines = without_covered(lines, ranges)
        for number, line, mark in lines:
            self.landmarks.append(Landmark(self._length, f"{title} 第 {number} 行{mark}"))
            self.parts += (line, "\n")
            self._length += len(line) + 1
        if self._length > start:
            numbers = tuple(number for number, _, _ in lines)
            self.sheets.append(
                Sheet(Span(start, self._length), title, merged=merged_in(ranges, numbers), numbers=numbers)
            )
