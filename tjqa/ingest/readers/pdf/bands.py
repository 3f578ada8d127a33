"""What stands between two rules across a table: one row, or several rows without rules between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import is_wide, joined
from tjqa.ingest.readers.pdf.shapes import Segment

_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[•●○◆■□▪➢✓]")


class Filled(NamedTuple):
    """A cell with text: its place, and its lines, each with its baseline."""

    top: float
    left: float
    bottom: float
    right: float
    lines: list[tuple[float, list[Segment]]]


Band = list[Filled]
Row = tuple[float, list[Segment]]


def rows_between_rules(band: Band) -> list[Row]:
    """Cells from left to right. Where the lines of several cells stand side by side and none was broken by the end of
    its cell, each is a row."""
    stacked = _stacked(band)
    if not stacked:
        return [(min(cell.lines[0][0] for cell in band), [_whole(cell) for cell in band])]
    rows: list[tuple[float, list[tuple[float, Segment]]]] = []
    lines = [(base, segments) for cell in stacked for base, segments in cell.lines]
    for base, segments in sorted(lines, key=lambda line: line[0]):
        if not rows or base - rows[-1][0] > parameters.ROW_BASE * segments[0].size:
            rows.append((base, []))
        rows[-1][1].extend((segment.x0, segment) for segment in segments)
    rows[0][1].extend((cell.left, _whole(cell)) for cell in band if cell not in stacked)
    return [(base, [segment for _, segment in sorted(row, key=lambda pair: pair[0])]) for base, row in rows]


def _stacked(band: Band) -> Band:
    """The cells whose lines are rows."""
    tables = [cell for cell in band if len(cell.lines) >= 3 and _has_columns(cell)]
    if tables:
        return [cell for cell in band if cell in tables or _share(cell, tables[0]) >= parameters.SAME_ROWS]
    tallest = max(band, key=lambda cell: len(cell.lines))
    several = [cell for cell in band if len(cell.lines) > 1]
    # A label in the middle of its cell stands between the lines of the others: these belong together.
    if len(several) < 2 or any(_share(cell, tallest) < parameters.SAME_ROWS for cell in band):
        return []
    ends = [end for cell in several for end in _wrapped(cell)]
    return band if sum(ends) <= parameters.WRAPPED_SHARE * len(ends) else []


def _has_columns(cell: Filled) -> bool:
    return sum(len(segments) > 1 for _, segments in cell.lines) >= 0.6 * len(cell.lines)


def _share(cell: Filled, other: Filled) -> float:
    """Of the lines of a cell that stand beside one of the other."""
    near = parameters.ROW_BASE * cell.lines[0][1][0].size
    beside = sum(any(abs(base - place) <= near for place, _ in other.lines) for base, _ in cell.lines)
    return beside / len(cell.lines)


def _wrapped(cell: Filled) -> list[bool]:
    """For each line end whether the end of the cell made it; figures are not broken, and say nothing."""
    found = []
    for (_, one), (_, two) in pairwise(cell.lines):
        if _is_text(one) or _is_text(two):
            room = (cell.right - cell.left) - (one[-1].x1 - one[0].x0)
            found.append(room < two[0].first + parameters.PADDING)
    return found


def _is_text(segments: Sequence[Segment]) -> bool:
    text = "".join(segment.text for segment in segments)
    return " " in text or any(map(is_wide, text))


def _whole(cell: Filled) -> Segment:
    """All lines of a cell as one; items of a list in it are parted by a blank."""
    text, before = "", 0.0
    for _, segments in cell.lines:
        line = " ".join(segment.text for segment in segments)
        short = cell.right - before > parameters.NEAR_MARGIN * segments[0].size
        text = f"{text} {line}" if text and short and _ITEM.match(line) else joined(text, line)
        before = segments[-1].x1
    sizes = [segment.size for _, segments in cell.lines for segment in segments]
    return Segment(text, cell.left, cell.right, max(set(sizes), key=sizes.count), 0.0)
