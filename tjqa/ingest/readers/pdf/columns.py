"""In which order the parts of a page are read: what stands across it, then each column from top to foot."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.lines import rows_of
from tjqa.ingest.readers.pdf.shapes import Run, Table

Item = Run | Table
_STOPS = "。,，;；"
_DEEPEST = 3  # columns in columns: eight side by side


class Region(NamedTuple):
    """Items that are read row by row; `path` as of `Line`."""

    items: list[Item]
    path: str


def regions_of(items: Sequence[Item], path: str = "") -> list[Region]:
    """Cut where a white gap runs down between lines that fill both sides of it."""
    if len(items) < 2 * parameters.LEAST_COLUMN_LINES or len(path) >= _DEEPEST:
        return [Region(list(items), path)]
    best: tuple[int, float, list[list[Item]]] = (0, 0.0, [])
    for gutter in _gutters(items):
        bands = _bands(items, gutter)
        count = sum(len(band) for band in bands if _is_columns(band, gutter))
        if count > best[0]:
            best = (count, gutter, bands)
    if not best[0]:
        return [Region(list(items), path)]
    _, gutter, bands = best
    found: list[Region] = []
    across: list[Item] = []
    for band in bands:
        if not _is_columns(band, gutter):
            across += band
            continue
        if across:
            found.append(Region(across, path))
            across = []
        found += regions_of([item for item in band if item.x1 <= gutter + 1], path + "L")
        found += regions_of([item for item in band if item.x1 > gutter + 1], path + "R")
    if across:
        found.append(Region(across, path))
    return found


def _gutters(items: Sequence[Item]) -> list[float]:
    """Where several lines begin that are not the leftmost."""
    left, right = min(item.x0 for item in items), max(item.x1 for item in items)
    size = statistics.median(item.size for item in items if isinstance(item, Run)) if _has_text(items) else 0
    starts = Counter(round(item.x0 / 3) for item in items if isinstance(item, Run))
    margin = parameters.NARROWEST_COLUMN * size
    return [
        at * 3 - 2
        for at, count in starts.most_common(8)
        if count + starts[at + 1] >= parameters.LEAST_COLUMN_LINES and left + margin < at * 3 < right - margin
    ]


def _has_text(items: Sequence[Item]) -> bool:
    return any(isinstance(item, Run) for item in items)


def _bands(items: Sequence[Item], gutter: float) -> list[list[Item]]:
    """From the top: what crosses the gutter, what stands beside it, what crosses it again …"""
    crossing = sorted((item for item in items if item.x0 < gutter - 1 and item.x1 > gutter + 1), key=_middle)
    beside = sorted((item for item in items if not (item.x0 < gutter - 1 and item.x1 > gutter + 1)), key=_middle)
    found: list[list[Item]] = []
    at, was_crossing = 0, False
    for item in sorted([*crossing, *beside], key=_middle):
        is_crossing = at < len(crossing) and item is crossing[at]
        at += is_crossing
        if found and is_crossing == was_crossing:
            found[-1].append(item)
        else:
            found.append([item])
        was_crossing = is_crossing
    return found


def _runs_on(side: Sequence[Run]) -> bool:
    """Whether sentences run over the lines of a column: stops inside most of them, none at the end of some."""
    texts = ["".join(glyph.char for glyph in run.glyphs).rstrip() for run in side]
    inside = sum(any(stop in text[:-1] for stop in _STOPS) for text in texts)
    return 2 * inside > len(texts) and any(text and text[-1] not in _STOPS for text in texts[:-1])


def _middle(item: Item) -> float:
    return (item.top + item.bottom) / 2


def _is_columns(band: Sequence[Item], gutter: float) -> bool:
    """Whether both sides are prose: lines that mostly fill their column, with white between both."""
    sides = (
        [item for item in band if isinstance(item, Run) and item.x1 <= gutter + 1],
        [item for item in band if isinstance(item, Run) and item.x1 > gutter + 1],
    )
    ends = []
    for side in sides:
        if len(side) < parameters.LEAST_COLUMN_LINES:
            return False
        size = statistics.median(run.size for run in side)
        left, right = min(run.x0 for run in side), max(run.x1 for run in side)
        # What is written counts, not how far it reaches: two cells at the ends of a row are no line of prose.
        rows = [sum(run.x1 - run.x0 for run in row) for row in rows_of(side)]
        full = sum(written >= parameters.FILLED_LINE * (right - left) for written in rows)
        narrow = right - left < parameters.NARROWEST_COLUMN * size
        if narrow or len(rows) < parameters.LEAST_COLUMN_LINES or full < parameters.FILLED_SHARE * len(rows):
            return False
        if len(rows) < parameters.SURE_COLUMN_LINES and not _runs_on(side):
            return False
        ends.append((left, right, size, min(run.top for run in side), max(run.bottom for run in side)))
    (_, right, size, top, bottom), (left, _, _, other_top, other_bottom) = ends
    return left - right >= parameters.GUTTER * size and top < other_bottom and other_top < bottom
