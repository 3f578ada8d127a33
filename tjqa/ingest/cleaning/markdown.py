"""Links in Markdown, as the tools write it that save web pages as text: [words](address), ![image](address)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjqa.ingest import parameters
from tjqa.ingest.link_runs import link_lists

# An address may hold brackets in pairs, and be as long as the image that it spells out. Nothing is tried twice, and a
# line of nothing but "[" is read at once.
_ADDRESS = r"\((?:[^()\s]++|\([^()\s]{0,200}\))*+(?:\s+[\"'][^\"'\n]{0,300}[\"'])?\s?\)"
_IMAGE = re.compile(rf"!\[([^\[\]\n]{{0,300}})\]{_ADDRESS}")
_LINK = re.compile(rf"\[([^\[\]\n]{{0,300}})\]{_ADDRESS}")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_LISTED = re.compile(r"[、，。；\t]")  # names in a sentence or a table, though each of them is a link


def visible(text: str) -> tuple[str, int, int]:
    """What a reader sees of a line: the words of its links without their addresses and the marks of emphasis; how many
    letters and digits of it are links, and how many links it has. A line of which nothing would be seen is left as it
    stands."""
    if "](" not in text and "__" not in text and "**" not in text:
        return text, 0, 0
    words: list[str] = []

    def take(found: re.Match[str]) -> str:
        words.append(found[1])
        return found[1]

    shown = _EMPHASIS.sub("", _LINK.sub(take, _IMAGE.sub(r"\1", text))).strip()
    return shown or text, sum(map(_letters, words)) if shown else 0, len(words) if shown else 0


def nothing(text: str) -> bool:
    """True for a line of nothing but images and links without words."""
    return "](" in text and not any(map(str.isalnum, _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))))


def link_lines(texts: Sequence[str], linked: Sequence[int], anchors: Sequence[int]) -> set[int]:
    """Numbers of the lines that make lists of links: runs of lines that are links from end to end, and lines of several
    links side by side. Of each line: what is seen of it, its letters and digits in links, its links."""
    whole = [
        bool(count) and count >= parameters.LINKED_LINE * _letters(text)
        for text, count in zip(texts, linked, strict=True)
    ]
    rows = {
        i
        for i, text in enumerate(texts)
        if whole[i] and anchors[i] >= parameters.LINKS_IN_ROW and not _LISTED.search(text)
    }
    return rows | {i for first, last in link_lists(texts, whole) for i in range(first, last + 1)}


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
