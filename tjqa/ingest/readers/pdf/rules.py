"""Straight lines of a page: strokes, and rectangles too thin to be anything else."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.shapes import Rule

Point = tuple[float, float]


def rules_of(paths: Sequence[Any], place: Callable[[float, float], Point]) -> tuple[list[Rule], list[Rule]]:
    """Those across and those upright; `place` turns a point of the page into one from the left and from the top.
    None of a page that has so many that it must be a drawing."""
    import pypdfium2.raw as pdfium

    across: list[Rule] = []
    upright: list[Rule] = []
    looked_at = 0
    for path in paths:
        looked_at += pdfium.FPDFPath_CountSegments(path)
        if looked_at > parameters.MOST_SEGMENTS:
            return [], []
        for one, other in _edges(path):
            sort_in(place(*one), place(*other), across, upright)
        if len(across) + len(upright) > parameters.MOST_RULES:
            return [], []
    return merged(across), merged(upright)


def sort_in(one: Point, other: Point, across: list[Rule], upright: list[Rule]) -> None:
    """Add what lies between two points to the rules of its kind, if it is one."""
    left, right, top, bottom = (
        min(one[0], other[0]),
        max(one[0], other[0]),
        min(one[1], other[1]),
        max(one[1], other[1]),
    )
    wide, high = right - left, bottom - top
    if high <= parameters.RULE_WIDTH and wide >= parameters.RULE_LENGTH and wide > 2 * high:
        across.append(Rule((top + bottom) / 2, left, right))
    elif wide <= parameters.RULE_WIDTH and high >= parameters.RULE_LENGTH and high > 2 * wide:
        upright.append(Rule((left + right) / 2, top, bottom))


def _edges(path: Any) -> Iterator[tuple[Point, Point]]:
    """Corners of what may be a rule: each stroke, and of a filled area without strokes the opposite corners."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    count = pdfium.FPDFPath_CountSegments(path)
    if (not stroke.value and not fill.value) or count > parameters.MOST_RULES:
        return
    for points in _shapes(path, count):
        if stroke.value:
            yield from pairwise(points)
        elif points:
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            yield (min(xs), min(ys)), (max(xs), max(ys))


def _shapes(path: Any, count: int) -> Iterator[list[Point]]:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points


def merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line as one."""
    found: list[Rule] = []
    touch = parameters.RULE_TOUCH
    rows: list[list[Rule]] = []
    for rule in sorted(rules):
        if rows and rule.at - rows[-1][0].at <= touch:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        at = row[0].at
        for rule in sorted(row, key=lambda rule: rule.start):
            if found and found[-1].at == at and rule.start <= found[-1].end + touch:
                found[-1] = Rule(at, found[-1].start, max(found[-1].end, rule.end))
            else:
                found.append(Rule(at, rule.start, rule.end))
    return found
