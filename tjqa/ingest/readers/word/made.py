"""A Word document of today made of an older one, so that everything in it is read in one way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BODY = {"document": ("<w:body>", "</w:body>")}
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
