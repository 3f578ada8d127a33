"""Texts that stand side by side in one line, each set in its own way: raised, lowered, struck out; as one string."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from tjqa.ingest.readers.unread import is_blank
from tjqa.ingest.readers.word.scripts import is_raised, lowered, raised

Piece = tuple[str, str, bool]
"""Text, script (superscript, subscript, `NOTE`; anything else stands on the line), whether it is struck out."""
NOTE = "note"
"""The script of the mark of a note: each is one by itself."""
_TEXT = re.compile(r"[^\n\t]+")


def joined(parts: Iterable[Piece]) -> str:
    """One string. What is raised from its first character to its last is not: there is nothing it stands above."""
    merged: list[Piece] = []
    for (script, is_struck), group in groupby(parts, key=lambda part: part[1:]):
        if script == NOTE:
            merged += group
        else:
            merged.append(("".join(part[0] for part in group), script, is_struck))
    flat = len({script for text, script, _ in merged if not is_blank(text)}) == 1
    whole: list[str] = []
    for is_struck, pieces in groupby(merged, key=lambda piece: piece[2]):
        line = _raised(list(pieces), flat, whole)
        whole += [struck("".join(line))] if is_struck else line
    return "".join(whole)


def struck(text: str) -> str:
    """What is struck out, so that it is not taken for what holds: as pages and Markdown have it."""
    return _TEXT.sub(_struck, text)


def _struck(found: re.Match[str]) -> str:
    inner = "" if is_blank(found[0]) else found[0].strip()
    before, _, after = found[0].partition(inner)
    return f"{before}~~{inner}~~{after}" if inner else found[0]


def _raised(pieces: list[Piece], flat: bool, before: list[str]) -> list[str]:
    """Texts by their scripts; `before` are those in front of them."""
    line: list[str] = []
    for text, script, _ in pieces:
        if script == NOTE:
            last = (line or before or [""])[-1]
            gap = " " if last and is_raised(last[-1]) else ""
            line.append(gap + raised(text))
        elif flat or script not in ("superscript", "subscript"):
            line.append(text)
        else:
            line.append(raised(text) if script == "superscript" else lowered(text))
    return line
