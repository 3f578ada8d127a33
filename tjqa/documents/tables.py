"""What a passage knows of the table that it is a part of: heads, units, periods and places of every cell.

A row of a table is a bare line of figures: 徐州<tab>908.4<tab>5.6. What they are stands elsewhere: in the rows with the
names of the columns, in the corner (单位：亿元), above the table, on the sheet's tab, in the file's name. `tjqa.ingest`
finds it once, when the index is made, and every passage that holds rows of a table carries it as `Passage.table`, so
that nothing has to be read again for a question:

    part = passage.table                       # None for running text
    for cell in part.cells(passage.text, passage.span.start):
        cell.text, cell.span                   # as it stands in the file: the slice of the source at `span`
        cell.row_heads, cell.column_heads      # outermost first: ("地区生产总值", "第一产业"), ("2019年", "增速")
        cell.unit, cell.period, cell.place     # each `Known` with where it was said, or None
        cell.address                           # B7 in a workbook, else ""

Periods are written as `tjqa.text.periods` writes them: 2024, 2024-03, 2024-01/2024-06, 2024-03-11/2024-03-20; without
a year --03.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tjqa.documents.spans import Span

YEARLESS = "--"
"""What a period begins with of which the year is not told: --03-11/--03-20, as ISO 8601 had it."""
MOST_WORDS = 240
"""Characters of heads that are searched with a row: those of fifty columns are a thousand, the row itself a hundred."""


class Origin(StrEnum):
    """Where something was said that is true of a cell, nearest first. The values stand in the files of an index."""

    CELL = "cell"  # in the cell itself: 64.5%
    ROW = "row"  # in its row: the head of the row, or a column of units
    HEAD = "head"  # at the head of its column: 面积(公顷), 2019年
    CAPTION = "caption"  # above or below the table, or in its corner: 单位：亿元
    SHEET = "sheet"  # on the tab of the sheet
    FILE = "file"  # in the name of the file
    DATE = "date"  # the day that the document bears


class ColumnKind(StrEnum):
    """What a column holds. The values stand in the files of an index."""

    VALUE = "value"
    NAME = "name"  # heads of the rows: the stub
    UNIT = "unit"  # what each row counts in: 单位
    NUMBER = "number"  # running numbers: 序号


@dataclass(frozen=True, slots=True)
class Known:
    """A unit, a period or a place, and where it was said. Of units `value` is as written, without a label (亿元)."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `number` is its place in the source's grid, 0 for A; `heads` are the texts at its head,
    outermost first, none for a column without."""

    number: int
    heads: tuple[str, ...] = ()
    kind: ColumnKind = ColumnKind.VALUE
    unit: Known | None = None
    period: Known | None = None
    place: Known | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a row below one of `TablePart.columns`, whose index `column` is. `text` is given only where the
    cell lies outside of the passage: a cell merged over several rows stands in the first of them."""

    column: int
    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `number` is the one that its program shows (row 7 of a sheet), else that of the row in its table, from 1.

    `above` are heads of it that stand in other rows, outermost first: a merged cell that began above, the row it is
    indented under, a line that heads the rows below it (一、黑色金属). `total` rows sum others up (合计, 总计). `unit`,
    `period` and `place` are those that the row itself tells.
    """

    number: int
    values: tuple[Value, ...]
    above: tuple[str, ...] = ()
    total: bool = False
    unit: Known | None = None
    period: Known | None = None
    place: Known | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with all that is known of it; `row_unit` is what the row counts in (吨) beside the unit of the value
    (元), where both are told."""

    text: str
    span: Span
    address: str
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    kind: ColumnKind
    total: bool
    unit: Known | None
    row_unit: Known | None
    period: Known | None
    place: Known | None


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of a table that a passage is made of; of the head itself none.

    `number` counts the tables of the file, from 0; `name` is what stands above it (表3 各市主要指标); `sheet` is
    the tab of a workbook, "" elsewhere; `unit`, `period` and `place` hold for all cells that say nothing else;
    `wordings` are other ways to name the period, to be found by.
    """

    number: int
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    unit: Known | None = None
    period: Known | None = None
    place: Known | None = None
    wordings: str = ""
    workbook: bool = field(default=False, repr=False)

    def words(self) -> str:
        """What is searched with the rows beside their own text: the table's name, heads each once, wordings."""
        found = dict.fromkeys([self.name])
        for row in self.rows:
            found |= dict.fromkeys(row.above)
        for column in self.columns:
            found |= dict.fromkeys(column.heads)
        told = [known.value for known in (self.unit, self.place) if known is not None]
        return f"{' '.join(filter(None, [*found, *told]))[:MOST_WORDS]} {self.wordings}".strip()

    def cells(self, text: str, start: int) -> Iterator[Cell]:
        """Every cell of its rows, row by row.

        Args:
            text: of the passage.
            start: of the passage in its file, in characters.
        """
        for row in self.rows:
            texts = [value.text or text[value.span.start - start : value.span.end - start] for value in row.values]
            names: dict[Span, tuple[str, tuple[str, ...]]] = {}
            before = ColumnKind.NAME
            heads_before: tuple[str, ...] = ()
            ahead = self._first_names(row.values, texts) if not row.above else []
            for value, told in zip(row.values, texts, strict=True):
                column = self.columns[value.column]
                if column.kind is ColumnKind.NAME:  # of several pairs in a row (姓名 … 电话 …) the nearest one's
                    goes_on = before is ColumnKind.NAME or bool(column.heads)
                    is_one = before is ColumnKind.NAME and column.heads == heads_before  # one head over two columns
                    apart = before is not ColumnKind.NAME
                    names = names if is_one else _before_block(names, column.heads, apart=apart) if goes_on else {}
                    names[value.span] = told, column.heads
                before, heads_before = column.kind, column.heads
                # What is filled in across columns of names and values is no name of itself.
                heads = [name for span, (name, _) in names.items() if span != value.span] or ahead
                yield Cell(
                    told,
                    value.span,
                    f"{letters(column.number)}{row.number}" if self.workbook else "",
                    row.above if column.kind is ColumnKind.NAME else (*row.above, *heads),
                    column.heads,
                    column.kind,
                    row.total,
                    column.unit or row.unit or self.unit,
                    row.unit,
                    _period(row.period, column.period, self.period),
                    row.place or column.place or self.place,
                )

    def _first_names(self, values: Sequence[Value], texts: Sequence[str]) -> list[str]:
        """The names that stand next in a row of which the first value is none: what a rank before them is of."""
        found: list[str] = []
        for value, told in zip(values, texts, strict=True):
            is_name = self.columns[value.column].kind is ColumnKind.NAME
            if found and not is_name:
                break
            found += [told] if is_name else []
        first = self.columns[values[0].column].kind if values else ColumnKind.NAME
        return found if first is ColumnKind.VALUE else []


def _before_block(
    names: dict[Span, tuple[str, tuple[str, ...]]], heads: tuple[str, ...], *, apart: bool
) -> dict[Span, tuple[str, tuple[str, ...]]]:
    """The names of a row, with their heads, that hold for a column of names under `heads`: of blocks beside each other
    (年份 | 地区 | 收入 | 地区 | 收入) the name of the one before ends where the next begins; with figures between them
    (`apart`) blocks may have heads of their own above the same ones (收入 over 项目, 支出 over 项目)."""
    kept: dict[Span, tuple[str, tuple[str, ...]]] = {}
    for span, (name, own) in names.items():
        if own and (own == heads or (apart and own[-1:] == heads[-1:])):
            break
        kept[span] = name, own
    return kept


def _period(row: Known | None, column: Known | None, table: Known | None) -> Known | None:
    """The narrower one of the periods that the row and the column tell, completed by the other's year; else the
    table's."""
    told = [known for known in (row, column, table) if known is not None]
    if not told:
        return None
    own = [known for known in told if known is not table] or told
    narrow = max(own, key=lambda known: ("-" in known.value, len(known.value)))
    if narrow.value.startswith(YEARLESS):
        year = next((known.value[:4] for known in told if known.value[:4].isdecimal()), "")
        return Known(completed(narrow.value, year), narrow.origin)
    return narrow


def completed(period: str, year: str) -> str:
    """A period without a year in a year; as it is where that is not known either ("")."""
    if not year:
        return period
    whole = period == f"{YEARLESS}01/{YEARLESS}12"  # 全年
    return year if whole else period.replace(YEARLESS, f"{year}-")


def letters(number: int) -> str:
    """How a workbook calls a column: A for 0, AA for 26."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
