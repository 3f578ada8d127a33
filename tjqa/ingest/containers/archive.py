"""Members of a zip archive."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO

from tjqa.errors import SourcesError
from tjqa.files import open_regular
from tjqa.ingest.containers import parameters
from tjqa.ingest.containers.member_names import Distinct, harmless
from tjqa.messages import message

_UTF8 = 0x800  # flags of a member
_LOCKED = 0x1 | 0x40
_UNIX = 3  # made on: then the upper half of its attributes is a file's mode there
_UNICODE_PATH = 0x7075  # the extra field with the name in UTF-8
_SMALL = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError, NotImplementedError, zlib.error)


class OnDisk(io.RawIOBase):
    """A file on the disk that is open only while it is read: nobody is kept from moving or deleting it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at = 0
        with open_regular(path) as file:
            self.size = file.seek(0, io.SEEK_END)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of files."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        """As of files."""
        with open_regular(self._path) as file:
            file.seek(self._at)
            count = file.readinto(buffer)  # type: ignore[arg-type]
        self._at += count
        return count


class Archive:
    """A zip archive; its members by their paths."""

    def __init__(self, file: IO[bytes], size: int, name: str) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
            listed = self._archive.infolist()
        except (*_BROKEN, RecursionError) as error:
            kind = message("kind_archive")
            raise SourcesError("archive_damaged", "archive_damaged_hint", name=name, kind=kind) from error
        if len(listed) > parameters.MOST_NAMED:
            most = parameters.MOST_NAMED
            raise SourcesError("container_many", "container_hint", name=name, count=len(listed), most=most)
        self.weight = size  # bytes held in memory
        self._entries: dict[str, zipfile.ZipInfo] = {}
        in_utf8, names = _in_utf8(listed), Distinct()
        for entry in listed:
            path = harmless(_name(entry, in_utf8))
            if path and not entry.is_dir() and not _is_link(entry):
                self._entries[names.name(path)] = entry

    @property
    def names(self) -> tuple[str, ...]:
        """Of all members, in the archive's order."""
        return tuple(self._entries)

    def size(self, key: str) -> int:
        """Of a member, unpacked."""
        return self._entries[key].file_size

    def fault(self, key: str, name: str) -> SourcesError | None:
        """Why a member cannot be read, as far as the list of members says; `name` is told."""
        entry = self._entries[key]
        if entry.flag_bits & _LOCKED:
            return SourcesError("member_locked", "member_locked_hint", name=name)
        if entry.file_size > max(_SMALL, parameters.MAX_RATIO * entry.compress_size):
            size = entry.file_size // _SMALL
            return SourcesError("member_bomb", "member_hint", name=name, size=size)
        if entry.file_size > parameters.MAX_MEMBER:
            return SourcesError("file_large", "file_large_hint", name=name, limit=parameters.MAX_MEMBER // _SMALL)
        return None

    def read(self, key: str, name: str) -> bytes:
        """A member's bytes, of which the archive's check sum is right.

        Raises:
            SourcesError: it is damaged, or packed in a way that is not known here.
        """
        entry = self._entries[key]
        try:
            with self._archive.open(entry) as file:
                return file.read(entry.file_size + 1)
        except (*_BROKEN, lzma.LZMAError) as error:
            raise SourcesError("member_damaged", "member_hint", name=name) from error


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return entry.create_system == _UNIX and stat.S_ISLNK(entry.external_attr >> 16)


def _bytes(entry: zipfile.ZipInfo) -> bytes | None:
    """The name as it stands in the archive; None where the archive says it is UTF-8, and it is read."""
    return None if entry.flag_bits & _UTF8 else entry.orig_filename.encode("cp437")


def _in_utf8(listed: list[zipfile.ZipInfo]) -> bool:
    """Whether names whose encoding is not told are UTF-8, all of them: what is written on one system is alike."""
    try:
        for entry in listed:
            (_bytes(entry) or b"").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _name(entry: zipfile.ZipInfo, in_utf8: bool) -> str:
    raw = _bytes(entry)
    if raw is None:
        return entry.filename
    told = _unicode_path(entry, raw)
    if told:
        return told
    for codec in ("utf-8",) if in_utf8 else ("gb18030", "big5hkscs"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unicode_path(entry: zipfile.ZipInfo, raw: bytes) -> str:
    """The name as an extra field has it, which holds the check sum of the name that it stands for."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = (int.from_bytes(extra[at : at + 2], "little") for at in (0, 2))
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:1] == b"\1" and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
    return ""
