"""Rows of cells that characters or white part: of a CSV file, quoted or not, of Markdown, of plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from unicodedata import east_asian_width

Place = tuple[int, int]
"""Where a cell's text begins and ends, in characters of the file's text."""

SPACED = " "
"""What parts cells that stand below each other in columns of a fixed pitch."""

_LINE = re.compile(r"[^\r\n]*")
_WIDE_GAP = re.compile(r"\S(?:[ \u00a0]{2,}|\u3000{2,}|[ \u00a0]+\u3000|\u3000+[ \u00a0])\s*\S")
_ESCAPED_BAR = re.compile(r"(?<!\\)\|")


@lru_cache(maxsize=16)
def _field(separator: str) -> re.Pattern[str]:
    """A cell and what ends it. A quotation mark opens a cell only where another one closes it right before its end:
    one that stands alone (5" screen) is a character like others."""
    parts = re.escape(separator)
    return re.compile(rf'[ ]*+"((?:[^"]|"")*+)"[ ]*(?=[{parts}\r\n]|\Z)|([^{parts}\r\n]*)')


def records(text: str, start: int, end: int, separator: str) -> Iterator[list[Place]]:
    """The records of `text` from `start` to `end`, blank ones left out; a quoted cell may hold line breaks. Cells come
    without quotation marks around them and without blanks."""
    field = _field(separator)
    cells: list[Place] = []
    at = start
    while at < end:
        if not cells and '"' not in (line := _LINE.match(text, at, end)[0]):  # type: ignore[index]  # it fits anywhere
            unquoted = _parted(line, at, separator)
            at += len(line)
            if any(first < last for first, last in unquoted):
                yield unquoted
            at += 2 if text.startswith("\r\n", at) else 1
            continue
        found = field.match(text, at, end)
        assert found is not None  # the second alternative fits anywhere
        cells.append(trimmed(text, *found.span(1 if found[1] is not None else 2)))
        at = found.end()
        if at < end and text[at] == separator:
            at += 1
            if at < end:
                continue
            cells.append((at, at))
        if any(first < last for first, last in cells):
            yield cells
        cells = []
        at += 2 if text.startswith("\r\n", at) else 1


def _parted(line: str, at: int, separator: str) -> list[Place]:
    """The cells of a record without quotation marks, nearly all there are; `at` is where it begins."""
    cells: list[Place] = []
    for part in line.split(separator):
        end = at + len(part)
        cells.append((at, end) if part.isalnum() else _trimmed_part(part, at))
        at = end + 1
    return cells


def _trimmed_part(part: str, at: int) -> Place:
    start = at + len(part) - len(part.lstrip())
    return start, max(start, at + len(part.rstrip()))


def trimmed(text: str, start: int, end: int) -> Place:
    """A stretch without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def bars(text: str, start: int, end: int) -> list[Place]:
    """The cells of a row of Markdown."""
    start, end = trimmed(text, start, end)
    start += start < end and text[start] == "|"
    end -= start < end and text[end - 1] == "|" and text[end - 2] != "\\"
    cuts = [found.start() for found in _ESCAPED_BAR.finditer(text, start, end)]
    return [trimmed(text, a, b) for a, b in zip([start, *(c + 1 for c in cuts)], [*cuts, end], strict=True)]


def tabs(text: str, start: int, end: int) -> list[Place]:
    """The cells of a row whose cells are parted by tabs."""
    cells: list[Place] = []
    for part in text[start:end].split("\t"):
        inner = part.strip()
        at = start + (len(part) - len(part.lstrip()) if len(inner) < len(part) and inner else 0)
        cells.append((at, at + len(inner)))
        start += len(part) + 1
    return cells


def columns_before(line: str) -> list[int]:
    """For each character of a line, and its end, how many columns of a fixed pitch stand before it: a Chinese one takes
    two."""
    return [0, *accumulate(2 if east_asian_width(char) in "WFA" else 1 for char in line)]


def wide_gaps(line: str) -> bool:
    """Whether wide white stands within a line."""
    return _WIDE_GAP.search(line) is not None


def spaced(text: str, start: int, end: int, cuts: Sequence[int]) -> list[Place]:
    """The cells of a row that stand in columns which begin at `cuts`; what reaches over into the next column without
    white before it is of the one where it begins."""
    line = text[start:end]
    places = columns_before(line)
    bounds = [0]
    for cut in cuts[1:]:
        at = bisect_left(places, cut)
        if at < len(line) and line[at - 1].isspace():
            bounds.append(at)
        else:
            bounds.append(next((place for place in range(at, len(line)) if line[place - 1].isspace()), len(line)))
    return [trimmed(text, start + a, start + max(a, b)) for a, b in zip(bounds, [*bounds[1:], len(line)], strict=True)]
