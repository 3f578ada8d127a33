"""The lines of a file that is kept, each a record in JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tjqa.files import read_regular
from tjqa.records import read_rows


def rows_of(path: Path, most_bytes: int) -> list[Any]:
    """What its lines hold, in order; nothing where there is no such file.

    Raises:
        OSError: it is there and cannot be read, is no regular file or too large.
    """
    try:
        return [row for _, row in read_rows(read_regular(path, most_bytes), "replace")]
    except FileNotFoundError:
        return []
