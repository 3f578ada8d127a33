"""What building, checking and looking at an index report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tjqa.documents import Dropped, Span


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source file as it was when indexed; size and mtime let a change be noticed without reading the file.

    `skipped` is the reason why the file gave no text; it is kept so that the same unreadable file is not taken for a
    new one on every question. `sha256` is empty when not even its bytes could be read. `reader` is what extracted the
    text, with its version: another one may extract another text. `keep` is what the user wanted kept of it.
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    skipped: str = ""
    reader: str = ""
    keep: str = ""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What the index holds of one file. Counts are characters of the decoded text. `edges` are hashes of the kept lines
    at its ends (of `lines` in all), `repeats` those that were dropped because its whole folder has them; `keep` is what
    the user wants kept against the cleaner (`tjqa.keeping`)."""

    path: str
    sha256: str
    encoding: str
    characters: int
    kept: int
    dropped: tuple[Dropped, ...]
    articles: tuple[tuple[str, str | None], ...]
    passages: int
    text_sha256: str = ""
    edges: tuple[str, ...] = ()
    lines: int = 0
    repeats: tuple[str, ...] = ()
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a build, for people: `phase` is Chinese, `done` of `total` in that phase (0 = unknown)."""

    phase: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: summaries in path order, files skipped with the reason, passages embedded anew. `moved` are
    files found under another name (old, new), `removed` those that are gone; `unchanged` says that the index already
    held everything and was not written."""

    sources: tuple[SourceSummary, ...]
    skipped: tuple[tuple[str, str], ...]
    passages: int
    embedded: int
    seconds: float
    moved: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """For the top bar: counts, when the index was built (ISO, local), and files changed since then. `skipped` are the
    files that could not be read when it was built, each with the reason. `due` says why the index should be made again
    (a new cleaner, another model); it still answers, as it did."""

    documents: int
    passages: int
    built: str
    model: str
    stale: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    due: str = ""


def summary_of(row: dict[str, Any]) -> SourceSummary:
    """A summary out of what `asdict` made of it."""
    dropped = tuple(Dropped(Span(**d["span"]), d["reason"]) for d in row["dropped"])
    articles = tuple(tuple(a) for a in row["articles"])
    ends = {"edges": tuple(row["edges"]), "repeats": tuple(row["repeats"])}
    return SourceSummary(**{**row, **ends, "dropped": dropped, "articles": articles})
