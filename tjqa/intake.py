"""One document, from its file to its passages: read, cleaned, packed, summed up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tjqa.cleaning import clean
from tjqa.cleaning.adjusting import drop_repeats, edges, kept_lines, restore
from tjqa.errors import SourcesError
from tjqa.library import summarise
from tjqa.parts import line_of
from tjqa.passages import pack
from tjqa.records import SourceState, SourceSummary
from tjqa.sources import read_source, sha256_of


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read: `state` as far as it is known without opening it, and the hashes of the lines that are the
    template of its folder."""

    folder: Path
    state: SourceState
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read: the whole state, a summary (None when it gave no text) and the passages as lines of JSON."""

    state: SourceState
    summary: SourceSummary | None = None
    lines: bytes = b""


def take_in(document: Document) -> Taken:
    """Read one document; why it gave no text is in its state."""
    state = document.state
    path = document.folder / state.path
    try:
        source = read_source(document.folder, path)
    except SourcesError as error:
        return Taken(replace(state, sha256=hash_of(path), skipped=str(error)))
    alone = clean(source)
    cleaned = restore(drop_repeats(source, alone, document.repeats), state.keep)
    packed = pack(source, cleaned)
    summary = replace(
        summarise(source, cleaned, len(packed)),
        edges=edges(source, alone),
        lines=kept_lines(alone),
        repeats=document.repeats,
        keep=state.keep,
    )
    return Taken(replace(state, sha256=source.sha256), summary, b"".join(map(line_of, packed)))


def hash_of(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read."""
    try:
        return sha256_of(path) if path.is_file() else ""  # a pipe would be waited for
    except (SourcesError, OSError):
        return ""
