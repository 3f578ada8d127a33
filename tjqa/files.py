"""Files that are read and replaced as a whole."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

# Where the system knows them: do not wait for the other end of a pipe, do not take a terminal, change no line ends.
_READ = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY", "O_NOINHERIT"):
    _READ |= getattr(os, _name, 0)


class IrregularFile(OSError):
    """What should be a file is a pipe, a device, a socket or a folder."""

    def __init__(self, path: Path, mode: int) -> None:
        # The system says ENXIO of a socket that is opened as a file.
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        super().__init__(code, "not a regular file", str(path))


class FileTooLarge(OSError):
    """A file has more bytes than its kind ever needs; `limit` is how many it may have."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(errno.EFBIG, "file too large", str(path))
        self.limit = limit


def open_regular(path: Path) -> BufferedReader:
    """A regular file, or one that a link leads to, opened to read its bytes; nothing else is opened or waited for.

    Raises:
        IrregularFile: it is a pipe, which would be waited for, a device, which may never end, or a folder.
        OSError: it is missing, or the system refuses it.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):  # to open a device may set it going
        raise IrregularFile(path, mode)
    file = os.fdopen(os.open(path, _READ), "rb")
    mode = os.fstat(file.fileno()).st_mode
    if not stat.S_ISREG(mode):  # it was exchanged meanwhile
        file.close()
        raise IrregularFile(path, mode)
    return file


def read_regular(path: Path, limit: int) -> bytes:
    """All bytes of such a file, which is measured before it is read.

    Args:
        path: the file.
        limit: the most bytes it may have.

    Raises:
        FileTooLarge: it is larger than `limit`.
        IrregularFile, OSError: see `open_regular`.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise FileTooLarge(path, limit)
        data = file.read(size + 1)  # room is made for as much as is asked for
        if len(data) > size:  # it has grown since
            data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        raise FileTooLarge(path, limit)
    return data


def write_atomically(path: Path, data: bytes, durable: bool = False) -> None:
    """Replace a file, or make it, with its folder: whoever reads it finds the old bytes or the new ones, never a part.

    Args:
        path: the file.
        data: all that it is to hold.
        durable: wait until the disk has the bytes, so that they outlive a loss of power; the folder's entry is the
            caller's to wait for.

    Raises:
        OSError: it cannot be written; the old file stays, and nothing is left beside it.
    """
    spare = path.with_name(f"{path.name}.{os.getpid()}.tmp")  # two programs may write the same file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with spare.open("wb") as handle:
            handle.write(data)
            if durable:
                handle.flush()
                os.fsync(handle.fileno())
        spare.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise
