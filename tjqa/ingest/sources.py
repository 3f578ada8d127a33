"""Files of the sources folder → `SourceFile`: bytes, hash, text. Nothing is ever replaced or skipped silently."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path, PurePosixPath

from tjqa.documents import SourceFile
from tjqa.errors import SourcesError, reason
from tjqa.files import FileTooLarge, IrregularFile, open_regular, read_regular, walk
from tjqa.ingest.readers import SUFFIXES, extract

MAX_BYTES = 64 * 1024 * 1024

# Emacs saves #name# beside a file; a name that only begins with # is someone's own.
_TEMPORARY = re.compile(r"^(?:\.|~)|^#.*#$|(?:~|\.tmp|\.part|\.bak)$|^__MACOSX$", re.IGNORECASE)
UNREAD = frozenset(
    """
    .doc .dot .docm .dotx .rtf .odt .wps .xls .xlsm .xlsb .et .ods .ppt .pptx .dps .odp .pps .ofd .ceb .caj .epub .mobi
    .xps .eml .msg .tsv .zip .rar .7z
    """.split()  # noqa: SIM905
)
"""Suffixes of documents, or of archives full of them, that no reader reads: told with their names, not passed over."""


def find_sources(folder: Path) -> list[Path]:
    """Documents below `folder`, sorted by relative path, those of formats that are not read among them.

    Hidden and temporary names are left out, and links that lead outside. A subfolder that cannot be listed, or lies
    too deep for the system, is returned itself, so that reading it says why instead of losing its files silently.

    Raises:
        SourcesError: `folder` is missing or is not a folder.
    """
    require_folder(folder)
    unlisted: list[Path] = []
    found: list[Path] = []
    root = folder.resolve()
    for place, folders, names in walk(folder, lambda place, _: unlisted.append(place)):
        folders[:] = [name for name in folders if not _TEMPORARY.search(name)]
        found += [path for name in names if _is_document(path := place / name, root)]
    return sorted(found + unlisted, key=lambda path: path.relative_to(folder).as_posix())


def require_folder(folder: Path) -> None:
    """Say so when there is no such folder.

    Raises:
        SourcesError: it is missing or is not a folder.
    """
    if not folder.is_dir():
        what = "sources_no_folder" if folder.exists() else "sources_missing"
        raise SourcesError(what, "sources_hint", folder=folder)


def _is_document(path: Path, root: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES | UNREAD or _TEMPORARY.search(path.name):
        return False
    # os.path.islink, not Path.is_symlink: that raises an error over a path that is too long, which reading will tell.
    is_link = os.path.islink(path)  # noqa: PTH114
    return not is_link or (path.is_file() and path.resolve().is_relative_to(root))


def read_source(folder: Path, path: Path) -> SourceFile:
    """Read one document whole; in plain text newlines and a byte-order mark stay as they are.

    Raises:
        SourcesError: unreadable, of a format that is not read, too large, not text, or not decodable without loss.
    """
    name = path.relative_to(folder).as_posix()
    if not _encodable(name):
        raise SourcesError("file_name_broken", "file_name_broken_hint", name=ascii(name))
    if (unread := unread_format(name)) is not None:
        raise unread
    raw = _read(path, name)
    found = extract(raw, name)
    return SourceFile(
        name,
        hashlib.sha256(raw).hexdigest(),
        found.encoding,
        found.text,
        found.codec,
        found.landmarks,
        found.furniture,
        found.sheets,
        found.kind,
        found.title,
        found.headings,
        found.tables,
    )


def unread_format(name: str) -> SourcesError | None:
    """What is told of a document of a format that no reader reads, None of any other."""
    suffix = PurePosixPath(name).suffix.lower()
    return SourcesError("format_unread", "format_unread_hint", name=name, suffix=suffix) if suffix in UNREAD else None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        SourcesError: the file cannot be read.
    """
    try:
        with open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path.name, error) from error


def _encodable(name: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _unreadable(name: str, error: OSError) -> SourcesError:
    return SourcesError("file_unreadable", "file_unreadable_hint", name=name, why=reason(error))


def _read(path: Path, name: str) -> bytes:
    try:
        return read_regular(path, MAX_BYTES)
    except IrregularFile as error:
        raise SourcesError("file_irregular", "file_irregular_hint", name=name) from error
    except FileTooLarge as error:
        limit = error.limit // (1024 * 1024)
        raise SourcesError("file_large", "file_large_hint", name=name, limit=limit) from error
    except OSError as error:
        raise _unreadable(name, error) from error
