"""Plain text that was broken at a width (e-mails, old systems, copies of printed pages): paragraphs whole.

A sentence that runs over a line would else be two halves, and the word at the break none.
"""

from __future__ import annotations

import re
from collections.abc import Set

from tjqa.documents import Landmark
from tjqa.text.wrapping import joined, soft_breaks

_NEWLINE = re.compile(r"\r\n|\r|\n")


def unwrapped(text: str, rows: Set[int] = frozenset()) -> tuple[str, tuple[Landmark, ...]] | None:
    """The text with its paragraphs whole, and where the lines of the file begin in it; None when it was not wrapped.
    `rows` are the numbers of the lines of tables."""
    ends = list(_NEWLINE.finditer(text))
    bounds = [0, *(end.end() for end in ends)]
    lines = [text[start : end.start()] for start, end in zip(bounds, ends, strict=False)] + [text[bounds[-1] :]]
    soft = soft_breaks(lines, rows)
    if not soft:
        return None
    parts: list[str] = []
    landmarks: list[Landmark] = []
    length = 0
    for i, line in enumerate(lines):
        if line.strip():
            landmarks.append(Landmark(length, f"第 {i + 1} 行"))
        if i in soft:
            line = line.rstrip()
            part = line + joined(line, lines[i + 1].lstrip())
        else:
            part = line + (ends[i][0] if i < len(ends) else "")
        parts.append(part)
        length += len(part)
    return "".join(parts), tuple(landmarks)
