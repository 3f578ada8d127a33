"""Copying to the system clipboard: helper programs first, the terminal's own sequence last.

The terminal sequence (OSC 52) gives no answer, and tmux and some terminals drop it silently, so success is only
claimed when a helper said so.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

_TIMEOUT = 2.0


def helpers(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[list[str]]:
    """Commands that take the text on standard input, best first; only those that are installed."""
    commands: list[list[str]] = []
    if environ.get("SSH_CONNECTION"):
        return commands  # a helper would fill the clipboard of the far machine, not the reader's
    if platform == "darwin":
        commands.append(["pbcopy"])
    elif platform == "win32":
        commands.append(["powershell", "-NoProfile", "-Command", "$input | Set-Clipboard"])
    if environ.get("WAYLAND_DISPLAY"):
        commands.append(["wl-copy"])
    if environ.get("DISPLAY"):
        commands += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if environ.get("TMUX"):
        commands.append(["tmux", "load-buffer", "-w", "-"])
    return [[program, *rest] for name, *rest in commands if (program := installed(name, environ.get("PATH", "")))]


def installed(name: str, path: str) -> str | None:
    """The program's place; one in the current folder, where Windows and a PATH with "." look, is none."""
    folders = [folder for folder in path.split(os.pathsep) if Path(folder).is_absolute()]
    found = shutil.which(name, path=os.pathsep.join(folders))
    return found if found is not None and Path(found).is_absolute() else None


async def copy_with_helper(text: str, commands: list[list[str]]) -> bool:
    """True when one of `commands` took the text."""
    for command in commands:
        if await _run(command, text):
            return True
    return False


async def _run(command: list[str], text: str) -> bool:
    # xclip stays behind to serve the clipboard: its output must not be a pipe that we would wait for.
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=quiet, stderr=quiet
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), _TIMEOUT)
    except (TimeoutError, BrokenPipeError, ConnectionResetError):
        if process.returncode is None:
            process.kill()
            await process.wait()
        return False
    return process.returncode == 0
