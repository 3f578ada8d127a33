"""Footnotes and headings by type size, bookmarks, and the title a file gives itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import is_note_mark
from tjqa.ingest.readers.pdf.shapes import Bookmark, Line, Page

_FILE = re.compile(r"\.(docx?|xlsx?|pptx?|pdf|wps|rtf|txt|html?|indd|tex|dvi|ofd|et|dps|pmd|qxd|cdr|psd)\b", re.I)
_MADE_BY_PROGRAM = re.compile(
    r"(microsoft (word|powerpoint|excel) *[-–—])|untitled|无标题|未命名|幻灯片 *\d|powerpoint 演示文稿|文档 *\d*$"
    r"|document *\d*$|slide *\d|(新建|doc\d|temp|tmp\d|about:blank|https?:|file:|[a-z]:\\)",
    re.IGNORECASE,
)
_FEW_CHARACTERS = 60  # of a first page that is next to empty


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The type size of most characters."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            if not line.drop and not line.askew:
                sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def mark_notes(lines: Sequence[Line], page: Page, body: float) -> None:
    """Set `note` of small lines at the foot of a column that begin with a mark, or stand below a short rule."""
    regions: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.drop and not line.askew:
            regions[line.region].append(line)
    for region in regions.values():
        first = len(region)
        while first and _may_be_note(region[first - 1], page, body):
            first -= 1
        for at in range(first, len(region)):
            if at == 0 or is_note_mark(region[at].text) or _below_rule(region[at - 1], region[at], page):
                if at:
                    for line in region[at:]:
                        line.note = True
                break


def _may_be_note(line: Line, page: Page, body: float) -> bool:
    small = line.size <= parameters.NOTE_SIZE * body
    return small and not line.row and line.base > parameters.NOTE_PLACE * page.height


def _below_rule(before: Line, line: Line, page: Page) -> bool:
    return any(
        before.base < rule.at < line.base and 0.1 * page.width < rule.end - rule.start < 0.45 * page.width
        for rule in page.across
    )


def mark_headings(pages: Sequence[Sequence[Line]], body: float, bookmarks: Sequence[Bookmark]) -> None:
    """Set `level` of lines that bookmarks name or that are set larger than the text."""
    texts = [sum(len(line.text) for line in lines if not line.drop) for lines in pages]
    cover = 2 if len(pages) > 1 and texts[0] < _FEW_CHARACTERS else 1
    for number, lines in enumerate(pages):
        least = parameters.HEADING_SIZE if number < cover else parameters.LARGER
        kept = [line for line in lines if not line.drop and not line.note and not line.askew]
        run: list[Line] = []
        for line in [*kept, None]:
            if line is not None and _is_larger(line, least * body) and (not run or line.size == run[0].size):
                run.append(line)
                continue
            if len(run) <= parameters.MOST_HEADING_LINES:
                for head in run:
                    head.level = -1
            run = [line] if line is not None and _is_larger(line, least * body) else []
    _match(pages, bookmarks)


def _is_larger(line: Line, least: float) -> bool:
    return not line.ruled and line.size >= least > 0 and len(line.text) <= parameters.LONGEST_HEADING


def _match(pages: Sequence[Sequence[Line]], bookmarks: Sequence[Bookmark]) -> None:
    """Give the lines that bookmarks name the level of these: one line, or several that make up the name."""
    for mark in bookmarks:
        name = bare(mark.title)
        if not name or not 0 <= mark.page < len(pages):
            continue
        lines = [line for line in pages[mark.page] if not line.drop and not line.ruled and not line.askew]
        found = [parts for at in range(len(lines)) if (parts := _named(lines, at, name))]
        # A list of links at the head of a page names the same sections in smaller type.
        for part in max(found, key=lambda parts: parts[0].size, default=[]):
            part.level = mark.level


def _named(lines: Sequence[Line], at: int, name: str) -> list[Line]:
    """The lines from this one on that make up the name of a section, if they do and none of them is taken."""
    parts = ""
    for end in range(at, min(len(lines), at + 4)):
        if (lines[end].level or 0) > 0:
            return []
        parts += bare(lines[end].text)
        if parts == name:
            return list(lines[at : end + 1])
        if not parts or not name.startswith(parts):
            return []
    return []


def bare(text: str) -> str:
    """What two ways to write a heading have in common."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def plausible(title: str) -> str:
    """The title of the file's properties; "" where a program put something else there."""
    title = " ".join(title.replace("\0", "").split())
    strange = sum(unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs", "So") or char == "\ufffd" for char in title)
    # Bytes of GBK read as Latin-1: two of three characters are accented letters or signs.
    accented = sum("\x80" <= char <= "\xff" for char in title)
    if strange or accented * 3 > len(title) or not any(char.isalpha() for char in title):
        return ""
    if _FILE.search(title) or _MADE_BY_PROGRAM.match(title) or len(bare(title)) < 2:
        return ""
    return title
