"""Rows of tables → passages: a row each, with the line that heads it; of a very large table as many as make one. A
table that is no longer than a passage is one: its rows bear each other out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from tjqa.documents import Span
from tjqa.ingest import parameters
from tjqa.ingest.units import Unit


def pack_rows(text: str, units: list[Unit], alone: bool) -> list[list[Unit]]:
    """The rows of each passage: heads with what is above them, rows of values one by one, or with `alone` false several
    up to `TARGET_PASSAGE` characters; a small table whole. A passage holds rows of one table only."""
    found: list[list[Unit]] = []
    for _, run in groupby(units, key=lambda unit: unit.row.table.number if unit.row is not None else -1):
        table = list(run)
        if table[-1].span.end - table[0].span.start <= parameters.SMALL_TABLE:
            found.append(table)
        else:
            found += _one_by_one(text, table, alone)
    return found


def _one_by_one(text: str, units: list[Unit], alone: bool) -> list[list[Unit]]:
    found: list[list[Unit]] = []
    current: list[Unit] = []
    for unit in (part for whole in units for part in _parts(text, whole)):
        if current and not _joins(current, unit, alone):
            found.append(current)
            current = []
        current.append(unit)
    if current:
        found.append(current)
    return found


def _joins(current: list[Unit], unit: Unit, alone: bool) -> bool:
    last, row = current[-1].row, unit.row
    if last is None or row is None or last.table is not row.table:
        return False
    if unit.span.end - current[0].span.start > parameters.LONGEST_PASSAGE:
        return False
    if row.plan is None or last.plan is None:
        return row.plan is last.plan  # both of the head
    if last.is_head:
        return not row.plan.note
    if row.is_head or row.plan.note or last.plan.note:
        return row.plan.note and last.plan.note
    if last is row:
        return False
    return not alone and unit.span.end - current[0].span.start <= parameters.TARGET_PASSAGE


def _parts(text: str, unit: Unit) -> Iterator[Unit]:
    """A row, one longer than a passage may be in parts that end between cells where possible."""
    start, end = unit.span.start, unit.span.end
    row = unit.row
    if row is None or len(unit.span) <= parameters.LONGEST_PASSAGE:
        yield unit
        return
    number = row.plan.row if row.plan is not None else None
    grid = row.table.block.grid
    cuts = [begin for begin, _ in grid.cells(number)] if number is not None else []
    while end - start > parameters.LONGEST_PASSAGE:
        within = [cut for cut in cuts if start < cut <= start + parameters.LONGEST_PASSAGE]
        cut = within[-1] if within else start + parameters.LONGEST_PASSAGE
        if text[start:cut].strip():
            yield replace(unit, span=Span(start, cut))
        start = cut
    yield replace(unit, span=Span(start, end))
