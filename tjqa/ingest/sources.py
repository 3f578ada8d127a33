"""Files of the sources folder → `SourceFile`: bytes, hash, text. Nothing is ever replaced or skipped silently."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tjqa.documents import SourceFile
from tjqa.errors import SourcesError, reason
from tjqa.files import FileTooLarge, IrregularFile, open_regular, read_regular, walk
from tjqa.ingest.readers import SUFFIXES, extract
from tjqa.ingest.readers.base import Extracted

MAX_BYTES = 64 * 1024 * 1024

# Emacs saves #name# beside a file; a name that only begins with # is someone's own.
_BACKUP = re.compile(r"^[^.~].*(?:~|\.tmp|\.part|\.bak)$", re.IGNORECASE)  # of a folder: somebody may look for it
_TEMPORARY = re.compile(r"^(?:\.|~)|^#.*#$|(?:~|\.tmp|\.part|\.bak)$|^__MACOSX$", re.IGNORECASE)
UNREAD = frozenset(
    """
    .dot .dotx .xlsb .ppt .dps .odp .pps .ceb .caj .mobi
    .xps .eml .msg .tsv .zip .rar .7z
    """.split()  # noqa: SIM905
)
"""Suffixes of documents, or of archives full of them, that no reader reads: told with their names, not passed over."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a folder, each by its path from there: documents, and what is told instead of being opened, with
    what is told of it; `unlisted` are those of them that are folders whose names cannot be had, with the reason."""

    documents: tuple[str, ...]
    told: Mapping[str, SourcesError]
    unlisted: Mapping[str, OSError]


def look_into(folder: Path) -> Listing:
    """List a folder and all below it. Hidden and temporary names are passed over. Documents of formats that are not
    read, folders of backups, links that lead outside, and folders that cannot be listed or lie too deep, are told.

    Raises:
        SourcesError: `folder` is missing, is not a folder, or cannot be listed.
    """
    require_folder(folder)
    root = os.path.realpath(folder)
    unlisted: dict[str, OSError] = {}
    documents: list[str] = []
    told: dict[str, SourcesError] = {}
    for place, folders, names in walk(folder, lambda place, error: unlisted.__setitem__(_name(folder, place), error)):
        for path in (place / name for name in folders):
            if (fault := _folder_left_out(folder, path, root)) is not None:
                told[_name(folder, path)] = fault
        for path in (place / name for name in names if _is_document(place / name)):
            if (fault := _left_out(folder, path, root)) is None:
                documents.append(_name(folder, path))
            else:
                told[_name(folder, path)] = fault
        folders[:] = [name for name in folders if not _TEMPORARY.search(name)]
    if "." in unlisted:
        raise SourcesError("sources_unlisted", "folder_unlisted_hint", folder=folder, why=reason(unlisted["."]))
    for name, error in unlisted.items():
        told[name] = SourcesError("folder_unlisted", "folder_unlisted_hint", name=name, why=reason(error))
    return Listing(tuple(sorted(documents)), told, unlisted)


def find_sources(folder: Path) -> list[Path]:
    """Documents below `folder`, sorted by relative path, those of formats that are not read among them, and folders
    that cannot be listed, so that reading them says why; nothing that a link outside leads to.

    Raises:
        SourcesError: `folder` is missing, is not a folder, or cannot be listed.
    """
    found = look_into(folder)
    others = (name for name in found.told if name in found.unlisted or unread_format(name) is not None)
    return [folder / name for name in sorted([*found.documents, *others]) if not _leads_outside(folder / name, folder)]


def require_folder(folder: Path) -> None:
    """Say so when there is no such folder.

    Raises:
        SourcesError: it is missing or is not a folder.
    """
    if not folder.is_dir():
        what = "sources_no_folder" if folder.exists() else "sources_missing"
        raise SourcesError(what, "sources_hint", folder=folder)


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_document(path: Path) -> bool:
    """By its name; a link to nothing, or to a folder, is none."""
    if path.suffix.lower() not in SUFFIXES | UNREAD or _TEMPORARY.search(path.name):
        return False
    # os.path, not Path: its methods raise an error over a path that is too long, which reading will tell.
    return not os.path.islink(path) or os.path.isfile(path)  # noqa: PTH113, PTH114


def _left_out(folder: Path, path: Path, root: str) -> SourcesError | None:
    """What is told of a document instead of reading it; None of one that is read."""
    return unread_format(_name(folder, path)) or _outside(folder, path, root)


def _folder_left_out(folder: Path, path: Path, root: str) -> SourcesError | None:
    """What is told of a folder that is not looked into; None of one that is, or that nobody would miss."""
    if _BACKUP.search(path.name):
        return SourcesError("folder_backup", "folder_backup_hint", name=_name(folder, path))
    return None if _TEMPORARY.search(path.name) else _outside(folder, path, root)


def _outside(folder: Path, path: Path, root: str) -> SourcesError | None:
    return (
        SourcesError("link_outside", "link_outside_hint", name=_name(folder, path))
        if _leads_outside(path, root)
        else None
    )


def _leads_outside(path: Path, root: Path | str) -> bool:
    """Whether it is a link out of the folder of documents; what a link inside leads to is read in its own place."""
    return os.path.islink(path) and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))  # noqa: PTH114


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
    return source_of(raw, name, extract(raw, name))


def source_of(raw: bytes, name: str, found: Extracted) -> SourceFile:
    """A document of its bytes and what a reader made of them."""
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


def size_of(path: Path) -> int:
    """Bytes of a file; 0 of one that cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
