"""Records of a CSV file that were parted within a cell: 甲镇,1,234,567 where 1,234 and 567 were meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tjqa.ingest.tables.separated import Place
from tjqa.ingest.tables.table import Table

# What stands before and behind the comma of 1,234.5元 that parts thousands.
_BEFORE, _BEHIND = re.compile(r"[¥$]?[-+]?[1-9]\d{0,2}"), re.compile(r"\d{3}(?:\.\d+)?[^\d\s]{0,4}")


def doubtful_rows(table: Table) -> set[int]:
    """The rows with more cells than the head has names: some name or figure in them was parted, and which one cannot be
    told. Blank cells do not count, nor a remark below a blank head."""
    grid = table.block.grid
    heads = [grid.cells(row) for row in table.head.rows]
    if not table.separated or not heads:
        return set()
    named, most = max(map(_told, heads)), max(map(len, heads))
    found: set[int] = set()
    for plan in table.plans:
        told = _told(cells := grid.cells(plan.row))
        if plan.holds_values and told > named and (told > most or _groups(grid.text, cells)):
            found.add(plan.row)
    return found


def _told(cells: Sequence[Place]) -> int:
    """How many cells a record has up to the last one that holds anything."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1][0] < cells[at - 1][1]), 0)


def _groups(text: str, cells: Sequence[Place]) -> bool:
    """Whether two cells next to each other may be one figure whose thousands a comma parts."""
    return any(
        0 < before[1] - before[0] < 6
        and behind[0] == before[1] + 1  # nothing but the comma between them, no quotation marks
        and _BEHIND.fullmatch(text, *behind) is not None
        and _BEFORE.fullmatch(text, *before) is not None
        for before, behind in pairwise(cells)
    )
