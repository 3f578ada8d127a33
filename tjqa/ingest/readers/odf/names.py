"""Names of OpenDocument, and the parts of a file that are read."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tjqa.errors import SourcesError
from tjqa.ingest.readers.word.parts import Package, number
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import Message

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE, DRAW, FO = (
    f"{{{_ODF}{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing", "xsl-fo-compatible")
)
PICTURES = frozenset(f"{DRAW}{name}" for name in ("frame", "rect", "ellipse", "circle", "line", "polygon", "path", "g"))
"""What a picture, a formula, a chart or an object stands in."""
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def content_of(raw: bytes, name: str, kind: Message, body: str) -> tuple[Package, Element, Element]:
    """The package, the root of its content, and the body of this kind (text, spreadsheet) in it.

    Raises:
        SourcesError: no such file, with a password, or damaged.
    """
    package = Package(opened(raw, name, kind), name)
    root = package.parsed("content.xml")
    found = root.find(f"{OFFICE}body/{OFFICE}{body}") if root is not None else None
    if root is None or found is None:
        raise SourcesError("archive_no_text", "archive_no_text_hint", name=name)
    return package, root, found


def title_of(package: Package) -> str:
    """What the file calls itself."""
    meta = package.parsed("meta.xml")
    return meta.findtext(f"{OFFICE}meta/{_TITLE}", "") if meta is not None else ""


def count_of(element: Element, name: str, most: int) -> int:
    """How often an element is repeated, how many rows or columns it takes: 1 at least."""
    return min(max(number(element.get(f"{TABLE}{name}"), 1), 1), most)
