"""Text that is shown against the direction in which it is written: 8763 between the signs of Unicode for that
(U+202E … U+202C) is 3678 to the reader."""

from __future__ import annotations

TO_LEFT, END = "\u202e", "\u202c"
_TO_RIGHT = "\u202d"
_BEGIN = frozenset(f"{TO_LEFT}{_TO_RIGHT}\u202a\u202b\u2066\u2067\u2068")
_ENDS = frozenset(f"{END}\u2069")
_PAIRS = "()[]{}<>（）［］｛｝《》〈〉「」『』【】〔〕«»"
# Brackets are drawn the other way round, as the direction has them.
_MIRRORED = {ord(_PAIRS[at]): _PAIRS[at ^ 1] for at in range(len(_PAIRS))}


def turned(text: str) -> str:
    """A text as it is seen when it runs to the left."""
    return text[::-1].translate(_MIRRORED)


def as_seen(line: str) -> str:
    """A line with the stretches that its signs turn round as they are seen, without the signs."""
    if TO_LEFT not in line:
        return line
    open_: list[tuple[bool, list[str]]] = [(False, [])]
    for char in line:
        if char in _BEGIN:
            open_.append((char == TO_LEFT, []))
        elif char not in _ENDS:
            open_[-1][1].append(char)
        elif len(open_) > 1:
            _close(open_)
    while len(open_) > 1:
        _close(open_)
    return "".join(open_[0][1])


def _close(open_: list[tuple[bool, list[str]]]) -> None:
    is_turned, parts = open_.pop()
    text = "".join(parts)
    open_[-1][1].append(turned(text) if is_turned != open_[-1][0] else text)
