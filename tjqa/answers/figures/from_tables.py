"""The figures of a measure in the rows of a table: each cell whose heads name it, with the period they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tjqa.answers.figures.figure import Against, Kind, Standing
from tjqa.answers.figures.found import Found
from tjqa.answers.figures.measure import Measure, bare_head, residual, shown_name
from tjqa.answers.tables.aspects import Aspect, aspects_of_heads
from tjqa.answers.tables.computing import figure_of
from tjqa.answers.tables.earlier_periods import counts_from_january, meant
from tjqa.documents import Passage
from tjqa.documents.tables import Cell, ColumnKind, Known, Origin
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period
from tjqa.text.places import is_place
from tjqa.text.segmenter import tagged

_CUMULATIVE = re.compile(r"累计|年初至|(?<!\d)1(?:-|—|至)本月")
_FORECAST = re.compile(r"预计|预测")
_OWN_UNIT = re.compile(r"[-+−]?[\d,.]+\s*(\D{1,8})")


def of_tables(passage: Passage, measure: Measure) -> Iterator[Found]:
    """The figures of a measure in the rows of a passage."""
    table = passage.table
    if table is None or not table.rows:
        return
    own = squeeze(fold(f"{table.name}|{table.sheet}"))
    context = squeeze(fold(f"{own}|{passage.title}|{passage.section}|{passage.name}"))
    if not measure.may_be_in(context + squeeze(fold(f"{passage.text}{_heads_of(passage)}"))):
        return
    named = measure.names_table(own)
    for row in table.rows:
        part = replace(table, rows=(row,))
        cells = part.cells(passage.text, passage.span.start)
        group = ("row", passage.path, table.number, row.number)
        found = [one for cell in cells if (one := _of_cell(passage, cell, measure, context, named=named)) is not None]
        latest = max((one.period for one in found if one.period and one.kind is Kind.LEVEL), default=None)
        for one in found:
            # 2022年 | 2023年 | 比上年增长: of the last of them.
            undated = one.kind is Kind.CHANGE and one.period is None
            yield replace(one, group=group, period=latest if undated else one.period)


def _heads_of(passage: Passage) -> str:
    assert passage.table is not None
    columns = [head for column in passage.table.columns for head in column.heads]
    return "".join([*columns, *(head for row in passage.table.rows for head in row.above)])


def _of_cell(passage: Passage, cell: Cell, measure: Measure, context: str, *, named: bool) -> Found | None:
    value = figure_of(cell) if cell.kind is ColumnKind.VALUE and passage.span.covers(cell.span) else None
    if value is None:
        return None
    place, row_heads = _place(cell)
    rows = [bare_head(head) for head in row_heads]
    columns = [bare_head(head) for head in cell.column_heads]
    telling = [text for head in (*row_heads, *cell.column_heads) if (text := shown_name(head))]
    by_table = named and not any(residual(head) for head in columns) and len(telling) < 2
    if not measure.is_named(rows, columns, context) and not by_table:
        return None
    heads = " ".join(squeeze(fold(head)) for head in (*cell.row_heads[-1:], *cell.column_heads))
    unit = _unit(cell)
    aspects = aspects_of_heads(heads, unit)
    if Aspect.CHANGE not in aspects and unit == "%" and not columns:
        aspects |= aspects_of_heads(context, "") & {Aspect.CHANGE, Aspect.ON_YEAR, Aspect.ON_PERIOD}
    period = _period(cell, heads, passage)
    cumulative = _CUMULATIVE.search(heads) is not None
    if period is not None and cumulative and not period.until:
        period = replace(period, first=(1, 1))
    names = list(dict.fromkeys([measure.name, *telling] if by_table else telling))
    return Found(
        passage,
        cell.span,
        cell.span,
        " · ".join(names) or measure.name,
        place,
        period,
        cumulative or (period is not None and counts_from_january(period)),
        _kind(aspects, heads),
        _against(aspects),
        _standing(aspects, heads),
        value,
        cell.text.strip(),
        unit,
        (),
        from_table=True,
    )


def _place(cell: Cell) -> tuple[str, tuple[str, ...]]:
    """The place that a cell is of, and the heads of its row that are none; 城市 and 农村 are no places."""
    known = cell.place.value if cell.place is not None else ""
    own = [head for head in cell.row_heads if _is_place(head, known)]
    if not own and known in cell.row_heads:
        known = ""
    return squeeze(own[-1] if own else known), tuple(head for head in cell.row_heads if head not in own)


def _is_place(head: str, known: str) -> bool:
    bare = bare_head(head)
    return is_place(bare) or (head == known and bare == squeeze(fold(head)) and bare not in tagged()[1])


def _unit(cell: Cell) -> str:
    unit = squeeze(cell.unit.value) if cell.unit is not None else ""
    if not unit:
        own = _OWN_UNIT.fullmatch(cell.text.strip())
        unit = own[1].strip() if own is not None else ""
    return "%" if unit == "％" else unit


def _kind(aspects: frozenset[Aspect], heads: str) -> Kind:
    if Aspect.CHANGE in aspects and "=100" not in heads:
        return Kind.CHANGE
    return Kind.SHARE if Aspect.SHARE in aspects else Kind.LEVEL


def _against(aspects: frozenset[Aspect]) -> Against:
    if Aspect.CHANGE not in aspects:
        return Against.UNTOLD
    if Aspect.ON_YEAR in aspects:
        return Against.YEAR
    return Against.PERIOD if Aspect.ON_PERIOD in aspects else Against.UNTOLD


def _standing(aspects: frozenset[Aspect], heads: str) -> Standing:
    if _FORECAST.search(heads):
        return Standing.FORECAST
    if Aspect.DONE in aspects:
        return Standing.DONE
    return Standing.PLAN if Aspect.PLAN in aspects else Standing.TOLD


def _period(cell: Cell, heads: str, passage: Passage) -> Period | None:
    """The period that a cell's heads mean: of 上年同期 a year before the table's; None where it is not sure."""
    if cell.period is None or _is_publication(cell.period, passage):
        return None
    return meant(Period.read(cell.period.value), heads)


def _is_publication(known: Known, passage: Passage) -> bool:
    """Whether a period is the day on which the document was published, which its figures are not of."""
    if known.origin is Origin.DATE:
        return True
    return known.origin is Origin.FILE and known.value == (passage.published or "-")
