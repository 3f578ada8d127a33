"""Paragraphs → the text of the document, and where in it pages, headings and furniture stand.

A paragraph that runs over the end of a page is one line of the text. What stands between its halves on the pages (page
number, running head, footnotes) comes after it, and the new page begins in its middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tjqa.documents import DocumentKind, Dropped, Heading, Landmark, Merged, Span
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.csv_tables import tab_tables
from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import joined
from tjqa.ingest.readers.pdf.headings import plausible
from tjqa.ingest.readers.pdf.paragraphs import Joining
from tjqa.ingest.readers.pdf.shapes import Line


def composed(pages: Sequence[Sequence[Line]], joining: Joining, body: float, label: str, title: str) -> Extracted:
    """The whole document."""
    text = _Text(joining, body)
    for number, lines in enumerate(pages):
        heads, flow, notes, feet = _parts(lines)
        text.begin(number, bool(flow))
        text.furnish(heads)
        for line in flow:
            text.add(line)
        text.furnish(notes)
        text.furnish(feet)
    return text.finished(label, title)


def _parts(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """Furniture above the text, text, notes, furniture below it."""
    kept = [at for at, line in enumerate(lines) if not line.drop]
    first = kept[0] if kept else len(lines)
    last = kept[-1] if kept else -1
    top = min((lines[at].base for at in kept), default=0.0)
    heads, flow, notes, feet = [], [], [], []
    for at, line in enumerate(lines):
        if line.note and not line.drop:
            notes.append(line)
        elif not line.drop or (first < at < last and line.drop != "页眉页脚"):
            flow.append(line)
        elif at < first or line.base < top:
            heads.append(line)
        else:
            feet.append(line)
    return heads, flow, notes, feet


class _Text:
    """The text so far, the paragraph that may still go on, and what waits for its end."""

    def __init__(self, joining: Joining, body: float) -> None:
        self._joining, self._body = joining, body
        self._parts: list[str] = []
        self._length = 0
        self._page = -1
        self._paragraph: list[Line] = []
        self._waiting: list[Line] = []
        self._landmarks: list[Landmark] = []
        self._headings: list[Heading] = []
        self._furniture: list[Dropped] = []
        self._merged: dict[int, Line] = {}

    def begin(self, number: int, has_text: bool) -> None:
        """A new page; one without text ends the paragraph."""
        if not has_text or not self._paragraph:
            self._close()
            self._turn(number)

    def add(self, line: Line) -> None:
        """The next line of the text."""
        if line.drop:
            self._close()
            self._turn(line.page)
            self._drop(line)
            return
        if self._paragraph and self._joining.joins(self._paragraph, line):
            self._paragraph.append(line)
            return
        self._close()
        self._turn(line.page)
        self._paragraph = [line]

    def furnish(self, lines: Sequence[Line]) -> None:
        """What is not to stand in a paragraph."""
        self._waiting += lines
        if not self._paragraph:
            self._close()

    def _close(self) -> None:
        """Write the paragraph, and what has waited for its end."""
        lines, self._paragraph = self._paragraph, []
        if lines:
            self._write(lines)
        waiting, self._waiting = self._waiting, []
        notes: list[Line] = []
        for line in [*waiting, None]:
            if notes and (line is None or line.drop or not self._joining.joins(notes, line)):
                self._turn(notes[0].page)
                self._write(notes)
                notes = []
            if line is not None and line.drop:
                if line.page > self._page:
                    self._turn(line.page)
                self._drop(line)
            elif line is not None:
                notes.append(line)

    def _turn(self, number: int) -> None:
        if number != self._page:
            self._landmarks.append(Landmark(self._length, f"第 {number + 1} 页"))
            self._page = number

    def _write(self, lines: Sequence[Line]) -> None:
        text = lines[0].text
        for before, line in pairwise(lines):
            room = parameters.DIGIT_ROOM + (parameters.POINT_ROOM if text.endswith((".", ",")) else 0)
            flush = before.right - before.x1 < room * before.size
            cell = line.text.strip("\t")  # the rest of the last cell with text of a row
            blank = text[len(text.rstrip("\t")) :]
            text = joined(text.rstrip("\t"), cell, flush=flush)
            if line.page != self._page:
                start = self._length + len(text) - len(cell)
                self._landmarks.append(Landmark(start, f"第 {line.page + 1} 页"))
                self._page = line.page
            text += blank
        text = text.replace("\x02", "-")
        if lines[0].wide or lines[0].covered:
            self._merged[self._length] = lines[0]
        if lines[0].level is not None:
            size = round(lines[0].size / self._body, 3) if self._body else 1.0
            self._headings.append(Heading(Span(self._length, self._length + len(text)), lines[0].level, size))
        self._append(text)

    def _drop(self, line: Line) -> None:
        text = line.text.replace("\x02", "-")
        if line.drop is not None:
            self._furniture.append(Dropped(Span(self._length, self._length + len(text)), line.drop))
        self._append(text)

    def _append(self, text: str) -> None:
        self._parts += (text, "\n")
        self._length += len(text) + 1

    def finished(self, label: str, title: str) -> Extracted:
        """Everything."""
        self._close()
        text = "".join(self._parts)
        sheets = tab_tables(text, {part.span.start for part in self._furniture})
        return Extracted(
            text,
            label,
            landmarks=tuple(self._landmarks),
            furniture=tuple(self._furniture),
            kind=DocumentKind.DOCUMENT,
            title=plausible(title),
            headings=tuple(self._headings),
            tables=tuple(replace(sheet, merged=_merged(text, sheet.span, self._merged)) for sheet in sheets),
        )


def _merged(text: str, span: Span, rows: Mapping[int, Line]) -> tuple[Merged, ...]:
    """The merged cells of a table of the text; `rows` are the lines by where they begin that have some."""
    found: list[Merged] = []
    above: dict[int, Merged] = {}  # by their columns the cells of the row before
    start = span.start
    for number, line in enumerate(span.of(text).splitlines(keepends=True)):
        row = rows.get(start)
        wide = dict(row.wide) if row is not None else {}
        covered = row.covered if row is not None else ()
        here = {column: Merged(number, column, 1, count) for column, count in wide.items()}
        for column in covered:
            before = above.get(column, Merged(number - 1, column, 1, 1))
            here[column] = replace(before, rows=before.rows + 1)
        found += [one for column, one in above.items() if column not in covered]
        above = here
        start += len(line)
    return tuple(sorted([*found, *above.values()], key=lambda one: (one.row, one.column)))
