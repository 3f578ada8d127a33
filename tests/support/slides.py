"""Presentations of slides with shapes and tables."""

from __future__ import annotations

import html
from collections.abc import Sequence

from tests.support.formats import zipped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="' + _OFFICE + '" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def shape(*paragraphs: str, kind: str = "") -> str:
    """A shape; `kind` is that of its placeholder. A paragraph may be XML of its own."""
    place = f'<p:ph type="{kind}"/>' if kind else ""
    inside = "".join(p if p.startswith("<a:p>") else f"<a:p>{run(p)}</a:p>" for p in paragraphs)
    return f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:txBody>{inside}</p:txBody></p:sp>"


def run(text: str, properties: str = "") -> str:
    """Words; `properties` are attributes."""
    return f"<a:r><a:rPr {properties}/><a:t>{html.escape(text)}</a:t></a:r>"


def table(rows: Sequence[Sequence[str]], head: bool = True) -> str:
    """A table; a cell may begin with its attributes in brackets: `[gridSpan="2"]甲`."""
    written = ""
    for row in rows:
        written += "<a:tr>"
        for cell in row:
            more, _, text = cell[1:].partition("]") if cell.startswith("[") else ("", "", cell)
            written += f"<a:tc {more}><a:txBody><a:p>{run(text)}</a:p></a:txBody></a:tc>"
        written += "</a:tr>"
    inside = f'<a:tbl><a:tblPr firstRow="{int(head)}"/>{written}</a:tbl>'
    return f"<p:graphicFrame><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></p:graphicFrame>"


def pptx_parts(
    slides: Sequence[str], *, notes: dict[int, str] | None = None, hidden: Sequence[int] = (), title: str = ""
) -> dict[str, bytes]:
    """The parts of a presentation; `notes` by number of the slide, from 1."""

    def relations(*found: tuple[str, str, str]) -> str:
        each = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in found)
        return f'<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'

    numbers = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in numbers)
    parts = {
        "_rels/.rels": relations(("r", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*((f"r{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
        "docProps/core.xml": '<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></c:coreProperties>",
    }
    for n, shapes in enumerate(slides, 1):
        show = ' show="0"' if n in hidden else ""
        tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {_NAMES}{show}>{tree}</p:sld>"
        if n in (notes or {}):
            parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(("n", "notesSlide", f"../notesSlides/n{n}.xml"))
            tree = f"<p:cSld><p:spTree>{(notes or {})[n]}</p:spTree></p:cSld>"
            parts[f"ppt/notesSlides/n{n}.xml"] = f"<p:notes {_NAMES}>{tree}</p:notes>"
    return {name: text.encode() for name, text in parts.items()}


def as_pptx(slides: Sequence[str], **more: object) -> bytes:
    """Such a file."""
    return zipped(pptx_parts(slides, **more))  # type: ignore[arg-type]
