"""OpenDocument texts (.odt): made into a Word file of today, and read as one. What stands in them is in odf/."""

from __future__ import annotations

from dataclasses import replace

from tjqa.ingest.readers import docx
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.odf.body import Body
from tjqa.ingest.readers.odf.names import content_of, title_of
from tjqa.ingest.readers.odf.sheets import Sheets
from tjqa.ingest.readers.word.made import on, packed, quoted
from tjqa.messages import message

_STYLES = (("Title", "Title"), ("Subtitle", "Subtitle"), ("toc1", "toc 1"))  # those that Word knows by name


def read(raw: bytes, name: str) -> Extracted:
    """Text of the document.

    Raises:
        SourcesError: no such document, with a password, nested too deep, or damaged.
    """
    package, root, text = content_of(raw, name, message("kind_odt"), "text")
    sheets = Sheets()
    for part in (root, package.parsed("styles.xml")):
        sheets.add(part)
    body = Body(sheets, name)
    document = "".join(body.blocks(text))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId={quoted(key)}>{on("name", style)}</w:style>' for key, style in _STYLES
    )
    parts = {"document": document, "styles": styles, "numbering": sheets.numbering()}
    for kind, notes in body.notes.items():
        parts[f"{kind}s"] = "".join(f'<w:{kind} w:id="{at}">{note}</w:{kind}>' for at, note in enumerate(notes))
    found = docx.read(packed(parts, title_of(package)), name)
    return replace(found, encoding=found.encoding.replace("DOCX", "ODT", 1))
