"""What is recognised on a page, and its form as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import NamedTuple


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
    row = json.loads(data)
    lines = tuple(ReadLine(str(one["text"]), _box(one["box"]), bool(one["doubtful"])) for one in row["lines"])
    width, height = int(row["width"]), int(row["height"])
    if width < 1 or height < 1:
        raise ValueError("a page without size")
    places = (tuple(map(_box, row[name])) for name in ("unread", "across", "upright"))
    return RecognizedPage(width, height, lines, *places)


def _box(values: list[float]) -> Box:
    x0, y0, x1, y1 = map(float, values)
    if not all(-1e5 < value < 1e5 for value in (x0, y0, x1, y1)):
        raise ValueError("a place that is on no page")
    return Box(x0, y0, x1, y1)
