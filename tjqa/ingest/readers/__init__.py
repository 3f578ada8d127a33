"""Documents of all formats → text, one reader a format: plain text here, the others in a process of their own.

    .txt .text .md .markdown .csv  decoded as they stand: the text is the file      decoding.py
    .md .markdown            those with HTML in them: as that is shown                markdown_html.py
    .html .htm .shtml .xhtml .mhtml .mht  selectolax: a browser's parser (lexbor), loses no text however broken  html.py
    .docx .docm              zipfile and expat of the standard library              docx.py, word/
    .pdf                     pypdfium2: PDFium, the one in Chrome: characters, their places and sizes        pdf/
    .doc .wps                olefile; made into a .docx in memory                   doc.py, word97/
    .rtf                     re; made into a .docx in memory                                         rtf/
    .odt .ods                zipfile and expat; texts made into a .docx in memory               odt.py, ods.py, odf/
    .epub                    the same, each page as a web page                                      epub.py
    .pptx .pptm .ppsx        the same; slide after slide                            pptx.py
    .ofd                     zipfile and expat; lines and tables by places, as of PDF                     ofd/
    .xlsx .xlsm              openpyxl; each cell as Excel shows it                  xlsx.py, excel/
    .xls .et                 xlrd; the same                                         xls.py, excel/
    .eml                     email of the standard library; its text as a web page, or plain                mail/
    .png .jpg .tif .bmp .webp  Pillow, of the extra `tjqa[ocr]`: read as it was recognised           image.py, scans/
    .zip                     zipfile; it has no text of its own, see ../containers/         archive.py

Parsers of foreign formats are the part of a program that hostile files break: they loop, eat memory or crash. They run
in a worker process with limits (sandbox.py), so that the worst file ends in a message, and are never imported here. All
that is done to a document when an index is made is done there (../apart.py).
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from tjqa.documents import DocumentKind, Sheet
from tjqa.ingest.readers.aligned_tables import aligned_tables, rows_of
from tjqa.ingest.readers.base import Extracted, bounded
from tjqa.ingest.readers.csv_tables import csv_sheets, markdown_tables, tab_tables
from tjqa.ingest.readers.decoding import codec_of, decode
from tjqa.ingest.readers.front_matter import front_matter
from tjqa.ingest.readers.markdown_blocks import holds_html
from tjqa.ingest.readers.scans import PICTURES
from tjqa.ingest.readers.wrapped import unwrapped

READING_VERSION = 19
"""Raised whenever a reader of ours gives another text for the same file."""

MARKDOWN = frozenset({".md", ".markdown"})
MARKDOWN_WITH_HTML = "markdown_html"  # its reader
PLAIN = MARKDOWN | {".txt", ".text", ".csv"}
_WRAPPED = frozenset({".txt", ".text"})  # may be broken at a width; in Markdown a newline within a paragraph is none
# Suffix → the reader's module and the package whose version decides what text comes out ("" for none but Python).
READERS = {
    ".html": ("html", "selectolax"),
    ".htm": ("html", "selectolax"),
    ".shtml": ("html", "selectolax"),
    ".xhtml": ("html", "selectolax"),
    ".mhtml": ("html", "selectolax"),
    ".mht": ("html", "selectolax"),
    ".docx": ("docx", ""),
    ".docm": ("docx", ""),
    ".pdf": ("pdf", "pypdfium2"),
    ".doc": ("doc", "olefile"),
    ".wps": ("doc", "olefile"),
    ".rtf": ("rtf", ""),
    ".odt": ("odt", ""),
    ".ods": ("ods", ""),
    ".epub": ("epub", "selectolax"),
    ".pptx": ("pptx", ""),
    ".pptm": ("pptx", ""),
    ".ppsx": ("pptx", ""),
    ".ofd": ("ofd", ""),
    ".xlsx": ("xlsx", "openpyxl"),
    ".xlsm": ("xlsx", "openpyxl"),
    ".xls": ("xls", "xlrd"),
    ".et": ("xls", "xlrd"),
    ".eml": ("mail", "selectolax"),
    ".zip": ("archive", ""),
    **dict.fromkeys(sorted(PICTURES), ("image", "")),
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
        from tjqa.ingest.readers.sandbox import extract_apart

        return extract_apart(READERS[suffix][0], raw, name)
    text, encoding = decode(raw, name)
    if suffix in MARKDOWN and holds_html(text):
        from tjqa.ingest.readers.sandbox import extract_apart

        return extract_apart(MARKDOWN_WITH_HTML, raw, name)
    sheets = csv_sheets(text, PurePath(name).stem) if suffix == ".csv" else ()
    kind = DocumentKind.TABLE if sheets else DocumentKind.TEXT
    if suffix in _WRAPPED and (whole := unwrapped(text, rows_of(text, aligned_tables(text)))):
        told = f"{encoding}(按行折断的,已接上)"
        return bounded(Extracted(whole[0], told, landmarks=whole[1], kind=kind, tables=_tables(whole[0])), name)
    tables = markdown_tables(text) if suffix in MARKDOWN else () if sheets else _tables(text)
    title, aside = front_matter(text) if suffix in MARKDOWN else ("", ())
    codec = codec_of(encoding, raw, text)
    found = Extracted(text, encoding, codec, sheets=sheets, kind=kind, tables=tables, title=title, furniture=aside)
    return bounded(found, name)


def _tables(text: str) -> tuple[Sheet, ...]:
    """The tables of a plain text, in its order."""
    return tuple(sorted((*tab_tables(text), *aligned_tables(text)), key=lambda sheet: sheet.span))


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
