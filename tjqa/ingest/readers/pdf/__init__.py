"""PDF files: characters by their places → lines → columns and tables → paragraphs. Pages without text are read as they
were recognised (readers/scans), once all of the file are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import garbled
from tjqa.ingest.readers.pdf.compose import composed
from tjqa.ingest.readers.pdf.document import Opened, opened
from tjqa.ingest.readers.pdf.furniture import mark_furniture
from tjqa.ingest.readers.pdf.headings import body_size, mark_headings, mark_notes
from tjqa.ingest.readers.pdf.layout import pitches_of, set_margins
from tjqa.ingest.readers.pdf.paragraphs import Joining
from tjqa.ingest.readers.scans import UNRECOGNIZED, stored
from tjqa.ingest.readers.scans.places import marked, told
from tjqa.ingest.readers.scans.shapes import RecognizedPage


def read(raw: bytes, name: str) -> Extracted:
    """Text of all pages.

    Raises:
        SourcesError: no PDF, encrypted, scanned pages without text, or text in fonts that do not say what it is.
    """
    found = opened(raw, name)
    pages = found.lines
    recognized = _recognized(found, raw)
    empty = sum(not lines for number, lines in enumerate(pages) if number not in recognized)
    if not any(pages):
        if recognized:
            raise SourcesError("pdf_blank", "pdf_blank_hint", name=name, pages=len(pages))
        if found.unread > parameters.MUCH_UNREAD:
            raise SourcesError("pdf_fonts", "pdf_fonts_hint", name=name)
        raise SourcesError("pdf_scanned", "pdf_scanned_hint", name=name, pages=len(pages))
    if garbled(line.text for lines in pages for line in lines):
        raise SourcesError("pdf_garbled", "pdf_garbled_hint", name=name)
    notes = [f"{len(pages)} 页中 {empty} {UNRECOGNIZED}"] if empty else []
    notes += told(recognized) if recognized else []
    notes += ["字体没有嵌入,可能缺字"] if found.unread > parameters.MUCH_UNREAD else []
    notes += [f"{found.unseen} 页上有看不见的字"] if found.unseen else []
    return marked(assembled(found, f"PDF({','.join(notes)})" if notes else "PDF"), recognized)


def _recognized(found: Opened, raw: bytes) -> Mapping[int, RecognizedPage]:
    """The pages without text that were recognised, by their numbers from 0; their lines are put in."""
    empty = [number for number, lines in enumerate(found.lines) if not lines]
    if not empty:
        return {}
    from tjqa.ingest.readers.scans.pages import lines_on

    recognized = stored.pages(hashlib.sha256(raw).hexdigest(), empty)
    for number, page in recognized.items():
        frame = found.pages[number]
        found.pages[number], found.lines[number] = lines_on(page, frame.width, frame.height, number)
    return recognized


def assembled(found: Opened, label: str) -> Extracted:
    """Lines of pages as a text; whatever format they are of."""
    pages = found.lines
    mark_furniture(pages, [page.height for page in found.pages])
    set_margins(pages, [page.width for page in found.pages])
    body = body_size(pages)
    for lines, page in zip(pages, found.pages, strict=True):
        mark_notes(lines, page, body)
    mark_headings(pages, body, found.bookmarks)
    return composed(pages, Joining(pitches_of(pages)), body, label, found.title)
