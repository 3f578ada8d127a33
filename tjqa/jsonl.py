"""Rows of JSON, one a line."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON; half characters, which no output takes, are escaped."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(row, ensure_ascii=False))
