"""PDFium: characters with their places and sizes, rules, bookmarks, title."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS
from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import is_wide, plain
from tjqa.ingest.readers.pdf.layers import UNDRAWN, has_forms_in_layers, hide_layers_that_are_off, is_active
from tjqa.ingest.readers.pdf.layout import lines_of
from tjqa.ingest.readers.pdf.rules import rules_of
from tjqa.ingest.readers.pdf.shapes import Bookmark, Glyph, Line, Page

# Annotations that show text of the document: what is filled into a form, typed onto a page, stamped on it. Notes in the
# margin are remarks of its readers.
_SHOWN = ("FPDF_ANNOT_WIDGET", "FPDF_ANNOT_FREETEXT", "FPDF_ANNOT_STAMP")

_BLANKS = {0x20, 0x09, 0xA0, 0x3000, *range(0x2000, 0x200B)}
_TEXTS_SEEN = 300  # pieces of text of a page that are looked at


@dataclass(slots=True)
class Opened:
    """A whole file: its pages without their characters, and the lines these make up. `unread` is the share of the
    pieces of text that PDFium sets without any width: it leaves out a single character of a font that is not embedded
    and that this computer does not have. `unseen` counts the pages with text that nobody sees, but for scans."""

    title: str
    pages: list[Page] = field(default_factory=list)
    lines: list[list[Line]] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    unread: float = 0.0
    unseen: int = 0


@dataclass(slots=True)
class _Pieces:
    """What is noted of the pieces of text of all pages: whether they have a width; how many pages have some that are
    not drawn, and no picture whose words they may be."""

    widths: list[bool] = field(default_factory=list)
    unseen: int = 0


def opened(raw: bytes, name: str) -> Opened:
    """All pages.

    Raises:
        SourcesError: no PDF, encrypted, without pages, or too long.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        found = Opened(_said(lambda: document.get_metadata_value("Title")))
        pieces = _Pieces()
        length, forms = 0, has_forms_in_layers(raw)
        for number in range(len(document)):
            page = _shown(document, number)
            hide_layers_that_are_off(document, page, forms=forms)
            read = _page(page, pieces)
            page.close()
            length += len(read.glyphs)
            if length > MAX_CHARACTERS:
                raise SourcesError("pdf_long", "split_file_hint", name=name)
            found.lines.append(lines_of(read, number))
            # Of the page only its frame and rules are still needed: a large file has millions of characters.
            found.pages.append(Page(read.width, read.height, across=read.across))
        found.bookmarks = list(_bookmarks(document))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourcesError("pdf_locked", "pdf_locked_hint", name=name) from error
        raise SourcesError("pdf_damaged", "view_and_save_hint", name=name) from error
    if not found.pages:
        raise SourcesError("pdf_empty", "view_and_save_hint", name=name)
    found.unread = pieces.widths.count(False) / max(1, len(pieces.widths))
    found.unseen = pieces.unseen
    return found


def _shown(document: Any, number: int) -> Any:
    """The page with the text of its annotations as part of it."""
    import pypdfium2.raw as pdfium

    page = document[number]
    kinds = {getattr(pdfium, kind) for kind in _SHOWN}
    count = min(pdfium.FPDFPage_GetAnnotCount(page), parameters.MOST_BOOKMARKS)
    shown = False
    for at in reversed(range(count)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        kind, flags = pdfium.FPDFAnnot_GetSubtype(annotation), pdfium.FPDFAnnot_GetFlags(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in kinds and flags & pdfium.FPDF_ANNOT_FLAG_NOVIEW:  # printed at most: nobody reads it on the screen
            pdfium.FPDFPage_RemoveAnnot(page, at)
        shown = shown or kind in kinds
    if shown and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        return document[number]
    return page


def _page(page: Any, pieces: _Pieces) -> Page:
    box = page.get_bbox()
    paths = list(_paths(page, pieces))
    textpage = page.get_textpage()
    characters = list(_characters(textpage, box))
    textpage.close()
    turns = Counter([character[0] for character in characters])
    turns.pop(_BLANK[0], None)
    turns.pop(_ASKEW, None)
    main = turns.most_common(1)[0][0] if turns else 0
    result = _frame(box, main)
    if len(paths) <= parameters.MOST_PATHS:
        result.across, result.upright = rules_of(paths, lambda x, y: _turned(x, y, box, main))
    space, fresh = False, True
    turned: dict[int, list[Glyph]] = {main: result.glyphs}
    for turn, char, left, bottom, right, top, x, y, size in characters:
        if turn == _BLANK[0]:
            space = True
            continue
        if turn == 0:
            glyph = Glyph(char, left - box[0], right - box[0], box[3] - y, size, space)
            turned.setdefault(0, []).append(glyph)
        elif turn != _ASKEW:
            (left, _), (x, y), (right, _) = (
                _turned(*place, box, turn) for place in ((left, bottom), (x, y), (right, top))
            )
            turned.setdefault(turn, []).append(Glyph(char, min(left, right), max(left, right), y, size, space))
        elif fresh:
            result.askew.append(char)
        else:
            result.askew[-1] += (" " if space else "") + char
        space, fresh = False, turn != _ASKEW
    result.turned = [glyphs for turn, glyphs in turned.items() if turn != main]
    return result


def _paths(page: Any, pieces: _Pieces) -> Iterator[Any]:
    """Paths of the page itself; the first texts of each page are noted in `pieces`."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, bottom, right, top)]
    seen, undrawn, picture = 0, False, False
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        piece = pdfium.FPDFPage_GetObject(page, at)
        if not is_active(piece):
            continue
        kind = pdfium.FPDFPageObj_GetType(piece)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield piece
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT and seen < _TEXTS_SEEN:
            seen += 1
            undrawn = undrawn or pdfium.FPDFTextObj_GetTextRenderMode(piece) in UNDRAWN
            if pdfium.FPDFPageObj_GetBounds(piece, *places):
                pieces.widths.append(right.value > left.value)
        # A scan may lie within a form.
        picture = picture or kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    pieces.unseen += undrawn and not picture


_Character = tuple[int, str, float, float, float, float, float, float, float]
_ASKEW = -1
_BLANK: _Character = (-2, " ", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def _fast(function: Any, result: Any, *arguments: Any) -> Any:
    """The same function with plain numbers for handles: half of the time goes into these calls, one for each character
    and more."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _characters(textpage: Any, box: tuple[float, float, float, float]) -> Iterator[_Character]:
    """Direction (quarter turns from left to right), character, its box, origin and size; those outside the page are
    not seen by anybody."""
    import pypdfium2.raw as pdfium

    handle, pointer, number = ctypes.cast(textpage.raw, ctypes.c_void_p).value, ctypes.c_void_p, ctypes.c_int
    unicode_of = _fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint, pointer, number)
    object_of = _fast(pdfium.FPDFText_GetTextObject, pointer, pointer, number)
    box_of = _fast(pdfium.FPDFText_GetLooseCharBox, number, pointer, number, pointer)
    origin_of = _fast(pdfium.FPDFText_GetCharOrigin, number, pointer, number, pointer, pointer)
    matrix_of = _fast(pdfium.FPDFText_GetMatrix, number, pointer, number, pointer)
    size_of = _fast(pdfium.FPDFText_GetFontSize, ctypes.c_double, pointer, number)
    place, x, y, matrix = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    at_place, at_x, at_y, at_matrix = (ctypes.addressof(value) for value in (place, x, y, matrix))
    piece, turn, size, seen, last, first = 0, 0, 0.0, 0.0, (0.0, 0.0, 0.0, 0.0), (0, "")
    codes = (unicode_of(handle, at) for at in range(pdfium.FPDFText_CountChars(textpage)))
    for at, code in _whole_codes(codes):
        now = object_of(handle, at)
        if not now:  # blanks and line ends that PDFium adds
            continue
        if code in _BLANKS:
            yield _BLANK
            continue
        char = plain(code) if code < 0x110000 else ""
        if not char or not box_of(handle, at, at_place) or not origin_of(handle, at, at_x, at_y):
            continue
        if now != piece:
            piece = now
            matrix_of(handle, at, at_matrix)
            turn = _turn(matrix.a, matrix.b)
            size = size_of(handle, at) * math.hypot(matrix.c, matrix.d)
        left, bottom, right, top = place.left, place.bottom, place.right, place.top
        if right < box[0] or left > box[2] or top < box[1] or bottom > box[3]:
            continue
        if now == piece and (left, right, x.value, y.value) == last:
            if code != first[0] and char == first[1]:
                continue  # one sign that the font names twice, as a radical and as the character
            # The second letter of a ligature, which PDFium takes apart: where the first one ends.
            left, bottom = (right, top) if turn < 2 else (left, bottom)
            right, top = left, bottom
        else:
            last, first = (left, right, x.value, y.value), (code, char)
        if not 0.1 < size < 10_000:
            size = max(0.1, min(abs(top - bottom), 1000.0))
        across, high = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
        seen = _visible(char[0], size, across, high, seen)
        for single in char:
            yield turn, single, left, bottom, right, top, x.value, y.value, seen


def _whole_codes(codes: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Characters with their number; those beyond the first 65,536 come in halves."""
    half = 0
    for at, code in enumerate(codes):
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        yield at, 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if 0xDC00 <= code < 0xE000 and half else code
        half = 0


def _visible(char: str, size: float, across: float, high: float, before: float) -> float:
    """The size of a character as it is seen: Chinese typesetting programs use fonts whose characters fill half of their
    square, set in double size. A comma is measured by the character before it: it may be half as wide by itself."""
    if across >= parameters.FILLED_SQUARE * size or not is_wide(char):
        return size
    if char.isalnum():
        return across if 0 < high < parameters.FILLED_SQUARE * size else size
    return before if abs(across - before) <= 0.15 * before else size


def _turn(a: float, b: float) -> int:
    if b == 0 and a > 0:
        return 0
    quarters = math.atan2(b, a) / (math.pi / 2)
    near = round(quarters)
    return near % 4 if abs(quarters - near) < 0.08 else _ASKEW


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


def _said(read: Callable[[], str]) -> str:
    """A string of the file's own; "" where it is none: bytes of UTF-16 may be anything."""
    try:
        return read()
    except UnicodeDecodeError:
        return ""


def _bookmarks(document: Any) -> Iterator[Bookmark]:
    for count, mark in enumerate(document.get_toc(max_depth=9)):
        if count >= parameters.MOST_BOOKMARKS:
            return
        target = mark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            yield Bookmark(_said(mark.get_title), page, mark.level + 1)
