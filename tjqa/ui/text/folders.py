"""Folders and sizes as a person reads them."""

from __future__ import annotations

from pathlib import Path

_UNITS = ("B", "KB", "MB", "GB", "TB")


def short_path(folder: str) -> str:
    """A path with ~ for the home of who reads it."""
    try:
        home = str(Path.home())
    except RuntimeError:  # nobody's
        return folder
    return f"~{folder[len(home) :]}" if folder == home or folder.startswith(f"{home}/") else folder


def folder_name(folder: str) -> str:
    """What a library is called: the name of its folder."""
    return Path(folder).name or folder


def size_shown(size: int) -> str:
    """Bytes in the unit that leaves one to three digits: 76 KB."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if number >= 10 or not unit else f"{number:.1f} {_UNITS[unit]}"
