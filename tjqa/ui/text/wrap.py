"""Text as a terminal can show it: one safe character for each character, and rows broken the Chinese way.

Both functions keep positions: `display` maps one character to one character, and `wrap` returns ranges of the
text it was given, so a span of a file stays a span on the screen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

# A row must not start with these (closing and pausing marks, units that belong to the figure before them) …
NO_START = frozenset("，。、；：！？）》」』】〕〉”’…—～·％‰℃°,.;:!?)]}%")
# … nor end with these (opening marks and currency signs).
NO_END = frozenset("（《「『【〔〈“‘([{￥¥$＄")
# Figures, Latin words and codes stay in one piece: 1,030.02亿 must not become 1,030. | 02亿.
_UNBROKEN = re.compile(r"[0-9A-Za-zＡ-Ｚａ-ｚ０-９_@#&+*/.,:%'\-]")
_FIGURE_END = re.compile(r"\d[百千万亿]*\Z")
# A comma or full stop only belongs to a word between two of its characters; after it a row may end.
_JOINT = frozenset(",.:/")

_NAME_TAIL = 8
"""Characters of a file name's end that are kept: its ending, and what may tell it from others."""

_BLANK = " "
_MARK = "�"
# Common, harmless and invisible (byte order mark, soft hyphen): a visible sign would alarm for nothing.
_HARMLESS = frozenset("\ufeff\u200b\u00ad\t\r\v\f\x85\u2028\u2029")


class _DisplayTable(dict[int, int]):
    """Fills itself: code point → the code point shown for it, always exactly one and never zero cells wide."""

    def __missing__(self, point: int) -> int:
        self[point] = ord(_shown(chr(point)))
        return self[point]


def _shown(char: str) -> str:
    if char == "\n":
        return char
    if char in _HARMLESS:
        return _BLANK
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))  # the control pictures: ESC is shown as ␛
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or get_character_cell_size(char) < 1:
        return _MARK
    return char


_DISPLAY = _DisplayTable()


def display(text: str) -> str:
    """`text` made safe to print, character for character; newlines stay.

    Control, direction and zero-width characters could steer the terminal or hide words.
    """
    return text.translate(_DISPLAY)


def one_line(text: str) -> str:
    """`display` on one row: newlines become blanks."""
    return display(text).replace("\n", _BLANK)


class _WidthTable(dict[int, str]):
    """Fills itself: code point → its width as a digit, so that a string of widths is one fast translate."""

    def __missing__(self, point: int) -> str:
        self[point] = str(min(get_character_cell_size(chr(point)), 2))
        return self[point]


_WIDTHS = _WidthTable()


def cells(text: str) -> int:
    """Columns `text` takes; it must have gone through `display`."""
    widths = text.translate(_WIDTHS)
    return widths.count("1") + 2 * widths.count("2")


def wrap(text: str, width: int, tail: int = 0) -> list[tuple[int, int]]:
    """Rows of one line of `display`ed text: half-open ranges, in order, at most `width` columns each.

    Only blanks at a break are left out, so that no row starts with one; an empty line is one empty row. The last
    `tail` characters (a citation mark) stay with the character before them.
    """
    width = max(width, 2)
    widths = text.translate(_WIDTHS)
    rows: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _fitting(widths, start, width)
        if end < len(text):
            end = _break_before(text, start, min(end, max(len(text) - tail - 1, start + 1)))
        shown = text[start:end].rstrip(_BLANK) if end < len(text) else text[start:end]
        rows.append((start, start + len(shown)))
        start = end
        while start < len(text) and text[start] == _BLANK:
            start += 1
    return rows or [(0, 0)]


def _fitting(widths: str, start: int, width: int) -> int:
    """The furthest end such that the row is not wider than `width`; always past `start`."""
    end, left = start, width
    while left > 0 and end < len(widths):
        # At most two columns a character, so this many fit for certain; the rest is found by repeating.
        chunk = widths[end : end + max(left // 2, 1)]
        taken = chunk.count("1") + 2 * chunk.count("2")
        if taken > left:
            break
        end += len(chunk)
        left -= taken
    return max(end, start + 1)


def _break_before(text: str, start: int, end: int) -> int:
    """The last position in (start, end] where a row may break; `end` itself when there is none."""
    for cut in range(end, start, -1):
        if _may_break(text, start, cut):
            return cut
    return end


def _may_break(text: str, start: int, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if before == _BLANK or after == _BLANK:
        return True
    if before in NO_END or after in NO_START:
        return False
    # 13|个, 81.7|亿, 81.7亿|元: a figure is read with its unit.
    if "一" <= after <= "鿿" and _FIGURE_END.search(text, max(start, cut - 4), cut):
        return False
    return not (_UNBROKEN.match(before) and _UNBROKEN.match(after) and not _ends_clause(text, cut))


def _ends_clause(text: str, cut: int) -> bool:
    """True after a half-width comma that pauses a Chinese sentence: 增长6.5%,|2019年; not inside 1,030."""
    return text[cut - 1] in _JOINT and not (cut > 1 and text[cut - 2].isascii() and text[cut - 2].isalnum())


@lru_cache(maxsize=256)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """The rows of a whole text as strings, for screens that show it as it is."""
    return tuple(line[s:e] for line in text.split("\n") for s, e in wrap(line, width))


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` columns, cut at the end with …"""
    if cells(text) <= width:
        return text
    if width < 2:
        return ""
    kept = text[: _fitting(text.translate(_WIDTHS), 0, width - 1)]
    return f"{kept if cells(kept) < width else ''}…"


def shorten_name(name: str, width: int) -> str:
    """A file name in at most `width` columns, cut in the middle: its start and its ending say most."""
    if cells(name) <= width:
        return name
    tail = name[-_NAME_TAIL:]
    while cells(tail) > width // 2 and len(tail) > 1:
        tail = tail[1:]
    head = shorten(name, max(width - cells(tail), 2)).rstrip("…")
    return shorten(f"{head}…{tail}", width)


def in_room(heading: str, room: int) -> str:
    """A heading in at most `room` columns: its title is cut, its end says where one is."""
    title, between, where = heading.rpartition(" · ")
    if not between or cells(heading) <= room:
        return shorten(heading, room)
    end = between + shorten_name(where, max(room - cells(between) - cells(title), room // 2 - cells(between)))
    return shorten(title, room - cells(end)) + end
