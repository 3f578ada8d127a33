"""The nouns: characters, runs, rules, lines. All places are in points, from the left and from the top."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tjqa.documents import DropReason


class Glyph(NamedTuple):
    """One character. `base` is its baseline; `space` says that a blank stands before it in the file."""

    char: str
    x0: float
    x1: float
    base: float
    size: float
    space: bool


class Rule(NamedTuple):
    """A straight line: `at` is its height (of an upright one its distance from the left), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Run:
    """Characters of one size on one baseline without wide white between them. `shift` is 1 where they are raised, -1
    where they are lowered; such a run stands on the baseline of its line."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    base: float
    size: float
    shift: int = 0

    @property
    def top(self) -> float:
        """Of the type, not of its strokes."""
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """The same."""
        return self.base + 0.12 * self.size


BLOCK = "#"
"""Begins the path of a box on a page of boxes: nothing is read on from it."""


class Segment(NamedTuple):
    """Text of a line without wide white in it; `first` is the width of its first word, `size` its usual type size."""

    text: str
    x0: float
    x1: float
    size: float
    first: float


@dataclass(slots=True)
class Line:
    """A line of a page as it is read. `left` and `right` are the margins of its column, `first` the width of its first
    word. `region` counts the parts of a page that are read one after the other, `path` is the way to its column ("" the
    whole width, "LR" the right part of the left one, `BLOCK` and a number a box). `row` marks the row of a table,
    `ruled` of one with rules (`table` tells its rows together, `tail` is where the row's last cell with text begins,
    `wide` and `covered` are as of `TableRow`), `note` a footnote, `level` a heading (None is none)."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    first: float
    page: int
    region: int = 0
    path: str = ""
    left: float = 0.0
    right: float = 0.0
    row: bool = False
    ruled: bool = False
    table: int = 0
    tail: float = 0.0
    wide: tuple[tuple[int, int], ...] = ()
    covered: tuple[int, ...] = ()
    note: bool = False
    askew: bool = False
    level: int | None = None
    drop: DropReason | None = None


class TableRow(NamedTuple):
    """A row of a table with rules: its first baseline and its cells, blank ones without text. `wide` are the columns,
    from 0, of cells over several with how many, `covered` those whose cell reaches down from the row above."""

    base: float
    cells: list[Segment]
    wide: tuple[tuple[int, int], ...] = ()
    covered: tuple[int, ...] = ()


@dataclass(slots=True)
class Table:
    """A table with rules: its place and its rows."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: list[TableRow]


@dataclass(slots=True)
class Page:
    """What PDFium gives of a page. `glyphs` run as most of the page does, `turned` are those of each other quarter turn
    with their places as they run, `askew` the texts of all other directions."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[list[Glyph]] = field(default_factory=list)
    askew: list[str] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)


class Bookmark(NamedTuple):
    """An entry of the outline; `page` from 0, `level` from 1."""

    title: str
    page: int
    level: int
