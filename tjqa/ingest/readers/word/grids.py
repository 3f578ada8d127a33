"""The rows of a Word document's tables, one after the other → the tables: where each stands, what in it is merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from tjqa.documents import Merged, Sheet, Span
from tjqa.ingest.readers.word.table_rows import TableRow


@dataclass
class Tables:
    """Tables in the making: rows that follow each other are one."""

    _sheets: list[Sheet] = field(default_factory=list)
    _rows: list[TableRow] = field(default_factory=list)
    _start: int = 0
    _end: int = 0

    def add(self, row: TableRow, text: str, start: int) -> None:
        """A row whose line begins at `start`; one without text is passed by."""
        if not text:
            return
        if not self._rows:
            self._start = start
        self._rows.append(row)
        self._end = start + len(text) + 1

    def end(self) -> None:
        """Something else follows."""
        if len(self._rows) > 1:
            heads = next((at for at, row in enumerate(self._rows) if not row.head), len(self._rows))
            leads = tuple(row.lead for row in self._rows)
            self._sheets.append(
                Sheet(
                    Span(self._start, self._end),
                    head=heads,
                    merged=tuple(_merged(self._rows)),
                    leads=leads if any(leads) else (),
                )
            )
        self._rows = []

    def found(self) -> tuple[Sheet, ...]:
        """All of them."""
        self.end()
        return tuple(self._sheets)


def _merged(rows: list[TableRow]) -> list[Merged]:
    """Cells that take several columns, or go on in the rows below."""
    found: list[Merged] = []
    open_at: dict[int, Merged] = {}  # by column: those that may go on
    for at, row in enumerate(rows):
        column = 0
        still: dict[int, Merged] = {}
        for columns, goes_on in row.cells:
            above = open_at.get(column)
            if goes_on and above is not None and above.columns == columns:
                still[column] = Merged(above.row, column, above.rows + 1, columns)
            elif goes_on is not None:
                still[column] = Merged(at, column, 1, columns)
            elif columns > 1:
                found.append(Merged(at, column, 1, columns))
            column += columns
        found += [merged for place, merged in open_at.items() if place not in still or still[place].row != merged.row]
        open_at = still
    return [merged for merged in (*found, *open_at.values()) if merged.rows * merged.columns > 1]
