"""Lines of a table of contents."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"[\s.·…—-][-–—]?\s*(?:\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})\s*[-–—]?$")  # 总则……12
_HEADINGS = frozenset({"目录", "目次", "contents", "tableofcontents"})
_ENTRY_END = 40  # characters at the end of a line that may tell its page


def is_entry(text: str, linked: bool) -> bool:
    """Whether a line of what is said to be a table of contents is one of its entries, or its heading."""
    return linked or _ENTRY.search(text.rstrip()[-_ENTRY_END:]) is not None or is_contents_heading(text)


def is_contents_heading(text: str) -> bool:
    """目录, however it is spaced."""
    return "".join(text.split()).lower() in _HEADINGS
