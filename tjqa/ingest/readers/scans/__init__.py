"""Scanned pages and pictures of pages: recognised in a process of their own (recognizing.py), kept by the hash of their
file (stored.py), read from there like pages with text (pages.py, places.py). Without the extra `tjqa[ocr]` nothing is,
and scans are told."""

from __future__ import annotations

from importlib.util import find_spec

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
"""Suffixes of picture files, of which each page is one that has no text."""
SCANNED = frozenset({"pdf_scanned", "pdf_fonts", "image_scanned"})
"""What is told of files of which no page has text, and none was recognised."""
UNRECOGNIZED = "页没有文字"
"""What the encoding says of a file some of whose pages have none, and were not recognised."""
RECOGNIZED = "△ 据扫描件识别"
"""What is said wherever a page is cited that was recognised."""


def is_installed() -> bool:
    """Whether pages can be recognised here."""
    return find_spec("rapidocr") is not None
