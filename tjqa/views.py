"""What is shown of a file: opened at a citation, as a table, as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tjqa.documents import Dropped, DropReason, Span
from tjqa.reports import SourceSummary


class TableLine(NamedTuple):
    """A row of a table of a file: its number there (0: not known, of a line that heads the rows below it), and where
    the cell of each column stands in the text, None where there is none."""

    number: int
    cells: tuple[Span | None, ...]

    @property
    def is_head(self) -> bool:
        """True of a line with nothing but a head: 一、黑色金属."""
        return len(self.cells) > 1 and not any(self.cells[1:])

    def meets(self, span: Span, or_follows: bool = False) -> bool:
        """True when a cell of it shares characters with a stretch of the file, or stands behind its beginning."""
        return any(
            cell is not None and span.start < cell.end and (or_follows or cell.start < span.end) for cell in self.cells
        )


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table of a file: its name, the heads of each column, outermost first, and its rows in order."""

    name: str
    heads: tuple[tuple[str, ...], ...]
    lines: tuple[TableLine, ...]

    def row_at(self, span: Span) -> int | None:
        """The index of the row that a stretch of the file meets, of a line that heads rows only where it meets none of
        them; None where it meets nothing."""
        met = [at for at, line in enumerate(self.lines) if line.meets(span)]
        return next((at for at in met if not self.lines[at].is_head), met[0] if met else None)

    def row_from(self, offset: int) -> int | None:
        """The index of the first row that does not end before a character of the file; None where all do."""
        return next((at for at, line in enumerate(self.lines) if line.meets(Span(offset, offset + 1), True)), None)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A file opened for reading at a citation: the text, the cited span, what cleaning dropped. When it changed since
    it was indexed, `changed` is True, and `span` may not fit: say so and show `quote` instead. `tables` are those of a
    file as it was indexed. `moved` says that the file changed and the quote stands at `span` now,
    `is_current` that the index holds the file as it is."""

    path: str
    text: str
    span: Span
    quote: str
    dropped: tuple[Dropped, ...]
    changed: bool = False
    tables: tuple[SourceTable, ...] = ()
    moved: bool = False
    is_current: bool = False

    @property
    def table(self) -> SourceTable | None:
        """The table that the cited span stands in, if it stands in one."""
        return self.table_at(self.span)

    def table_at(self, span: Span) -> SourceTable | None:
        """The table that a stretch of the file stands in; None where it meets no row of any."""
        return next((table for table in self.tables if len(span) and table.row_at(span) is not None), None)


class OutlineKind(StrEnum):
    """What a node of a document's tree is. The values stand in what `tjqa sources FILE --json` prints."""

    ARTICLE = "article"  # one of the texts that a file holds
    TABLE = "table"  # a table, or the sheet that it stands on
    HEADING = "heading"  # chapter, section, any heading
    PROVISION = "provision"  # an article of a law or contract: 第十四条
    ITEM = "item"  # of a list that a sentence announces
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A part of a document: `level` 0 stands below the file itself, each other one below the last node before it that
    is one level up. `characters` are those kept in `span`, of what is left out those of its reason; `passages` those
    below it. `published` is an article's date, `reason` why a part is left out, None for the others."""

    level: int
    kind: OutlineKind
    title: str
    span: Span
    characters: int
    passages: int = 0
    published: str | None = None
    reason: DropReason | None = None


class StartingPlace(NamedTuple):
    """Where a part of a document begins: its line, from 1, and its page, paragraph or row where there are such."""

    line: int
    name: str


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """The tree of a document as it is now: nodes in file order with the place of each, and the sums. `changed` says
    that it is no longer what was indexed."""

    summary: SourceSummary
    nodes: tuple[OutlineNode, ...]
    places: tuple[StartingPlace, ...]
    changed: bool = False
