"""Breaks of a page (br) that only wrap its text: it was copied from one that was broken at a width."""

from __future__ import annotations

import re
from typing import Any

from tjqa.ingest.readers.html_nodes import BLOCKS
from tjqa.text.wrapping import soft_breaks

_BLANK = re.compile(r"[ \t\n\r\f]+")
_LEAST = 4  # breaks in an element that may be such
_MOST_ELEMENTS = 2_000  # that are looked at


def wrapping_breaks(tree: Any) -> set[int]:
    """The br elements, by `mem_id`, below which a line goes on."""
    found: set[int] = set()
    seen: set[int] = set()
    for node in tree.css("br"):
        parent = node.parent
        if parent is None or parent.mem_id in seen:
            continue
        seen.add(parent.mem_id)
        if len(seen) > _MOST_ELEMENTS:
            break
        found |= _within(parent)
    return found


def _within(element: Any) -> set[int]:
    """The same of the breaks right in one element; a block in it parts the lines."""
    lines: list[str] = []
    breaks: list[int | None] = []  # what ends each line, None a block
    line: list[str] = []
    for child in element.iter(include_text=True):
        if child.tag != "br" and child.tag not in BLOCKS:
            line.append((child.text_content if child.tag == "-text" else child.text()) or "")
            continue
        lines.append(_BLANK.sub(" ", "".join(line)).strip(" "))
        breaks.append(child.mem_id if child.tag == "br" else None)
        line = []
    lines.append(_BLANK.sub(" ", "".join(line)).strip(" "))
    if len(lines) <= _LEAST:
        return set()
    return {at for i in soft_breaks(lines) if (at := breaks[i]) is not None}
