"""Workbooks (.xlsx): every row one line, its cells parted by tabs, sheet after sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tjqa.documents import LONGEST_NAME, DocumentKind, Landmark, Sheet, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted
from tjqa.ingest.readers.csv_tables import is_head
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message

# Rows of a sheet, says Excel; those that are left out before one with a high number are gone over.
_MOST_ROWS = 1_048_576
_LONGEST_TITLE = LONGEST_NAME - len(f" 第 {_MOST_ROWS} 行")  # the longest name of a row
# Rows and empty cells that are gone over in all: a cell far to the right makes its row 16,384 cells long. A sheet of a
# thousand such rows has half as many.
_MOST_VISITED = 32 * 1024 * 1024


def read(raw: bytes, name: str) -> Extracted:
    """Rows of all sheets; of a formula the value the workbook was saved with.

    Raises:
        SourcesError: no archive, or too large. Of a damaged workbook openpyxl lets all kinds of errors through, which
            the worker reports.
    """
    from openpyxl import load_workbook

    opened(raw, name, message("kind_excel")).close()
    rows = _Rows()
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    for sheet in book.worksheets:
        # A stray format in the last cell makes a sheet of seventeen billion cells; what is there is what counts.
        sheet.reset_dimensions()
        rows.add(sheet.title[:_LONGEST_TITLE], sheet.iter_rows(values_only=True))
    return Extracted(
        "".join(rows.parts), "XLSX", landmarks=tuple(rows.landmarks), sheets=tuple(rows.sheets), kind=DocumentKind.TABLE
    )


class _Rows:
    """Lines in the making."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.landmarks: list[Landmark] = []
        self.sheets: list[Sheet] = []
        self._length = self._visited = 0

    def add(self, title: str, rows: Iterator[tuple[Any, ...]]) -> None:
        """The rows of one sheet that hold anything."""
        start, header = self._length, -1
        for number, row in enumerate(rows, 1):
            self._visited += 8 + len(row)  # an empty row takes as long as so many cells
            if number > _MOST_ROWS or self._visited > _MOST_VISITED or self._length > MAX_CHARACTERS:
                raise SourcesError("sheet_large", "split_file_hint", title=title)
            if not row:
                continue
            cells = [_shown(value) for value in row]
            line = "\t".join(cells).rstrip("\t")
            if not line.strip():
                continue
            self.landmarks.append(Landmark(self._length, f"{title} 第 {number} 行"))
            self.parts += (line, "\n")
            self._length += len(line) + 1
            if header < 0:  # of the first row alone: a figure below a title is no head
                header = self._length - start if is_head(cells) else 0
        if self._length > start:
            self.sheets.append(Sheet(Span(start, self._length), title, max(header, 0)))


def _shown(value: Any) -> str:
    """A cell as people write it, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}"  # Excel keeps 15 digits; the 16th is noise of binary fractions
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, (datetime, date)):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return " ".join(str(value).split())
