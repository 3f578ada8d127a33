"""PDF files with text: page after page, lines joined to the paragraphs they were set from."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from tjqa.documents import DocumentKind, Dropped, DropReason, Landmark, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted

_STOPPED = re.compile(r"[。！？!?；;:：…][”’」』）)】》\"']*$")
_OPENS = re.compile(
    r"\s{2,}|　|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十百\d]+[章节条部分]"
    r"|\d+[.、．]|[•·●○◆■□▪]"
)
_FIGURES = re.compile(r"\d+")
_FULL = 0.85  # of the widest line: a line as full as this was broken by the margin, not by the writer
_REPEATED = 0.6  # share of the pages on which a running head stands
_LEAST_PAGES = 3
_MUCH_UNREAD = 0.3  # share of pieces without width; blanks set one by one are some
_EDGE = 2  # lines at the top and at the foot of a page that may be running heads


def read(raw: bytes, name: str) -> Extracted:
    """Text of all pages.

    Raises:
        SourcesError: no PDF, encrypted, or scanned pages without text.
    """
    pages, unread = _pages(raw, name)
    empty = sum(not any(line.strip() for line in page) for page in pages)
    if empty == len(pages):
        if unread > _MUCH_UNREAD:
            raise SourcesError("pdf_fonts", "pdf_fonts_hint", name=name)
        raise SourcesError("pdf_scanned", "pdf_scanned_hint", name=name, pages=len(pages))
    running = _running_heads(pages)
    parts: list[str] = []
    landmarks: list[Landmark] = []
    furniture: list[Dropped] = []
    length = 0
    for number, page in enumerate(pages, 1):
        landmarks.append(Landmark(length, f"第 {number} 页"))
        for line, head in _paragraphs(page, running):
            if head:
                furniture.append(Dropped(Span(length, length + len(line)), DropReason.RUNNING_HEAD))
            parts += (line, "\n")
            length += len(line) + 1
    notes = [f"{len(pages)} 页中 {empty} 页没有文字"] if empty else []
    notes += ["字体没有嵌入,可能缺字"] if unread > _MUCH_UNREAD else []
    label = f"PDF({','.join(notes)})" if notes else "PDF"
    return Extracted(
        "".join(parts), label, landmarks=tuple(landmarks), furniture=tuple(furniture), kind=DocumentKind.DOCUMENT
    )


def _pages(raw: bytes, name: str) -> tuple[list[list[str]], float]:
    """Lines of each page, and the share of the pieces of text that PDFium sets without any width: it leaves out a
    single character of a font that is not embedded and that this computer does not have."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        pages, length = [], 0
        widths: list[bool] = []
        for page in document:
            text = page.get_textpage().get_text_bounded()
            found = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
            widths += [right > left for left, _, right, _ in (piece.get_bounds() for piece in found)]
            length += len(text)
            if length > MAX_CHARACTERS:
                raise SourcesError("pdf_long", "split_file_hint", name=name)
            pages.append([_cleared(line) for line in re.split(r"\r\n|\r|\n", text)])
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourcesError("pdf_locked", "pdf_locked_hint", name=name) from error
        raise SourcesError("pdf_damaged", "view_and_save_hint", name=name) from error
    if not pages:
        raise SourcesError("pdf_empty", "view_and_save_hint", name=name)
    return pages, widths.count(False) / max(1, len(widths))


def _cleared(line: str) -> str:
    """Without what PDFium puts in place of hyphens and unknown characters."""
    return "".join(char for char in line if char in "\t" or unicodedata.category(char) not in ("Cc", "Cs", "Cn"))


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the edge of most pages, figures apart; sentences are text even there."""
    if len(pages) < _LEAST_PAGES:
        return set()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page if line.strip()]
        seen.update({_FIGURES.sub("#", line) for line in lines[:_EDGE] + lines[-_EDGE:]})
    least = max(_LEAST_PAGES, _REPEATED * len(pages))
    return {line for line, count in seen.items() if count >= least and not _STOPPED.search(line)}


def _paragraphs(page: Sequence[str], running: set[str]) -> list[tuple[str, bool]]:
    """Lines joined where the margin broke them; with each whether it is a running head."""
    lines = [line.rstrip() for line in page]
    filled = [i for i, line in enumerate(lines) if line.strip()]
    edges = {*filled[:_EDGE], *filled[-_EDGE:]}
    widest = max((_width(line) for line in lines), default=0)
    found: list[tuple[str, bool]] = []
    broken = False  # the line before ended at the margin
    for i, line in enumerate(lines):
        head = i in edges and _FIGURES.sub("#", line.strip()) in running
        if broken and line.strip() and not head and not _OPENS.match(line):
            found[-1] = (_joined(found[-1][0], line.strip()), False)
        else:
            found.append((line, head))
        full = widest > 20 and _width(line) >= _FULL * widest
        broken = full and not head and _STOPPED.search(line) is None
    return found


def _joined(before: str, after: str) -> str:
    latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
    return f"{before} {after}" if latin else before + after


def _width(line: str) -> int:
    """Width in half characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
