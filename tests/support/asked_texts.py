"""A library of texts to ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tjqa.config import Settings
from tjqa.engine import Engine, build


def engine_of(files: Mapping[str, str], folder: Path) -> Engine:
    """One library of all the files, by name, with the shipped model, made in a new folder."""
    (folder / "sources").mkdir()
    for name, text in files.items():
        (folder / "sources" / name).write_text(text, "utf-8")
    settings = Settings(folder / "sources", folder / "embeddings")
    build(settings)
    return Engine.open(settings)
