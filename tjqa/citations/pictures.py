"""The picture of a piece of a scanned page: what was recognised, for everyone to see."""

from __future__ import annotations

from pathlib import Path

from tjqa.citations.library import view_slice
from tjqa.citations.locations import printed_on
from tjqa.documents import Span
from tjqa.errors import UsageError
from tjqa.ingest.readers.scans.shapes import Box
from tjqa.ingest.recognition import picture
from tjqa.ingest.sources import read_source

_WHITE = 0.008  # of the page's width and height, around the lines: half a line


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
    pages = printed_on(source, span)
    if not pages:
        raise UsageError("picture_none", "picture_none_hint", path=path)
    number = min(pages)
    return picture(folder, path, source.sha256, number, _with_white(*pages[number]))


def _with_white(left: float, top: float, right: float, bottom: float) -> Box:
    """The box with a little of what is around it."""
    return Box(max(0.0, left - _WHITE), max(0.0, top - _WHITE), min(1.0, right + _WHITE), min(1.0, bottom + _WHITE))
