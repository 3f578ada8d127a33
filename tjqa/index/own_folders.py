"""The folders of generations, told from a user's own: documents may lie in a folder `index`, too, and there in folders
that are called gen-2023 or tmp-old. What was not made here is never renamed, written into or removed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from tjqa.files import remove_tree

_NAME = re.compile(r"(?:gen|tmp)-[0-9]{6,18}", re.ASCII)
_SUFFIXES = frozenset({".arrays", ".faiss", ".json", ".jsonl"})  # none of them is that of a document


def has_own_name(path: Path) -> bool:
    """Whether a folder is called as generations are."""
    return _NAME.fullmatch(path.name) is not None


def is_own(path: Path) -> bool:
    """Whether it is the folder of a generation, or of one that was begun: it holds files of ours alone."""
    if not has_own_name(path) or path.is_symlink():
        return False
    try:
        return all(entry.suffix in _SUFFIXES and not entry.is_dir() for entry in path.iterdir())
    except OSError:
        return False


def number_of(path: Path) -> int:
    """The number in the name of such a folder; 0 where there is none."""
    tail = path.name.partition("-")[2]
    # isdigit is true of ² too; more digits than this no numbering reaches, and int refuses thousands.
    return int(tail) if tail.isascii() and tail.isdigit() and len(tail) <= 18 else 0


def collect(folder: Path, keep: Collection[str]) -> None:
    """Remove every generation but the live one and the one before it, which a reader may be opening just now."""
    for path in folder.glob("gen-*"):
        if path.name not in keep and is_own(path):
            remove_tree(path, ignore_errors=True)  # on Windows a file in use stays until the next build
