"""What was recognised, kept by the hash of the file: no page is done twice, whatever library it lies in.

A folder for each file, in it a file for each page, and one that says which pages there are once all of them are done.
Only then are they read: of a file half recognised the text would be another one after every page.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tjqa.config import recognized_folder
from tjqa.files import read_regular, write_atomically
from tjqa.ingest.readers.scans.shapes import RecognizedPage, from_json, to_json

_ALL = "all.json"
_MOST = 4 * 1024 * 1024  # bytes of one page: the densest has a hundredth
_HASH = re.compile("[0-9a-f]{64}")
_used: Path | None = None  # by a worker: what it is told, whatever its environment says


def use(folder: Path) -> None:
    """Keep and find pages in this folder, and not in the user's own: for workers."""
    global _used
    _used = folder


def _place(sha256: str) -> Path:
    return (_used or recognized_folder()) / sha256[:2] / sha256


def page(sha256: str, number: int) -> RecognizedPage | None:
    """A page (from 0) of the file with this hash; None when it was not recognised yet, or what is kept is damaged."""
    try:
        return from_json(read_regular(_place(sha256) / f"{number}.json", _MOST))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(sha256: str, number: int, found: RecognizedPage) -> None:
    """Keep a page.

    Raises:
        OSError: it cannot be written.
    """
    write_atomically(_place(sha256) / f"{number}.json", to_json(found))


def finish(sha256: str, numbers: Iterable[int]) -> None:
    """All pages of a file that have no text are there.

    Raises:
        OSError: it cannot be written.
    """
    write_atomically(_place(sha256) / _ALL, json.dumps(sorted(numbers)).encode())


def is_finished(sha256: str) -> bool:
    """Whether all pages of a file are there, as far as is known without looking at them."""
    if not _HASH.fullmatch(sha256):
        return False
    with contextlib.suppress(OSError):
        return (_place(sha256) / _ALL).is_file()
    return False


def all_pages(sha256: str) -> Mapping[int, RecognizedPage]:
    """Every page of a file that has no text of its own; none at all while one of them is missing."""
    if not is_finished(sha256):
        return {}
    try:
        numbers = [int(number) for number in json.loads(read_regular(_place(sha256) / _ALL, _MOST))]
    except (OSError, ValueError, TypeError):
        return {}
    return pages(sha256, numbers)


def pages(sha256: str, numbers: Iterable[int]) -> Mapping[int, RecognizedPage]:
    """The pages with these numbers; none at all while one of them is missing."""
    if not is_finished(sha256):
        return {}
    found = {number: one for number in numbers if (one := page(sha256, number)) is not None}
    return found if len(found) == len(set(numbers)) else {}
