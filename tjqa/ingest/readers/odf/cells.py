"""The text of a cell of an OpenDocument workbook, in one line: what in it is raised, struck out or hidden."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.odf.hidden import is_hidden
from tjqa.ingest.readers.odf.names import OFFICE, TABLE, TEXT
from tjqa.ingest.readers.odf.sheets import Sheets
from tjqa.ingest.readers.word.parts import number
from tjqa.ingest.readers.word.pieces import Piece, joined

_APART = frozenset({f"{OFFICE}annotation", f"{TEXT}note"})


def words_of(cell: Element, styles: Sheets) -> str:
    """All its paragraphs; what is struck out is seen, but not what holds."""
    struck = bool(styles.strikes_out("table-cell", cell.get(f"{TABLE}style-name", "")))
    pieces: list[Piece] = []
    for paragraph in cell.iterfind(f"{TEXT}p"):
        if pieces:
            pieces.append((" ", "", struck))
        own = styles.strikes_out("paragraph", paragraph.get(f"{TEXT}style-name", ""))
        pieces += _pieces(paragraph, styles, struck if own is None else own)
    if not any(script or line != struck for _, script, line in pieces):  # most cells
        text = " ".join("".join(text for text, *_ in pieces).split())
        return f"~~{text}~~" if text and struck else text
    return " ".join(joined(pieces).split())


def _pieces(paragraph: Element, styles: Sheets, struck: bool) -> Iterator[Piece]:
    """Its texts in order, each as the spans around it have it set."""
    waiting: list[tuple[Element | str, str, bool]] = [(paragraph, "", struck)]
    while waiting:
        element, script, line = waiting.pop()
        if isinstance(element, str):
            yield element, script, line
            continue
        if element.tag in _APART or is_hidden(element):
            continue
        inner, through = script, line
        if element.tag == f"{TEXT}span":
            name = element.get(f"{TEXT}style-name", "")
            if styles.hides("text", name):
                continue
            said, own = styles.script(name), styles.strikes_out("text", name)
            inner, through = script if said is None else said, line if own is None else own
        elif element.tag == f"{TEXT}s":
            yield " " * min(number(element.get(f"{TEXT}c"), 1), 99), script, line
        elif element.tag in (f"{TEXT}line-break", f"{TEXT}tab"):
            yield " ", script, line
        yield element.text or "", inner, through
        for child in reversed(element):
            waiting += ((child.tail or "", inner, through), (child, inner, through))
