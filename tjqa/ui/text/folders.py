"""Folders and sizes as a person reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Below:
    """What a typed path may go on to: the text `before` the name that is being typed, the folder that stands for, the
    names in it, those of folders with / behind them."""

    before: str
    folder: Path
    names: tuple[str, ...]


def below(typed: str, *, files: bool = False) -> Below | None:
    """The folders, and the `files`, that a typed path may go on to; None where there is no such place."""
    cut = typed.rfind("/") + 1
    before, begin = typed[:cut], typed[cut:]
    if (parent := expanded(before or ".")) is None:
        return None
    try:
        with os.scandir(parent) as entries:
            found = [(entry.name, _is_folder(entry)) for entry in entries if _fits(entry.name, begin)]
    except (OSError, ValueError):
        return None
    names = sorted(f"{name}{'/' * is_folder}" for name, is_folder in found if is_folder or files)
    return Below(before, parent, tuple(names))


def expanded(typed: str) -> Path | None:
    """The whole path that a typed one stands for; None of ~name of nobody, or where the current folder is gone."""
    try:
        return Path(typed).expanduser().absolute()
    except (RuntimeError, OSError, ValueError):
        return None


def _fits(name: str, begin: str) -> bool:
    return name.lower().startswith(begin.lower()) and (not name.startswith(".") or begin.startswith("."))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False
