"""Word documents (.docx): paragraphs and the rows of tables in reading order, from word/document.xml."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from tjqa.documents import DocumentKind, Landmark
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted
from tjqa.ingest.readers.zip_archive import opened, part
from tjqa.messages import message

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_CELL_END = re.compile(r"(?<! ) +\t")  # seen from the first blank alone, or many would take the square of their number
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(raw: bytes, name: str) -> Extracted:
    """Text of the document's body; footnotes, headers and deleted text are left out.

    Raises:
        SourcesError: no Word document, or damaged.
    """
    archive = opened(raw, name, message("kind_word"))
    landmarks: list[Landmark] = []
    parts: list[str] = []
    length = 0
    try:
        with part(archive, "word/document.xml", name) as file:
            for line in _lines(file):
                if line.strip():
                    landmarks.append(Landmark(length, f"第 {len(landmarks) + 1} 段"))
                parts += (line, "\n")
                length += len(line) + 1
                if length > MAX_CHARACTERS:
                    count, most = length, MAX_CHARACTERS
                    raise SourcesError("text_long", "split_file_hint", name=name, count=count, most=most)
    except (ElementTree.ParseError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise SourcesError("word_damaged", "word_damaged_hint", name=name) from error
    return Extracted("".join(parts), "DOCX", landmarks=tuple(landmarks), kind=DocumentKind.DOCUMENT)


def _lines(file: IO[bytes]) -> Iterator[str]:
    """One line a paragraph; a row of a table is one line, its cells parted by tabs."""
    line: list[str] = []
    cells = skipped = 0  # how deep inside cells of tables; inside what stands there for older programs
    for event, element in ElementTree.iterparse(_without_doctype(file), events=("start", "end")):
        tag = element.tag.replace(_STRICT, _WORD)
        if tag == _FALLBACK:
            skipped += 1 if event == "start" else -1
        if event == "start":
            cells += tag == f"{_WORD}tc"
            continue
        cells -= tag == f"{_WORD}tc"
        if not skipped:
            _add(line, tag, element.text or "", cells > 0)
        if (tag == f"{_WORD}p" and not cells) or (tag == f"{_WORD}tr" and not cells):
            yield _CELL_END.sub("\t", "".join(line)).strip(" \t") if tag == f"{_WORD}tr" else "".join(line)
            line.clear()
        if tag in (f"{_WORD}p", f"{_WORD}tr", f"{_WORD}tbl"):
            element.clear()
    if line:
        yield "".join(line)


def _add(line: list[str], tag: str, text: str, in_cell: bool) -> None:
    if tag == f"{_WORD}t":
        line.append(text)
    elif tag == f"{_WORD}tab" or tag == f"{_WORD}tc":
        line.append("\t")
    elif tag in (f"{_WORD}br", f"{_WORD}cr"):
        line.append(" " if in_cell else "\n")
    elif tag == f"{_WORD}p" and in_cell:
        line.append(" ")


def _without_doctype(file: IO[bytes]) -> IO[bytes]:
    """Office writes no document type; entities declared in one are how small files become huge."""
    raw = file.read()
    if b"<!DOCTYPE" in raw[:4096] or b"<!ENTITY" in raw:
        raise ValueError("document type")
    return io.BytesIO(raw)
