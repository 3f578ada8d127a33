"""OFD, the format of China's official documents and invoices (GB/T 33190): what stands where on each page, out of which
lines, paragraphs and tables are made in the same way as for PDF."""

from __future__ import annotations

from tjqa.errors import SourcesError
from tjqa.ingest.readers import pdf
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted
from tjqa.ingest.readers.ofd.package import Package
from tjqa.ingest.readers.ofd.pages import page_of
from tjqa.ingest.readers.pdf.document import Opened
from tjqa.ingest.readers.pdf.layout import lines_of
from tjqa.ingest.readers.pdf.shapes import Page
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message


def read(raw: bytes, name: str) -> Extracted:
    """Text of all pages.

    Raises:
        SourcesError: no OFD, with a password, too long, or pictures without text.
    """
    package = Package(opened(raw, name, message("kind_ofd")), name)
    found = Opened(package.title())
    length = 0
    for document in package.documents():
        for content in document.pages():
            page = page_of(content, document)
            length += len(page.glyphs) + sum(map(len, page.askew))
            if length > MAX_CHARACTERS:
                raise SourcesError("pdf_long", "split_file_hint", name=name)
            found.lines.append(lines_of(page, len(found.lines)))
            found.pages.append(Page(page.width, page.height, across=page.across))
            document.numbers.setdefault(content.key, len(found.lines) - 1)
        found.bookmarks += document.bookmarks()
    if not found.pages:
        raise SourcesError("pdf_empty", "view_and_save_hint", name=name)
    empty = sum(not lines for lines in found.lines)
    if empty == len(found.pages):
        raise SourcesError("pdf_scanned", "pdf_scanned_hint", name=name, pages=empty)
    notes = [f"{len(found.pages)} 页中 {empty} 页没有文字"] if empty else []
    notes += [f"{package.missing} 页的内容没有读出"] if package.missing else []
    return pdf.assembled(found, f"OFD({','.join(notes)})" if notes else "OFD")
