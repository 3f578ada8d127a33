"""Generations of files on disk: written beside the old one, checked, then swapped in; never overwritten.

    index/CURRENT            the live generation's name and its manifest's SHA-256, replaced atomically, last
    index/gen-000007/        data files and manifest.json, which names each with its size and SHA-256
                             (how they are compared with it: tjqa/integrity.py)
    index/tmp-000008/        the generation being written; what an interrupted build finished of it is taken over
    index/LOCK               held by the one writer

Killed at any moment, the old generation still opens. A reader that has a generation open keeps it: files are never
changed in place. Nothing is unpickled.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tjqa import records
from tjqa.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, TjqaError, reason
from tjqa.files import read_regular, remove_tree, write_atomically
from tjqa.index.integrity import verified
from tjqa.index.own_folders import collect, has_own_name, is_own, number_of

_CURRENT = re.compile(r"(gen-[0-9]+) ([0-9a-f]{64})\n", re.ASCII)

_DONE = ".done.json"

_CURRENT_BYTES = 1024  # one line of some 80 bytes
_MANIFEST_BYTES = 256 * 1024 * 1024  # half a kilobyte a document: half a million of them

FORMAT = 4
"""Raised whenever the layout of the files changes."""


@contextlib.contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's write lock.

    Raises:
        IndexLocked: another process holds it.
        TjqaError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "LOCK", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise IndexLocked("index_locked", "index_locked_hint") from error
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def unwritable(folder: Path, error: OSError) -> TjqaError:
    """The message for a folder that cannot be written (read only, disk full)."""
    return TjqaError("index_unwritable", "index_unwritable_hint", folder=folder, why=reason(error))


class Staging:
    """A generation that is being written, in groups of files; made live by `commit`. Use it while holding the lock.

    A finished group is noted beside its files, so that the next build takes it over when this one is interrupted.

    Raises:
        TjqaError: by every method, when the disk is full or the folder cannot be written; the old generation stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        others = [*folder.glob("gen-*"), *(path for path in folder.glob("tmp-*") if not is_own(path))]
        number = 1 + max(map(number_of, others), default=0)
        self._place = folder / f"tmp-{number:06}"
        self._files: dict[str, dict[str, Any]] = {}
        with self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            for planted in folder.glob("tmp-*"):
                if planted.is_symlink() and has_own_name(planted):  # what it leads to could lie anywhere
                    planted.unlink()
            left = sorted(filter(is_own, folder.glob("tmp-*")))
            for older in left[:-1]:
                remove_tree(older)
            if left and left[-1] != self._place:
                left[-1].rename(self._place)
            self._place.mkdir(exist_ok=True)

    def left_over(self, group: str) -> bool:
        """Take over a group that an interrupted build finished; False when there is none, or not whole."""
        try:
            listed = json.loads(read_regular(self._place / f"{group}{_DONE}", _MANIFEST_BYTES))
            for name, entry in listed.items():
                held = _file(name, entry)
                verified(self._place / name, held["size"], held["sha256"], trust=False)
        except (OSError, IndexDamaged, ValueError, AttributeError, RecursionError):
            return False
        self._files |= listed
        return True

    def link(self, group: str, generation: Path, manifest: Mapping[str, Any]) -> bool:
        """Take over a group from another generation; False when it has none. Linked where the file system can."""
        listed = {name: entry for name, entry in manifest["files"].items() if name.startswith(f"{group}.")}
        with self._writing():
            for name in listed:
                (self._place / name).unlink(missing_ok=True)
                _link(generation / name, self._place / name)
        self._files |= listed
        return bool(listed)

    def add(self, group: str, files: Mapping[str, bytes]) -> None:
        """Write a group; its files' names begin with its own and a point."""
        listed = {name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
        with self._writing():
            for name, data in {**files, f"{group}{_DONE}": json.dumps(listed).encode()}.items():
                (self._place / name).unlink(missing_ok=True)  # a left-over link leads to a file that is being read
                _write(self._place / name, data)
        self._files |= listed

    def commit(self, manifest: Mapping[str, Any]) -> Path:
        """Make the generation live, with exactly the groups that were taken over or added."""
        with self._writing():
            for path in self._place.iterdir():
                if path.name not in self._files:
                    path.unlink()
            return _commit(self._folder, self._place, {"format": FORMAT, **manifest, "files": self._files})

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            remove_tree(self._place, ignore_errors=True)  # perhaps it is what fills the disk
            raise unwritable(self._folder, error) from error


def commit(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Path:
    """Write one generation and make it the live one; call while holding the lock.

    Raises:
        TjqaError: the disk is full or the folder cannot be written; the old generation stays live.
    """
    staging = Staging(folder)
    staging.add("", files)
    return staging.commit(manifest)


def amend(folder: Path, changes: Mapping[str, Any]) -> Path:
    """A generation with the live one's data files and a changed manifest; call while holding the lock.

    Raises:
        IndexMissing, IndexDamaged, IndexOutdated: there is no live generation to amend.
        TjqaError: the folder cannot be written.
    """
    live, manifest = live_generation(folder)
    staging = Staging(folder)
    for group in dict.fromkeys(name.partition(".")[0] for name in manifest["files"]):
        staging.link(group, live, manifest)
    return staging.commit({**manifest, **changes})


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def _commit(folder: Path, temporary: Path, manifest: Mapping[str, Any]) -> Path:
    before = _named(folder)
    listing = json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    _write(temporary / "manifest.json", listing)
    _sync(temporary)
    live = temporary.rename(folder / f"gen-{number_of(temporary):06}")
    _sync(folder)
    named = f"{live.name} {hashlib.sha256(listing).hexdigest()}\n"
    write_atomically(folder / "CURRENT", named.encode(), durable=True)
    _sync(folder)
    collect(folder, keep={live.name, before})
    return live


def live_generation(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The live generation's folder and its manifest, whose bytes matched the hash in CURRENT.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: CURRENT or the manifest is damaged.
        IndexOutdated: another version of tjqa wrote it.
    """
    try:
        current = read_regular(folder / "CURRENT", _CURRENT_BYTES).decode("ascii")
    except FileNotFoundError as error:
        raise IndexMissing("index_missing", "index_missing_hint", folder=folder) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged("index_file_unreadable", path=folder / "CURRENT") from error
    match = _CURRENT.fullmatch(current)
    if not match:
        raise IndexDamaged("index_file_damaged", path=folder / "CURRENT")
    return folder / match[1], _manifest(folder / match[1] / "manifest.json", match[2])


def _manifest(path: Path, digest: str) -> dict[str, Any]:
    try:
        listing = read_regular(path, _MANIFEST_BYTES)
    except OSError as error:
        raise IndexDamaged("manifest_unreadable", path=path, why=reason(error)) from error
    if hashlib.sha256(listing).hexdigest() != digest:
        raise IndexDamaged("manifest_damaged", path=path)
    try:
        manifest = json.loads(listing)
    except (ValueError, RecursionError) as error:
        raise IndexDamaged("manifest_no_json", path=path) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise IndexDamaged("manifest_no_files", path=path)
    if manifest.get("format") != FORMAT:
        made = manifest.get("tjqa")
        raise IndexOutdated("index_format", "index_format_hint", version=made if records.label(made) else "?")
    for name, entry in manifest["files"].items():
        _file(name, entry)
    return manifest


def _file(name: str, entry: Any) -> dict[str, Any]:
    """The size and SHA-256 of a file that lies in the folder of its generation."""
    try:
        if not records.plain_name(name):  # it would lead elsewhere
            raise records.Unfit(name)
        return records.fitting(entry, records.FILE)
    except records.Unfit as error:
        raise IndexDamaged("manifest_entry", name=name) from error


def read_verified(generation: Path, manifest: Mapping[str, Any], name: str, trust: bool = True) -> memoryview:
    """The bytes of one data file, after their size and SHA-256 matched the manifest; a large file is mapped.

    With `trust` a large file need not be hashed again when it has not been touched since it last was.

    Raises:
        IndexDamaged: the file is missing or differs.
    """
    listed = _file(name, manifest["files"].get(name))
    return verified(generation / name, listed["size"], listed["sha256"], trust)


def verify(folder: Path) -> None:
    """Hash every data file of the live generation, whatever was found earlier.

    Raises:
        IndexMissing, IndexDamaged, IndexOutdated: see `live_generation` and `read_verified`.
    """
    generation, manifest = live_generation(folder)
    for name in manifest["files"]:
        read_verified(generation, manifest, name, trust=False)


def _named(folder: Path) -> str:
    """The generation CURRENT names, as far as that can be read; "" otherwise."""
    try:
        return read_regular(folder / "CURRENT", _CURRENT_BYTES).decode("ascii", "replace").partition(" ")[0]
    except OSError:
        return ""


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and renames are durable without
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
