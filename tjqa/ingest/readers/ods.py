"""OpenDocument workbooks (.ods): rows and cells as those of .xlsx; the file itself says what each cell shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.documents import DocumentKind, Merged
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.excel.lines import MOST_ROWS, Lines
from tjqa.ingest.readers.excel.merged import letters_of, merged_in
from tjqa.ingest.readers.excel.sheets import Row, Told
from tjqa.ingest.readers.excel.shown import MOST_COLUMNS, Hidden, title_of
from tjqa.ingest.readers.odf.names import OFFICE, STYLE, TABLE, TEXT, content_of, count_of
from tjqa.ingest.readers.odf.sheets import Sheets
from tjqa.ingest.readers.word.parts import number
from tjqa.messages import message

_MOST_RANGES = 100_000  # merged cells of a sheet that are kept in mind
_DEEPEST = 32  # groups of rows within groups
_HIDDEN = frozenset({"collapse", "filter"})
_GROUPS = frozenset(f"{TABLE}table-{name}" for name in ("row-group", "header-rows", "rows", "column-group", "columns"))
_APART = frozenset({f"{OFFICE}annotation", f"{TEXT}note"})


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

    def merged_in(self, numbers: Sequence[int]) -> tuple[Merged, ...]:
        """Cells that are one, counted in the rows that hold anything, whose numbers these are."""
        return merged_in(self._merged, numbers)

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
            text = " ".join(filter(None, (_words(part) for part in cell.iterfind(f"{TEXT}p"))))
            if text and self.styles.strikes_out("table-cell", cell.get(f"{TABLE}style-name", "")):
                text = f"~~{text}~~"  # seen, but not what holds
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


def _words(paragraph: Element) -> str:
    """A paragraph of a cell in one line."""
    parts: list[str] = []
    waiting: list[Element | str] = [paragraph]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            parts.append(element)
            continue
        if element.tag in _APART:
            continue
        if element.tag == f"{TEXT}s":
            parts.append(" " * min(number(element.get(f"{TEXT}c"), 1), 99))
        elif element.tag in (f"{TEXT}line-break", f"{TEXT}tab"):
            parts.append(" ")
        parts.append(element.text or "")
        for child in reversed(element):
            waiting += (child.tail or "", child)
    return " ".join("".join(parts).split())
