"""Picture files: a page, or the pages of a TIFF, photographed or scanned; read as they were recognised (scans/)."""

from __future__ import annotations

import hashlib

from tjqa.errors import SourcesError
from tjqa.ingest import parameters
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.pdf import assembled
from tjqa.ingest.readers.pdf.document import Opened
from tjqa.ingest.readers.scans import is_installed, stored
from tjqa.ingest.readers.scans.frames import pages_of
from tjqa.ingest.readers.scans.pages import lines_on
from tjqa.ingest.readers.scans.places import marked, told

_PAGE = 842.0  # points of the longer side: that of A4


def read(raw: bytes, name: str) -> Extracted:
    """What was recognised of all pages.

    Raises:
        SourcesError: it was not recognised yet, cannot be, is damaged, or holds no text worth the name.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    pages = stored.all_pages(sha256)
    if not pages:
        if is_installed():
            pages_of(raw, name)
        raise SourcesError("image_scanned", "pdf_scanned_hint", name=name)
    found = Opened("")
    for number, page in sorted(pages.items()):
        scale = _PAGE / max(page.width, page.height)
        frame, lines = lines_on(page, page.width * scale, page.height * scale, number)
        found.pages.append(frame)
        found.lines.append(lines)
    count = sum(len(line.text) for lines in found.lines for line in lines)
    if count < parameters.LEAST_PICTURE_TEXT:
        raise SourcesError("image_blank", "image_blank_hint", name=name, count=count)
    made = assembled(found, f"图片({','.join(told(pages))})")
    return marked(made, pages)
