"""The cells of a table in a text: read a row at a time, so that a million of them need no more memory than the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from tjqa.documents import Merged, Sheet
from tjqa.ingest import parameters
from tjqa.ingest.tables.cells import plain
from tjqa.ingest.tables.separated import SPACED, Place, bars, records, spaced, tabs

_LINES = f"\t|{SPACED}"  # what parts cells where a line is a row
_KEPT_ROWS = 16
_RULED = re.compile(r"[\s\-=—─━_+|.]+")  # a line that only rules a table of plain text
_T = TypeVar("_T")


@dataclass
class Grid:
    """Rows of a text. `starts` are where each begins, with the end of the last; `numbers` are what their program calls
    them; `gaps` are rows with blank ones above."""

    text: str
    separator: str
    starts: list[int]
    numbers: Sequence[int]
    gaps: set[int] = field(default_factory=set)
    leads: Sequence[int] = ()
    loose: bool = False
    cuts: Sequence[int] = ()
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # of merged cells but the first
    firsts: set[tuple[int, int]] = field(default_factory=set)
    _cells: dict[int, list[Place]] = field(default_factory=dict)
    _texts: dict[int, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def cells(self, row: int) -> list[Place]:
        """Where the cells of a row stand; a row is asked for several times in a row."""
        found = self._cells.get(row)
        if found is None:
            found = _kept(self._cells, row, self._cut(row))
        return found

    def _cut(self, row: int) -> list[Place]:
        start, end = self.starts[row], self.starts[row + 1]
        if self.separator in _LINES:
            newline = self.text.find("\n", start, end)  # below a head of Markdown stands its rule of dashes
            end = end if newline < 0 else newline
            if self.separator == "|":
                return bars(self.text, start, end)
            if self.separator == SPACED:
                return spaced(self.text, start, end, self.cuts)
            lead = self.leads[row] if row < len(self.leads) else 0
            return [(start, start)] * lead + tabs(self.text, start, end)
        return next(records(self.text, start, end, self.separator), [])

    def texts(self, row: int) -> list[str]:
        """The texts of a row, each as a head is read; those of merged cells in all of their places."""
        known = self._texts.get(row)
        return known if known is not None else _kept(self._texts, row, self._read(row))

    def _read(self, row: int) -> list[str]:
        found = [plain(self.text[a:b]) for a, b in self.cells(row)]
        if self.anchors:
            for column in range(self.width(row, len(found))):
                anchor = self.anchors.get((row, column))
                if anchor is not None:
                    found += [""] * (column + 1 - len(found))
                    found[column] = self._at(*anchor)
        return found

    def place(self, row: int, column: int) -> Place | None:
        """Where the text of a cell stands, that of a merged one in its first."""
        row, column = self.anchors.get((row, column), (row, column))
        cells = self.cells(row)
        return cells[column] if column < len(cells) else None

    def width(self, row: int, least: int) -> int:
        """How many cells a row has with those that merged ones reach into it."""
        return max(least, self._reach.get(row, 0))

    @cached_property
    def _reach(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for row, column in self.anchors:
            found[row] = max(found.get(row, 0), column + 1)
        return found

    def _at(self, row: int, column: int) -> str:
        cells = self.cells(row)
        return plain(self.text[slice(*cells[column])]) if column < len(cells) else ""


def _kept(known: dict[int, _T], row: int, found: _T) -> _T:
    """Keep what was found of a row, and of a few before it."""
    if len(known) >= _KEPT_ROWS:
        del known[next(iter(known))]
    known[row] = found
    return found


def grid_of(text: str, sheet: Sheet) -> Grid:
    """The rows of a table as its format marks it, blank ones left out."""
    starts, gaps = _rows(text, sheet)
    count = len(starts) - 1
    if sheet.numbers and len(sheet.numbers) == count:
        numbers: Sequence[int] = sheet.numbers
        gaps |= {at for at, (before, now) in enumerate(pairwise(numbers), 1) if now > before + 1}
    else:
        numbers = range(1, count + 1)
    leads = [min(max(lead, 0), parameters.MOST_LEAD) for lead in sheet.leads] if len(sheet.leads) == count else []
    grid = Grid(text, sheet.separator, starts, numbers, gaps, leads, sheet.loose, sheet.cuts)
    for merged in sheet.merged:
        _merge(grid, merged)
    return grid


def _rows(text: str, sheet: Sheet) -> tuple[list[int], set[int]]:
    """Where rows begin, and which of them have a blank one above."""
    start, end = sheet.span.start, sheet.span.end
    starts: list[int] = []
    gaps: set[int] = set()
    last = start
    for begin, after in _extents(text, sheet):
        if starts and text.count("\n", last, begin) > 1:
            gaps.add(len(starts))
        starts.append(begin)
        last = after
    if sheet.separator == "|" and 0 < sheet.head < len(starts):
        del starts[sheet.head]  # the rule of dashes is no row
    return [*(starts or [start]), end], gaps


def _extents(text: str, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Where each row that is not blank begins, and where its last cell ends."""
    start, end = sheet.span.start, sheet.span.end
    if sheet.separator not in _LINES:
        last = start
        for cells in records(text, start, end, sheet.separator):
            newline = text.rfind("\n", last, cells[0][0])
            yield newline + 1 if newline >= 0 else last, cells[-1][1]
            last = cells[-1][1]
        return
    while start < end:
        newline = text.find("\n", start, end)
        after = end if newline < 0 else newline
        told = text[start:after]
        if told.strip() and not (sheet.separator == SPACED and _RULED.fullmatch(told)):
            yield start, after
        start = after + 1


def _merge(grid: Grid, merged: Merged) -> None:
    rows = range(merged.row, min(merged.row + merged.rows, len(grid)))
    if not rows or merged.rows * merged.columns > parameters.LARGEST_MERGED or not merged.rows * merged.columns > 1:
        return
    if len(grid.anchors) + len(rows) * merged.columns > parameters.MOST_MERGED:
        return
    first = merged.row, merged.column
    places = [(row, column) for row in rows for column in range(merged.column, merged.column + merged.columns)]
    if any(place in grid.anchors or place in grid.firsts for place in places):
        return  # two that overlap are none: which one a cell belongs to cannot be told
    grid.firsts.add(first)
    grid.anchors |= dict.fromkeys((place for place in places if place != first), first)


def is_line(texts: Sequence[str]) -> bool:
    """Whether a row is a single text: a name, a unit, a note, or what heads the rows below it."""
    return len({text for text in texts if text}) <= 1


@dataclass
class Block:
    """A rectangle of a grid that is one table: rows `first` to `end`, columns `left` to `right`, ends not included."""

    grid: Grid
    first: int
    end: int
    left: int = 0
    right: int = 0

    def texts(self, row: int) -> list[str]:
        """The texts of a row, as many as the block has columns."""
        found = self.grid.texts(row)[self.left : self.right]
        return found + [""] * (self.right - self.left - len(found))

    def apart(self, row: int) -> list[str]:
        """The texts of a row, each merged cell only in its first column."""
        anchors = self.grid.anchors
        found = []
        for at, text in enumerate(self.texts(row)):
            anchor = anchors.get((row, self.left + at))
            found.append("" if anchor is not None and anchor[1] < self.left + at else text)
        return found

    def is_line(self, row: int) -> bool:
        """Whether a row holds a single text, which may be that of a merged cell."""
        if self.grid.anchors or self.left:
            return is_line(self.texts(row))
        return sum(start < end for start, end in self.grid.cells(row)[: self.right]) <= 1

    def names(self, row: int, columns: Sequence[int]) -> dict[int, str]:
        """The texts of some columns."""
        if self.grid.anchors:
            texts = self.texts(row)
            return {at: texts[at] for at in columns}
        cells = self.grid.cells(row)[self.left :]
        return {at: plain(self.grid.text[slice(*cells[at])]) if at < len(cells) else "" for at in columns}

    def sample(self, first: int) -> Iterator[int]:
        """Some rows from `first` on, spread over all of them."""
        count = self.end - first
        step = max(1, count // parameters.SAMPLED_ROWS)
        return iter(range(first, self.end, step))
