"""The rows below the head of a table: under which names of other rows each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tjqa.documents.tables import Column, ColumnKind
from tjqa.ingest import parameters
from tjqa.ingest.tables.grid import Block
from tjqa.ingest.tables.heads import Head
from tjqa.ingest.tables.names import is_note
from tjqa.text.headings import numbering

_TOTAL = re.compile(
    r"(?:[总合小共]\s*计|总\s*[额数和量]|.{1,6}(?:合|总|小|共)\s*计|总分)(?:[(（].*[)）])?|全\s*[国省市县区](?:[总合]?计)?|total",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"(?:#|\*)?\s*其\s*中\s*[:：]?")
_UNNUMBERED = 50  # a line without a number ranks below every numbered one
_MOST_ABOVE = 4


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row of a grid: a row of values, a line that heads those below it, or a note. `above` are its heads that stand
    in other rows."""

    row: int
    above: tuple[str, ...] = ()
    heads: bool = False
    note: bool = False

    @property
    def holds_values(self) -> bool:
        """Whether it is a row of values."""
        return not self.heads and not self.note


def is_total(name: str) -> bool:
    """Whether a row sums others up."""
    return _TOTAL.fullmatch(name) is not None


@dataclass
class _Parents:
    """Names of rows that those below them may belong to: by the numbers they bear, and by how far they are set in."""

    numbered: list[tuple[int, str]] = field(default_factory=list)
    indented: list[tuple[int, str]] = field(default_factory=list)
    main: str = ""  # the last row that is no part of another one
    main_above: tuple[str, ...] = ()

    def line(self, text: str) -> None:
        """A line that heads the rows below it."""
        level = _level(text)
        self.numbered = [entry for entry in self.numbered if entry[0] < level]
        self.numbered.append((level, text))
        self.indented = []
        self.main, self.main_above = "", ()

    def of(self, name: str, indent: int) -> tuple[str, ...]:
        """The names above a row of values, which is remembered."""
        self.indented = [entry for entry in self.indented if entry[0] < indent]
        level = _level(name)
        if is_total(name):
            above: tuple[str, ...] = ()
        elif level < _UNNUMBERED:
            self.numbered = [entry for entry in self.numbered if entry[0] < level]
            above = tuple(text for _, text in self.numbered)
            self.numbered.append((level, name))
        else:
            above = tuple(text for _, text in self.numbered)
        below = tuple(text for _, text in self.indented if text not in above)
        if _OF_WHICH.match(name) and self.main and self.main not in (*above, *below):
            above = (*self.main_above, self.main)
        elif not _OF_WHICH.match(name) and not below:
            self.main, self.main_above = name, above
        part = _OF_WHICH.match(name)  # what else it is made of stands below the name, not below 其中
        self.indented.append((indent + (_wide(part[0]) if part is not None else 0), name))
        return tuple(dict.fromkeys((*above, *below)))[-_MOST_ABOVE:]


def _level(text: str) -> int:
    found = numbering(text)
    return found[0] if found is not None else _UNNUMBERED


def plan_rows(block: Block, head: Head, columns: Sequence[Column]) -> Iterator[RowPlan]:
    """Every row below the head, in order."""
    names = [at for at, column in enumerate(columns) if column.kind is ColumnKind.NAME]
    parents = _Parents()
    last = dict.fromkeys(names, "")
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # equal ones once: a table has few
    notes = _notes(block, head)
    for row in range(head.end, block.end):
        if block.is_line(row):
            texts = block.texts(row)
            told = next(filter(None, texts), "")
            if row >= notes or is_note(told):
                yield RowPlan(row, note=True)
                continue
            if len(told) <= parameters.LONGEST_HEAD and row + 1 < block.end and (texts[0] or not names):
                parents.line(told)
                yield RowPlan(row, heads=True)
                continue
        named = block.names(row, names)
        groups = _groups(block, row, named, names, last)
        own = next((named[at] for at in reversed(names) if named[at]), "")
        above = (*parents.of(own, _indent(block, row)), *groups) if own else (*groups,)
        yield RowPlan(row, known.setdefault(above, above))


def _notes(block: Block, head: Head) -> int:
    """The first of the single texts that end a table and head no row: the last of them says that it is a note, or the
    first is long."""
    row = block.end
    while row > head.end + 1 and block.is_line(row - 1):
        row -= 1
    if row == block.end or block.right - block.left < 2:
        return block.end
    told = [next(filter(None, block.texts(at)), "") for at in (row, block.end - 1)]
    return row if any(map(is_note, told)) or len(told[0]) >= parameters.LEAST_NOTE else block.end


def _groups(block: Block, row: int, texts: dict[int, str], names: list[int], last: dict[int, str]) -> list[str]:
    """Names of groups that began above: of merged cells, or of cells left blank below the first of a group."""
    found = []
    for at in names[:-1] if len(names) > 1 else names:
        anchor = block.grid.anchors.get((row, block.left + at))
        if anchor is not None and anchor[0] < row:
            found.append(texts[at])
        elif texts[at]:
            last[at] = texts[at]
            for later in names[names.index(at) + 1 :]:
                last[later] = ""
        elif len(names) > 1 and last[at] and any(texts[later] for later in names[names.index(at) + 1 :]):
            found.append(last[at])
    return found


def _indent(block: Block, row: int) -> int:
    """How far the first cell of a row is set in, in half characters."""
    grid = block.grid
    cells = grid.cells(row) if grid.separator == "\t" and not block.left else []
    return _wide(grid.text[grid.starts[row] : cells[0][0]]) if cells else 0


def _wide(text: str) -> int:
    """Half characters that a text takes."""
    return sum(1 if char < "\u1100" else 2 for char in text)
