"""Which cells of a sheet are merged into one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from tjqa.documents import Merged

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
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
    for name in names:
        if (ends := _RANGE.fullmatch(name)) is not None:
            left, right = sorted((column_of(ends[1]), column_of(ends[3])))
            top, bottom = sorted((int(ends[2]), int(ends[4])))
            first, end = bisect_left(numbers, top), bisect_right(numbers, bottom)
            if first < end and numbers[first] == top:
                found.append(Merged(first, left - 1, end - first, right - left + 1))
    return tuple(found)
