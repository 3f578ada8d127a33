"""Workbooks (.xlsx): every row one line, its cells parted by tabs, sheet after sheet, each cell as Excel shows it.

openpyxl opens the workbook (strings, formats, names of sheets); the cells are gone through here: its own readers drop
rows and cells that stand out of order, formulas without a value, and what is hidden or how a number is shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from tjqa.documents import DocumentKind
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.excel.lines import Lines
from tjqa.ingest.readers.excel.merged import column_of
from tjqa.ingest.readers.excel.number_formats import BY_NUMBER, NumberFormat
from tjqa.ingest.readers.excel.rich import Run, in_line, is_rich, runs_of, shared_in
from tjqa.ingest.readers.excel.sheets import Row, Told, is_on, transitional
from tjqa.ingest.readers.excel.shown import Hidden, text_of, title_of
from tjqa.ingest.readers.word.parts import Package
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message

_MOST_TRANSLATED = 2_000  # formulas without a value that are worked out from the one they share
_ANEW = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)")
_LONGEST_TRANSLATED = 500  # characters of it: 0.5 ms
_MOST_RANGES = 100_000  # merged cells of a sheet that are kept in mind


def read(raw: bytes, name: str) -> Extracted:
    """Rows of all sheets; of a formula the value the workbook was saved with, or itself where it has none.

    Raises:
        SourcesError: no archive, or too large. Of a damaged workbook openpyxl lets all kinds of errors through, which
            the worker reports.
    """
    from openpyxl import load_workbook

    opened(raw, name, message("kind_excel")).close()
    rows, told = Lines(), Told()
    book = load_workbook(io.BytesIO(transitional(raw)), read_only=True, data_only=True)
    formats = _Formats(book)
    for sheet in book.worksheets:
        title = title_of(sheet.title, told, hidden=sheet.sheet_state != "visible")
        rows.add(title, _Sheet(sheet, formats, told, Hidden(told)))
    told.outdated = told.outdated and _is_worked_out_anew(book)
    return Extracted(
        "".join(rows.parts),
        told.label(),
        landmarks=tuple(rows.landmarks),
        sheets=tuple(rows.sheets),
        kind=DocumentKind.TABLE,
    )


def _is_worked_out_anew(book: Any) -> bool:
    """Whether the file asks for that when it is opened; openpyxl says so of every file that does not say no."""
    workbook = Package.of(book._archive, "").raw_main()
    return workbook is not None and _ANEW.search(workbook) is not None


class _Formats:
    """The formats of a workbook by the style of a cell."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.from_1904 = book.epoch.year == 1904
        self._known: dict[str, NumberFormat] = {}
        self._indents: dict[str, int] = {}
        self.strikes = any(font.strike for font in book._fonts)  # in most workbooks nothing is struck out
        self._struck: dict[str, bool] = {}
        self.rich = shared_in(Package.of(book._archive, ""), struck=self.strikes)

    def of(self, style: str) -> NumberFormat:
        """Styles of a file are few, its cells many."""
        found = self._known.get(style)
        if found is None:
            found = self._known[style] = NumberFormat(self._code(style), from_1904=self.from_1904)
        return found

    def indent(self, style: str) -> int:
        """How far the texts of a style are set in, in blanks: Excel's step is about two."""
        found = self._indents.get(style)
        if found is None:
            cell = self._cell(style)
            found = self._indents[style] = 2 * int(cell.alignment.indent or 0) if cell is not None else 0
        return found

    def strikes_out(self, style: str) -> bool:
        """Whether a line goes through the cells of a style."""
        if not self.strikes:
            return False
        found = self._struck.get(style)
        if found is None:
            cell = self._cell(style)
            found = self._struck[style] = cell is not None and bool(cell.font.strike)
        return found

    def _cell(self, style: str) -> Any:
        from openpyxl.cell.read_only import ReadOnlyCell

        if not style.isdecimal() or int(style) >= len(self.book._cell_styles):
            return None
        return ReadOnlyCell(self, 1, 1, None, style_id=int(style))

    def _code(self, style: str) -> str:
        cell = self._cell(style)
        if cell is None:
            return "General"
        return BY_NUMBER.get(cell.style_array.numFmtId) or str(cell.number_format)

    @property
    def parent(self) -> Any:
        """What a cell asks its sheet for."""
        return self.book


@dataclass(slots=True)
class _Sheet:
    """The rows of a sheet as the file has them, which is not always from the top."""

    sheet: Any
    formats: _Formats
    told: Told
    hidden: Hidden
    _row: int = 0
    _shared: dict[str, tuple[str, str]] = field(default_factory=dict)  # formulas that cells share, and where they stand
    _columns: dict[str, int] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _merged: list[str] = field(default_factory=list)

    def ranges(self) -> list[str]:
        """Cells that are one."""
        return self._merged

    def __iter__(self) -> Iterator[Row]:
        """Raises: what expat and `int` do of a damaged file."""
        from openpyxl.xml.functions import iterparse

        with self.sheet._get_source() as source:
            for _, element in iterparse(source):
                name = self._names.get(element.tag) or self._named(element.tag)
                if name == "row":
                    yield self._read(element)
                    element.clear()
                elif name == "col":
                    self._hide(element)
                elif name == "mergeCell" and len(self._merged) < _MOST_RANGES:
                    self._merged.append(element.get("ref", ""))

    def _named(self, tag: str) -> str:
        """The name without its namespace, of which there are two."""
        found = self._names[tag] = tag.rpartition("}")[2]
        return found

    def _hide(self, element: Element) -> None:
        if is_on(element.get("hidden")) or element.get("width") in ("0", "0.0"):
            self.hidden.hide(int(element.get("min", "1")), int(element.get("max", "1")))

    def _read(self, row: Element) -> Row:
        number = row.get("r")
        self._row = int(float(number) if "." in number else int(number)) if number else self._row + 1
        cells: list[str] = []
        again: dict[int, list[str]] = {}
        column = 0
        for cell in row:
            place = cell.get("r")
            column = self._column(place) if place else column + 1
            text = self._marked(cell)
            if column == len(cells) + 1:
                cells.append(text)
            elif column > len(cells):
                cells += [""] * (column - len(cells) - 1)
                cells.append(text)
            elif text:
                again.setdefault(column - 1, []).append(text)
        for at, texts in again.items():  # out of order, or twice
            cells[at] = " ".join(filter(None, [cells[at], *texts]))
        is_hidden = is_on(row.get("hidden")) or row.get("ht") in ("0", "0.0")
        return Row(self._row, cells, self.hidden.mark(cells, hidden=is_hidden))

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        found = self._columns.get(letters)
        if found is None:
            found = column_of(letters)
            self._columns[letters] = found
        return found

    def _marked(self, cell: Element) -> str:
        """What a cell shows; what is struck out is seen, but not what holds."""
        struck = self.formats.strikes_out(cell.get("s", ""))
        if runs := self._runs(cell):
            return self._text(cell, in_line(runs, struck=struck))
        text = self._shown(cell)
        return f"~~{text}~~" if text and struck else text

    def _runs(self, cell: Element) -> Sequence[Run]:
        """A text that is set in several ways; empty for all other cells."""
        kind = cell.get("t")
        if kind == "s" and self.formats.rich:
            value = next((part.text or "" for part in cell if part.tag.endswith("}v")), "")
            return self.formats.rich.get(int(value), ()) if value.strip().isdecimal() else ()
        if kind == "inlineStr":
            own = next((part for part in cell if part.tag.endswith("}is")), None)
            runs = runs_of(own) if own is not None else []
            return runs if is_rich(runs) else ()
        return ()

    def _shown(self, cell: Element) -> str:
        kind, value, formula, own = cell.get("t", "n"), None, None, None
        for part in cell:
            name = self._names.get(part.tag) or self._named(part.tag)
            if name == "v":
                value = part.text or ""
            elif name == "f":
                formula = part
            elif name == "is":
                own = part
        if formula is not None:
            if formula.get("t") == "shared" and formula.text:
                self._shared.setdefault(formula.get("si", ""), (formula.text, cell.get("r", "")))
            if not value and kind != "str":
                return self._formula(formula, cell.get("r", ""))
            self.told.outdated = True
        if kind == "inlineStr":
            return self._text(cell, "".join(text for text, *_ in runs_of(own)) if own is not None else "")
        if not value:
            return ""
        if kind == "n":
            return self.formats.of(cell.get("s", "0")).shown(value)
        if kind == "s":
            return self._text(cell, self.sheet._shared_strings[int(value)])
        if kind == "b":
            return "TRUE" if is_on(value) else "FALSE"
        return self._date(cell, value) if kind == "d" else self._text(cell, value)

    def _text(self, cell: Element, text: str) -> str:
        """In one line; how far it is set in shows what it is a part of."""
        style = cell.get("s", "0")
        return text_of(text, self.formats.of(style), self.formats.indent(style))

    def _date(self, cell: Element, value: str) -> str:
        """A date that the file spells out."""
        from openpyxl.utils.datetime import from_ISO8601, to_excel

        shape = self.formats.of(cell.get("s", "0"))
        try:
            return value if shape.plain else shape.shown(str(to_excel(from_ISO8601(value), self.formats.book.epoch)))
        except (TypeError, ValueError):
            return value

    def _formula(self, formula: Element, place: str) -> str:
        """What to show for a value that the file does not have: Excel works it out, which is not done here."""
        from openpyxl.formula.translate import Translator, TranslatorError

        self.told.formulas += 1
        text = formula.text or ""
        if not text and formula.get("t") == "shared" and self.told.formulas <= _MOST_TRANSLATED:
            text, origin = self._shared.get(formula.get("si", ""), ("", ""))
            if len(text) > _LONGEST_TRANSLATED:
                text = ""
            if text and origin and place:
                try:
                    return " ".join(Translator(f"={text}", origin).translate_formula(place).split())
                except TranslatorError:
                    text = ""
        return " ".join(f"={text}".split()) if text else "=?"
