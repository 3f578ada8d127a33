"""Names of members as paths: nothing in one leads anywhere, and no two are the same."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tjqa.ingest.containers import parameters
from tjqa.ingest.names import CONTAINERS, suffix_of

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(name: str) -> str:
    """A member's name as a path below its container: parts that lead up or to the root are left out, and folders are
    not called like containers, so that a path tells what is opened to get at it. Empty when nothing is left."""
    parts = [_UNPRINTED.sub("_", part).strip() for part in re.split(r"[/\\]", name)]
    parts = [part for part in parts if part and not re.fullmatch(r"\.+|[A-Za-z]:", part)]
    folders = [f"{part}_" if suffix_of(part) in CONTAINERS else part for part in parts[:-1]]
    return "/".join(map(_short, [*folders, *parts[-1:]]))


def _short(part: str) -> str:
    if len(part) <= parameters.LONGEST_PART:
        return part
    suffix = PurePosixPath(part).suffix[:16]
    return part[: parameters.LONGEST_PART - len(suffix)] + suffix


class Distinct:
    """Names given out, none twice: one that is taken gets a number before its suffix, 表 (2).xlsx."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def name(self, wanted: str) -> str:
        """The name, or the next one like it that is free."""
        path = PurePosixPath(wanted)
        made = wanted
        while made in self._taken:
            number = self._counts[wanted] = self._counts.get(wanted, 1) + 1
            made = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self._taken.add(made)
        return made
