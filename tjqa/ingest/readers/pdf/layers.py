"""Layers of a page (optional content) that are switched off: what stands in them is not drawn, and not read.

PDFium knows which layers are on but has no word for it. So it is asked to draw a small square in each of them, on a
page of its own: whatever switches a layer off, and however layers depend on each other, the square is there or not."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from tjqa.ingest.readers.pdf import parameters

UNDRAWN = (3, 7)
"""Ways to set text that leave nothing on the page."""
_FORM_IN_LAYER = re.compile(rb"/OC\s*(?:<<|\d+\s+\d+\s+R)")
_ALWAYS_THERE = (b"Helvetica", b"Times", b"Courier", b"Arial")  # fonts that PDFium brings along
_LONGEST_NAME = 128  # bytes of a font's name that are looked at
_LAYER = "OC".encode("utf-16-le")
_SIDE = 4  # points of a square: its middle is not touched by how its edges are smoothed
_ACROSS = 64  # squares of a row
_DARK = 128  # of 255: they are black on white

_Marks = tuple[int, ...]


def has_forms_in_layers(raw: bytes) -> bool:
    """Whether a file may have forms that are in a layer as a whole: the form's own entries say so, which no file packs
    away."""
    return _FORM_IN_LAYER.search(raw) is not None


def hide_layers_that_are_off(document: Any, page: Any, *, forms: bool) -> None:
    """Leave out of a page what stands in such layers: it is inactive from now on, and gives no text. `forms` says that
    whole forms may be in one."""
    import pypdfium2.raw as pdfium

    if forms:
        _hide_forms(page)
    kept: dict[_Marks, list[Any]] = {}  # the marks that name layers, by their addresses
    inside: dict[_Marks, list[Any]] = {}  # what they are around
    for piece in _pieces(page):
        marks = [mark for mark in _marks(piece) if _names_layer(mark)]
        if marks:
            key = tuple(ctypes.cast(mark, ctypes.c_void_p).value or 0 for mark in marks)
            kept.setdefault(key, marks)
            inside.setdefault(key, []).append(piece)
        if len(kept) >= parameters.MOST_LAYERS:
            break
    for key, seen in zip(kept, _drawn(document, list(kept.values())), strict=True):
        for piece in inside[key] if not seen else ():
            pdfium.FPDFPageObj_SetIsActive(piece, False)


def is_active(piece: Any) -> bool:
    """Whether a piece of a page is left in."""
    import pypdfium2.raw as pdfium

    active = ctypes.c_int(1)
    return not pdfium.FPDFPageObj_GetIsActive(piece, active) or bool(active.value)


def _hide_forms(page: Any) -> None:
    """Leave out those forms without which the page looks the same, though all their text is in fonts that are there to
    be drawn: of the layer of a form PDFium cannot be asked."""
    import pypdfium2.raw as pdfium

    pieces = (pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page)))
    found = [piece for piece in pieces if pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_FORM]
    found = [form for form in found[: parameters.MOST_FORMS] if _would_be_drawn(form)]
    whole = _picture(page) if found else b""
    for form in found:
        pdfium.FPDFPageObj_SetIsActive(form, False)
        if _picture(page) != whole:
            pdfium.FPDFPageObj_SetIsActive(form, True)


def _would_be_drawn(form: Any) -> bool:
    """Whether the text of a form leaves its mark on the page where its layer is on."""
    import pypdfium2.raw as pdfium

    texts = [piece for piece in _within(form) if pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_TEXT]
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    for text in texts:
        font = pdfium.FPDFTextObj_GetFont(text)
        pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
        if pdfium.FPDFFont_GetIsEmbedded(font) != 1 and not name.value.startswith(_ALWAYS_THERE):
            return False
        if pdfium.FPDFTextObj_GetTextRenderMode(text) in UNDRAWN:  # below a scan
            return False
    return bool(texts)


def _picture(page: Any) -> bytes:
    width, height = page.get_size()
    scale = min(1.0, (parameters.MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    return bytes(page.render(scale=scale, grayscale=True).buffer)


def _pieces(page: Any) -> Iterator[Any]:
    """All of a page, also those in forms."""
    import pypdfium2.raw as pdfium

    for at in range(pdfium.FPDFPage_CountObjects(page)):
        piece = pdfium.FPDFPage_GetObject(page, at)
        yield piece
        yield from _within(piece)


def _within(piece: Any) -> Iterator[Any]:
    """All pieces of a form; none of anything else."""
    import pypdfium2.raw as pdfium

    waiting = [(piece, 0)]
    while waiting:
        piece, depth = waiting.pop()
        if pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_FORM and depth < parameters.DEEPEST_FORM:
            count = min(pdfium.FPDFFormObj_CountObjects(piece), parameters.MOST_PATHS)
            inner = [pdfium.FPDFFormObj_GetObject(piece, at) for at in range(count)]
            yield from inner
            waiting += ((one, depth + 1) for one in inner)


def _marks(piece: Any) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    for at in range(pdfium.FPDFPageObj_CountMarks(piece)):
        yield pdfium.FPDFPageObj_GetMark(piece, at)


def _names_layer(mark: Any) -> bool:
    import pypdfium2.raw as pdfium

    name, length = ctypes.create_string_buffer(len(_LAYER) + 2), ctypes.c_ulong()
    wide = ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFPageObjMark_GetName(mark, wide, len(name), length)
    return length.value == len(name) and name.raw.startswith(_LAYER)


def _drawn(document: Any, layers: list[list[Any]]) -> list[bool]:
    """Of each list of marks, whether what they all are around is drawn."""
    import pypdfium2.raw as pdfium

    if not layers:
        return []
    rows = -(-len(layers) // _ACROSS)
    width, height = _ACROSS * _SIDE, rows * _SIDE
    number = len(document)
    page = document.new_page(width, height)
    try:
        for at, marks in enumerate(layers):
            row, column = divmod(at, _ACROSS)
            square = pdfium.FPDFPageObj_CreateNewRect(column * _SIDE, height - (row + 1) * _SIDE, _SIDE, _SIDE)
            pdfium.FPDFPageObj_SetFillColor(square, 0, 0, 0, 255)
            pdfium.FPDFPath_SetDrawMode(square, pdfium.FPDF_FILLMODE_ALTERNATE, False)
            for mark in marks:
                pdfium.FPDFPageObj_AddExistingMark(square, mark)
            pdfium.FPDFPage_InsertObject(page, square)
        picture = page.render(scale=1, grayscale=True).to_numpy()
        middles = picture[_SIDE // 2 :: _SIDE, _SIDE // 2 :: _SIDE].reshape(rows * _ACROSS, -1).max(axis=1)
        return [bool(dark) for dark in middles[: len(layers)] < _DARK]
    finally:
        page.close()
        document.del_page(number)
