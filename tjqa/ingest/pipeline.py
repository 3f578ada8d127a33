"""One document, from its file to its passages: read, cleaned, packed, summed up."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tjqa.documents import NOTHING_KEPT, CleanedFile, DocumentKind, Keep, SourceFile, line_of
from tjqa.errors import SourcesError
from tjqa.ingest import parameters
from tjqa.ingest.chunking import passages
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.templates import drop_repeats, edges, kept_lines, restore, without_lines
from tjqa.ingest.containers import on_disk
from tjqa.ingest.sources import read_source, sha256_of
from tjqa.reports import ArticleTitle, SourceState, SourceSummary

_log = logging.getLogger("tjqa.ingest")
_log.addHandler(logging.NullHandler())  # without a log nothing is written between the lines of a command


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read: `state` as far as it is known without opening it, and the hashes of the lines that are the
    template of its folder."""

    folder: Path
    state: SourceState
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """What was read: the whole state, a summary (None when it gave no text) and the passages as lines of JSON."""

    state: SourceState
    summary: SourceSummary | None = None
    lines: bytes = b""


def take_in(document: Document) -> IngestedFile:
    """Read one document; why it gave no text is in its state. Whatever goes wrong with it costs only this one.

    Raises:
        MemoryError: there was not enough for it, which may be no fault of the document.
    """
    state = document.state
    try:
        with told_of(state.path):
            return _taken_in(document)
    except SourcesError as fault:
        return IngestedFile(replace(state, sha256="", skipped=fault.whole))  # without a hash it is tried again


@contextlib.contextmanager
def told_of(name: str) -> Iterator[None]:
    """Work on a document: a fault of ours in it becomes the message that says so, and is written to the log.

    Raises:
        SourcesError: the fault, or what was raised as one.
        MemoryError: there was not enough.
    """
    try:
        yield
    except (SourcesError, MemoryError):
        raise
    except Exception as error:
        _log.warning("%a could not be processed", name, exc_info=True)
        why = type(error).__name__
        raise SourcesError("file_unprocessed", "file_unprocessed_hint", name=name, why=why) from error


def _taken_in(document: Document) -> IngestedFile:
    state = document.state
    path = document.folder / state.path
    try:
        source = read_source(document.folder, path)
        _require_text(source)
        _require_few_lines(source)
        source = without_lines(source, state.drop)
        alone = clean(source)
        whole = _adjusted(source, alone, state.keep, document.repeats)
        lines, count = _packed(source, whole)
    except SourcesError as error:
        return IngestedFile(replace(state, sha256=hash_of(path), skipped=error.whole))
    summary = replace(
        summarise(source, whole, count),
        edges=edges(source, alone),
        lines=kept_lines(alone),
        repeats=document.repeats,
        keep=state.keep,
    )
    return IngestedFile(replace(state, sha256=source.sha256), summary, lines)


def _packed(source: SourceFile, whole: CleanedFile) -> tuple[bytes, int]:
    """The passages as lines, and how many; no two of them are held at once."""
    lines = bytearray()
    count = 0
    for count, passage in enumerate(passages(source, whole), 1):
        _require_few_passages(source, count)
        lines += line_of(passage)
    return bytes(lines), count


def _require_text(source: SourceFile) -> None:
    """Refuse a page or document in which nothing is to be read: a frame, pictures alone, another program's format. It
    would count as indexed though no question can find it. An empty text file is just that.

    Raises:
        SourcesError: there is no text.
    """
    if source.kind is not DocumentKind.TEXT and not source.text.strip():
        raise SourcesError("file_without_text", "file_without_text_hint", name=source.path)


def _require_few_lines(source: SourceFile) -> None:
    """Refuse a text of too many lines; those of a table cost next to nothing.

    Raises:
        SourcesError: it has more than `MOST_LINES`.
    """
    lines = 1 + source.text.count("\n") + source.text.count("\r") - source.text.count("\r\n")
    if lines > parameters.MOST_LINES and not source.sheets:
        raise SourcesError("lines_many", "split_file_hint", name=source.path, count=lines, most=parameters.MOST_LINES)


def _require_few_passages(source: SourceFile, count: int) -> None:
    if count > parameters.MOST_PASSAGES:
        most = parameters.MOST_PASSAGES
        raise SourcesError("passages_many", "split_file_hint", name=source.path, count=count, most=most)


def cleaned(
    source: SourceFile, keep: Keep = NOTHING_KEPT, templates: Collection[str] = (), drop: Collection[str] = ()
) -> CleanedFile:
    """A file as it is searched and as it is shown: cleaned, without the template of its folder, with what the user
    wants kept, without what the user wants dropped.

    Args:
        source: the file as read.
        keep: what `user_rules.kept_of` says of its path.
        templates: hashes of the lines that its folder's pages share (`SourceSummary.repeats`).
        drop: what `user_rules.dropped_of` says of its path.

    Raises:
        SourcesError: it cannot be cleaned, or has too many lines.
    """
    with told_of(source.path):
        _require_few_lines(source)
        source = without_lines(source, drop)
        return _adjusted(source, clean(source), keep, templates)


def _adjusted(source: SourceFile, alone: CleanedFile, keep: Keep, templates: Collection[str]) -> CleanedFile:
    """`alone`, what cleaning makes of the file by itself, put right by its folder and by the user."""
    return restore(drop_repeats(source, alone, templates), keep)


def hash_of(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read."""
    try:
        return sha256_of(path) if on_disk(path)[0].is_file() else ""  # a pipe would be waited for
    except (SourcesError, OSError):
        return ""


def summarise(source: SourceFile, cleaned: CleanedFile, passages: int) -> SourceSummary:
    """What the index keeps about one cleaned file."""
    lost = sum(len(d.span) for d in cleaned.dropped)
    return SourceSummary(
        path=source.path,
        sha256=source.sha256,
        encoding=source.encoding,
        characters=len(source.text),
        kept=len(source.text) - lost,
        dropped=cleaned.dropped,
        articles=tuple(ArticleTitle(a.title, a.published) for a in cleaned.articles),
        passages=passages,
        text_sha256=text_hash(source),
    )


def text_hash(source: SourceFile) -> str:
    """SHA-256 of the text as UTF-8."""
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
