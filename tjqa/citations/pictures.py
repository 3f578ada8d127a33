"""The picture of a piece of a scanned page: what was recognised, for everyone to see."""

from __future__ import annotations

import re
from pathlib import Path

from tjqa.citations.library import view_slice
from tjqa.documents import SourceFile, Span
from tjqa.errors import UsageError
from tjqa.ingest.readers.scans import RECOGNIZED, stored
from tjqa.ingest.readers.scans.shapes import Box, RecognizedPage
from tjqa.ingest.recognition import picture
from tjqa.ingest.sources import read_source
from tjqa.text.normalize import fold, squeeze

_PAGE = re.compile(rf"第 (\d+) 页\({RECOGNIZED}\)")
_SHARED = 4  # characters that the end of a line and the beginning of a quote share when the quote begins in it


def picture_of(folder: Path, path: str, span: Span) -> bytes:
    """The lines of a scanned page in which a stretch of a document stands, as a PNG; of several pages, those on one.

    Args:
        folder: the documents.
        path: of the document, relative to the folder.
        span: the stretch, in characters of its text.

    Raises:
        UsageError: the path leads outside, or the stretch stands on no recognised page.
        SourcesError: the document cannot be read.
    """
    view_slice(folder, path, span)
    source = read_source(folder, folder / path)
    number = _page_number(source, span)
    page = stored.page(source.sha256, number) if number is not None else None
    if number is None or page is None:
        raise UsageError("picture_none", "picture_none_hint", path=path)
    return picture(folder, path, source.sha256, number, _around(page, span.of(source.text)))


def _page_number(source: SourceFile, span: Span) -> int | None:
    """The page (from 0) that a stretch begins on, if it was recognised."""
    mark = next((mark for mark in reversed(source.landmarks) if mark.start <= span.start), None)
    found = _PAGE.fullmatch(mark.name) if mark is not None else None
    return int(found[1]) - 1 if found is not None else None


def _around(page: RecognizedPage, quote: str) -> Box:
    """The lines that hold a part of a quote; without any, the whole page. In shares of its width and height."""
    wanted = squeeze(fold(quote))
    boxes = [line.box for line in page.lines if _shares(squeeze(fold(line.text)), wanted)]
    boxes = boxes or [Box(0, 0, page.width, page.height)]
    white = max(box.y1 - box.y0 for box in boxes) / 2 if len(boxes) < len(page.lines) else 0.0
    left, top = min(box.x0 for box in boxes) - white, min(box.y0 for box in boxes) - white
    right, bottom = max(box.x1 for box in boxes) + white, max(box.y1 for box in boxes) + white
    return Box(
        max(0.0, left / page.width),
        max(0.0, top / page.height),
        min(1.0, right / page.width),
        min(1.0, bottom / page.height),
    )


def _shares(line: str, quote: str) -> bool:
    """Whether a line stands in a quote, holds it, or holds its beginning or its end."""
    if not line or not quote:
        return False
    most = min(len(line), len(quote))
    ends = (line[-size:] == quote[:size] or line[:size] == quote[-size:] for size in range(_SHARED, most))
    return line in quote or quote in line or any(ends)
