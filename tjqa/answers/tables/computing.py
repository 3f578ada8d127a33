"""Values that are worked out from cells: differences and growth of two; always with the cells that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from tjqa.answers.figures.quantities import Unit, unit_of
from tjqa.answers.tables.aspects import Aspect
from tjqa.answers.tables.conditions import Condition
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.question import CellQuestion
from tjqa.answers.tables.statement import told
from tjqa.documents.tables import Cell
from tjqa.messages import message
from tjqa.results import Computed
from tjqa.text.normalize import fold, squeeze
from tjqa.text.numbers import is_marked

_FIGURE = re.compile(r"(?P<sign>[-−+]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[^\d]*)")
_LONGEST = 30  # characters of a figure; a longer run of digits is none
_TENTH = Decimal("0.1")
_PRECISION = 60  # digits: more than two figures of the longest kind need


def figure_of(cell: Cell) -> Decimal | None:
    """The figure that a cell is; None of text, of figures with words before them, and of those with the mark of a note
    behind them."""
    if is_marked(cell.text):
        return None
    text = squeeze(fold(cell.text))
    found = _FIGURE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    value = Decimal(found["digits"].replace(",", ""))
    return -value if found["sign"] in ("-", "−") else value


def figures_of(cells: Sequence[Cell]) -> list[Decimal | None]:
    """The figures of cells that are held against each other, each with its own multiplier where some have one (1.2万
    beside 9800); none at all where their signs tell different things (98.5% beside 0.99)."""
    figures = [figure_of(cell) for cell in cells]
    own = [_own_unit(cell) if figure is not None else None for cell, figure in zip(cells, figures, strict=True)]
    if len({unit for unit in own if unit is not None}) < 2:
        return figures
    column = {unit_of(cell.unit.value) if cell.unit is not None else Unit(Decimal(1), "") for cell in cells}
    base = column.pop()
    plain = unit_of("")
    if column or base.scale != 1 or any(unit and unit_of(unit).base not in ("", base.base) for unit in own):
        return [None] * len(figures)
    scales = [unit_of(unit).scale if unit else plain.scale for unit in own]
    return [figure * scale if figure is not None else None for figure, scale in zip(figures, scales, strict=True)]


def _own_unit(cell: Cell) -> str:
    """What stands behind the digits of a cell that is a figure."""
    found = _FIGURE.fullmatch(squeeze(fold(cell.text)))
    return found["unit"] if found is not None else ""


def computed_of(question: CellQuestion, fits: Sequence[Fit], of: int = 0, count: int = 0) -> tuple[Computed, ...]:
    """What a question asks to be worked out from the cells that answer it; nothing where their units differ or one is
    no figure.

    Args:
        question: it.
        fits: the cells.
        of: how many rows they are the highest or lowest of, 0 where none were compared.
        count: how many of those meet the condition of the question.
    """
    if question.condition is not None:
        return (_selected(question.condition, fits, of, count),) if of else ()
    if of:
        key = "computed_highest" if question.operation == "highest" else "computed_lowest"
        value = fits[0].cell.text.strip()
        return (Computed("extreme", value, tuple(range(1, len(fits) + 1)), message(key, value=value, of=of)),)
    figures = figures_of([fit.cell for fit in fits])
    units = {told(fit).unit for fit in fits}
    known = [figure for figure in figures if figure is not None]
    if len(units) > 1 or len(known) < len(figures) or len(known) < 2:
        return ()
    if question.operation == "difference" and len(known) == 2:
        return tuple(_compared(question, fits, known, units.pop()))
    lines = ({fit.cell.column_heads for fit in fits}, {fit.cell.row_heads for fit in fits})
    if (
        question.operation == "total"
        and not any(fit.cell.total for fit in fits)
        and any(len(one) == 1 for one in lines)
    ):
        sums = _plain(sum(known, Decimal(0)))
        shown = f"{sums} {units.pop()}".strip()
        terms = tuple(fit.cell.text.strip() for fit in fits)
        return (
            Computed("total", sums, tuple(range(1, len(fits) + 1)), message("computed_total", of=terms, value=shown)),
        )
    return ()


def can_be_summed(fits: Sequence[Fit]) -> bool:
    """Whether cells stand side by side: in one row or one column, none of them the sum or a part of another."""
    columns, rows = {fit.cell.column_heads for fit in fits}, {fit.cell.row_heads for fit in fits}
    is_line = len(columns) == 1 or len(rows) == 1
    return is_line and len({*map(len, rows)}) == 1 and not any(fit.cell.total for fit in fits)


def _selected(condition: Condition, fits: Sequence[Fit], of: int, count: int) -> Computed:
    asked = f"{condition.sign.replace('>=', '≥').replace('<=', '≤')} {condition.number:f}{condition.unit}"
    numbers = tuple(range(1, len(fits) + 1))
    if not count:
        nearest = fits[0].cell.text.strip()
        return Computed("count", "0", numbers, message("computed_none", of=of, asked=asked, value=nearest))
    return Computed("count", str(count), numbers, message("computed_count", of=of, asked=asked, count=count))


def _compared(question: CellQuestion, fits: Sequence[Fit], figures: list[Decimal], unit: str) -> Iterator[Computed]:
    """Of two cells the later one less the earlier one, or the first named less the second where no period tells them
    apart; the growth is that difference as a share of the earlier one."""
    when = [fit.cell.period.value if fit.cell.period is not None else "" for fit in fits]
    before, after = (0, 1) if when[0] < when[1] else (1, 0)
    start, end = figures[before], figures[after]
    of = (after + 1, before + 1)
    difference = _plain(end - start)
    shown = f"{difference} {unit}".strip()
    texts = {"after": fits[after].cell.text.strip(), "before": fits[before].cell.text.strip()}
    yield Computed("difference", difference, of, message("computed_difference", **texts, value=shown))
    if start > 0 and (question.unit == "percent" or Aspect.PERCENT in question.told_aspects):
        with localcontext() as context:
            context.prec = _PRECISION
            growth = _plain(((end - start) / start * 100).quantize(_TENTH))
        yield Computed("growth", f"{growth}%", of, message("computed_growth", value=f"{growth}%"))


def _plain(value: Decimal) -> str:
    """Without an exponent, and without zeros behind the point that say nothing: 19, 18.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
