"""What a fit is made of, so that its figures can be traced: the code, the sets with the hashes of their files."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from embeddings.ranking.libraries import Library
from tjqa import __version__

_ROOT = Path(__file__).resolve().parents[2]


def provenance(libraries: Iterable[Library], held_out: Mapping[str, float]) -> dict[str, Any]:
    """The record that ranking.json carries beside its tables: version and commit of the code, the day, every set with
    its questions and the SHA-256 of its files, and the figures on the library's own questions, each judged by weights
    fitted without it."""
    return {
        "version": __version__,
        "commit": commit(_ROOT),
        "date": date.today().isoformat(),
        "sets": [set_record(library) for library in libraries],
        "held_out": {name: round(value, 4) for name, value in held_out.items()},
    }


def set_record(library: Library) -> dict[str, Any]:
    """Name of a set, how many questions were used, and the SHA-256 of each of its files."""
    return {
        "name": library.name,
        "questions": len(library.probes),
        "files": {name: sha256_of(path) for name, path in library.files.items()},
    }


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def commit(folder: Path) -> str:
    """The commit a checkout stands at, with "-dirty" when files differ from it; empty where there is no checkout."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError:  # no git
        return ""
    return done.stdout.strip()
