"""What an answering cell is, in a line to read: 石蜡（58#半） · 本期价格（元） · 2024年3月中旬:8317.9 元/吨."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.answers.tables.fits import Fit
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.results import AnswerCell, RowCell
from tjqa.text.display import one_line
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period, periods, wordings
from tjqa.text.units import is_unit

_BETWEEN = " · "


def told(fit: Fit, *, name_file: bool = False) -> AnswerCell:
    """The cell of a fit with its statement; with `name_file` it says which file it is of."""
    table = fit.row.passage.table
    sheet = table.sheet if table is not None else ""
    return told_of(fit.cell, fit.row.cells, sheet, fit.grid.path if name_file else "")


def told_of(cell: Cell, row: Sequence[Cell], sheet: str, file: str = "") -> AnswerCell:
    """A cell of a row with its statement, which says which `file` it is of unless that is empty."""
    period = _shown_period(cell)
    unit = _shown_unit(cell)
    heads = [one_line(head) for head in (*cell.row_heads, *cell.column_heads) if head.strip()]
    names = list(dict.fromkeys(heads))
    if period and not any(_says(name, cell) for name in names):
        names.append(period)
    if file:
        names.insert(0, one_line(file))
    value = one_line(cell.text.strip())
    shown = f"{value} {unit}" if unit and not squeeze(fold(value)).endswith(fold(unit)) else value
    return AnswerCell(
        row_heads=cell.row_heads,
        column_heads=cell.column_heads,
        unit=unit,
        period=period,
        sheet=sheet,
        address=cell.address,
        statement=f"{_BETWEEN.join(names)}：{shown}" if names else shown,
        value=shown,
        row=tuple(RowCell(one.column_heads, one.text, one.kind is ColumnKind.NAME) for one in row),
        at=next((at for at, one in enumerate(row) if one.span == cell.span), 0),
    )


def _shown_period(cell: Cell) -> str:
    return wordings(Period.read(cell.period.value))[0] if cell.period is not None else ""


def _says(head: str, cell: Cell) -> bool:
    """Whether a head tells the period of its cell itself."""
    return cell.period is not None and any(str(one.period) == cell.period.value for one in periods(fold(head)))


def _shown_unit(cell: Cell) -> str:
    """The unit of the value, with what its row counts in where that is another one: 元/吨. No unit of a text."""
    if not any(char.isdigit() for char in cell.text):
        return ""
    unit = cell.unit.value if cell.unit is not None else ""
    if "=" in unit:  # a base: 上年=100
        return ""
    of_row = cell.row_unit.value if cell.row_unit is not None else ""
    if (
        unit
        and of_row
        and of_row != unit
        and "/" not in unit
        and unit not in ("%", "％", "‰")
        and is_unit(fold(of_row))
    ):
        return f"{unit}/{of_row}"
    return unit
