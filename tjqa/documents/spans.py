"""Places in a text: everything that is cited is one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters (Unicode code points) of one `SourceFile.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"bad span {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of `text` this span names."""
        return text[self.start : self.end]

    def gap(self, other: Span) -> int:
        """How many characters lie between both; 0 when they touch or overlap."""
        return max(self.start - other.end, other.start - self.end, 0)

    def covers(self, other: Span) -> bool:
        """True when `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """Where a character stands for an editor: line and column, both from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Half-open range of bytes of a file; of characters it is a `Span`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Printed:
    """Where on the picture of a page, its number from 0, a stretch of a recognised text stands: `box` is its left, top,
    right and bottom, in shares of the page's width and height."""

    span: Span
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Landmark:
    """Where a page, paragraph or row begins in a document's text; `name` as shown: 第 3 页."""

    start: int
    name: str
