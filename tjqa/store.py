"""Generations of files on disk: written beside the old one, checked, then swapped in; never overwritten.

    index/CURRENT            the name of the live generation, replaced atomically, last
    index/gen-000007/        data files and manifest.json, which names each with its size and SHA-256
    index/LOCK               held by the one writer

Killed at any moment, the old generation still opens. A reader that has a generation open keeps it: files are never
changed in place. Nothing is unpickled.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tjqa.errors import IndexDamaged, IndexLocked, IndexMissing, TjqaError

FORMAT = 1
"""Raised whenever the layout of the files changes."""

_REBUILD = "请运行 tjqa index --rebuild 重建索引。"


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
        raise IndexLocked("另一个 tjqa 正在建立这个索引。", "请等它完成后再试。") from error
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def unwritable(folder: Path, error: OSError) -> TjqaError:
    """The message for a folder that cannot be written (read only, disk full)."""
    reason = error.strerror or str(error)
    return TjqaError(
        f"无法写入索引文件夹 {folder}:{reason}。", "请检查权限和磁盘空间,或用 --embeddings 指定另一个文件夹。"
    )


def commit(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Path:
    """Write one generation and make it the live one; call while holding the lock.

    Raises:
        TjqaError: the disk is full or the folder cannot be written; the old generation stays live.
    """
    number = 1 + max((_number(p) for p in folder.glob("gen-*")), default=0)
    temporary = folder / f"tmp-{number:06}"
    try:
        for leftover in folder.glob("tmp-*"):
            shutil.rmtree(leftover)
        temporary.mkdir()
        listed = {name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
        for name, data in files.items():
            _write(temporary / name, data)
        complete = {"format": FORMAT, **manifest, "files": listed}
        _write(temporary / "manifest.json", json.dumps(complete, ensure_ascii=False, indent=1).encode())
        live = temporary.rename(folder / f"gen-{number:06}")
        _sync(folder)
        _write(folder / "CURRENT.tmp", live.name.encode())
        (folder / "CURRENT.tmp").replace(folder / "CURRENT")
        _sync(folder)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise unwritable(folder, error) from error
    _collect(folder, keep=number)
    return live


def live_generation(folder: Path) -> Path:
    """The live generation's folder.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: CURRENT names a generation that is not there.
    """
    try:
        name = (folder / "CURRENT").read_text("ascii").strip()
    except FileNotFoundError as error:
        raise IndexMissing(f"还没有索引(在 {folder} 没有找到)。", "请运行 tjqa index 建立索引。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"索引文件 {folder / 'CURRENT'} 读不出来。", _REBUILD) from error
    if not (name.startswith("gen-") and name[4:].isdigit() and (folder / name).is_dir()):
        raise IndexDamaged(f"索引文件 {folder / 'CURRENT'} 指向不存在的 {name[:40]!r}。", _REBUILD)
    return folder / name


def read_manifest(generation: Path) -> dict[str, Any]:
    """The manifest of a generation.

    Raises:
        IndexDamaged: it is missing, not JSON, or of another format.
    """
    try:
        manifest = json.loads((generation / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"索引清单 {generation / 'manifest.json'} 读不出来。", _REBUILD) from error
    if (
        not isinstance(manifest, dict)
        or manifest.get("format") != FORMAT
        or not isinstance(manifest.get("files"), dict)
    ):
        raise IndexDamaged("索引清单的格式与这个版本的 tjqa 不符。", _REBUILD)
    return manifest


def read_verified(generation: Path, manifest: Mapping[str, Any], name: str) -> bytes:
    """The bytes of one data file, after their size and SHA-256 matched the manifest.

    Raises:
        IndexDamaged: the file is missing or differs.
    """
    try:
        listed = manifest["files"][name]
        size, digest = int(listed["size"]), str(listed["sha256"])
        with (generation / name).open("rb") as handle:
            if os.fstat(handle.fileno()).st_size != size:
                raise IndexDamaged(f"索引文件 {name} 的大小与清单不符。", _REBUILD)
            data = handle.read()
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamaged(f"索引清单没有正确记录 {name}。", _REBUILD) from error
    except OSError as error:
        raise IndexDamaged(f"索引文件 {name} 读不出来:{error.strerror}。", _REBUILD) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise IndexDamaged(f"索引文件 {name} 的内容与清单不符,可能已损坏。", _REBUILD)
    return data


def _number(path: Path) -> int:
    tail = path.name.partition("-")[2]
    return int(tail) if tail.isdigit() else 0


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


def _collect(folder: Path, keep: int) -> None:
    """Remove generations older than the one before `keep`, which a running reader may still be opening."""
    for path in folder.glob("gen-*"):
        if _number(path) < keep - 1:
            shutil.rmtree(path, ignore_errors=True)  # on Windows a file in use stays until the next build
