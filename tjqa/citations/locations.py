"""Where a span stands: its page, paragraph or row, its bytes, its line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from tjqa.documents import ByteRange, Passage, Position, SourceFile, Span
from tjqa.documents.tables import Origin, Row, Value, letters
from tjqa.ingest.readers.scans import RECOGNIZED
from tjqa.results import StartingPlace
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods, wordings
from tjqa.text.sentences import cut_ends

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in shares of a page's width and height."""


def place_name(source: SourceFile, span: Span) -> str:
    """Page, paragraph or row of a span, from the first to the last one, on a recognised page with the box that it
    stands in; empty for plain text."""
    starts = [mark.start for mark in source.landmarks]
    if not starts:
        return ""
    first, last = (max(0, bisect_right(starts, at) - 1) for at in (span.start, max(span.start, span.end - 1)))
    names = [source.landmarks[at].name for at in dict.fromkeys((first, last))]
    boxes = {_page_name(page): _box_name(box) for page, box in printed_on(source, span).items()}
    return "至".join(f"{name[:-1]},{boxes[name]})" if name in boxes else name for name in names)


def printed_on(source: SourceFile, span: Span) -> dict[int, Box]:
    """The recognised pages, from 0, on which a span stands, each with the box around its lines there."""
    found: dict[int, Box] = {}
    for one in source.printed:
        if one.span.start < span.end and span.start < one.span.end:
            left, top, right, bottom = found.get(one.page, one.box)
            box = one.box
            found[one.page] = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
    return found


def _page_name(page: int) -> str:
    return f"第 {page + 1} 页({RECOGNIZED})"


def _box_name(box: Box) -> str:
    left, top, right, bottom = (f"{100 * share:.1f}" for share in box)
    return f"框 {left},{top}-{right},{bottom}"


def cell_name(passage: Passage, span: Span) -> str:
    """Sheet and cell, where a span of a passage is a cell of a workbook: Sheet1 B7; else empty."""
    found = _cell(passage, span)
    table = passage.table
    if found is None or table is None or not table.workbook:
        return ""
    row, value = found
    return f"{table.sheet} {letters(table.columns[value.column].number)}{row.number}".strip()


def cell_heads(passage: Passage, span: Span) -> tuple[str, ...]:
    """What a span of a passage is that is a cell of a table: the heads of its row and of its column, each once."""
    if passage.table is None or _cell(passage, span) is None:
        return ()
    found = next(one for one in passage.table.cells(passage.text, passage.span.start) if one.span == span)
    return tuple(dict.fromkeys(head for head in (*found.row_heads, *found.column_heads) if head.strip()))


_MOST_TOLD = 300
"""Characters of what is said beside the rows of a table: of a wide one the first heads."""


def table_words(passage: Passage, span: Span) -> str:
    """What a reader of a table sees beside a part of it: of rows its name, period and heads, of a cell, whose heads are
    told apart, its period; "" of what is no part of a table."""
    table = passage.table
    base = passage.span.start
    rows = [row for row in table.rows if any(_meet(value.span, span) for value in row.values)] if table else []
    if table is None or not rows:
        return ""
    cells = [cell for cell in replace(table, rows=tuple(rows)).cells(passage.text, base) if _meet(cell.span, span)]
    known = {cell.period.value for cell in cells if cell.period is not None and cell.period.origin is not Origin.DATE}
    period = wordings(Period.read(next(iter(known))))[0] if len(known) == 1 else ""
    if _cell(passage, span) is not None:
        return "" if _tells(known, cell_heads(passage, span)) else period
    above = {head.strip(): None for row in rows for head in row.above}
    heads = " | ".join(head for column in table.columns if (head := " ".join(column.heads).strip()))
    period = "" if _tells(known, (table.name, heads)) else period
    told = " · ".join(filter(None, [table.name.strip(), period, *above, heads]))
    return told if len(told) <= _MOST_TOLD else f"{told[:_MOST_TOLD]}…"


def cuts(passage: Passage, span: Span, text: str, here: Span) -> tuple[bool, bool]:
    """Whether a quote begins, and whether it ends, within a sentence; a cell of a table is whole.

    Args:
        passage: the passage it is of.
        span: where it stood when the passage was indexed.
        text: what it stands in now.
        here: where it stands in that.
    """
    return cut_ends(text, here) if _cell(passage, span) is None else (False, False)


def _tells(known: Iterable[str], heads: Iterable[str]) -> bool:
    """Whether some heads tell one of some periods themselves."""
    return not {str(dated.period) for head in heads for dated in periods(fold(head))}.isdisjoint(known)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cell(passage: Passage, span: Span) -> tuple[Row, Value] | None:
    rows = passage.table.rows if passage.table is not None else ()
    return next(((row, value) for row in rows for value in row.values if value.span == span), None)


def byte_range(source: SourceFile, span: Span) -> ByteRange | None:
    """The bytes of the file in which the characters of `span` are written; None where they are not."""
    if not source.codec:
        return None
    start = len(source.text[: span.start].encode(source.codec))
    return ByteRange(start, start + len(span.of(source.text).encode(source.codec)))


def position(text: str, start: int) -> Position:
    """Line and column of the character of a text that has the number `start`, from 0."""
    return Position(text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1)


def starting_places(source: SourceFile, starts: Iterable[int]) -> list[StartingPlace]:
    """The places of many characters, whose numbers ascend, in one pass over the text: `position` and `place_name`
    would each go through all of it for every one."""
    marks = [mark.start for mark in source.landmarks]
    places: list[StartingPlace] = []
    at, line = 0, 1
    for start in starts:
        line += source.text.count("\n", at, start)
        at = start
        name = source.landmarks[max(0, bisect_right(marks, start) - 1)].name if marks else ""
        places.append(StartingPlace(line, name))
    return places
