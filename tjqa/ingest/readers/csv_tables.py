"""Tables in plain text: what parts the cells of a CSV file, where the tables of a Markdown file stand."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from tjqa.documents import Sheet, Span
from tjqa.ingest.tables.separated import records

_SEPARATORS = ",\t;|，；"  # from the commonest on: of two that fit alike the first is taken
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
    """The character that parts most records into the same number of cells, two at least; a comma where none does."""
    best, most = ",", (0.0, 0)
    for separator in _SEPARATORS:
        counts = Counter(len(record) for record in islice(records(text, start, len(text), separator), _LOOKED_AT))
        if len(counts) > 1 and counts[1] < counts.total() / 2:
            del counts[1]  # a name above the table, a note below it
        if not counts:
            continue
        cells, agree = counts.most_common(1)[0]
        share = agree / counts.total()
        if cells > 1 and share >= _AGREE and (share, cells) > most and share > most[0]:
            best, most = separator, (share, cells)
    return best


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


def tab_tables(text: str) -> tuple[Sheet, ...]:
    """Runs of lines whose cells are parted by tabs, next to each other."""
    found: list[Sheet] = []
    start, rows, at = 0, 0, 0
    for line in [*text.splitlines(keepends=True), "\n"]:
        if "\t" in line.strip(" \r\n"):
            start = start if rows else at
            rows += 1
        else:
            if rows >= _LEAST_ROWS:
                found.append(Sheet(Span(start, at), loose=True))
            rows = 0
        at += len(line)
    return tuple(found)
