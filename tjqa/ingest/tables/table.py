"""The tables of a document: each with its head, its rows, and what passages of them are told."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tjqa.documents import Span
from tjqa.documents.tables import Column, ColumnKind, Known, Origin, Row, TablePart, Value
from tjqa.ingest import parameters
from tjqa.ingest.tables.cells import plain, unit_of_head, unit_said
from tjqa.ingest.tables.columns import columns_of
from tjqa.ingest.tables.grid import Block
from tjqa.ingest.tables.heads import Head, column_heads, find_head
from tjqa.ingest.tables.names import Said, is_continued, names_places, said_of
from tjqa.ingest.tables.rows import RowPlan, is_total, plan_rows
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods, whole_period, wordings
from tjqa.text.sentences import trim


@dataclass(frozen=True)
class Table:
    """A table of a file. `sheet` is the tab of a workbook; `plans` are the rows below its head."""

    number: int
    block: Block
    head: Head
    columns: tuple[Column, ...]
    said: Said
    plans: tuple[RowPlan, ...]
    sheet: str = ""
    workbook: bool = False
    separated: bool = False  # by the characters of a CSV file, any of which may stand in a cell by mistake

    def span(self, row: int) -> Span:
        """A row of the text, as far as it is this table's."""
        grid, block = self.block.grid, self.block
        start, end = grid.starts[row], grid.starts[row + 1]
        if block.left or block.right < grid.width(row, len(cells := grid.cells(row))):
            cells = grid.cells(row)
            start = cells[block.left][0] if 0 < block.left < len(cells) else start
            end = cells[block.right][0] if block.right < len(cells) else end
        return trim(grid.text, Span(start, max(start, end)))

    def part(self, plans: Sequence[RowPlan], span: Span) -> TablePart:
        """What a passage of some of its rows is told; `span` is that of the passage."""
        rows = [self._row(plan, span) for plan in plans if plan.holds_values]
        used = sorted({value.column for row in rows for value in row.values})
        if used != list(range(len(used))):
            places = {column: at for at, column in enumerate(used)}
            rows = [replace(row, values=tuple(replace(v, column=places[v.column]) for v in row.values)) for row in rows]
        columns = tuple(self.columns[column] for column in used)
        said = self.said
        wordings = self._wordings(rows, columns)
        return TablePart(
            self.number,
            said.name,
            columns,
            tuple(rows),
            self.sheet,
            said.unit,
            said.period,
            said.place,
            wordings,
            self.workbook,
        )

    def _row(self, plan: RowPlan, span: Span) -> Row:
        """What is told of a row; the columns of its values are counted from the table's first."""
        grid = self.block.grid
        cells = grid.cells(plan.row)
        values: list[Value] = []
        names: list[tuple[Column, str]] = []
        outside: list[str] = []  # names that stand in the row, but not in the passage: it is cut
        unit = ""
        for at in self._columns_of(plan.row, cells, span):
            column = self.columns[at]
            place = self._place(plan.row, column.number, cells)
            text = grid.text[slice(*place)] if place is not None else ""
            if place is None or not text:
                continue
            inside = span.start <= place[0] and place[1] <= span.end
            unit = text if column.kind is ColumnKind.UNIT else unit
            anchor = grid.anchors.get((plan.row, column.number), (plan.row, 0))
            if column.kind is ColumnKind.NAME:
                names.append((column, plain(text)))
                outside += [plain(text)] if not inside else []
                inside = inside and anchor[0] == plan.row  # of one that began above its text is in `plan.above`
            if inside:
                values.append(Value(at, Span(*place)))
            elif column.kind is ColumnKind.VALUE and (plan.row, column.number) in grid.anchors:
                told = text[: parameters.LONGEST_HEAD]
                values.append(Value(at, Span(place[0], place[0] + len(told)), told))
        name = names[-1][1] if names else ""
        return Row(
            grid.numbers[plan.row],
            tuple(values),
            tuple(dict.fromkeys((*plan.above, *outside))),
            is_total(name),
            _row_unit(unit, [text for _, text in reversed(names)] + [*reversed(plan.above)]),
            _row_period([text for _, text in names] + list(plan.above)),
            _row_place(names),
        )

    def _columns_of(self, row: int, cells: list[tuple[int, int]], span: Span) -> Iterable[int]:
        """The columns of which a passage holds the cells, and those that say what a row is: of a row that is cut into
        hundreds of passages each has its own few."""
        count = len(self.columns)
        if self.block.grid.anchors:
            return range(count)
        first = max(0, bisect_left(cells, (span.start, span.start)) - self.block.left)
        end = max(first, bisect_right(cells, (span.end, span.end)) - self.block.left)
        return sorted({*self._naming, *range(first, min(end, count))})

    @cached_property
    def _naming(self) -> tuple[int, ...]:
        naming = (ColumnKind.NAME, ColumnKind.UNIT)
        return tuple(at for at, column in enumerate(self.columns) if column.kind in naming)

    def _place(self, row: int, column: int, cells: list[tuple[int, int]]) -> tuple[int, int] | None:
        anchored = (row, column) in self.block.grid.anchors
        if anchored:
            return self.block.grid.place(row, column)
        return cells[column] if column < len(cells) else None

    def _wordings(self, rows: Sequence[Row], columns: Sequence[Column]) -> str:
        """Other ways to write the table's period, and the names of rows without the blanks that space them out."""
        found = wordings(Period.read(self.said.period.value)) if self.said.period is not None else []
        text = self.block.grid.text
        for row in rows:
            for value in row.values:
                if columns[value.column].kind is ColumnKind.NAME and not value.text:
                    told = value.span.of(text)
                    found += [plain(told)] if plain(told) != told else []
        return " ".join(found)


def _row_unit(unit: str, names: Sequence[str]) -> Known | None:
    """What a row counts in: told by its column of units, else by the nearest of its names that tells one."""
    # The levels of a budget's classification, which stand over its codes, count nothing.
    longer = (name for name in names if name not in "类款项目")
    told = unit or next(filter(None, map(unit_of_head, longer)), "")
    return Known(told, Origin.ROW) if told else None


def _row_place(names: Sequence[tuple[Column, str]]) -> Known | None:
    """The place that a row is of; 合计 below 城市 is none."""
    places = (text for column, text in reversed(names) if names_places(column.heads) and not is_total(text))
    return next((Known(text, Origin.ROW) for text in places), None)


def _row_period(names: Sequence[str]) -> Known | None:
    """The period that the names of a row are or begin with: 2023年7月, 2020年末余额."""
    for name in names:
        folded = fold(name)
        found = whole_period(folded)
        if found is None:
            first = next(periods(folded), None)
            found = first.period if first is not None and first.spelled and first.span.start == 0 else None
        if found is not None:
            return Known(str(found), Origin.ROW)
    return None


@dataclass(frozen=True, slots=True)
class Found:
    """Where a table stands: its rectangle, how many rows its format calls heads, the lines above it in the text, and
    further names that may tell its period, unit and place."""

    block: Block
    given: int = 0
    captions: tuple[str, ...] = ()
    others: tuple[tuple[str, Origin], ...] = ()
    sheet: str = ""
    workbook: bool = False
    separated: bool = False
    goes_on: bool = False  # nothing but the end of a page parts it from the table before


def tables_from(found: Iterator[Found]) -> Iterator[Table]:
    """What is known of every table, in order: a table that goes on (续表) has the name, and where it has none the head,
    of the one before it."""
    before: Table | None = None
    heads_before: list[tuple[str, ...]] = []
    for number, one in enumerate(found):
        head = find_head(one.block, one.given)
        heads = column_heads(one.block, head)
        above = range(one.block.first, head.first)
        lines = [" ".join(dict.fromkeys(filter(None, one.block.texts(row)))) for row in above]
        corner = [text for row in head.rows for text in one.block.texts(row)[:1] if not _TIME.fullmatch(fold(text))]
        captions = [*one.captions, *lines, *(text for text in corner if unit_of_head(text))]
        below = [
            next(filter(None, one.block.texts(row)), "")
            for row in range(max(head.end, one.block.end - 3), one.block.end)
        ]
        said = said_of(captions, one.others)
        if said.unit is None:
            said = replace(said, unit=_unit_around([*corner, *below]))
        if before is not None and (one.goes_on or any(map(is_continued, captions))):
            said = replace(said, name=said.name or before.said.name, unit=said.unit or before.said.unit)
            if not head.rows and len(heads_before) == len(heads):
                heads = heads_before
        unit = said.unit.value if said.unit is not None else ""
        columns = columns_of(one.block, head, heads, unit)
        plans = tuple(plan_rows(one.block, head, columns))
        before = Table(number, one.block, head, columns, said, plans, one.sheet, one.workbook, one.separated)
        heads_before = heads
        yield before


# Over a column of periods, which it names; the figures beside them are not counted in years.
_TIME = re.compile("年[度份]?|季度?|月[度份]?|[日周旬]|日期|时间")


def _unit_around(lines: Sequence[str]) -> Known | None:
    """The unit that the corner of a table or a line below it says."""
    corner = lines[0] if lines else ""
    unit = next(filter(None, map(unit_said, lines)), "") or unit_of_head(corner)
    return Known(unit, Origin.CAPTION) if unit else None
