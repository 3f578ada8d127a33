"""Files that are replaced as a whole."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


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
