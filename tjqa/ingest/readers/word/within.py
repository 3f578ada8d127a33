"""What stands in a part of a document: paragraphs and tables, and of several versions the one that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.parts import FALSE, MC, W

P, TR, TBL, TC, CHUNK = f"{W}p", f"{W}tr", f"{W}tbl", f"{W}tc", f"{W}altChunk"
LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}sdtPr", f"{W}pPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr"})
ALTERNATIVES, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
# What programs of today understand, by the names that they give the namespaces: shapes, groups, canvases and ink of
# Word (wps, wpg, wpc, wpi), what came with each version to Word, DrawingML, slides, charts and sheets (w14, w16se, a14,
# p159, c14, x15), charts of other kinds, models, ink, views of other slides, slicers, equations, shapes of old.
_UNDERSTOOD = re.compile(r"wp[sgci]?|wp1\d|[wapcx]1\d\w*|cx\d*|am3d|aink|ps[leu]z|t?sle\d*|iact|[mvowracp]|pic")

_UNSEEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordprocessing"
_VML = "{urn:schemas-microsoft-com:vml}"
SHAPES = frozenset(
    {
        *(f"{_DRAWING}{name}" for name in ("anchor", "inline")),
        *(f"{_WORD_2010}{name}" for name in ("Shape}wsp", "Group}wgp", "Group}grpSp", "Group}graphicFrame")),
        *(
            f"{_VML}{name}"
            for name in ("shape", "group", "rect", "roundrect", "oval", "line", "polyline", "arc", "curve")
        ),
    }
)
"""What text boxes stand in."""
IN_LINE = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
"""What a picture or an object stands in."""
_FLOATS = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)


def blocks_in(container: Element, wanted: frozenset[str] = frozenset({P, TBL, CHUNK})) -> Iterator[Element]:
    """Paragraphs and tables (or others that are wanted) of a cell or a box, also those in controls around them."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif element.tag == ALTERNATIVES:
            waiting += reversed(version_of(element))
        elif element.tag not in LEFT_OUT:
            waiting += reversed(element)


def version_of(element: Element) -> list[Element]:
    """What is in the version that is shown: the first that programs understand, else the one for those that do not."""
    for version in element:
        if version.tag == FALLBACK or (version.tag == CHOICE and is_understood(version)):
            return list(version)
    return []


def is_understood(version: Element) -> bool:
    """Whether programs understand all that a version asks for."""
    return all(_UNDERSTOOD.fullmatch(name) for name in version.get("Requires", "").split())


def stands_in_line(picture: Element) -> bool:
    """Whether a picture or an object stands within the line and is shown; others stand beside it or above it."""
    shapes = [part for part in picture if part.tag in SHAPES]
    if picture.tag == f"{W}drawing":
        shapes = [part for part in shapes if part.tag == f"{_DRAWING}inline"]
        return any(not is_hidden(shape) for shape in shapes)
    return not shapes or any(not is_hidden(one) and not _FLOATS.search(one.get("style", "")) for one in shapes)


def is_hidden(shape: Element) -> bool:
    """Whether a shape, a group or what stands around one is not shown: by its own properties (docPr, cNvPr) or, of the
    kind of old, by its style."""
    if _UNSEEN.search(shape.get("style", "")):
        return True
    return any(part.tag.endswith(("}docPr", "}cNvPr")) and part.get("hidden", "0") not in FALSE for part in shape)
