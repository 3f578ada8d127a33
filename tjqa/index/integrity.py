"""Data files of an index are compared with their SHA-256 before any library sees a byte of them.

A damaged byte in a vector file can load without complaint and answer wrongly, and some libraries crash on it. Up to
`SMALL` bytes a file is read and hashed whole each time (2 ms). A larger one is mapped into memory, so that opening an
index of gigabytes costs no reading, and hashed once: a stamp in the user's cache folder then says that the file with
this inode, size, time of change and time of status change was found whole. Whatever writes into the file changes one of
these, and the next start hashes it again. (Hashing single blocks when they are touched was weighed: a scan over all
vectors touches every block with the first question, so that each start would pay for all of them.) What a stamp
cannot see is a disk that loses bits by itself: so a stamp is believed for `_BELIEVED` days only, and `tjqa check`
hashes everything.

A stamp is written only for files that have rested for `_RESTED` seconds: clocks of file systems tick slowly, and a
change within the tick in which the file was hashed would not show. Stamps protect against accidents; whoever can
write into the user's cache folder can also write a new index.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import time
from io import BufferedReader
from pathlib import Path

from tjqa.config import cache_folder, may_write
from tjqa.errors import IndexDamaged, reason
from tjqa.files import open_regular, read_regular, write_atomically
from tjqa.messages import message

SMALL = 4 * 1024 * 1024

_BELIEVED = 30
_RESTED = 2.0


def verified(path: Path, size: int, digest: str, trust: bool = True) -> memoryview:
    """The bytes of a data file after they matched size and SHA-256; large files are mapped, not read.

    With `trust` the stamp of an earlier comparison is enough for a large file.

    Raises:
        IndexDamaged: the file is missing, unreadable or differs.
    """
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size != size:
                raise IndexDamaged("index_file_size", name=path.name)
            if size <= SMALL:
                data = memoryview(file.read(size + 1))
                _compare(hashlib.sha256(data).hexdigest(), digest, path.name)
                return data
            return _mapped(file, digest, path.name, trust)
    except (OSError, ValueError) as error:  # ValueError: the file shrank before it was mapped
        why = reason(error) if isinstance(error, OSError) else message("index_file_shrank")
        raise IndexDamaged("index_file_unreadable_why", name=path.name, why=why) from error


def _mapped(file: BufferedReader, digest: str, name: str, trust: bool) -> memoryview:
    data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    before = _identity(file)
    stamp = cache_folder() / "verified" / digest[:32]
    if trust and _stamped(stamp, before):
        return data
    # Read, not looked at through the mapping: else the whole index would count as this program's memory.
    file.seek(0)
    _compare(hashlib.file_digest(file, "sha256").hexdigest(), digest, name)
    changed_ns = max(int(field) for field in before.split()[-2:])
    if may_write() and _identity(file) == before and time.time_ns() - changed_ns > _RESTED * 1e9:
        _write_stamp(stamp, before)
    return data


def _compare(found: str, digest: str, name: str) -> None:
    if found != digest:
        raise IndexDamaged("index_file_differs", name=name)


def _identity(file: BufferedReader) -> str:
    stat = os.fstat(file.fileno())
    return f"{stat.st_dev} {stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def _stamped(stamp: Path, identity: str) -> bool:
    try:
        fresh = 0 <= time.time() - stamp.stat().st_mtime < _BELIEVED * 86400
        return fresh and read_regular(stamp, 1024).decode("ascii") == identity
    except (OSError, UnicodeDecodeError):
        return False


def _write_stamp(stamp: Path, identity: str) -> None:
    """Remember a comparison; where nothing can be written the file is hashed again next time."""
    with contextlib.suppress(OSError):
        stamp.parent.mkdir(parents=True, exist_ok=True)
        for old in stamp.parent.iterdir():  # of indexes that are gone
            if time.time() - old.stat().st_mtime > _BELIEVED * 86400:
                old.unlink(missing_ok=True)
        write_atomically(stamp, identity.encode("ascii"))
