"""Word documents (.docx): paragraphs and the rows of tables in reading order, then the notes they refer to.

What becomes of each thing that such a document may hold: docs/formats.md; the parts of the work are in word/.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from xml.etree import ElementTree

from tjqa.documents import DocumentKind, Dropped, DropReason, Heading, Landmark, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted
from tjqa.ingest.readers.titles import plausible_title
from tjqa.ingest.readers.word.blocks import CHUNK, LEFT_OUT, TBL, TR, Flow, Line, P, Story, is_contents_heading
from tjqa.ingest.readers.word.grids import Tables
from tjqa.ingest.readers.word.parts import MC, Package, W, value
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message

_LARGER = 1.15  # times the usual size: a line set so much larger is meant to stand out
_FIRST_PAGE = 40  # lines that the first page has at most, where no break shows its end
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CONTENTS_BLOCK = "Table of Contents"  # how a block that Word makes itself says so
_BLOCKS = frozenset({P, TR, CHUNK})
_APART = (LEFT_OUT - {f"{W}sdtPr"}) | {f"{MC}Fallback"}


def read(raw: bytes, name: str) -> Extracted:
    """Text of the document as Word shows it; headers, comments, hidden and deleted text are left out.

    Raises:
        SourcesError: no Word document, or damaged.
    """
    package = Package.of(opened(raw, name, message("kind_word")), name)
    lines, unread = _read(package)
    properties = package.properties()
    title = properties.findtext(_TITLE, "") if properties is not None else ""
    label = f"DOCX(有 {unread} 处嵌入的文件没有读)" if unread else "DOCX"
    return _assembled(_contents_headed(lines), label, plausible_title(title))


def lines_within(raw: bytes, depth: int) -> list[str]:
    """The lines of a document inside another.

    Raises:
        SourcesError: no Word document, or damaged.
    """
    lines, _ = _read(Package.of(opened(raw, "", message("kind_word")), "", depth))
    return [line.text for line in lines]


def _read(package: Package) -> tuple[list[Line], int]:
    """All lines, and how many embedded files could not be read."""
    try:
        text = package.text()
        story = Story.of(package, text.getvalue())
        lines = _bounded(_lines(text, story), package.name)
        if broken := story.fields.unended():  # fields without an end: read again, taking them for none
            text.seek(0)
            story = Story.of(package, text.getvalue(), broken)
            lines = _bounded(_lines(text, story), package.name)
        lines = _bounded(chain(lines, story.note_lines()), package.name)
    except (ElementTree.ParseError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise SourcesError("word_damaged", "word_damaged_hint", name=package.name) from error
    return lines, story.unread


def _bounded(lines: Iterable[Line], name: str) -> list[Line]:
    found, length = [], 0
    for line in lines:
        found.append(line)
        length += len(line.text) + 1
        if length > MAX_CHARACTERS:
            raise SourcesError("text_long", "split_file_hint", name=name, count=length, most=MAX_CHARACTERS)
    return found


def _lines(file: io.BytesIO, story: Story) -> Iterator[Line]:
    """Each outermost paragraph or row as soon as it ends, so that no more than one of them is held."""
    flow = Flow(story)
    inside = apart = 0  # how deep in a paragraph or row; in what is left out
    controls: list[bool] = []  # the content controls that are open: whether each is a table of contents
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        tag = element.tag
        step = 1 if event == "start" else -1
        if tag in _APART and not inside:
            apart += step
        elif tag in _BLOCKS:
            inside += step
            if event == "end" and not inside:
                if not apart:
                    yield from flow.lines(element)
                element.clear()
        elif inside:
            continue
        elif tag == f"{W}sdt":
            if event == "start":
                controls.append(False)
            elif controls.pop():
                story.in_contents -= 1
        elif tag == f"{W}docPartGallery" and event == "end" and controls and not controls[-1]:
            controls[-1] = value(element) == _CONTENTS_BLOCK
            story.in_contents += controls[-1]
        elif tag == TBL and event == "end":
            element.clear()
    yield from flow.end()


def _contents_headed(lines: list[Line]) -> list[Line]:
    """With the line 目录 above a table of contents made a part of it, whatever its style."""
    seen: int | None = None
    for at, line in enumerate(lines):
        if line.contents and seen is not None and is_contents_heading(lines[seen].text):
            lines[seen] = replace(lines[seen], contents=True)
        if line.text.strip():
            seen = at
    return lines


def _assembled(lines: list[Line], label: str, title: str) -> Extracted:
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
                headings += (Heading(span, level, round(size, 2)) for span in _spans(line.text, length))
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
