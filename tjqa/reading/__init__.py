"""Documents of all formats → text, one reader a format: plain text here, the others in a process of their own.

    .txt .md .csv            decoded as they stand: the text is the file            decoding.py
    .html .htm .mhtml .mht   selectolax: a browser's parser (lexbor), loses no text however deep or broken  page.py
    .docx                    zipfile and expat of the standard library              word.py
    .pdf                     pypdfium2: PDFium, the one in Chrome                   pdf.py
    .xlsx                    openpyxl, row by row                                   sheet.py

Parsers of foreign formats are the part of a program that hostile files break: they loop, eat memory or crash. They run
in a worker process with limits (worker.py), so that the worst file ends in a message, and are never imported here.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from tjqa.reading.decoding import codec_of, decode
from tjqa.reading.extracted import Extracted
from tjqa.reading.tables import csv_sheets

READING_VERSION = 1
"""Raised whenever a reader of ours gives another text for the same file."""

PLAIN = frozenset({".txt", ".md", ".csv"})
# Suffix → the reader's module and the package whose version decides what text comes out ("" for none but Python).
READERS = {
    ".html": ("page", "selectolax"),
    ".htm": ("page", "selectolax"),
    ".mhtml": ("page", "selectolax"),
    ".mht": ("page", "selectolax"),
    ".docx": ("word", ""),
    ".pdf": ("pdf", "pypdfium2"),
    ".xlsx": ("sheet", "openpyxl"),
}
SUFFIXES = PLAIN | READERS.keys()
NAMES = "、".join(sorted(SUFFIXES))


def extract(raw: bytes, name: str) -> Extracted:
    """The text of a document and what is known of its parts; `name` is told in messages and decides the format.

    Raises:
        SourcesError: the file is damaged, has no text, or asks for too much time or memory.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in READERS:
        from tjqa.reading.worker import extract_apart

        return extract_apart(READERS[suffix][0], raw, name)
    text, encoding = decode(raw, name)
    sheets = csv_sheets(text, PurePath(name).stem) if suffix == ".csv" else ()
    return Extracted(text, encoding, codec_of(encoding, raw, text), sheets=sheets)


@lru_cache(maxsize=32)
def reader_of(suffix: str) -> str:
    """What reads files with this suffix, with its version; "" for plain text. Another value may mean another text."""
    module, package = READERS.get(suffix, ("", ""))
    if not package:
        return module
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:  # then reading fails with a message
        return package
