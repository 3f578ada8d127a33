"""The tables of a page that hold data: their rows as lines with a cell for every column, and which cells are merged.

Many pages use tables to lay text out. One holds data when it has two rows of two cells at least, no table within, and
cells that are short; any other is read as text: a form around which a page is laid out, a list of links, pairs of
labels and values.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import Any

from tjqa.documents import Merged, Sheet, Span
from tjqa.ingest import parameters
from tjqa.ingest.readers.html_lines import Lines
from tjqa.ingest.readers.html_nodes import is_closed, is_link
from tjqa.ingest.readers.html_styles import Attributes
from tjqa.ingest.readers.unread import marked
from tjqa.text.days import without_days

_MOST_COLUMNS = 200  # that one cell may take here; HTML allows 1,000, and 65,534 rows
_MOST_SPANNED = 20_000  # rows that one cell may take here
_MOST_LOOKED_AT = 5_000  # cells that show whether a table holds data
_WIDEST = 2_000  # columns of a table: what a hostile page adds up to is no row
# Cells of later rows that cells above reach into: a table of data has as many cells as the largest sheets at most, and
# each costs time and a tab.
_MOST_CARRIED = 1_000_000
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_NUMBER = re.compile(r"[ \t\n\f\r]*\+?(\d{1,9})", re.ASCII)


def holds_data(table: Any) -> bool:
    """Whether a table element is one of data."""
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return False
    several = listed = labels = 0
    rows = table.css("tr")
    lengths: list[int] = []
    for row in rows:
        cells = row.css("td, th")
        several += len(cells) > 1
        listed += several > 0 and _lists(cells)
        texts = [text for cell in cells if (text := (cell.text() or "").strip())]
        labels += sum(text.endswith((":", "：")) for text in texts)
        lengths += map(len, texts)
        if len(lengths) > _MOST_LOOKED_AT:
            break
    laid_out = (table.attributes.get("role") or "") in ("presentation", "none") or table.css_first("h1, h2, h3, form")
    if several < 2 or not lengths or laid_out or 2 * listed > len(rows):
        return False
    if labels >= parameters.LABELLED_SHARE * len(lengths):
        return False  # 索引号: … 发布日期: … are particulars, whose labels head no columns
    lengths.sort()
    return lengths[len(lengths) * 3 // 4] <= parameters.LONGEST_CELL


def _lists(cells: list[Any]) -> bool:
    """Whether a row is one link to another page, with no more than its day and a bullet beside it."""
    told = [cell for cell in cells if any(map(str.isalpha, without_days(cell.text() or "")))]
    if len(told) != 1:
        return False
    links = [link.text() or "" for link in told[0].css("a") if is_link(link.attributes)]
    return bool(links) and sum(map(_letters, links)) >= parameters.LINKED_LINE * _letters(told[0].text() or "")


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


@dataclass
class OpenTable:
    """A table of data that is being read."""

    lines: Lines
    start: int
    captions: list[str] = field(default_factory=list)
    heads: int = 0
    _head_row: bool = True  # all of the row's cells are heads, so far
    _in_head: bool = False  # within thead
    _any: bool = False
    _row: int = -1
    _column: int = 0
    _written: list[int] = field(default_factory=list)  # rows that hold anything
    _leads: list[int] = field(default_factory=list)  # blank cells that begin each, which its line does not show
    _merged: list[Merged] = field(default_factory=list)
    _above: dict[int, int] = field(default_factory=dict)  # columns that a cell above takes: how many rows more
    _carried: int = 0  # cells of later rows that those above took
    _group: int = 0  # cells that were merged before the group of rows that is open

    def enter(self, tag: str, attributes: Attributes) -> None:
        """An element within it begins."""
        if is_closed(tag, attributes):
            return
        if tag == "tr":
            self.lines.end()
            self._row += 1
            self._column, self._head_row, self._any = 0, True, False
        elif tag in ("td", "th"):
            self._skip()
            self._head_row = self._head_row and tag == "th"
            self._any = True
        elif tag in _GROUPS:
            self._in_head = tag == "thead"
            self._end_group()
        elif tag == "caption":
            self.lines.end()
        elif tag == "br":
            self.lines.put(" ")

    def leave(self, tag: str, attributes: Attributes) -> None:
        """An element within it ends."""
        if is_closed(tag, attributes):
            return
        if tag in ("td", "th"):
            self._close(attributes)
        elif tag == "tr":
            self._end_row()
        elif tag in _GROUPS:
            self._in_head = False
            self._end_group()
        elif tag == "caption":
            self.captions.append("".join(self.lines.line).strip())
            self.lines.end()
            self.start = self.lines.length
        elif tag not in ("b", "i", "em", "strong", "span", "font", "a", "u", "sup", "sub"):
            self.lines.put(" ")

    def sheet(self) -> Sheet | None:
        """The table, None when nothing of it was shown, or its cells reach over more rows than a table of data has."""
        self.lines.end()
        if not self._written or self.lines.length <= self.start or self._carried > _MOST_CARRIED:
            return None
        self._end_group()
        found = []
        for merged in self._merged:
            first, end = (
                bisect_left(self._written, merged.row),
                bisect_right(self._written, merged.row + merged.rows - 1),
            )
            if first < end and self._written[first] == merged.row:
                found.append(Merged(first, merged.column, end - first, merged.columns))
        leads = tuple(self._leads) if any(self._leads) else ()
        span = Span(self.start, self.lines.length)
        return Sheet(span, " ".join(self.captions), head=self.heads, merged=tuple(found), leads=leads)

    def _skip(self) -> None:
        """Pass by the columns that a cell above takes."""
        while self._above.get(self._column, 0) > 0:
            self._column += 1
            self.lines.put("\t")

    def _close(self, attributes: Attributes) -> None:
        columns = max(1, _spanned(attributes.get("colspan"), _MOST_COLUMNS))
        rows = _spanned(attributes.get("rowspan"), _MOST_SPANNED) or _MOST_SPANNED  # 0: to the end of its group
        if self._column + columns > _WIDEST or self._carried > _MOST_CARRIED:
            columns = rows = 1
        if columns * rows > 1:
            self._merged.append(Merged(max(self._row, 0), self._column, rows, columns))
        for column in range(self._column, self._column + columns) if rows > 1 else ():
            self._above[column] = rows  # counted down at the end of this row, too
        self._column += columns
        while self.lines.line and self.lines.line[-1] == " ":
            self.lines.line.pop()
        self.lines.put("\t" * columns)

    def _end_row(self) -> None:
        if self._any:
            self._skip()
        before = self.lines.length
        text = marked("".join(self.lines.line))
        lead = text[: len(text) - len(text.lstrip(" \t\n\r\f"))].count("\t")
        self.lines.end()
        if self.lines.length > before:
            self._written.append(self._row)
            self._leads.append(lead)
            if self.heads == len(self._written) - 1 and self._any and (self._head_row or self._in_head):
                self.heads += 1
        self._above = {column: rows - 1 for column, rows in self._above.items() if rows > 1}
        self._carried += len(self._above)
        if self._carried > _MOST_CARRIED:
            self._above = {}

    def _end_group(self) -> None:
        """No cell reaches beyond the group of rows (thead, tbody, tfoot) that it stands in."""
        self._above = {}
        for at in range(self._group, len(self._merged)):
            merged = self._merged[at]
            self._merged[at] = replace(merged, rows=min(merged.rows, self._row - merged.row + 1))
        self._group = len(self._merged)


def _spanned(said: str | None, most: int) -> int:
    """How many a cell takes; what is no number is one."""
    found = _NUMBER.match(said or "")
    return min(int(found[1]), most) if found is not None else 1
