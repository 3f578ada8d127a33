"""Where the tables of a document stand: sheets parted into the tables on them, tables within running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from tjqa.documents import Article, Sheet, SourceFile, Span
from tjqa.documents.tables import Origin
from tjqa.ingest import parameters
from tjqa.ingest.tables.cells import Kind, kind_of, plain
from tjqa.ingest.tables.grid import Block, Grid, grid_of, is_line
from tjqa.ingest.tables.heads import column_heads, find_head, names_columns
from tjqa.ingest.tables.names import names_table
from tjqa.ingest.tables.table import Found, Table, tables_from

_SPREADSHEET = "\t"


def tables_of(source: SourceFile, articles: Sequence[Article]) -> list[Table]:
    """All tables of a document in the order of its text; `articles` are those it was cleaned to."""
    return list(tables_from(_found(source, articles)))


def _found(source: SourceFile, articles: Sequence[Article]) -> Iterator[Found]:
    marked = source.sheets or source.tables
    for number, sheet in enumerate(marked):
        grid = grid_of(source.text, sheet)
        if not len(grid):
            continue
        others = _others(source, articles, sheet)
        if source.sheets:
            workbook = sheet.separator == _SPREADSHEET and bool(sheet.numbers)
            for block in blocks(grid):
                yield Found(block, 0, (), others, sheet.title, workbook, not sheet.numbers)
        elif _holds_data(grid):
            least = marked[number - 1].span.end if number else 0
            captions = (*_lines_above(source.text, least, sheet.span.start), *filter(None, [sheet.title]))
            for block in _beside(grid, 0, len(grid), sheet.head):
                goes_on = sheet.loose and number > 0 and _nothing_between(source, least, sheet.span.start)
                yield Found(block, sheet.head, captions, others, goes_on=goes_on)


def _nothing_between(source: SourceFile, start: int, end: int) -> bool:
    """Whether nothing but running heads and page numbers stands between two places."""
    left = [part.span for part in source.furniture if start <= part.span.start and part.span.end <= end]
    return end - start <= parameters.WIDEST_GAP and not _without(source.text, start, end, left).strip()


def _without(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    parts = []
    for span in sorted(spans):
        parts.append(text[start : max(span.start, start)])
        start = max(span.end, start)
    return "".join([*parts, text[start:end]])


def _others(source: SourceFile, articles: Sequence[Article], sheet: Sheet) -> tuple[tuple[str, Origin], ...]:
    """Further names that say what a table is of: its sheet, the text it stands in, its file; and the day that bears."""
    own = next((a for a in reversed(articles) if a.pieces and a.pieces[0].span.start <= sheet.span.start), None)
    found = [(sheet.title, Origin.SHEET)] if source.sheets else []
    found += [(own.title, Origin.FILE)] if own is not None else []
    found.append((PurePosixPath(source.path).stem, Origin.FILE))
    if own is not None and own.published:
        found.append((own.published, Origin.DATE))
    return tuple((text, origin) for text, origin in found if text)


def _lines_above(text: str, least: int, start: int) -> list[str]:
    """The lines right above a table that belong to it, in their order."""
    begin = max(least, start - 4 * parameters.LONGEST_TABLE_NAME)
    lines = [line.strip() for line in text[begin:start].split("\n")]
    if begin > least:
        lines = lines[1:]  # cut in its middle
    found: list[str] = []
    for line in reversed([line for line in lines if line][-parameters.NAME_REACH :]):
        if not names_table(re.sub(r"[*#]+", "", line)):
            break
        found.insert(0, plain(re.sub(r"[*#]+", "", line)))
    return found


def _holds_data(grid: Grid) -> bool:
    """Whether a table of a page or a document is one, and not there to lay text out: two rows and columns at least,
    cells that are short."""
    rows = [grid.texts(row) for row in range(0, len(grid), max(1, len(grid) // parameters.SAMPLED_ROWS))]
    several = sum(not is_line(texts) for texts in rows)
    if len(rows) < 2 or several < 2 or several < len(rows) / 2:
        return False
    lengths = sorted(len(text) for texts in rows for text in texts if text)
    return lengths[len(lengths) * 3 // 4] <= parameters.LONGEST_CELL


def blocks(grid: Grid) -> Iterator[Block]:
    """The tables on a sheet, one below the other, then those side by side."""
    starts = [0, *_further(grid), len(grid)]
    for first, end in pairwise(starts):
        yield from _beside(grid, first, end)


def _further(grid: Grid) -> Iterator[int]:
    """The rows at which further tables begin: below a blank row or a line of their own, with a head like the first
    one's, or one of words above figures."""
    width = _width(grid, 0, len(grid))
    whole = Block(grid, 0, len(grid), 0, width)
    head = find_head(whole)
    first = whole.texts(head.first) if head.rows else []
    named_by = first[0] if first else ""

    def starts_alike(row: int) -> bool:
        return bool(first) and whole.names(row, (0,))[0] == named_by

    row, begun = max(head.end, 1), 0
    while row < len(grid) - 1:
        apart = row in grid.gaps
        if not apart and not whole.is_line(row) and not (starts_alike(row) and whole.texts(row) == first):
            row += 1
            continue
        at = row
        while at < len(grid) - 1 and is_line(whole.texts(at)) and at - row < parameters.HEAD_REACH:
            at += 1
        named = whole.texts(at)
        apart = any(between in grid.gaps for between in range(row, at + 1))
        above = whole.texts(row - 1)
        if row - begun > 1 and _heads_another(whole, at, named, (first, above), apart):
            yield row
            begun, first, named_by = row, named, named[0]
        row = max(at, row) + 1


def _heads_another(block: Block, row: int, texts: list[str], before: tuple[list[str], list[str]], apart: bool) -> bool:
    """Whether a row is the head of another table; `before` are the head and the last row of the one above."""
    first, last = before
    if is_line(texts) or row + 1 >= block.end:
        return False
    if texts == first:
        return True
    kinds = [kind_of(text) for text in texts]
    if Kind.FIGURE in kinds:
        return False
    below = [kind_of(text) for text in block.texts(row + 1)]
    figures = [at for at, kind in enumerate(below) if kind is Kind.FIGURE]
    named = any(kinds[at] in (Kind.TEXT, Kind.PERIOD) for at in figures)
    other = [at for at, text in enumerate(texts) if text] != [at for at, text in enumerate(first) if text]
    ended = apart or any(kind_of(text) is Kind.FIGURE for text in last)
    return named and ended and (apart or other) and names_columns(block, row, texts)


def _width(grid: Grid, first: int, end: int) -> int:
    step = max(1, (end - first) // parameters.SAMPLED_ROWS)
    rows = [*range(first, end, step), end - 1]
    return max((grid.width(row, len(grid.cells(row))) for row in rows), default=0)


def _beside(grid: Grid, first: int, end: int, given: int = 0) -> Iterator[Block]:
    """A table, or those that stand side by side: parted by a column without any text, or known by heads that come
    again from the first one on."""
    width = _width(grid, first, end)
    whole = Block(grid, first, end, 0, width)
    head = find_head(whole, given)
    rows = [whole.texts(row) for row in (*head.rows, *whole.sample(head.end))]
    used = [any(texts[at] for texts in rows) for at in range(width)]
    cuts = [0]
    for at in range(2, width - 1):
        if not used[at] and used[at - 1] and any(used[at + 1 :]) and head.rows and rows[0][at + 1]:
            cuts.append(at + 1)
    if cuts == [0] and head.rows:
        cuts = _repeated([names[-1:] and names for names in column_heads(whole, head)])
    for left, right in zip(cuts, [*cuts[1:], width], strict=True):
        yield Block(grid, first, end, left, right)


def _repeated(heads: Sequence[tuple[str, ...]]) -> list[int]:
    """Where heads begin again: 城市 环比 同比 城市 环比 同比."""
    count = len(heads)
    if not heads or not heads[0]:
        return [0]
    for size in range(2, count // 2 + 1):
        if count % size == 0 and all(heads[at] == heads[at % size] for at in range(count)):
            return list(range(0, count, size))
    return [0]
