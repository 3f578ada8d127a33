"""PDF files: characters by their places → lines → columns and tables → paragraphs. Pages without text are read as they
were recognised (readers/scans), once all of the file are."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace

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
from tjqa.ingest.readers.scans import RECOGNIZED, UNRECOGNIZED, stored
from tjqa.ingest.readers.scans.shapes import RecognizedPage

_NAMED = 12  # pages with unread ink that are named


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
    notes += [*_told(recognized)] if recognized else []
    notes += ["字体没有嵌入,可能缺字"] if found.unread > parameters.MUCH_UNREAD else []
    notes += [f"{found.unseen} 页上有看不见的字"] if found.unseen else []
    made = assembled(found, f"PDF({','.join(notes)})" if notes else "PDF")
    return _marked(made, {f"第 {number + 1} 页" for number in recognized})


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


def _told(recognized: Mapping[int, RecognizedPage]) -> list[str]:
    """What is said of recognised pages: how many, and where there is ink that was not read."""
    unread = [f"第 {n + 1} 页 {len(page.unread)} 处" for n, page in sorted(recognized.items()) if page.unread]
    named = "、".join(unread[:_NAMED]) + ("等" if len(unread) > _NAMED else "")
    return [f"△ {len(recognized)} 页据扫描件识别", *([f"没有认出的:{named}"] if unread else [])]


def _marked(found: Extracted, pages: Collection[str]) -> Extracted:
    """With the places on recognised pages saying that they are."""
    marks = (replace(m, name=f"{m.name}({RECOGNIZED})") if m.name in pages else m for m in found.landmarks)
    return replace(found, landmarks=tuple(marks)) if pages else found


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
