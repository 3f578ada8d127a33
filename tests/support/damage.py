"""Damages files of an index in every way a disk or an accident does, one damage at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = ("byte", "bit", "zeros", "noise", "cut", "grow", "swap", "shift", "empty", "gone")


def files_of(index_dir: Path, generation: Path) -> list[Path]:
    """Every file a reader of the index may look at."""
    return [index_dir / "CURRENT", index_dir / "LOCK", *sorted(generation.iterdir())]


@contextmanager
def damaged(path: Path, kind: str, draw: random.Random, other: Path) -> Iterator[str]:
    """`path` with one damage, put back afterwards; gives words for it. The file is written in place, like a bad disk
    would, so that its inode stays."""
    raw = path.read_bytes()
    wrong, told = _wrong(raw, kind, draw, other.read_bytes())
    if wrong is None:
        path.unlink()
    else:
        path.write_bytes(wrong)
    try:
        yield f"{path.name}: {told}" if wrong != raw else ""
    finally:
        path.write_bytes(raw)


def _wrong(raw: bytes, kind: str, draw: random.Random, other: bytes) -> tuple[bytes | None, str]:
    if kind == "gone":
        return None, "gone"
    if kind == "empty" or not raw:
        return b"", "empty"
    if kind == "cut":
        size = draw.choice([len(raw) - 1, len(raw) // 2, draw.randrange(len(raw))])
        return raw[:size], f"cut to {size}"
    if kind == "grow":
        return raw + draw.randbytes(draw.choice([1, 512])), "grown"
    if kind == "swap":
        return other, "another file's bytes"
    at = draw.randrange(len(raw))
    if kind == "byte":
        return raw[:at] + bytes([(raw[at] + draw.randrange(1, 256)) % 256]) + raw[at + 1 :], f"byte {at}"
    if kind == "bit":
        return raw[:at] + bytes([raw[at] ^ (1 << draw.randrange(8))]) + raw[at + 1 :], f"bit of byte {at}"
    size = min(draw.choice([4, 64, 512, 4096]), len(raw) - at)
    if kind == "shift":
        return raw[:at] + raw[at + size :] + raw[at : at + size], f"{size} bytes from {at} moved to the end"
    block = bytes(size) if kind == "zeros" else draw.randbytes(size)
    return raw[:at] + block + raw[at + size :], f"{kind} of {size} bytes at {at}"
