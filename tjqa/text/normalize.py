"""Text functions shared by indexing and asking. All keep character offsets: `len(fold(t)) == len(t)`.

Folding maps one character to one character, so a position in folded text *is* the position in the file:
no offset table has to be kept or trusted.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TEXT_VERSION = 3
"""Raised whenever folding or the cutting of sentences changes: an index holds what late interaction saw of each."""


def squeeze(text: str) -> str:
    """`text` without white space, for comparing wording only (positions are lost)."""
    return "".join(text.split())


class _FoldTable(dict[int, int]):
    """Fills itself: code point → folded code point, each worked out once."""

    def __missing__(self, point: int) -> int:
        char = chr(point)
        if 0xD800 <= point < 0xE000:  # half of a character, from a broken command line: no encoder takes it
            self[point] = 0xFFFD
            return self[point]
        wide = unicodedata.normalize("NFKC", char)
        if len(wide) != 1:  # ㎡, ½, … become several characters: kept, or offsets would move
            wide = char
        lower = wide.lower()
        folded = lower if len(lower) == 1 else wide
        self[point] = ord(_simplified().get(folded, folded))
        return self[point]


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Traditional → simplified, one character for one character, from OpenCC's own table."""
    from opencc import OpenCC

    # Each character on a line of its own, so that no phrase rule applies and the mapping stays one to one.
    han = [chr(c) for block in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)) for c in range(*block)]
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {t: s for t, s in zip(han, simple, strict=True) if t != s and len(s) == 1}


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """`text` for matching: half width, lower case, simplified characters; the same length as `text`."""
    return text.translate(_FOLD)
