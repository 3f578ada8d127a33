"""Rich text (.rtf): made into a Word file of today, and read as one. What becomes of each thing: docs/formats.md."""

from __future__ import annotations

from dataclasses import replace

from tjqa.errors import SourcesError
from tjqa.ingest.readers import docx
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.rtf.story import Story
from tjqa.ingest.readers.rtf.words import tokens
from tjqa.ingest.readers.word.made import packed
from tjqa.messages import message


def read(raw: bytes, name: str) -> Extracted:
    """Text of the document as Word shows it.

    Raises:
        SourcesError: no rich text, nested too deep, or too long.
    """
    if raw.lstrip()[:5] != b"{\\rtf":
        raise SourcesError("archive_damaged", "save_again_hint", name=name, kind=message("kind_rtf"))
    story = Story(name)
    for token in tokens(raw.lstrip()):
        story.take(token)
    found = docx.read(packed(story.parts(), story.title), name)
    return replace(found, encoding=found.encoding.replace("DOCX", "RTF", 1))
