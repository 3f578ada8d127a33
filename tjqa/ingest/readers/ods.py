"""OpenDocument workbooks (.ods): rows and cells as those of .xlsx; the file itself says what each cell shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.documents import DocumentKind
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.excel.lines import MOST_ROWS, Lines
from tjqa.ingest.readers.excel.merged import letters_of
from tjqa.ingest.readers.excel.sheets import Row, Told
from tjqa.ingest.readers.excel.shown import MOST_COLUMNS, Hidden, title_of
from tjqa.ingest.readers.odf.cells import words_of
from tjqa.ingest.readers.odf.names import STYLE, TABLE, content_of, count_of
from tjqa.ingest.readers.odf.sheets import Sheets
from tjqa.messages import message

_MOST_RANGES = 100_000  # merged cells of a sheet that are kept in mind
_DEEPEST = 32  # groups of rows within groups
_HIDDEN = frozenset({"collapse", "filter"})
_GROUPS = frozenset(f"{TABLE}table-{name}" for name in ("row-group", "header-rows", "rows", "column-group", "columns"))


def read(raw: bytes, name: str) -> Extracted:
    """Rows of all sheets.

    Raises:
        SourcesError: no workbook, with a password, damaged, or too large.
    """
    package, root, book = content_of(raw, name, message("kind_ods"), "spreadsheet")
    unseen = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        if any(part.get(f"{TABLE}display") == "false" for part in style)
    }
    rows, told, styles = Lines(), Told("ODS"), Sheets()
    for part in (root, package.parsed("styles.xml")):
        styles.add(part)
    for table in book.iterfind(f"{TABLE}table"):
        hidden = table.get(f"{TABLE}style-name") in unseen
        title = title_of(table.get(f"{TABLE}name", ""), told, hidden=hidden)
        rows.add(title, _Sheet(table, styles, Hidden(told)))
    return Extracted(
        "".join(rows.parts),
        told.label(),
        landmarks=tuple(rows.landmarks),
        sheets=tuple(rows.sheets),
        kind=DocumentKind.TABLE,
    )


@dataclass(slots=True)
class _Sheet:
    """The rows of a sheet."""

    table: Element
    styles: Sheets
    hidden: Hidden
    _merged: list[str] = field(default_factory=list)

    def ranges(self) -> list[str]:
        """Cells that are one."""
        return self._merged

    def __iter__(self) -> Iterator[Row]:
        column = 1
        for element in _within(self.table, f"{TABLE}table-column"):
            count = count_of(element, "number-columns-repeated", MOST_COLUMNS)
            if element.get(f"{TABLE}visibility") in _HIDDEN:
                self.hidden.hide(column, column + count - 1)
            column += count
        at = 1
        for element in _within(self.table, f"{TABLE}table-row"):
            count = count_of(element, "number-rows-repeated", MOST_ROWS + 1)
            cells = self._cells(element, at)
            is_hidden = element.get(f"{TABLE}visibility") in _HIDDEN
            for repeated in range(count if any(cells) else 0):
                yield Row(at + repeated, cells, self.hidden.mark(cells, hidden=is_hidden))
            at += count

    def _cells(self, row: Element, at: int) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            count = count_of(cell, "number-columns-repeated", MOST_COLUMNS)
            covered = cell.tag == f"{TABLE}covered-table-cell"  # by a merged one: not shown
            text = words_of(cell, self.styles) if not covered else ""
            columns = count_of(cell, "number-columns-spanned", MOST_COLUMNS)
            rows = count_of(cell, "number-rows-spanned", MOST_ROWS)
            if columns * rows > 1 and len(self._merged) < _MOST_RANGES:
                left = len(cells) + 1
                self._merged.append(f"{letters_of(left)}{at}:{letters_of(left + columns - 1)}{at + rows - 1}")
            cells += [text] * min(count, MOST_COLUMNS - len(cells))
        while cells and not cells[-1]:
            cells.pop()
        return cells


def _within(element: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    """Columns or rows, also those in groups."""
    for child in element if depth < _DEEPEST else ():
        if child.tag == tag:
            yield child
        elif child.tag in _GROUPS:
            yield from _within(child, tag, depth + 1)
