"""PDF files with text: characters by their places → lines → columns and tables → paragraphs."""

from __future__ import annotations

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


def read(raw: bytes, name: str) -> Extracted:
    """Text of all pages.

    Raises:
        SourcesError: no PDF, encrypted, scanned pages without text, or text in fonts that do not say what it is.
    """
    found = opened(raw, name)
    pages = found.lines
    empty = sum(not lines for lines in pages)
    if empty == len(pages):
        if found.unread > parameters.MUCH_UNREAD:
            raise SourcesError("pdf_fonts", "pdf_fonts_hint", name=name)
        raise SourcesError("pdf_scanned", "pdf_scanned_hint", name=name, pages=len(pages))
    if garbled(line.text for lines in pages for line in lines):
        raise SourcesError("pdf_garbled", "pdf_garbled_hint", name=name)
    notes = [f"{len(pages)} 页中 {empty} 页没有文字"] if empty else []
    notes += ["字体没有嵌入,可能缺字"] if found.unread > parameters.MUCH_UNREAD else []
    notes += [f"{found.unseen} 页上有看不见的字"] if found.unseen else []
    return assembled(found, f"PDF({','.join(notes)})" if notes else "PDF")


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
