"""Files of the sources folder → `SourceFile`: bytes, hash, text. Nothing is ever replaced or skipped silently."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tjqa.documents import SourceFile
from tjqa.errors import SourcesError, reason
from tjqa.files import FileTooLarge, IrregularFile, open_regular, read_regular, walk
from tjqa.ingest.containers import members, on_disk, read_member
from tjqa.ingest.known_members import KnownMembers
from tjqa.ingest.names import ARCHIVES, CONTAINERS, TEMPORARY, UNREAD, is_document, page_folders, suffix_of
from tjqa.ingest.readers import extract
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.scans import PICTURES
from tjqa.reports import SourceState

MAX_BYTES = 64 * 1024 * 1024

_BACKUP = re.compile(r"^[^.~].*(?:~|\.tmp|\.part|\.bak)$", re.IGNORECASE)  # of a folder: somebody may look for it


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a folder, each by its path from there: documents, and what is told instead of being opened, with
    what is told of it; `unlisted` are those of them that are folders whose names cannot be had, with the reason."""

    documents: tuple[str, ...]
    told: Mapping[str, SourcesError]
    unlisted: Mapping[str, OSError]


def look_into(folder: Path, states: Iterable[SourceState] = ()) -> Listing:
    """List a folder and all below it, what lies in archives and mails too. Hidden and temporary names are passed over.
    Documents of formats that are not read, folders of backups, links that lead outside, and folders that cannot be
    listed or lie too deep, are told.

    Args:
        folder: the uppermost.
        states: what an index holds: a container that is as it was then is not opened again.

    Raises:
        SourcesError: `folder` is missing, is not a folder, or cannot be listed.
    """
    require_folder(folder)
    root = os.path.realpath(folder)
    unlisted: dict[str, OSError] = {}
    documents: list[str] = []
    told: dict[str, SourcesError] = {}
    beside_page: set[Path] = set()
    for place, folders, names in walk(folder, lambda place, error: unlisted.__setitem__(_name(folder, place), error)):
        for path in (place / name for name in folders):
            if (fault := _folder_left_out(folder, path, root)) is not None:
                told[_name(folder, path)] = fault
        shown = page_folders(names)
        beside_page |= {place / name for name in folders if place in beside_page or name.casefold() in shown}
        for path in (place / name for name in names if _is_document(place / name)):
            if place in beside_page and suffix_of(path.name) in PICTURES:
                continue  # as `is_shown_by_page` says
            if (fault := _left_out(folder, path, root)) is None:
                documents.append(_name(folder, path))
            else:
                told[_name(folder, path)] = fault
        folders[:] = [name for name in folders if not TEMPORARY.search(name)]
    if "." in unlisted:
        raise SourcesError("sources_unlisted", "folder_unlisted_hint", folder=folder, why=reason(unlisted["."]))
    for name, error in unlisted.items():
        told[name] = SourcesError("folder_unlisted", "folder_unlisted_hint", name=name, why=reason(error))
    inside = KnownMembers(states)
    documents += (f"{name}/{path}" for name in list(documents) for path in _inside(folder, name, inside))
    return Listing(tuple(sorted(documents)), told, unlisted)


def _inside(folder: Path, name: str, known: KnownMembers) -> Sequence[str]:
    """The documents in a container, by their paths from it; why it cannot be opened is told when it is read."""
    if suffix_of(name) not in CONTAINERS:
        return ()
    held = known.of(name, folder / name)
    if held is not None:
        return held
    try:
        return members(folder / name, name)
    except SourcesError as error:  # of what the system refuses just now, what was last read stays
        return known.last(name) if error.message.key == "file_unreadable" else ()


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
    if not is_document(path.name):
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
    return None if TEMPORARY.search(path.name) else _outside(folder, path, root)


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
    if path.suffix.lower() in ARCHIVES:
        return _archive(path, name)
    raw = read_bytes(path, name)
    found = extract(raw, name)
    if path.suffix.lower() in CONTAINERS and (count := len(members(path, name))):
        found = replace(found, encoding=f"{found.encoding}(附件里有 {count} 个文件)")
    return source_of(raw, name, found)


def _archive(path: Path, name: str) -> SourceFile:
    """An archive, which has no text of its own; it may be larger than what is read into memory.

    Raises:
        SourcesError: it cannot be opened, or no document lies in it.
    """
    count = len(members(path, name))
    if not count:
        raise SourcesError("archive_empty", "archive_empty_hint", name=name)
    return SourceFile(name, sha256_of(path), f"ZIP({count} 个文件)", "")


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
        found.published,
        found.printed,
    )


def unread_format(name: str) -> SourcesError | None:
    """What is told of a document of a format that no reader reads, None of any other."""
    suffix = suffix_of(name)
    return SourcesError("format_unread", "format_unread_hint", name=name, suffix=suffix) if suffix in UNREAD else None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        SourcesError: the file cannot be read.
    """
    file_on_disk, member = on_disk(path)
    if member:
        return hashlib.sha256(read_member(path, path.name)).hexdigest()
    try:
        with open_regular(file_on_disk) as file:
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


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a document, on the disk or in a container.

    Raises:
        SourcesError: it cannot be read, or is too large.
    """
    if on_disk(path)[1]:
        return read_member(path, name)
    try:
        return read_regular(path, MAX_BYTES)
    except IrregularFile as error:
        raise SourcesError("file_irregular", "file_irregular_hint", name=name) from error
    except FileTooLarge as error:
        limit = error.limit // (1024 * 1024)
        raise SourcesError("file_large", "file_large_hint", name=name, limit=limit) from error
    except OSError as error:
        raise _unreadable(name, error) from error
