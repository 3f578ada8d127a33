"""PDFium: characters with their places and sizes, rules, bookmarks, title."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS
from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import plain
from tjqa.ingest.readers.pdf.rules import rules_of
from tjqa.ingest.readers.pdf.shapes import Bookmark, Glyph, Page

# Annotations that show text of the document: what is filled into a form, typed onto a page, stamped on it. Notes in the
# margin are remarks of its readers.
_SHOWN = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}


@dataclass(slots=True)
class Opened:
    """A whole file. `unread` is the share of the pieces of text that PDFium sets without any width: it leaves out a
    single character of a font that is not embedded and that this computer does not have."""

    title: str
    pages: list[Page] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    unread: float = 0.0


def opened(raw: bytes, name: str) -> Opened:
    """All pages.

    Raises:
        SourcesError: no PDF, encrypted, without pages, or too long.
    """
    try:
        document = pypdfium2.PdfDocument(raw)
        found = Opened(document.get_metadata_value("Title"))
        widths: list[bool] = []
        length = 0
        for number in range(len(document)):
            page = _shown(document, number)
            found.pages.append(_page(page, widths))
            length += len(found.pages[-1].glyphs)
            page.close()
            if length > MAX_CHARACTERS:
                raise SourcesError("pdf_long", "split_file_hint", name=name)
        found.bookmarks = list(_bookmarks(document))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourcesError("pdf_locked", "pdf_locked_hint", name=name) from error
        raise SourcesError("pdf_damaged", "view_and_save_hint", name=name) from error
    if not found.pages:
        raise SourcesError("pdf_empty", "view_and_save_hint", name=name)
    found.unread = widths.count(False) / max(1, len(widths))
    return found


def _shown(document: Any, number: int) -> Any:
    """The page with the text of its annotations as part of it."""
    page = document[number]
    count = min(pdfium.FPDFPage_GetAnnotCount(page), parameters.MOST_BOOKMARKS)
    for at in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN:
            if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
                page.close()
                return document[number]
            break
    return page


def _page(page: Any, widths: list[bool]) -> Page:
    box = page.get_bbox()
    found = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH]))
    paths = []
    for piece in found:
        if piece.type == pdfium.FPDF_PAGEOBJ_PATH:
            if piece.level == 0:
                paths.append(piece)
        else:
            left, _, right, _ = piece.get_bounds()
            widths.append(right > left)
    textpage = page.get_textpage()
    characters = list(_characters(textpage, box))
    textpage.close()
    turns = Counter(turn for turn, *_ in characters if turn >= 0)
    main = turns.most_common(1)[0][0] if turns else 0
    result = _frame(box, main)
    if len(paths) <= parameters.MOST_PATHS:
        result.across, result.upright = rules_of(paths, lambda x, y: _turned(x, y, box, main))
    space, last = False, -1
    for turn, char, left, bottom, right, top, x, y, size, piece_number in characters:
        if char == " ":
            space = True
            continue
        if turn == main:
            a, b = _turned(left, bottom, box, main), _turned(right, top, box, main)
            base = _turned(x, y, box, main)[1]
            result.glyphs.append(Glyph(char, min(a[0], b[0]), max(a[0], b[0]), base, size, space))
        elif piece_number == last or (result.askew and turn == -1 and last >= 0):
            result.askew[-1] += (" " if space else "") + char
        else:
            result.askew.append(char)
        last = piece_number if turn != main else -1
        space = False
    return result


_Character = tuple[int, str, float, float, float, float, float, float, float, int]


def _characters(textpage: Any, box: tuple[float, float, float, float]) -> Iterator[_Character]:
    """Direction (quarter turns from left to right, -1 for any other), character, its box, origin, size and the number
    of its piece of text; those outside the page are not seen by anybody."""
    handle = textpage.raw
    place, x, y, matrix = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    at_place, at_x, at_y, at_matrix = (ctypes.byref(value) for value in (place, x, y, matrix))
    unicode_of, object_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
    box_of, origin_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    piece, number, turn, size, high = None, 0, 0, 0.0, 0
    blank = (0, " ", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0)
    for at in range(pdfium.FPDFText_CountChars(handle)):
        code = unicode_of(handle, at)
        if 0xD800 <= code < 0xDC00:  # characters beyond the first 65,536 come in halves
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if code in (32, 9, 0xA0, 0x3000) or 0x2000 <= code <= 0x200A:
            if not pdfium.FPDFText_IsGenerated(handle, at):
                yield blank
            continue
        char = plain(code) if code < 0x110000 else ""
        now = object_of(handle, at)
        if not char or not now:
            continue
        address = ctypes.addressof(now.contents)
        if address != piece:
            piece, number = address, number + 1
            pdfium.FPDFText_GetMatrix(handle, at, at_matrix)
            turn = _turn(matrix.a, matrix.b)
            size = pdfium.FPDFText_GetFontSize(handle, at) * math.hypot(matrix.c, matrix.d)
        if not box_of(handle, at, at_place) or not origin_of(handle, at, at_x, at_y):
            continue
        left, bottom, right, top = place.left, place.bottom, place.right, place.top
        if right < box[0] or left > box[2] or top < box[1] or bottom > box[3]:
            continue
        if not 0.1 < size < 10_000:
            size = max(0.1, min(abs(top - bottom), 1000.0))
        for single in char:
            yield turn, single, left, bottom, right, top, x.value, y.value, size, number


def _turn(a: float, b: float) -> int:
    quarters = math.atan2(b, a) / (math.pi / 2)
    near = round(quarters)
    return near % 4 if abs(quarters - near) < 0.08 else -1


def _frame(box: tuple[float, float, float, float], turn: int) -> Page:
    width, height = box[2] - box[0], box[3] - box[1]
    return Page(height, width) if turn % 2 else Page(width, height)


def _turned(x: float, y: float, box: tuple[float, float, float, float], turn: int) -> tuple[float, float]:
    """A place of the page from the left and from the top, for text that runs in this direction."""
    if turn == 0:
        return x - box[0], box[3] - y
    if turn == 1:
        return y - box[1], x - box[0]
    return (box[2] - x, y - box[1]) if turn == 2 else (box[3] - y, box[2] - x)


def _bookmarks(document: Any) -> Iterator[Bookmark]:
    for count, mark in enumerate(document.get_toc(max_depth=9)):
        if count >= parameters.MOST_BOOKMARKS:
            return
        target = mark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            yield Bookmark(mark.get_title(), page, mark.level + 1)
