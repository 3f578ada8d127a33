"""Rows of JSON, one a line."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON; half characters, which no output takes, are escaped."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(row, ensure_ascii=False))


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
