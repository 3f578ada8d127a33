"""Cells without rules around them: what stands below each other in one column, beside what stands in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import joined
from tjqa.ingest.readers.pdf.paragraphs import OPENS, STOPPED
from tjqa.ingest.readers.pdf.shapes import Segment

Row = tuple[float, list[Segment]]


@dataclass(slots=True)
class _Group:
    """Rows of text that make up one row of cells; each cell is a list of segments, with the base of its last one."""

    base: float  # of the first row
    last: float  # base of the last row
    cells: list[list[Segment]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    rows: int = 1


def with_whole_cells(rows: Sequence[Row]) -> list[Row]:
    """The same rows, where a cell takes several with these as one: each of its segments is a whole cell then. A word
    set from top to foot is one row, too."""
    groups: list[_Group] = []
    for base, segments in rows:
        row = _Group(base, base, [[segment] for segment in segments], [base] * len(segments))
        if groups and (links := _links(groups[-1], row)) is not None:
            _merge(groups[-1], row, links)
            _absorb(groups)
        else:
            groups.append(row)
    return [(group.base, [_cell(cell) for cell in sorted(group.cells, key=_left)]) for group in _upended(groups)]


def _left(cell: Sequence[Segment]) -> float:
    return min(segment.x0 for segment in cell)


def _links(group: _Group, row: _Group) -> dict[int, int] | None:
    """Which cell of a row goes on with which cell of the group above; None where they are rows of their own."""
    links: dict[int, int] = {}
    for at, cell in enumerate(row.cells):
        touched = [n for n, above in enumerate(group.cells) if _overlap(above, cell)]
        if len(touched) > 1 or any(n in links.values() for n in touched):
            return None
        if touched:
            n = touched[0]
            if group.ends[n] != group.last or not _goes_on(group.cells[n], cell, row.base - group.last):
                return None
            links[at] = n
    open_cells = sum(end == group.last for end in group.ends)
    if not links or (len(links) == len(row.cells) == open_cells and len(group.cells) == open_cells):
        return None
    return links


def _overlap(one: Sequence[Segment], two: Sequence[Segment]) -> bool:
    left = max(min(segment.x0 for segment in one), min(segment.x0 for segment in two))
    right = min(max(segment.x1 for segment in one), max(segment.x1 for segment in two))
    return right - left > 0.1 * one[-1].size


def _goes_on(above: Sequence[Segment], below: Sequence[Segment], step: float) -> bool:
    last, first = above[-1], below[0]
    size = last.size
    if abs(first.size - size) > parameters.SAME_SIZE * size or step > parameters.CELL_PITCH * size:
        return False
    if STOPPED.search(last.text) or OPENS.match(first.text):
        return False
    aligned = abs(last.x0 - first.x0) <= 0.5 * size or abs(last.x0 + last.x1 - first.x0 - first.x1) <= size
    right = max(segment.x1 for segment in (*above, *below))
    return aligned and right - last.x1 <= parameters.NEAR_MARGIN * size and last.x1 - last.x0 >= 4 * size


def _merge(group: _Group, row: _Group, links: dict[int, int]) -> None:
    for at, cell in enumerate(row.cells):
        if at in links:
            group.cells[links[at]] += cell
            group.ends[links[at]] = row.ends[at]
        else:
            group.cells.append(cell)
            group.ends.append(row.ends[at])
    group.last = row.last
    group.rows += row.rows


def _absorb(groups: list[_Group]) -> None:
    """Rows above the last group that hold nothing but the head of one of its cells: its label stands in the middle."""
    while len(groups) > 1 and len(groups[-2].cells) == 1:
        group, above = groups[-1], groups[-2]
        touched = [cell for cell in group.cells if _overlap(above.cells[0], cell)]
        if len(touched) != 1 or not _goes_on(above.cells[0], touched[0], group.base - above.last):
            return
        touched[0][:0] = above.cells[0]
        group.base = above.base
        del groups[-2]


def _upended(groups: Sequence[_Group]) -> list[_Group]:
    """Single characters below each other as one word."""
    found: list[_Group] = []
    stack: list[_Group] = []
    for group in [*groups, None]:
        if group is not None and _is_single(group) and (not stack or _is_below(stack[-1], group)):
            stack.append(group)
            continue
        if len(stack) >= parameters.LEAST_UPENDED:
            found.append(_Group(stack[0].base, stack[-1].last, [[part.cells[0][0] for part in stack]], [0.0]))
        else:
            found += stack
        stack = []
        if group is not None and _is_single(group):
            stack = [group]
        elif group is not None:
            found.append(group)
    return found


def _is_single(group: _Group) -> bool:
    return (
        len(group.cells) == len(group.cells[0]) == 1 and len(text := group.cells[0][0].text) == 1 and text >= "\u4e00"
    )


def _is_below(above: _Group, group: _Group) -> bool:
    one, two = above.cells[0][0], group.cells[0][0]
    off = abs(one.x0 + one.x1 - two.x0 - two.x1) / 2
    return off <= 0.3 * one.size and one.size == two.size and group.base - above.last <= 2 * one.size


def _cell(segments: Sequence[Segment]) -> Segment:
    text = ""
    for segment in segments:
        text = joined(text, segment.text)
    x0, x1 = min(segment.x0 for segment in segments), max(segment.x1 for segment in segments)
    return Segment(text, x0, x1, segments[0].size, segments[0].first)
