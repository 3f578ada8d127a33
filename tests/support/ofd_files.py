"""OFD files with text where one wants it, in millimetres."""

from __future__ import annotations

import html
from collections.abc import Sequence

from tests.support.formats import zipped

NAME = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_text(x: float, y: float, text: str, size: float = 4.0, more: str = "", code: str = "") -> str:
    """A piece of text whose first baseline begins at x, y; `more` and `code` are attributes of it and of its code."""
    steps = " ".join(str(size if ord(char) > 0x2E80 else size / 2) for char in text[:-1])
    steps = f'DeltaX="{steps}"'
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 200 10" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" {code or steps}>{html.escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def ofd_line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A rule."""
    path = f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="8" Boundary="{x0} {y0} 1 1">{path}</ofd:PathObject>'


def ofd_lines(lines: Sequence[str], top: float = 30, pitch: float = 8) -> str:
    """Lines below each other."""
    return "".join(ofd_text(30, top + pitch * at, line) for at, line in enumerate(lines))


def ofd_parts(
    pages: Sequence[str],
    *,
    title: str = "",
    common: str = "",
    outline: str = "",
    templates: dict[str, str] | None = None,
    files: dict[str, str] | None = None,
) -> dict[str, bytes]:
    """The parts of a file of pages with these objects. `templates` by their number stand behind every page; `common`
    and `outline` are XML of the document, `files` parts of one's own."""
    behind = templates or {}
    used = "".join(f'<ofd:Template TemplateID="{key}"/>' for key in behind)
    listed = "".join(f'<ofd:TemplatePage ID="{key}" BaseLoc="Tpls/{key}.xml"/>' for key in behind)
    refs = "".join(f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f'<ofd:OFD {NAME} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:Title>{title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAME}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{listed}{common}</ofd:CommonData><ofd:Pages>{refs}</ofd:Pages>"
        f"<ofd:Outlines>{outline}</ofd:Outlines></ofd:Document>",
    }
    for key, objects in behind.items():
        parts[f"Doc_0/Tpls/{key}.xml"] = _page("", objects)
    for number, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(used, objects)
    return {name: text.encode() for name, text in {**parts, **(files or {})}.items()}


def _page(used: str, objects: str) -> str:
    return f"<ofd:Page {NAME}>{used}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def as_ofd(pages: Sequence[str], **more: object) -> bytes:
    """Such a file."""
    return zipped(ofd_parts(pages, **more))  # type: ignore[arg-type]
