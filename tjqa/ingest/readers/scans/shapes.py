"""What is recognised on a page, and its form as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import NamedTuple

LARGEST = 100_000
"""Pixels of a side of a picture; those that are made have a tenth."""
LONGEST_LINE = 2_000
"""Characters of a line: smaller ones than fit on a page of that many."""


class Box(NamedTuple):
    """A place on the picture of a page, in pixels from the left and from the top."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was recognised; `doubtful` when a second look at its figures saw others."""

    text: str
    box: Box
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class RecognizedPage:
    """A page: the size of its picture, its lines, the places of ink that may be text and was not read, and
    the straight lines across and down it."""

    width: int
    height: int
    lines: tuple[ReadLine, ...]
    unread: tuple[Box, ...] = ()
    across: tuple[Box, ...] = ()
    upright: tuple[Box, ...] = ()


def to_json(page: RecognizedPage) -> bytes:
    """As it is kept."""
    return json.dumps(asdict(page), ensure_ascii=False).encode()


def from_json(data: bytes) -> RecognizedPage:
    """What `to_json` wrote.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    try:
        row = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    lines = tuple(ReadLine(str(one["text"]), _box(one["box"]), bool(one["doubtful"])) for one in row["lines"])
    width, height = row["width"], row["height"]
    if not all(type(size) is int and 1 <= size <= LARGEST for size in (width, height)):
        raise ValueError("a page without size")
    if any(len(line.text) > LONGEST_LINE for line in lines):
        raise ValueError("a line that is on no page")
    places = (tuple(map(_box, row[name])) for name in ("unread", "across", "upright"))
    return RecognizedPage(width, height, lines, *places)


def _box(values: list[float]) -> Box:
    x0, y0, x1, y1 = values
    if not all(type(value) in (int, float) and -LARGEST < value < LARGEST for value in (x0, y0, x1, y1)):
        raise ValueError("a place that is on no page")
    return Box(*map(float, (x0, y0, x1, y1)))
