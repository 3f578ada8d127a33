"""A figure as tables and sentences give it, before it is cited and compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tjqa.answers.figures.figure import Against, Kind, Standing
from tjqa.documents import Passage, Span
from tjqa.text.periods import Period


@dataclass(frozen=True, slots=True)
class Found:
    """See `Figure`. `span` is where the number stands in the file, `quote` what is cited around it; `group` is the same
    for figures that were told together: those of a row, those of a clause and the ones that go on from it."""

    passage: Passage
    quote: Span
    span: Span
    name: str
    place: str
    period: Period | None
    cumulative: bool
    kind: Kind
    against: Against
    standing: Standing
    value: Decimal
    text: str
    unit: str
    group: tuple[object, ...]
    rough: bool = False
    from_table: bool = False
