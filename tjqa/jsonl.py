"""Rows of JSON, one a line."""

from __future__ import annotations

import json
import re
from typing import Any

# What a terminal would obey, hide or reorder by, and halves of characters, which no output takes. JSON itself escapes
# the control characters below the blank.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001-\U000e007f]"
)


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON; what cannot be seen or written is escaped, so that it may be read in a terminal."""
    return _UNSEEN.sub(lambda unseen: json.dumps(unseen[0])[1:-1], json.dumps(row, ensure_ascii=False))


def read_rows(raw: bytes, errors: str = "strict") -> list[tuple[int, Any]]:
    """The rows of such a file, each with the number of its line, from 1; blank lines are left out.

    Args:
        raw: the bytes of the file, in UTF-8, with or without a byte order mark.
        errors: what to do about bytes that are no UTF-8, as `bytes.decode` takes it.

    Returns:
        A row is None where its line is no JSON (or says null): what that means is the caller's to say.

    Raises:
        UnicodeDecodeError: the bytes are no UTF-8 and `errors` is "strict".
    """
    lines = raw.decode("utf-8-sig", errors).split("\n")
    return [(number, _row(line)) for number, line in enumerate(lines, 1) if line.strip()]


def _row(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
