"""What Word says of a row of a table beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.parts import W, value
from tjqa.text.numbers import whole_number

CellShape = tuple[int, bool | None]
"""How many columns a cell takes; whether it goes on with the one above, None where it is merged with none."""
_MOST_SPANNED = 63  # columns of a table, says Word


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row of a table is beside its text: how many columns each cell takes and whether it goes on with the one
    above (None where it is not merged with others below each other), whether Word calls it a head and repeats it on
    every page, how many blank cells stand before the text."""

    cells: tuple[CellShape, ...]
    head: bool
    lead: int


def blanks_before(row: Element) -> list[CellShape]:
    """The columns that a row leaves out at its beginning."""
    found = whole_number(value(row.find(f"{W}trPr"), "gridBefore") or "") or 0
    return [(1, None)] * min(found, _MOST_SPANNED)


def shape_of(properties: Element | None) -> CellShape:
    """How many columns a cell takes, and whether it goes on with the one above."""
    span = whole_number(value(properties, "gridSpan") or "") or 1
    merged = properties.find(f"{W}vMerge") if properties is not None else None
    goes_on = None if merged is None else merged.get(f"{W}val", "continue") != "restart"
    return min(max(span, 1), _MOST_SPANNED), goes_on


def goes_on_across(properties: Element | None) -> bool:
    """Whether a cell is one with that before it, as older programs say it."""
    merged = properties.find(f"{W}hMerge") if properties is not None else None
    return merged is not None and merged.get(f"{W}val", "continue") != "restart"
