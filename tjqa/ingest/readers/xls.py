"""Workbooks of Excel 97 to 2003, and of WPS (.xls, .et), read by xlrd: rows and cells as those of .xlsx.

What many systems export under this name is none: a web page, a workbook of the new kind, lines with tabs. Excel opens
them by what they are, and so does this."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tjqa.documents import DocumentKind
from tjqa.errors import SourcesError
from tjqa.ingest.readers import html, xlsx
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.csv_tables import csv_sheets
from tjqa.ingest.readers.decoding import decode
from tjqa.ingest.readers.excel.lines import Lines
from tjqa.ingest.readers.excel.merged import letters_of
from tjqa.ingest.readers.excel.number_formats import BY_NUMBER, NumberFormat
from tjqa.ingest.readers.excel.rich import Run, in_line
from tjqa.ingest.readers.excel.sheets import Row, Told
from tjqa.ingest.readers.excel.shown import Hidden, text_of, title_of
from tjqa.messages import message

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RECORDS = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")  # how a workbook without a container begins
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page says that it is one
_COMPUTERS_OWN = (14, 22)  # dates in the way of the computer at hand: an .xls names a way that was somebody else's
_SCRIPTS = {1: "superscript", 2: "subscript"}
_MOST_RANGES = 100_000  # merged cells of a sheet that are kept in mind


def read(raw: bytes, name: str) -> Extracted:
    """Rows of all sheets; of a formula the value the workbook was saved with.

    Raises:
        SourcesError: no workbook, or with a password. Of a damaged one xlrd lets all kinds of errors through, which
            the worker reports.
    """
    if raw.startswith(b"PK"):
        return xlsx.read(raw, name)
    if not raw.startswith(_COMPOUND) and not _RECORDS.match(raw):
        return html.read(raw, name) if _PAGE.search(raw[:_HEAD]) else _plain(raw, name)
    book = _opened(raw, name)
    rows, told = Lines(), Told("XLS")
    styles = _Styles(book)
    for sheet in book.sheets():
        rows.add(title_of(sheet.name, told, hidden=bool(sheet.visibility)), _Sheet(sheet, styles, Hidden(told)))
    return Extracted(
        "".join(rows.parts),
        told.label(),
        landmarks=tuple(rows.landmarks),
        sheets=tuple(rows.sheets),
        kind=DocumentKind.TABLE,
    )


def _plain(raw: bytes, name: str) -> Extracted:
    """Lines of text with something between the cells."""
    if b"\0" in raw[:_HEAD] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise SourcesError("archive_damaged", "save_again_hint", name=name, kind=message("kind_excel"))
    text, encoding = decode(raw, name)
    if not text.strip():
        raise SourcesError("archive_damaged", "save_again_hint", name=name, kind=message("kind_excel"))
    return Extracted(text, encoding, sheets=csv_sheets(text, ""), kind=DocumentKind.TABLE)


def _opened(raw: bytes, name: str) -> Any:
    from xlrd import XLRDError, open_workbook
    from xlrd.compdoc import CompDocError

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  it tells there what it finds odd
        told = {"file_contents": raw, "formatting_info": True, "ragged_rows": True, "logfile": nowhere}
        try:
            try:
                return open_workbook(**told)
            except CompDocError:  # programs other than Excel write containers that Excel minds as little
                return open_workbook(**told, ignore_workbook_corruption=True)
        except XLRDError as error:
            if "encrypted" in str(error):
                raise SourcesError("pdf_locked", "pdf_locked_hint", name=name) from error
            raise SourcesError("archive_damaged", "save_again_hint", name=name, kind=message("kind_excel")) from error


class _Styles:
    """How the cells of a workbook are shown, by the number of their style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._own = {form.format_key: form.format_str for form in book.format_list}  # those the file writes out
        self._known: dict[int, tuple[NumberFormat, int]] = {}
        self._struck: dict[int, bool] = {}

    def strikes_out(self, number: int) -> bool:
        """Whether a line goes through the cells of a style."""
        found = self._struck.get(number)
        if found is None:
            styles, fonts = self._book.xf_list, self._book.font_list
            font = styles[number].font_index if number < len(styles) else len(fonts)
            found = self._struck[number] = font < len(fonts) and bool(fonts[font].struck_out)
        return found

    def runs(self, text: str, cuts: Sequence[tuple[int, int]]) -> list[Run]:
        """A text in its runs: where each begins, and the number of its font."""
        fonts = self._book.font_list
        cuts = sorted(cuts)
        runs: list[Run] = [(text[: cuts[0][0]], "", None)]
        for (start, font), (end, _) in zip(cuts, [*cuts[1:], (len(text), 0)], strict=True):
            script = _SCRIPTS.get(fonts[font].escapement, "") if font < len(fonts) else ""
            runs.append((text[start:end], script, bool(fonts[font].struck_out) if font < len(fonts) else None))
        return runs

    def of(self, number: int) -> tuple[NumberFormat, int]:
        """The format, and how far texts are set in, in blanks: Excel's step is about two."""
        found = self._known.get(number)
        if found is None:
            style = self._book.xf_list[number] if number < len(self._book.xf_list) else None
            key = style.format_key if style is not None else 0
            code = None if key in _COMPUTERS_OWN else self._own.get(key)
            if code is None:
                code = BY_NUMBER.get(key) or getattr(self._book.format_map.get(key), "format_str", None) or "General"
            indent = 2 * style.alignment.indent_level if style is not None and style.alignment is not None else 0
            found = self._known[number] = NumberFormat(code, from_1904=self._book.datemode == 1), indent
        return found


@dataclass(slots=True)
class _Sheet:
    """The rows of a sheet."""

    sheet: Any
    styles: _Styles
    hidden: Hidden

    def ranges(self) -> Iterator[str]:
        """Cells that are one."""
        for top, bottom, left, right in self.sheet.merged_cells[:_MOST_RANGES]:
            if top < bottom and left < right:
                yield f"{letters_of(left + 1)}{top + 1}:{letters_of(right)}{bottom}"

    def __iter__(self) -> Iterator[Row]:
        for column, info in self.sheet.colinfo_map.items():
            if info.hidden or not info.width:
                self.hidden.hide(column + 1, column + 1)
        for number in range(self.sheet.nrows):
            cells = [self._marked(cell, (number, column)) for column, cell in enumerate(self.sheet.row(number))]
            info = self.sheet.rowinfo_map.get(number)
            is_hidden = info is not None and bool(info.hidden or info.height == 0)
            yield Row(number + 1, cells, self.hidden.mark(cells, hidden=is_hidden))

    def _marked(self, cell: Any, place: tuple[int, int]) -> str:
        """What a cell shows; what is struck out is seen, but not what holds."""
        struck = self.styles.strikes_out(cell.xf_index or 0)
        cuts = self.sheet.rich_text_runlist_map.get(place)
        if cuts and isinstance(cell.value, str):
            text = in_line(self.styles.runs(cell.value, cuts), struck=struck)
            return text_of(text, *self.styles.of(cell.xf_index or 0))
        text = self._shown(cell)
        return f"~~{text}~~" if text and struck else text

    def _shown(self, cell: Any) -> str:
        import xlrd

        if cell.ctype == xlrd.XL_CELL_TEXT:
            return text_of(cell.value, *self.styles.of(cell.xf_index or 0))
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return self.styles.of(cell.xf_index or 0)[0].shown(repr(cell.value))
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A")) if cell.ctype == xlrd.XL_CELL_ERROR else ""
