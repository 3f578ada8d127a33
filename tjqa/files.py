"""Files that are read and replaced as a whole."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from io import BufferedReader, BufferedWriter
from pathlib import Path

# Where the system knows them: do not wait for the other end of a pipe, do not take a terminal, change no line ends.
_READ = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY", "O_NOINHERIT"):
    _READ |= getattr(os, _name, 0)


MOST_GIVEN = 64 * 1024 * 1024
"""Bytes of a file of questions: a million of them have less."""


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


def read_given(name: str) -> bytes:
    """All bytes of a file of questions, which may be a pipe as well; "-" is standard input.

    Raises:
        FileTooLarge: there are more than `MOST_GIVEN`: a device that never ends, or no questions.
        OSError: the system refuses them.
    """
    with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
        data = file.read(MOST_GIVEN + 1)
    if len(data) > MOST_GIVEN:
        raise FileTooLarge(Path(name), MOST_GIVEN)
    return data


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


def walk(folder: Path, refused: Callable[[Path, OSError], object]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Every folder below a folder, itself first, with the names of its folders and of its other entries, as `os.walk`
    gives them; that one of Python 3.11 calls itself for every folder in a folder, and some hundreds end the program.

    Args:
        folder: the uppermost. Links to folders are named, not followed.
        refused: told of each folder that cannot be listed, for want of rights or because its path is too long.

    Yields:
        Whoever takes names of folders out of the list is spared what is below them.
    """
    left = [folder]
    while left:
        place = left.pop()
        folders: list[str] = []
        others: list[str] = []
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    (folders if _is_folder(entry) else others).append(entry.name)
        except OSError as error:
            refused(place, error)
            continue
        yield place, folders, others
        # Path.is_symlink raises an error over a path that is too long, which listing it will tell.
        left += [below for name in reversed(folders) if not os.path.islink(below := place / name)]  # noqa: PTH114


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def remove_tree(folder: Path, ignore_errors: bool = False) -> None:
    """`shutil.rmtree`, which calls itself for every folder in a folder.

    Raises:
        OSError: something cannot be removed, or lies too deep; not with `ignore_errors`.
    """
    try:
        shutil.rmtree(folder, ignore_errors=ignore_errors)
    except RecursionError as error:
        if not ignore_errors:
            raise OSError(errno.ENAMETOOLONG, "folders too deep", str(folder)) from error


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
        with _made(spare) as handle:
            handle.write(data)
            if durable:
                handle.flush()
                os.fsync(handle.fileno())
        spare.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise


def _made(spare: Path) -> BufferedWriter:
    """A file that was not there before: its name can be guessed, and a link there must not be written through."""
    try:
        return spare.open("xb")
    except FileExistsError:
        spare.unlink()  # planted, or left behind by a program that had the same number
        return spare.open("xb")
