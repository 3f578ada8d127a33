"""What stands in a cell that holds no value."""

from __future__ import annotations

import re

_NO_VALUE = re.compile(
    r"null|none|nan|nil|#?n/?a|#(?:value|ref|name|num|null)[!?]?|#div/0!?|[-—–−.…/\\*×~～·]{1,4}|不适用|暂无",
    re.IGNORECASE,
)


def is_no_value(text: str) -> bool:
    """Whether a text is a dash, or what a program writes where it has no value."""
    return _NO_VALUE.fullmatch(text.strip()) is not None
