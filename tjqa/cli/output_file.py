"""The file that `--output` names, which must be none that the library needs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tjqa.citations.judgements import FILE_NAME as JUDGEMENTS
from tjqa.citations.notebook.file import FILE_NAME as NOTEBOOK
from tjqa.config import Settings
from tjqa.errors import UsageError, reason
from tjqa.ingest.names import UNREAD
from tjqa.ingest.readers import SUFFIXES


def output_file(settings: Settings, name: str) -> Path:
    """The file, which may be written over.

    Raises:
        UsageError: it is a document of the library or one of its rule files, or a part of its index or its model, also
            by way of a link.
    """
    path = Path(os.path.realpath(name))  # of a link what it leads to; Path.resolve fails over links in a circle
    if path.exists() and path.is_relative_to(os.path.realpath(settings.sources)) and _is_of_sources(path):
        raise UsageError("output_onto_document", "output_unwritable_hint", path=name)
    owned = [settings.index_dir, settings.embeddings / "model"]
    owned += [settings.embeddings / name for name in (JUDGEMENTS, NOTEBOOK)]
    if settings.store is not None:
        owned.append(Path(settings.store.uri))
    if any(path.is_relative_to(os.path.realpath(own)) for own in owned):
        raise UsageError("output_onto_index", "output_unwritable_hint", path=name)
    return Path(name)


def write_output(data: bytes, path: Path | None) -> None:
    """Write a whole file, or to standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None:
        sys.stdout.flush()
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.buffer.write(data)
        else:  # captured by the program that called us
            sys.stdout.write(data.decode("utf-8", "replace"))
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError("output_unwritable", "output_unwritable_hint", path=str(path), why=reason(error)) from error


def _is_of_sources(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES | UNREAD or path.name.startswith(".tjqa-")
