"""The character table of the tokenizer: every written form of a character becomes one form.

Width, case, accents and traditional forms are folded by a table inside the tokenizer itself, so whoever
loads the model (also through `SentenceTransformer`) gets it. The `tokenizers` library can run such a table as
a `Precompiled` normalizer: a double-array trie over UTF-8 bytes, the format SentencePiece uses.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache

from tjqa.text.normalize import fold

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
WORD_RUNS = f"[a-z]+|[0-9]+|[{HAN}]+"
"""What is kept of a folded text; all else (punctuation, kana, signs) separates."""

_LAST_POINT = 0x2FA1F  # end of the compatibility ideographs, the last block that folds into kept characters


def _kept(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or char == "〇" or "㐀" <= char <= "䶿" or "一" <= char <= "鿿"


def fold_character(char: str) -> str:
    """The kept form of one character: é → e, Ａ → a, 國 → 国, ㎡ → m2; itself when nothing in it is kept."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    folded = fold(plain.lower())
    return folded if any(map(_kept, folded)) else char


@lru_cache(maxsize=1)
def fold_table() -> dict[str, str]:
    """Every character that changes, with what it becomes."""
    points = (chr(p) for p in range(0x41, _LAST_POINT + 1) if not 0xD800 <= p < 0xE000)
    return {c: f for c in points if (f := fold_character(c)) != c}


def normalise(text: str) -> str:
    """`text` as the tokenizer sees it."""
    return text.translate(_translation())


@lru_cache(maxsize=1)
def _translation() -> dict[int, str]:
    return {ord(c): f for c, f in fold_table().items()}


def precompiled(table: dict[str, str]) -> bytes:
    """The table in the form `tokenizers.normalizers.Precompiled` reads."""
    blob = bytearray()
    keys: list[tuple[bytes, int]] = []
    for char, becomes in sorted(table.items(), key=lambda item: item[0].encode()):
        keys.append((char.encode(), len(blob)))
        blob += becomes.encode() + b"\0"
    trie = _double_array(keys)
    return struct.pack("<I", len(trie)) + trie + bytes(blob)


def _double_array(keys: list[tuple[bytes, int]]) -> bytes:
    """A double-array trie of sorted byte keys, each with a number.

    Unit: label in the low 8 bits, bit 8 set when a value hangs below, offset to the children from bit 10.
    A child of label c lies at parent ^ offset ^ c; a value lies at the place of label 0, top bit set.
    """
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()
    free_from = 1
    waiting = [(0, 0, 0, len(keys))]  # unit, depth, first key, end of keys
    while waiting:
        place, depth, first, end = waiting.pop()
        children = _children(keys, depth, first, end)
        labels = [label for label, _, _ in children]
        base = free_from
        while base in bases or any((base ^ label) in units for label in labels):
            base += 1
        bases.add(base)
        while free_from in units or free_from in bases:
            free_from += 1
        units[place] |= ((base ^ place) << 10) | (0x100 if labels[0] == 0 else 0)
        for label, start, stop in children:
            units[base ^ label] = (1 << 31) | keys[start][1] if label == 0 else label
            if label:
                waiting.append((base ^ label, depth + 1, start, stop))
    size = (max(units) // 256 + 1) * 256
    # An unused unit must never match a label: give it the label of another place.
    return struct.pack(f"<{size}I", *(units.get(i, (~i & 0xFF)) for i in range(size)))


def _children(keys: list[tuple[bytes, int]], depth: int, first: int, end: int) -> list[tuple[int, int, int]]:
    """(label, first key, end) for each next byte; label 0 for a key that ends here."""
    groups: list[tuple[int, int, int]] = []
    for i in range(first, end):
        label = keys[i][0][depth] if len(keys[i][0]) > depth else 0
        if groups and groups[-1][0] == label:
            groups[-1] = (label, groups[-1][1], i + 1)
        else:
            groups.append((label, i, i + 1))
    return groups
