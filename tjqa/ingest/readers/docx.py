"""Word documents (.docx): paragraphs and the rows of tables in reading order, then the notes they refer to.

What becomes of each thing that such a document may hold: docs/formats.md; the parts of the work are in word/.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.titles import plausible_title
from tjqa.ingest.readers.word.assembling import assembled, bounded_lines
from tjqa.ingest.readers.word.blocks import Flow, Line, Story
from tjqa.ingest.readers.word.contents import is_contents_heading
from tjqa.ingest.readers.word.parts import Package, W, value
from tjqa.ingest.readers.word.within import (
    ALTERNATIVES,
    CHOICE,
    CHUNK,
    FALLBACK,
    LEFT_OUT,
    TBL,
    TR,
    P,
    is_understood,
)
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CONTENTS_BLOCK = "Table of Contents"  # how a block that Word makes itself says so
_BLOCKS = frozenset({P, TR, CHUNK})
_VERSIONS = frozenset({ALTERNATIVES, CHOICE, FALLBACK})
_APART = (LEFT_OUT - {f"{W}sdtPr"}) | _VERSIONS


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
    return assembled(_contents_headed(lines), label, plausible_title(title))


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
        lines = bounded_lines(_lines(text, story), package.name)
        if broken := story.fields.unended():  # fields without an end: read again, taking them for none
            text.seek(0)
            story = Story.of(package, text.getvalue(), broken)
            lines = bounded_lines(_lines(text, story), package.name)
        lines = bounded_lines(chain(lines, story.note_lines()), package.name)
    except (ElementTree.ParseError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise SourcesError("word_damaged", "word_damaged_hint", name=package.name) from error
    return lines, story.unread


def _lines(file: io.BytesIO, story: Story) -> Iterator[Line]:
    """Each outermost paragraph or row as soon as it ends, so that no more than one of them is held."""
    flow = Flow(story)
    inside = 0  # how deep in a paragraph or row
    apart: list[Element] = []  # what is left out, each within the one before
    taken: list[bool] = []  # what there are several versions of: whether one of them is shown
    controls: list[bool] = []  # the content controls that are open: whether each is a table of contents
    for event, element in ElementTree.iterparse(file, events=("start", "end")):
        tag = element.tag
        if tag in _APART and not inside:
            if event == "start" and (tag not in _VERSIONS or not _is_shown(element, taken)):
                apart.append(element)
            elif event == "end":
                if tag == ALTERNATIVES:
                    taken.pop()
                if apart and apart[-1] is element:
                    apart.pop()
        elif tag in _BLOCKS:
            inside += 1 if event == "start" else -1
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


def _is_shown(element: Element, taken: list[bool]) -> bool:
    """Whether a version that begins is; `taken` says of those around it whether one was, and is told."""
    if element.tag == ALTERNATIVES:
        taken.append(False)
        return True
    shown = not any(taken[-1:]) and (element.tag == FALLBACK or is_understood(element))
    taken[-1:] = [taken[-1] or shown] if taken else []
    return shown


def _contents_headed(lines: list[Line]) -> list[Line]:
    """With the line 目录 above a table of contents made a part of it, whatever its style."""
    seen: int | None = None
    for at, line in enumerate(lines):
        if line.contents and seen is not None and is_contents_heading(lines[seen].text):
            lines[seen] = replace(lines[seen], contents=True)
        if line.text.strip():
            seen = at
    return lines
