"""Opening files with the system's own programs: never through a shell, and only where there is a desktop to do it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tjqa.ui.clipboard import installed

_ANSWER_WITHIN = 3.0
"""Seconds in which the system's opener says that it found no program; some stay until the program is closed."""


def opener(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str] | None:
    """The program that opens a file named after it; None where there is no desktop. Windows needs none.

    Over SSH the desktop, if any, is that of another machine than the reader's.
    """
    if environ.get("SSH_CONNECTION"):
        return None
    if platform == "win32":
        return []
    if platform == "darwin":
        return ["/usr/bin/open"]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None  # xdg-open would start a program of the terminal over the app
    found = installed("xdg-open", environ.get("PATH", ""))
    return [found] if found is not None else None


async def open_with_system(path: Path, command: list[str]) -> bool:
    """Open a file or a folder; False when the system says that it could not.

    Args:
        path: absolute, so that it cannot be taken for an option.
        command: what `opener` gave.
    """
    if not path.is_absolute():
        raise ValueError("an absolute path is needed")
    if not command:
        return _start(path)
    quiet = asyncio.subprocess.DEVNULL
    try:
        # A session of its own: what is opened outlives the app, and keys typed here do not reach it.
        process = await asyncio.create_subprocess_exec(
            *command, os.fspath(path), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        return await asyncio.wait_for(asyncio.shield(process.wait()), _ANSWER_WITHIN) == 0
    except TimeoutError:
        return True
    except (OSError, ValueError):  # ValueError: a path that the system cannot name
        return False


def _start(path: Path) -> bool:
    try:
        os.startfile(path)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
