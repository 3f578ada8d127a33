"""For terminals that draw quotation marks, dots, dashes and box lines two cells wide: signs of a certain width.

Everywhere else these characters of ambiguous width count one cell. The exchange happens on the painted rows, one
character for one character of one cell, so that layout, selection and copied text stay what they are.
"""

from __future__ import annotations

import unicodedata

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_TWINS = {
    **dict.fromkeys("“”″", '"'),
    **dict.fromkeys("‘’′", "'"),
    **dict.fromkeys("—–―─━╸╺═▔▁", "-"),
    **dict.fromkeys("│┃▌▐║", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("…·•", "."),
    **dict.fromkeys("▮■█", "#"),
    **dict.fromkeys("▯□", "_"),
    **dict.fromkeys("▂▃▄▅▆▇", " "),
    **dict.fromkeys("▸→", ">"),
    **dict.fromkeys("▾↓", "v"),
    "↑": "^",
    "←": "<",
    "×": "x",
    "≈": "~",
}


class _TwinTable(dict[int, int]):
    """Fills itself: code point → the one drawn for it."""

    def __missing__(self, point: int) -> int:
        self[point] = ord(twin(chr(point)))
        return self[point]


def twin(char: str) -> str:
    """A stand-in of one certain cell for an ambiguous character, when there is one that says the same."""
    if char in _TWINS:
        return _TWINS[char]
    if unicodedata.east_asian_width(char) != "A" or get_character_cell_size(char) != 1:
        return char
    plain = unicodedata.normalize("NFKC", char)  # ① → 1; α stays: legible matters more than straight
    return plain if len(plain) == 1 and plain.isascii() else char


class CertainWidth(LineFilter):
    """Exchanges ambiguous characters on every painted row."""

    def __init__(self) -> None:
        super().__init__()
        self._table = _TwinTable()

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The row with twins."""
        return [Segment(text.translate(self._table), style, control) for text, style, control in segments]
