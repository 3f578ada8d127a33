"""Recognised pages as those of a PDF with text: characters by their places."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from tjqa.documents import DropReason
from tjqa.ingest.readers.pdf.characters import is_wide
from tjqa.ingest.readers.pdf.layout import lines_of
from tjqa.ingest.readers.pdf.shapes import Glyph, Line, Page, Rule
from tjqa.ingest.readers.scans.shapes import Box, ReadLine, RecognizedPage

_TYPE = 0.8  # the size of the type, of the height of a recognised line's box
_BASE = 0.88  # where its baseline is, from the top of the type
_SAME = 0.12  # sizes that differ by so much less are one: boxes are as high as their highest character
_NEAR = 0.6  # of the size: lines of one row stand no farther apart


def lines_on(found: RecognizedPage, width: float, height: float, number: int) -> tuple[Page, list[Line]]:
    """The frame and the lines of a page, as they are read; doubtful ones are marked as left out.

    Args:
        found: what was recognised.
        width, height: of the page, in points.
        number: of the page, from 0.
    """
    scale = min(width / found.width, height / found.height)
    placed = _in_rows([_scaled(line, scale) for line in found.lines])
    page = Page(width, height)
    page.across = [Rule((b.y0 + b.y1) / 2 * scale, b.x0 * scale, b.x1 * scale) for b in found.across]
    page.upright = [Rule((b.x0 + b.x1) / 2 * scale, b.y0 * scale, b.y1 * scale) for b in found.upright]
    for line, base, size in placed:
        page.glyphs += _glyphs(line, base, size)
    lines = lines_of(page, number)
    doubtful = [(line.box, base) for line, base, _ in placed if line.doubtful]
    for read in lines:
        if any(_holds(read, box, base) for box, base in doubtful):
            read.drop = DropReason.DOUBTFUL
    return Page(width, height, across=page.across), lines


def _scaled(line: ReadLine, scale: float) -> ReadLine:
    return replace(line, box=Box(*(value * scale for value in line.box)))


def _in_rows(lines: Sequence[ReadLine]) -> list[tuple[ReadLine, float, float]]:
    """Each line with its baseline and its size, the same for lines that stand beside each other."""
    size_of = _sizes(lines)
    found: list[tuple[ReadLine, float, float]] = []
    rows: list[tuple[float, float]] = []  # baseline and the right end so far
    for line in sorted(lines, key=lambda line: (line.box.y0 + line.box.y1, line.box.x0)):
        size = size_of(line)
        base = (line.box.y0 + line.box.y1) / 2 + (_BASE - 0.5) * size
        near = min((row for row, _ in rows[-8:]), key=lambda row: abs(row - base), default=math.inf)
        if abs(near - base) <= _NEAR * size * 0.5:
            base = near
        else:
            rows.append((base, line.box.x1))
        found.append((line, base, size))
    return found


def _sizes(lines: Sequence[ReadLine]) -> Callable[[ReadLine], float]:
    heights = sorted(line.box.y1 - line.box.y0 for line in lines)
    usual = _TYPE * heights[len(heights) // 2] if heights else 10.0

    def size(line: ReadLine) -> float:
        own = _TYPE * (line.box.y1 - line.box.y0)
        return usual if abs(own - usual) <= 2 * _SAME * usual else round(own, 1)

    return size


def _glyphs(line: ReadLine, base: float, size: float) -> list[Glyph]:
    """The characters of a line, each where it stands if all wide ones are equally wide and the others half as wide."""
    widths = [1.0 if is_wide(char) else 0.5 for char in line.text]
    unit = (line.box.x1 - line.box.x0) / max(0.5, sum(widths))
    at, space = line.box.x0, False
    found: list[Glyph] = []
    for char, width in zip(line.text, widths, strict=True):
        if not char.isspace():
            found.append(Glyph(char, at, at + width * unit, base, size, space))
        space = char.isspace()
        at += width * unit
    return found


def _holds(line: Line, box: Box, base: float) -> bool:
    """Whether a line of the page is, or holds, the one that was recognised at this place."""
    return abs(line.base - base) <= _NEAR * max(line.size, 1.0) and line.x0 < box.x1 and box.x0 < line.x1
