"""Tables as they stand behind ranked passages: their rows and cells, and the passages that those stand in."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from tjqa.answers.tables import parameters
from tjqa.answers.tables.earlier_periods import timely
from tjqa.answers.tables.heads import bare_head
from tjqa.documents import Passage
from tjqa.documents.tables import Cell, ColumnKind, Row, TablePart
from tjqa.index.base import Index
from tjqa.text.normalize import fold, squeeze
from tjqa.text.numbers import UNREAD
from tjqa.text.periods import whole_period

_PARTED = re.compile(r"[\t|,;，；\n]| {2,}|\u3000{2,}")  # what parts cells
_STRUCK = re.compile(r"(?:~~[^~]*~~\s*)+")


@dataclass(frozen=True)
class GridRow:
    """A row with the passage that it stands in, the number it has in its table, and those of the columns of its cells,
    from 0."""

    passage: Passage
    number: int
    cells: tuple[Cell, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """A table of a file, or the rows of it that were found. `rank` is the place of the first of its passages among the
    hits, `is_whole` says that all of its rows are here."""

    path: str
    number: int
    rank: int
    rows: tuple[GridRow, ...]
    is_whole: bool

    @cached_property
    def context(self) -> str:
        """What is said of every cell, folded: the names of table, text, sheet and file."""
        passage = self.rows[0].passage
        table = passage.table
        named = [table.name, table.sheet, table.place.value if table.place else ""] if table is not None else []
        parts = [passage.title, passage.section, passage.name, passage.path, passage.publisher or "", *named]
        return squeeze(fold(" ".join(parts)))

    @cached_property
    def stub(self) -> str:
        """What the rows are, folded: the heads of the columns with their names (城市, 产品名称)."""
        table = self.rows[0].passage.table
        columns = table.columns if table is not None else ()
        return squeeze(fold(" ".join(h for column in columns if column.kind is ColumnKind.NAME for h in column.heads)))

    @cached_property
    def column_names(self) -> frozenset[str]:
        """The innermost heads of its columns of values, bare, that are more than a period or one character."""
        return self._heads_of(ColumnKind.VALUE)

    @cached_property
    def key_names(self) -> frozenset[str]:
        """The same of the columns that name its rows."""
        return self._heads_of(ColumnKind.NAME)

    def _heads_of(self, kind: ColumnKind) -> frozenset[str]:
        table = self.rows[0].passage.table
        columns = table.columns if table is not None else ()
        heads = [column.heads[-1] for column in columns if column.heads and column.kind is kind]
        names = {bare_head(head) for head in heads if whole_period(fold(head)) is None}
        return frozenset(name for name in names if len(name) > 1)

    @cached_property
    def is_form(self) -> bool:
        """Whether labels and what is filled in stand side by side: no column has a head."""
        table = self.rows[0].passage.table
        if table is None or any(column.heads for column in table.columns):
            return False
        names = sum(column.kind is ColumnKind.NAME for column in table.columns)
        return names > 1 or (names == 1 and len(table.columns) == 2)

    @cached_property
    def form_texts(self) -> tuple[str, ...]:
        """The short texts of a form: one of them names what all of it is about."""
        if not self.is_form:
            return ()
        texts = {cell.text for row in self.rows for cell in row.cells if cell.kind is not ColumnKind.NAME}
        return tuple(text for text in texts if 0 < len(text.strip()) <= parameters.LONGEST_KEY)

    @cached_property
    def naming_columns(self) -> frozenset[int]:
        """The columns, by number, of a table without heads of which the first cell is no figure and most others are: it
        names what stands below it and answers nothing."""
        table = self.rows[0].passage.table
        if table is None or len(self.rows) < 2 or any(column.heads for column in table.columns):
            return frozenset()
        first = {
            number
            for number, cell in zip(self.rows[0].columns, self.rows[0].cells, strict=True)
            if cell.kind is ColumnKind.VALUE and not is_figure(cell.text)
        }
        below = [
            (number, is_figure(cell.text))
            for row in self.rows[1:]
            for number, cell in zip(row.columns, row.cells, strict=True)
        ]
        return frozenset(at for at in first if _mostly([figure for number, figure in below if number == at]))

    @cached_property
    def labels(self) -> dict[int, dict[int, str]]:
        """By the place of a row in `rows` the labels of its columns that stand in the row above it and not in the head:
        a row of short texts that come nowhere else in their columns, over one that holds something else."""
        found: dict[int, dict[int, str]] = {}
        many = Counter(
            (number, cell.text) for row in self.rows for number, cell in zip(row.columns, row.cells, strict=True)
        )
        for at, (above, row) in enumerate(pairwise(self.rows), 1):
            told = dict(zip(above.columns, (cell.text for cell in above.cells), strict=True))
            if (
                len(told) > 1
                and all(is_label(text) and many[column, text] == 1 for column, text in told.items())
                and not all(is_label(cell.text) for cell in row.cells)
            ):
                found[at] = told
        return found

    @cached_property
    def telling_texts(self) -> frozenset[str]:
        """Short texts below heads, no figures, that stand in one row alone: each tells that row from all others."""
        rows = [{cell.text for cell in row.cells if cell.column_heads} for row in self.rows]
        many = Counter(text for texts in rows for text in texts)
        least, most = parameters.SHORTEST_KEY, parameters.LONGEST_KEY
        return frozenset(
            text for text, count in many.items() if count == 1 and least <= len(text) <= most and not is_figure(text)
        )

    @cached_property
    def column_texts(self) -> dict[int, tuple[str, ...]]:
        """What stands in the first rows of each column: where that has no head, it may say what the column is."""
        found: dict[int, list[str]] = {}
        for row in self.rows[: parameters.ROWS_LIKE_HEADS]:
            for number, cell in zip(row.columns, row.cells, strict=True):
                found.setdefault(number, []).append(cell.text)
        return {number: tuple(texts) for number, texts in found.items()}


def _mostly(told: list[bool]) -> bool:
    return bool(told) and 2 * sum(told) > len(told)


@lru_cache(maxsize=1 << 14)
def is_figure(text: str) -> bool:
    """Whether most of a cell is digits and signs of figures."""
    return sum(char.isdigit() or char in ".,%-+/ " for char in text) * 2 > len(text)


def is_label(text: str) -> bool:
    """Whether a cell may be a label of others: short, and more than digits and signs."""
    told = text.strip()
    return 0 < len(told) <= parameters.LONGEST_LABEL and not any(char.isdigit() for char in told)


class Tables:
    """The tables of an opened index; those of the files asked last are kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: OrderedDict[str, list[Grid]] = OrderedDict()

    def near(self, passages: Sequence[Passage], also: Iterable[str] = ()) -> list[Grid]:
        """The tables that some passages, best first, are parts of, and those of further files `also`, best first."""
        ranks: dict[tuple[str, int], int] = {}
        for rank, passage in enumerate(passages):
            if passage.table is not None and passage.table.rows:
                ranks.setdefault((passage.path, passage.table.number), rank)
        paths = list(dict.fromkeys(path for path, _ in ranks))[: parameters.MOST_TABLES]
        grids = [
            replace(grid, rank=ranks.get((path, grid.number), len(passages)))
            for path in dict.fromkeys([*paths, *also])
            for grid in self._of_file(path, passages)
        ]
        return sorted(grids, key=lambda grid: grid.rank)

    def _of_file(self, path: str, passages: Sequence[Passage]) -> list[Grid]:
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        summary = self._index.summary(path)
        if summary is None or summary.passages > parameters.MOST_PASSAGES:
            return _grids(path, [passage for passage in passages if passage.path == path], is_whole=False)
        self._kept[path] = _grids(path, self._index.passages_of(path), is_whole=True)
        if len(self._kept) > parameters.KEPT_FILES:
            self._kept.popitem(last=False)
        return self._kept[path]


def _grids(path: str, passages: Sequence[Passage], *, is_whole: bool) -> list[Grid]:
    """The tables of a file that some of its passages are parts of."""
    rows: dict[int, list[GridRow]] = {}
    for passage in passages:
        if passage.table is not None:
            rows.setdefault(passage.table.number, []).extend(rows_of(passage))
    return [Grid(path, number, 0, tuple(found), is_whole) for number, found in sorted(rows.items()) if found]


def rows_of(passage: Passage) -> list[GridRow]:
    """The rows of a passage with the cells of each."""
    table = passage.table
    if table is None:
        return []
    return [_row(replace(table, rows=(row,)), row, passage) for row in table.rows]


def _is_no_value(cell: Cell) -> bool:
    """Whether nothing holds of what stands in a cell of values: it is struck out, or a picture stands in the number."""
    return cell.kind is ColumnKind.VALUE and (UNREAD in cell.text or _STRUCK.fullmatch(cell.text.strip()) is not None)


def _row(part: TablePart, row: Row, passage: Passage) -> GridRow:
    numbers = [part.columns[value.column].number for value in row.values]
    held = [
        (timely(cell), number)
        for cell, number in zip(part.cells(passage.text, passage.span.start), numbers, strict=True)
        if cell.text.strip() and cell.kind is not ColumnKind.NUMBER and not _is_no_value(cell)
    ]
    # One merged over columns of names and of values is one cell: a value beside a name of the row, else a name.
    values = {cell.span for cell, _ in held if cell.kind is ColumnKind.VALUE and cell.row_heads != row.above}
    names = {cell.span for cell, _ in held if cell.kind is ColumnKind.NAME} - values
    held = [
        (cell, number) for cell, number in held if cell.span not in (values if cell.kind is ColumnKind.NAME else names)
    ]
    return GridRow(passage, row.number, tuple(cell for cell, _ in held), tuple(number for _, number in held))


def tells_nothing(passage: Passage, sentence: str, asked: str) -> bool:
    """Whether a sentence of a passage is the head of its table and nothing else, or a label with what the folded
    question says itself (当事人 | 云溪公司 for 云溪公司因何受罚)."""
    table = passage.table
    heads = {squeeze(fold(head)) for column in (table.columns if table is not None else ()) for head in column.heads}
    parts = [part for part in (squeeze(fold(part)) for part in _PARTED.split(sentence)) if part]
    if len(parts) < 2 or table is None:
        return False
    if all(part in heads for part in parts):
        return True
    names = {squeeze(fold(cell.text)) for row in rows_of(passage) for cell in row.cells if cell.kind is ColumnKind.NAME}
    return not heads and len(parts) == 2 and parts[0] in names and parts[1] in squeeze(asked)
