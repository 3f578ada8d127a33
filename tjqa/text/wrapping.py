"""Lines that were broken at a width: a text that was wrapped has its paragraphs cut where the line was full.

Whether it was is told by all of its lines together: none is longer than the width, most of the text stands on full
lines, and hardly any of those ends with a sentence. A list or a poem has lines of any length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence, Set

from tjqa.text.headings import numbering

# Some count columns, of which a Chinese character takes two, some characters; the widths that are chosen on purpose.
_COLUMNS, _CHARACTERS = (40, 130), (20, 80)
_SLACK = 1.05  # of a width: what must not begin a line is taken over to it or put behind its end
_LEAST_FULL = 4  # so many full lines show a width,
_FULL_SHARE = 0.5  # and this share of the text on them,
_OPEN_SHARE = 0.7  # when so many of them end within a sentence
_STOPPED = re.compile(r"[。！？!?；;：:…][”’」』）)】》\"'\s]*$")
_OPENS = re.compile(
    r"[\s　•·●○■□◆▪★☆#>|*+\-—–]"
    r"|[（(【\[〔]?(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})(?:[、．)）】\]〕]|\.(?![\dA-Za-z]))"
    r"|\d{1,2}(?:\.\d{1,2})+\s|附件?[:：\d]|注[:：]"
)
# What must not begin a line stays with the character before it.
_FIRST = re.compile(r"[A-Za-z0-9%.,/:_-]+|.[，。、；：！？”’」』）)】》…,.;:!?]*")


def soft_breaks(lines: Sequence[str], rows: Set[int] = frozenset()) -> set[int]:
    """Numbers of the lines that go on in the line below them, because they were full; none in a text that was not
    wrapped. Blank lines part paragraphs, and so do blanks, bullets and numbers at the start of a line; `rows` are the
    numbers of the lines of tables, which stand alone."""
    told = ["" if at in rows else line for at, line in enumerate(lines)]
    return max(_full(told, _width, _COLUMNS), _full(told, len, _CHARACTERS), key=len)


def _full(lines: Sequence[str], measure: Callable[[str], int], bounds: tuple[int, int]) -> set[int]:
    """The same for one way to measure a line."""
    widths = [measure(line.rstrip()) for line in lines]
    width = max(widths, default=0)
    if not bounds[0] <= width <= bounds[1]:
        return set()
    full = [
        i
        for i, line in enumerate(lines[:-1])
        if lines[i + 1].strip() and "\t" not in line and _SLACK * (widths[i] + measure(_first(lines[i + 1]))) > width
    ]
    broken = [i for i in full if not _STOPPED.search(lines[i])]
    if len(broken) < _LEAST_FULL or len(broken) < _OPEN_SHARE * len(full):
        return set()
    if sum(widths[i] for i in full) < _FULL_SHARE * sum(widths):
        return set()
    return {i for i in broken if not _begins(lines[i + 1]) and not _number_cut(lines[i], lines[i + 1])}


def joined(above: str, below: str) -> str:
    """What stands between two lines that are one: a blank between words of letters, else nothing."""
    ends, begins = above[-1:], below[:1]
    return " " if ends.isascii() and begins.isascii() and ends.isalpha() and begins.isalpha() else ""


def _number_cut(above: str, below: str) -> bool:
    """Whether figures end one line and begin the next: one number or two, nobody can tell."""
    return above.rstrip()[-1:].isdigit() and below[:1].isdigit()


def _first(line: str) -> str:
    """What would have had to fit on the line above."""
    found = _FIRST.match(line.strip())
    return found[0] if found else ""


def _begins(line: str) -> bool:
    """Whether a line begins a paragraph, an item, a section."""
    return _OPENS.match(line) is not None or numbering(line) is not None


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
