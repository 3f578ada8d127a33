"""Text made safe to print: what a terminal would obey or hide is shown as a visible sign."""

from __future__ import annotations

import unicodedata

# Letters and marks that are drawn as nothing: fillers of Hangul, a joiner of marks, a Braille cell without dots; with
# the selectors of variants they can make two names look like one.
_BLANK = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0})


class _VisibleTable(dict[int, int]):
    """Code point → what a terminal may be sent for it; every entry worked out once."""

    def __missing__(self, point: int) -> int:
        # Cc: ESC and other commands; Cf: bidi and zero-width characters that hide or reorder text; Cs: lone
        # surrogates that cannot be encoded; Zl, Zp: line breaks for some terminals.
        hidden = unicodedata.category(chr(point)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and point not in (0x0A, 0x09)
        hidden = hidden or point in _BLANK or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF
        self[point] = ord("·") if hidden else point
        return self[point]


_VISIBLE = _VisibleTable()
_BREAKS = str.maketrans("\n\t", "··")


def visible(text: str) -> str:
    """`text` safe to send to a terminal: every control, bidi or zero-width character shown as ·; the same length."""
    return text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """`text` safe to send to a terminal as a part of a line, as a file's name is: line breaks and tabs, too, are shown
    as ·, so that a name cannot write lines of its own; the same length."""
    return visible(text).translate(_BREAKS)


def encodable(text: str) -> str:
    """What was typed, without halves of characters, which a terminal may pass on and JSON may hold: no file and no
    model takes them; the same length."""
    return text.encode("utf-8", "replace").decode("utf-8")


def width(text: str) -> int:
    """The cells of a terminal that a text takes: two for a Chinese character, none for a mark on another one."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """A text with blanks behind it, or before it, up to so many cells."""
    blank = " " * max(0, cells - width(text))
    return blank + text if right else text + blank


def shortened(text: str, cells: int) -> str:
    """A text of at most so many cells, … where it goes on."""
    if width(text) <= cells:
        return text
    kept = ""
    for char in text:
        if width(kept) + _cells(char) > cells - 1:
            break
        kept += char
    return kept + "…"
