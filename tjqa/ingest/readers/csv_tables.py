"""Tables in plain text: what parts the cells of a CSV file, where the tables of a Markdown file stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import islice

from tjqa.documents import Sheet, Span
from tjqa.ingest.tables.cells import Kind, kind_of
from tjqa.ingest.tables.separated import Place, records

# Of two that fit alike the first is taken: a comma stands in many cells (1,234), a tab in next to none.
_SEPARATORS = "\t|;,；，"
_LOOKED_AT = 50  # records that show what parts cells
_AGREE = 0.6  # of them must have the commonest number of cells
_LEAST_ROWS = 3  # lines with tabs that are a table; a list may have two
_MARKDOWN_ROW = re.compile(r"[ \t]{0,3}\S?.*\|.*")
_MARKDOWN_RULE = re.compile(r"[ \t]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?[ \t]*")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")


def csv_sheets(text: str, title: str) -> tuple[Sheet, ...]:
    """The whole of a CSV file as one sheet."""
    start = 1 if text.startswith("\ufeff") else 0
    return (Sheet(Span(start, len(text)), title, separator_of(text, start)),)


def separator_of(text: str, start: int) -> str:
    """The character that parts most records into the same number of cells, two at least; a comma where none does. Of
    several that do, as where each figure holds a comma (1,234; 1,5), the one whose cells hold least of the others."""
    read: dict[str, tuple[float, list[list[Place]]]] = {}
    for separator in _SEPARATORS:
        found = list(islice(records(text, start, len(text), separator), _LOOKED_AT))
        counts = Counter(map(len, found))
        if len(counts) > 1 and counts[1] < counts.total() / 2:
            del counts[1]  # a name above the table, a note below it
        cells, agree = counts.most_common(1)[0] if counts else (0, 0)
        if cells > 1 and agree >= _AGREE * counts.total():
            read[separator] = agree / counts.total(), found
    if len(read) < 2:
        return next(iter(read), ",")
    return max(read, key=lambda one: (_clean(text, read[one][1], read.keys() - one), read[one][0]))


def _clean(text: str, found: list[list[Place]], others: Collection[str]) -> float:
    """The share of cells that hold no other separator, but a comma within a figure."""
    count = clean = 0
    for record in found:
        for first, end in record:
            cell = text[first:end]
            held = [other for other in others if other in cell]
            clean += not held or (held == [","] and kind_of(cell) is Kind.FIGURE)
        count += len(record)
    return clean / count


def markdown_tables(text: str) -> tuple[Sheet, ...]:
    """Rows of cells below a head and a rule of dashes, as GitHub has them; none within a block of code."""
    found: list[Sheet] = []
    before: tuple[int, str] | None = None
    open_at: int | None = None
    fenced = False
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        fenced ^= _FENCE.match(body) is not None
        row = not fenced and "|" in body and _MARKDOWN_ROW.fullmatch(body) is not None
        if open_at is not None and not row:
            found.append(Sheet(Span(open_at, at), separator="|", head=1))
            open_at = None
        if open_at is None and row and before is not None and _MARKDOWN_RULE.fullmatch(body):
            open_at = before[0]
        before = (at, body) if row else None
        at += len(line)
    if open_at is not None:
        found.append(Sheet(Span(open_at, at), separator="|", head=1))
    return tuple(found)


def tab_tables(text: str, furniture: Collection[int] = ()) -> tuple[Sheet, ...]:
    """Runs of lines whose cells are parted by tabs, next to each other; running heads, at `furniture`, are none. Two
    lines are one where both have as many cells, three at least: a head and its row."""
    found: list[Sheet] = []
    start, rows, at = 0, 0, 0
    tabs: set[int] = set()
    for line in [*text.splitlines(keepends=True), "\n"]:
        if "\t" in line.strip(" \r\n") and at not in furniture:
            start, tabs = (start, tabs) if rows else (at, set())
            tabs.add(line.count("\t"))
            rows += 1
        else:
            if rows >= _LEAST_ROWS or (rows == 2 and len(tabs) == 1 and min(tabs) > 1):
                found.append(Sheet(Span(start, at), loose=True))
            rows = 0
        at += len(line)
    return tuple(found)
