"""OpenDocument files and books of XML of one's own."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import html

from tests.support.formats import zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip


def as_odf(kind: str, body: str, automatic: str = "", styles: str = "", title: str = "") -> bytes:
    """A file of this kind (text, spreadsheet): its body, its styles made on the way, its named ones, its title."""
    parts = {
        "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}><office:styles>{styles}</office:styles></office:document-styles>",
        "meta.xml": f'<office:document-meta {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{html.escape(title)}</dc:title></office:meta></office:document-meta>",
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def p(*inside: str) -> str:
    """A paragraph."""
    return f"<text:p>{''.join(inside)}</text:p>"


def cell(text: str, more: str = "") -> str:
    """A cell of a table with these attributes."""
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """A row of a table; what is no XML is a cell's text."""
    made = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<table:table-row {more}>{made}</table:table-row>"


def epub_parts(pages: dict[str, str], *, title: str = "", contents: str = "", spine: str = "") -> dict[str, bytes]:
    """The parts of a book: pages by their names; `contents` is the inside of its navigation, `spine` their order, that
    of `pages` where none is given."""
    listed = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(pages)
    )
    order = spine or "".join(f'<itemref idref="i{at}"/>' for at in range(len(pages)))
    nav = '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>' if contents else ""
    parts = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{title}</dc:title></metadata><manifest>{listed}{nav}</manifest><spine>{order}</spine></package>",
        **{f"OEBPS/{name}": page for name, page in pages.items()},
    }
    if contents:
        parts["OEBPS/nav.xhtml"] = (
            f'<html xmlns="http://www.w3.org/1999/xhtml"><body><nav>{contents}</nav></body></html>'
        )
    return {name: text.encode() for name, text in parts.items()}


def as_epub(pages: dict[str, str], **more: str) -> bytes:
    """Such a file."""
    return zipped(epub_parts(pages, **more))
