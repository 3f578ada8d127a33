"""The period that a column means beside the one that its table tells: 上年同期 is a year before that."""

from __future__ import annotations

import re
from dataclasses import replace

from tjqa.answers.tables.relative_periods import before
from tjqa.documents.tables import Cell, Known, Origin
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import Period

# At the beginning of a head: 比上年 tells a change, 上年结转 is a thing of this year.
_EARLIER_YEAR = re.compile(r"(?:^|[ (])(?:上|去)年(?!同?[期月]?(?:=|为)|结|滚|留)")
_EARLIER = re.compile(r"(?:^|[ (])(?:上[期月旬季](?!末?(?:=|为)|结|滚|留)|基期)")
_OPENING = re.compile(r"期初|年初(?!至|累计)|月初")


def meant(told: Period, heads: str) -> Period | None:
    """The period of a cell under some folded heads, where its table tells one; None where it is not sure.

    Accounts count from January on and set beside it the same months of the year before (本期发生额, 上期发生额)."""
    if _OPENING.search(heads):
        return None
    if _EARLIER_YEAR.search(heads):
        return before(told, by_year=True)
    return before(told, by_year=counts_from_january(told)) if _EARLIER.search(heads) else told


def timely(cell: Cell) -> Cell:
    """A cell with the period that its heads mean, where its table tells one for all: 上期发生额 is not of it."""
    known = cell.period
    if known is None or known.origin in (Origin.HEAD, Origin.ROW, Origin.CELL):
        return cell
    told = Period.read(known.value)
    own = meant(told, " ".join(squeeze(fold(head)) for head in cell.column_heads))
    return cell if own == told else replace(cell, period=None if own is None else Known(str(own), known.origin))


def counts_from_january(period: Period) -> bool:
    """Whether it is several months of a year from its first on: 1—8月, but not a whole year."""
    return not period.until and period.first == (1, 1) and 1 < period.last[0] < 12
