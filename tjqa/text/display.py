"""Text made safe to print: what a terminal would obey or hide is shown as a visible sign."""

from __future__ import annotations

import unicodedata


class _VisibleTable(dict[int, int]):
    """Code point → what a terminal may be sent for it; every entry worked out once."""

    def __missing__(self, point: int) -> int:
        # Cc: ESC and other commands; Cf: bidi and zero-width characters that hide or reorder text; Cs: lone
        # surrogates that cannot be encoded; Zl, Zp: line breaks for some terminals.
        hidden = unicodedata.category(chr(point)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and point not in (0x0A, 0x09)
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
