"""Lines of a document → its text, with places, headings, tables and contents pages; of Word and of what is like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tjqa.documents import DocumentKind, Dropped, DropReason, Heading, Landmark, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted
from tjqa.ingest.readers.word.blocks import Line
from tjqa.ingest.readers.word.grids import Tables
from tjqa.ingest.readers.word.table_rows import CellShape, TableRow

_LARGER = 1.15  # times the usual size: a line set so much larger is meant to stand out
_FIRST_PAGE = 40  # lines that the first page has at most, where no break shows its end


def row_of(cells: Iterable[tuple[str, CellShape]], *, head: bool = False, place: str = "") -> Line:
    """The row of a table, of its cells and their shapes: one line, with tabs between the columns."""
    texts: list[str] = []
    shapes: list[CellShape] = []
    for text, (columns, goes_on) in cells:
        texts += [" ".join(text.split()), *[""] * (columns - 1)]
        shapes.append((columns, goes_on))
    text = "\t".join(texts).rstrip("\t")
    lead = len(text) - len(text.lstrip("\t"))
    return Line(text[lead:], place=place, in_table=True, row=TableRow(tuple(shapes), head, lead))


def bounded_lines(lines: Iterable[Line], name: str) -> list[Line]:
    """All lines.

    Raises:
        SourcesError: they are too long together.
    """
    found, length = [], 0
    for line in lines:
        found.append(line)
        length += len(line.text) + 1
        if length > MAX_CHARACTERS:
            raise SourcesError("text_long", "split_file_hint", name=name, count=length, most=MAX_CHARACTERS)
    return found


def assembled(lines: list[Line], label: str, title: str) -> Extracted:
    """The document; lines without a place of their own are numbered as its paragraphs."""
    landmarks: list[Landmark] = []
    furniture: list[Dropped] = []
    headings: list[Heading] = []
    parts: list[str] = []
    tables = Tables()
    length = paragraphs = 0
    usual, front = _usual_size(lines), _first_page(lines)
    for at, line in enumerate(lines):
        if line.text.strip():
            paragraphs += not line.place
            if not line.place or not landmarks or landmarks[-1].name != line.place:
                landmarks.append(Landmark(length, line.place or f"第 {paragraphs} 段"))
            size = line.size / usual if line.size else 1.0
            several = line.in_table and "\t" in line.text  # a row of figures is no heading, however large
            large = at < front and size >= _LARGER and not several
            if line.contents:
                furniture.append(Dropped(Span(length, length + len(line.text)), DropReason.CONTENTS))
            elif line.level is not None or large:
                level = line.level if line.level is not None else -1
                headings += (Heading(span, level, max(round(size, 2), 0.01)) for span in _spans(line.text, length))
        if line.row is not None and "\n" not in line.text:
            tables.add(line.row, line.text, length)
        else:
            tables.end()
        parts += (line.text, "\n")
        length += len(line.text) + 1
    return Extracted(
        "".join(parts),
        label,
        landmarks=tuple(landmarks),
        furniture=tuple(furniture),
        kind=DocumentKind.DOCUMENT,
        title=title,
        headings=tuple(headings),
        tables=tables.found(),
    )


def _spans(text: str, at: int) -> Iterator[Span]:
    """Of each line of a paragraph, without blanks around."""
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            start = at + line.index(inner)
            yield Span(start, start + len(inner))
        at += len(line) + 1


def _usual_size(lines: list[Line]) -> float:
    """The size in half points of most characters of the running text, of the tables where there is no other text."""
    for in_table in (False, True):
        sizes: Counter[float] = Counter()
        for line in lines:
            if line.in_table == in_table and line.level is None and not line.contents and not line.place:
                sizes.update(line.sizes)
        if sizes:
            return sizes.most_common(1)[0][0]
    return max((line.size for line in lines), default=0.0) or 1.0


def _first_page(lines: list[Line]) -> int:
    """How many lines stand on the first page."""
    seen = 0
    for at, line in enumerate(lines):
        if line.breaks_before and seen:
            return at
        seen += bool(line.text.strip())
        if (line.breaks_after and seen) or seen >= _FIRST_PAGE:
            return at + 1
    return len(lines)
