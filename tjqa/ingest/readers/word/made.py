"""A Word document of today made of an older one, so that everything in it is read in one way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PICTURE = "<w:pict/>"
"""Something within a line that is shown and is not read."""
_BODY = {"document": ("<w:body>", "</w:body>")}
_NEAR = 30  # twentieths of a point by which the edges of cells may differ and be the same
_MOST_EDGES = 63  # columns of a table
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def packed(parts: Mapping[str, str], title: str) -> bytes:
    """The file of these insides of parts (document, styles, numbering, footnotes, endnotes) and of a title."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, inside in parts.items():
            before, after = _BODY.get(name, ("", ""))
            xml = f"<w:{name} {_W}>{before}{inside}{after}</w:{name}>"
            archive.writestr(f"word/{name}.xml", xml.encode("utf-8", "replace"))
        core = f'<c:coreProperties xmlns:c="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        archive.writestr("docProps/core.xml", f"{core}<dc:title>{written(title)}</dc:title></c:coreProperties>")
    return made.getvalue()


def written(text: str) -> str:
    """As text of XML, without what XML cannot hold."""
    return escape(_NO_XML.sub("", text))


def quoted(text: str | int) -> str:
    """As an attribute in its marks."""
    return quoteattr(_NO_XML.sub("", str(text)))


def on(name: str, value: str | int) -> str:
    """A property."""
    return f"<w:{name} w:val={quoted(value)}/>"


@dataclass(slots=True)
class Row:
    """A row of a table: cells, each of them the XML of its paragraphs; the places where they begin and end, in
    twentieths of a point; of each cell whether it goes on with the one above (None where it is not merged); of each
    whether it goes on with the one before it."""

    cells: Sequence[str]
    edges: Sequence[int]
    below: Sequence[bool | None]
    head: bool
    across: Sequence[bool] = ()


def table_of(rows: Sequence[Row]) -> Iterator[str]:
    """The XML of a table, with the columns that the edges of all cells make."""
    if not rows:
        return
    grid: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not grid or edge - grid[-1] > _NEAR:
            grid.append(edge)
    yield "<w:tbl>"
    for row in rows:
        head = "<w:tblHeader/>" if row.head else ""
        places = [max((at for at, place in enumerate(grid) if place <= edge), default=0) for edge in row.edges]
        fits = len(places) == len(row.cells) + 1 and len(grid) <= _MOST_EDGES
        before = on("gridBefore", places[0]) if fits and places[0] else ""
        yield f"<w:tr><w:trPr>{before}{head}</w:trPr>"
        for at, cell in enumerate(row.cells):
            span = max(1, places[at + 1] - places[at]) if fits else 1
            below = row.below[at] if at < len(row.below) else None
            merged = "" if below is None else "<w:vMerge/>" if below else on("vMerge", "restart")
            merged += "<w:hMerge/>" if at < len(row.across) and row.across[at] else ""
            yield f"<w:tc><w:tcPr>{on('gridSpan', span)}{merged}</w:tcPr>{cell}</w:tc>"
        yield "</w:tr>"
    yield "</w:tbl>"
