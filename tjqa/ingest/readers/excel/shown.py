"""What workbooks show and hide, whatever the format of the file: a cell's text in one line, marks of what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tjqa.documents import LONGEST_NAME
from tjqa.ingest.readers.excel.lines import MOST_ROWS
from tjqa.ingest.readers.excel.merged import letters_of
from tjqa.ingest.readers.excel.number_formats import NumberFormat
from tjqa.ingest.readers.excel.sheets import Told

# What is said of a row of which something is hidden, at its longest.
_HIDDEN_SHEET, _HIDDEN_ROW = "(隐藏的表)", "(隐藏的行)"
_MOST_NAMED = 3  # hidden columns of a row that are named
_LONGEST_TITLE = LONGEST_NAME - len(f"{_HIDDEN_SHEET} 第 {MOST_ROWS} 行{_HIDDEN_ROW}(隐藏的列 XFD、XFC、XFB 等)")
MOST_COLUMNS = 16_384
_BLANKS = " \u3000"
_MOST_INDENT = 40  # blanks before a text


def title_of(name: str, told: Told, *, hidden: bool) -> str:
    """What a sheet is called wherever it is quoted."""
    told.sheets += hidden
    return name[:_LONGEST_TITLE] + (_HIDDEN_SHEET if hidden else "")


def text_of(text: str, shape: NumberFormat, indent: int) -> str:
    """A text in one line; how far it is set in (`indent`, in blanks) shows what it is a part of."""
    shown = shape.text(text)
    words = " ".join(shown.split())
    lead = shown[: len(shown) - len(shown.lstrip(_BLANKS))] + " " * indent
    return lead[:_MOST_INDENT] + words if words else ""


@dataclass(slots=True)
class Hidden:
    """What of a sheet is hidden; counted in `told` where it holds anything."""

    told: Told
    _columns: bytearray = field(default_factory=lambda: bytearray(MOST_COLUMNS + 1))  # 1 for a column that is
    _any: bool = False
    _used: set[int] = field(default_factory=set)  # hidden columns that hold anything

    def hide(self, first: int, last: int) -> None:
        """Columns from one to the other, counted from 1."""
        last = min(last, MOST_COLUMNS)
        first = min(max(first, 1), last + 1)
        self._columns[first : last + 1] = b"\1" * (last + 1 - first)
        self._any = True

    def mark(self, cells: Sequence[str], *, hidden: bool) -> str:
        """What of a row is not shown; `hidden` says that the whole row is."""
        mark = ""
        if hidden:
            mark = _HIDDEN_ROW
            self.told.rows += any(cells)
        columns: list[int] = []
        if self._any:
            columns = [at for at, text in enumerate(cells[:MOST_COLUMNS], 1) if text and self._columns[at]]
        if columns:
            self.told.columns += len(set(columns) - self._used)
            self._used.update(columns)
            more = " 等" if len(columns) > _MOST_NAMED else ""
            mark += f"(隐藏的列 {'、'.join(map(letters_of, columns[:_MOST_NAMED]))}{more})"
        return mark
