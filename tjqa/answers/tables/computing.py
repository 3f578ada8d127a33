"""Values that are worked out from cells: differences and growth of two; always with the cells that they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext

from tjqa.answers.tables.aspects import Aspect
from tjqa.answers.tables.matching import Fit
from tjqa.answers.tables.question import CellQuestion
from tjqa.answers.tables.statement import told
from tjqa.documents.tables import Cell
from tjqa.messages import message
from tjqa.results import Computed
from tjqa.text.normalize import fold, squeeze

_FIGURE = re.compile(r"(?P<sign>[-−+]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[^\d]*)")
_LONGEST = 30  # characters of a figure; a longer run of digits is none
_TENTH = Decimal("0.1")


def figure_of(cell: Cell) -> Decimal | None:
    """The figure that a cell is; None of text, and of figures with words before them."""
    text = squeeze(fold(cell.text))
    found = _FIGURE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    value = Decimal(found["digits"].replace(",", ""))
    return -value if found["sign"] in ("-", "−") else value


def computed_of(question: CellQuestion, fits: Sequence[Fit]) -> tuple[Computed, ...]:
    """What a question asks to be worked out from the cells that answer it; nothing where their units differ or one is
    no figure.

    Of two cells the later one less the earlier one, or the first named less the second where no period tells them
    apart; the growth is that difference as a share of the earlier one.
    """
    if question.operation != "difference" or len(fits) != 2:
        return ()
    order = sorted(range(2), key=lambda at: _when(fits[at].cell))
    if _when(fits[0].cell) == _when(fits[1].cell):
        order = [1, 0]
    before, after = (fits[at].cell for at in order)
    start, end = figure_of(before), figure_of(after)
    if start is None or end is None or told(fits[0]).unit != told(fits[1]).unit:
        return ()
    of = tuple(at + 1 for at in order[::-1])
    difference = _plain(end - start)
    unit = told(fits[0]).unit
    shown = f"{difference} {unit}".strip()
    found = [
        Computed("difference", difference, of, message("computed_difference", after=after.text, before=before.text, value=shown))
    ]
    if start > 0 and (question.unit == "percent" or Aspect.PERCENT in question.told_aspects):
        with localcontext() as context:
            context.prec = 40
            growth = _plain(((end - start) / start * 100).quantize(_TENTH))
        found.append(Computed("growth", f"{growth}%", of, message("computed_growth", value=f"{growth}%")))
    return tuple(found)


def _when(cell: Cell) -> str:
    return cell.period.value if cell.period is not None else ""


def _plain(value: Decimal) -> str:
    """Without an exponent, and without zeros behind the point that say nothing: 19, 18.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
