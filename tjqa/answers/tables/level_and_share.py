"""A figure and its share asked for together: 期末余额和比例."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjqa.answers.tables.aspects import Aspect, aspects_of_heads
from tjqa.answers.tables.deciding import row_of
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.question import CellQuestion
from tjqa.text.normalize import fold

_SHARE_TOO = re.compile("[和与及、,，].{0,4}(?:比例|占比|比重|百分比)")


def asks_share_too(question: CellQuestion) -> bool:
    """Whether a question asks for a share beside something else."""
    return _SHARE_TOO.search(question.folded) is not None


def level_beside(share: Fit, fits: Sequence[Fit]) -> Fit | None:
    """The figure of which a share is asked for as well (期末余额和比例): the nearest one on the left of it, under the
    same heads."""
    outer = share.cell.column_heads[:-1]
    if not _is_percent(share):
        return None
    line = [fit for fit in fits if row_of(fit) == row_of(share) and fit.cell.column_heads[:-1] == outer]
    before = [fit for fit in line if fit.cell.span.start < share.cell.span.start and not _is_percent(fit)]
    return max(before, key=lambda fit: fit.cell.span.start, default=None)


def _is_percent(fit: Fit) -> bool:
    unit = fit.cell.unit.value if fit.cell.unit is not None else ""
    return Aspect.PERCENT in aspects_of_heads(fold(" ".join(fit.cell.column_heads)), unit)
