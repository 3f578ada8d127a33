"""Zip archives of office documents, opened with their promises checked: no bomb gets to unpack."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from typing import IO

from tjqa.errors import SourcesError
from tjqa.messages import Message

MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 500  # deflate packs real documents by 5 to 50, a bomb by 1,000
MAX_FILES = 20_000


def opened(raw: bytes, name: str, kind: Message) -> zipfile.ZipFile:
    """The archive, whose listed sizes are within bounds (zipfile reads no more of a file than its listed size).

    Raises:
        SourcesError: no archive, or one that would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise SourcesError("archive_damaged", "save_again_hint", name=name, kind=kind) from error
    size = sum(entry.file_size for entry in listed)
    if size > MAX_UNPACKED or size > MAX_RATIO * len(raw) + 1024 * 1024 or len(listed) > MAX_FILES:
        raise SourcesError("archive_large", "split_file_hint", name=name, size=size // (1024 * 1024), count=len(listed))
    return archive


def part(archive: zipfile.ZipFile, path: str, name: str) -> closing[IO[bytes]]:
    """One file of the archive, to read from.

    Raises:
        SourcesError: it is not there, or encrypted.
    """
    try:
        return closing(archive.open(path))
    except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise SourcesError("archive_no_text", "archive_no_text_hint", name=name) from error
