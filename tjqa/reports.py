"""What building, checking and looking at an index report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from tjqa import records
from tjqa.documents import NOTHING_KEPT, Dropped, DropReason, Keep, Span
from tjqa.messages import Message, from_json, to_json


class SkippedFile(NamedTuple):
    """A file that gave no text, and why."""

    path: str
    reason: Message


class MovedFile(NamedTuple):
    """A file that is found under another path than when it was indexed."""

    old: str
    new: str


class ArticleTitle(NamedTuple):
    """The headline of an article, empty when it has none, and its date (ISO) where the page gives one."""

    title: str
    published: str | None


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source file as it was when indexed; size and times let a change be noticed without reading the file.

    `ctime_ns` is that of the last change of anything about it, which a program that sets the other time back does not
    set (on Windows the time it was made); 0 in an index of a version that did not note it.
    `skipped` is the reason why the file gave no text, None when it gave some; it is kept so that the same unreadable
    file is not taken for a new one on every question. `sha256` is empty when not even its bytes could be read. `reader`
    is what extracted the text, with its version: another one may extract another text. `keep` is what the user wanted
    kept of it, `drop` are patterns of the lines that the user wanted left out.
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    skipped: Message | None = None
    reader: str = ""
    keep: Keep = NOTHING_KEPT
    drop: tuple[str, ...] = ()
    ctime_ns: int = 0

    @property
    def timeless(self) -> SourceState:
        """The same without size and times: what makes another index where it differs."""
        return replace(self, size=0, mtime_ns=0, ctime_ns=0)

    def has_times_of(self, other: SourceState) -> bool:
        """Whether a file has the size and the times that it had; a time that was not noted is not compared."""
        known = self.ctime_ns and other.ctime_ns
        return (self.size, self.mtime_ns) == (other.size, other.mtime_ns) and (
            not known or self.ctime_ns == other.ctime_ns
        )


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What the index holds of one file. Counts are characters of the decoded text. `edges` are hashes of the kept lines
    at its ends (of `lines` in all), `repeats` those that were dropped because its whole folder has them; `keep` is what
    the user wants kept against the cleaner (`tjqa.ingest.user_rules`)."""

    path: str
    sha256: str
    encoding: str
    characters: int
    kept: int
    dropped: tuple[Dropped, ...]
    articles: tuple[ArticleTitle, ...]
    passages: int
    text_sha256: str = ""
    edges: tuple[str, ...] = ()
    lines: int = 0
    repeats: tuple[str, ...] = ()
    keep: Keep = NOTHING_KEPT


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a build: `phase` is the key of its name in the catalogue (phase_…), `done` of `total` in that phase
    (0 = unknown)."""

    phase: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: summaries in path order, files skipped with the reason, passages embedded anew. `moved` are
    files found under another name, `removed` those that are gone, `kept` those that could not be read now, of which
    the last reading stays; `unchanged` says that the index already
    held everything and was not written, `is_first` that there was none to be updated, or none was to be."""

    sources: tuple[SourceSummary, ...]
    skipped: tuple[SkippedFile, ...]
    passages: int
    embedded: int
    seconds: float
    moved: tuple[MovedFile, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[SkippedFile, ...] = ()
    unchanged: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Deepened:
    """What the model that reads context did for a library: passages it embedded now, of how many; `damaged` files of
    its vectors were not whole and are made again. `recognized` documents had scanned pages, which were
    recognised first."""

    embedded: int
    passages: int
    damaged: int = 0
    recognized: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """For the top bar: counts, when the index was built (ISO, local), and files changed since then. `skipped` are the
    files that could not be read when it was built, each with the reason. `due` says why the index should be made again
    (a new cleaner, another model); it still answers, as it did. `understood` is the share of the passages, 0..1, that
    have the vectors of the model that reads context; None where the library is kept without."""

    documents: int
    passages: int
    built: str
    model: str
    stale: tuple[str, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    due: tuple[Message, ...] = ()
    understood: float | None = None


def skipped_files(states: Iterable[SourceState]) -> tuple[SkippedFile, ...]:
    """Those of the files that gave no text, with the reasons."""
    return tuple(SkippedFile(state.path, state.skipped) for state in states if state.skipped is not None)


def row_of(held: SourceState | SourceSummary) -> dict[str, Any]:
    """What is written of it, as JSON takes it; `state_of` and `summary_of` read it."""
    row = {field.name: getattr(held, field.name) for field in fields(held)}  # asdict would copy every value
    row["keep"] = str(held.keep)
    if isinstance(held, SourceState):
        row["skipped"] = to_json(held.skipped) if held.skipped is not None else ""
    else:
        spans = ((left_out, left_out.span) for left_out in held.dropped)
        row["dropped"] = [{"span": {"start": s.start, "end": s.end}, "reason": one.reason} for one, s in spans]
    return row


def state_of(row: dict[str, Any]) -> SourceState:
    """A state out of what `row_of` made of it; an older index notes why a file was skipped as plain text.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    fields = {**records.fitting(row, records.STATE, records.STATE_MISSING)}
    fields["skipped"] = from_json(fields["skipped"]) if fields.get("skipped") else None
    fields["keep"] = Keep.read(fields.get("keep", ""))
    fields["drop"] = tuple(fields.get("drop", ()))
    return SourceState(**fields)


def summary_of(row: dict[str, Any]) -> SourceSummary:
    """A summary out of what `row_of` made of it.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    fields = {
        **records.fitting(row, records.SUMMARY, records.SUMMARY_MISSING),
        "dropped": tuple(map(_dropped, row["dropped"])),
        "articles": tuple(map(_title, row["articles"])),
        "edges": tuple(row["edges"]),
        "repeats": tuple(row["repeats"]),
        "keep": Keep.read(row.get("keep", "")),
    }
    return SourceSummary(**fields)


def _dropped(row: Any) -> Dropped:
    fields = records.fitting(row, records.DROPPED)
    return Dropped(Span(**fields["span"]), _reason(fields["reason"]))


def _title(row: Any) -> ArticleTitle:
    found = ArticleTitle(*row)
    records.fitting(found._asdict(), records.ARTICLE)
    return found


def _reason(label: str) -> DropReason:
    try:
        return DropReason(label)
    except ValueError:
        return DropReason.OTHER
