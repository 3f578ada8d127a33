"""Which cells of a sheet are merged into one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from tjqa.documents import Merged

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_MOST_COVERED = 4_000_000  # rows of all ranges of a sheet: those of one that Excel makes do not overlap
_Row = tuple[int, str, str]
_LETTERS = re.compile(r"[A-Za-z]{1,3}")


def column_of(letters: str) -> int:
    """The number of a column, 1 for A.

    Raises:
        ValueError: it is the name of none.
    """
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found


def letters_of(column: int) -> str:
    """The name of a column, A for 1."""
    name = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def merged_in(names: Iterable[str], numbers: Sequence[int]) -> tuple[Merged, ...]:
    """The ranges that are named (A2:B7), counted in the rows of a text; `numbers` are those of the rows in the sheet,
    in order. What is no range is left out, and one without any text in its first row, which is empty."""
    found = []
    for top, bottom, left, right in _ranges(names):
        first, end = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if first < end and numbers[first] == top:
            found.append(Merged(first, left - 1, end - first, right - left + 1))
    return tuple(found)


def without_covered(rows: Sequence[_Row], names: Iterable[str]) -> list[_Row]:
    """Rows (number, cells parted by tabs, mark), in order, without what stands under merged cells: of a range only the
    first cell is shown. Rows of which nothing is left are left out."""
    numbers = [number for number, _, _ in rows]
    covered: dict[int, list[tuple[int, int]]] = {}
    count = 0
    for top, bottom, left, right in _ranges(names):
        first, end = bisect_left(numbers, top), bisect_right(numbers, bottom)
        count += end - first
        if count > _MOST_COVERED:
            break
        for at in range(first, end):
            start = left if numbers[at] == top else left - 1
            if start < right:
                covered.setdefault(at, []).append((start, right))
    found = []
    for at, (number, line, mark) in enumerate(rows):
        shown = _blanked(line, covered[at]) if at in covered else line
        if shown.strip():
            found.append((number, shown, mark))
    return found


def _blanked(line: str, places: Iterable[tuple[int, int]]) -> str:
    cells = line.split("\t")
    for start, end in places:
        end = min(end, len(cells))
        cells[start:end] = [""] * max(0, end - start)
    return "\t".join(cells).rstrip("\t")


def _ranges(names: Iterable[str]) -> Iterator[tuple[int, int, int, int]]:
    """First and last row, first and last column, counted from 1."""
    for name in names:
        if (ends := _RANGE.fullmatch(name)) is not None:
            left, right = sorted((column_of(ends[1]), column_of(ends[3])))
            top, bottom = sorted((int(ends[2]), int(ends[4])))
            yield top, bottom, left, right
