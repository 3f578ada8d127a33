"""What a row of a workbook is, and what is told of a whole file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import NamedTuple


@dataclass(slots=True)
class Told:
    """What is said of the whole file beside its format."""

    kind: str = "XLSX"
    sheets: int = 0
    rows: int = 0
    columns: int = 0
    formulas: int = 0
    outdated: bool = False  # values of formulas that the program which saved them did not trust itself

    def label(self) -> str:
        """For the file's line in lists."""
        hidden = [(self.sheets, "个表"), (self.rows, "行"), (self.columns, "列")]
        parts = (
            [f"隐藏的有 {'、'.join(f'{count} {unit}' for count, unit in hidden if count)}"]
            if any(count for count, _ in hidden)
            else []
        )
        parts += [f"{self.formulas} 处公式没有存下结果,写的是公式"] if self.formulas else []
        parts += ["公式的结果要打开时重算,存下的可能不对"] if self.outdated else []
        return f"{self.kind}({','.join(parts)})" if parts else self.kind


class Row(NamedTuple):
    """One row as the file has it; `mark` says what of it is hidden."""

    number: int
    cells: list[str]
    mark: str


def in_order(lines: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """By number; two parts of one row are one row again."""
    for number, group in groupby(sorted(lines, key=lambda line: line[0]), key=lambda line: line[0]):
        parts = list(group)
        columns = zip_longest(*(line.split("\t") for _, line, _ in parts), fillvalue="")
        cells = (" ".join(filter(None, column)) for column in columns)
        yield number, parts[0][1] if len(parts) == 1 else "\t".join(cells), max(mark for _, _, mark in parts)


def is_on(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true")


_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}


def transitional(raw: bytes) -> bytes:
    """The same workbook in the dialect openpyxl knows: of one in the other (Strict) it would see no sheet at all."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        books = [name for name in archive.namelist() if name.endswith("workbook.xml")]
        if not any(name in archive.read(book)[:4096] for book in books for name in _STRICT):
            return raw
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as other:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    part = archive.read(name)
                    for old, new in _STRICT.items():
                        part = part.replace(old, new)
                    other.writestr(name, part)
    return made.getvalue()
