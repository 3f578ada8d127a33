"""Which columns of a table with rules the cells of its rows stand in: blank cells are kept, merged ones told.

A row is written with as many cells as its table has columns, so that what stands behind a blank cell stays in its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.bands import Band, Row, rows_between_rules
from tjqa.ingest.readers.pdf.shapes import Rule, Segment, TableRow


@dataclass(slots=True)
class _Parted:
    """A band with its rows of text, and the cells that rules part at its height, blank ones too; `covered` are those
    that no rule parts from the one above."""

    band: Band
    rows: list[Row]
    cells: list[tuple[float, float]]
    covered: set[int]


def table_rows(bands: Sequence[Band], across: Sequence[Rule], upright: Sequence[Rule]) -> list[TableRow]:
    """The rows of a table of which each band stands between two rules, from the top."""
    parted = [_parted(band, across, upright, is_first=not at) for at, band in enumerate(bands)]
    edges = _apart(edge for one in parted for cell in one.cells for edge in cell)
    found: list[TableRow] = []
    for one in parted:
        columns = [(_place(edges, left), _place(edges, right)) for left, right in one.cells]
        is_known = 0 < len(edges) - 1 <= parameters.MOST_COLUMNS and all(first < end for first, end in columns)
        for number, (base, segments) in enumerate(one.rows):
            held = _held(one.cells, segments) if is_known else None
            if held is None:
                found.append(TableRow(base, segments))
            else:
                found.append(_full(base, one, columns, held, edges, is_first=not number))
    return found


def _parted(band: Band, across: Sequence[Rule], upright: Sequence[Rule], *, is_first: bool) -> _Parted:
    top, bottom = max(cell.top for cell in band), min(cell.bottom for cell in band)
    height, touch = (top + bottom) / 2, parameters.RULE_TOUCH
    sides = [edge for cell in band for edge in (cell.left, cell.right)]
    crossed = [rule.at for rule in upright if rule.start - touch <= height <= rule.end + touch]
    cells = list(pairwise(_apart([*sides, *crossed])))
    covered = set()
    for at, (left, right) in enumerate(cells):
        middle = (left + right) / 2
        over = any(abs(one.at - top) <= touch and one.start - touch <= middle <= one.end + touch for one in across)
        if not over and not is_first:
            covered.add(at)
    return _Parted(band, rows_between_rules(band), cells, covered)


def _apart(edges: Iterable[float]) -> list[float]:
    """Places without those that are one with another one."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > 2 * parameters.RULE_TOUCH:
            found.append(edge)
    return found


def _place(edges: Sequence[float], edge: float) -> int:
    """The number of the edge that one of a band is."""
    at = bisect_left(edges, edge)
    return min((near for near in (at - 1, at) if 0 <= near < len(edges)), key=lambda near: abs(edges[near] - edge))


def _held(cells: Sequence[tuple[float, float]], segments: Sequence[Segment]) -> dict[int, Segment] | None:
    """What stands in which cell; None where two stand in one, or one in none."""
    found: dict[int, Segment] = {}
    for segment in segments:
        middle = (segment.x0 + segment.x1) / 2
        at = next((at for at, (left, right) in enumerate(cells) if left <= middle <= right), -1)
        if at < 0 or at in found:
            return None
        found[at] = segment
    return found


def _full(
    base: float,
    parted: _Parted,
    columns: Sequence[tuple[int, int]],
    held: dict[int, Segment],
    edges: Sequence[float],
    *,
    is_first: bool,
) -> TableRow:
    """A row with a cell for each column; in a row of text below the first of its band a cell that holds a single line
    reaches down."""
    cells = [Segment("", left, right, 0.0, 0.0) for left, right in pairwise(edges)]
    single = {round(cell.left) for cell in parted.band if len(cell.lines) == 1}
    wide, covered = [], []
    for at, (first, end) in enumerate(columns):
        if at in held:
            cells[first] = held[at]
        reaches = at in parted.covered if is_first else round(parted.cells[at][0]) in single
        if at not in held and reaches:
            covered.append(first)
        elif end - first > 1:
            wide.append((first, end - first))
    return TableRow(base, cells, tuple(wide), tuple(covered))
