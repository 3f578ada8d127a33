"""Files that a Word document takes in whole when it is opened (w:altChunk): pages, text, other documents."""

from __future__ import annotations

from pathlib import PurePosixPath

from tjqa.errors import SourcesError
from tjqa.ingest.readers import html
from tjqa.ingest.readers.decoding import decode
from tjqa.ingest.readers.word.parts import Package

_PAGES = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml"})
_DOCUMENTS = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_DEEPEST = 3  # documents in documents: each may be as large as a whole one


def lines_of(package: Package, path: str) -> list[str] | None:
    """The lines of an embedded file; None for one that is not there, damaged or of another format."""
    raw = package.raw(path) if path in package.archive.NameToInfo else None
    suffix = PurePosixPath(path).suffix.lower()
    if raw is None:
        return None
    try:
        if suffix in _PAGES:
            return html.read(raw, f"a{suffix}").text.split("\n")
        if suffix == ".txt":
            return decode(raw, path)[0].removeprefix("\ufeff").splitlines()
        if suffix in _DOCUMENTS and package.depth < _DEEPEST:
            from tjqa.ingest.readers.docx import lines_within

            return lines_within(raw, package.depth + 1)
    except SourcesError:
        pass
    return None
