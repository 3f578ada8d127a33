"""Do the quotes of an export still stand in the files? Needs the documents, no index and no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tjqa.citations.export import ExportedQuote, read_export
from tjqa.documents import SourceFile
from tjqa.errors import SourcesError, UsageError, reason
from tjqa.ingest.sources import MAX_BYTES, find_sources, read_source
from tjqa.messages import Message, message
from tjqa.text.display import visible


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one quote: `fault` says what does not hold, None when the file still has it at its place.

    `is_same_file` says whether the whole file is byte for byte the one that was cited.
    """

    claim: ExportedQuote
    fault: Message | None
    is_same_file: bool


def claims_of(path: Path) -> list[ExportedQuote]:
    """The quotes of an export file.

    Raises:
        UsageError: it cannot be read or is no export.
    """
    try:
        with path.open("rb") as handle:
            raw = handle.read(MAX_BYTES)
        # The newlines inside quotes are part of them, so none is translated.
        return read_export(raw.decode("utf-8"))
    except OSError as error:
        raise UsageError("export_unreadable", "file_name_hint", path=path, why=reason(error)) from error
    except UnicodeDecodeError as error:
        raise UsageError("export_no_text", "export_no_text_hint", path=path) from error


def verify(folder: Path, claims: Sequence[ExportedQuote]) -> Iterator[Finding]:
    """Compare every quote with the files below `folder`, in order.

    Raises:
        SourcesError: the folder is missing.
    """
    # Only documents of the library are opened, whatever path an export names.
    documents = {path.relative_to(folder).as_posix(): path for path in find_sources(folder)}
    shown = {visible(name).replace("\n", " ").strip(): name for name in documents}
    files: dict[str, SourceFile | SourcesError] = {}
    for claim in claims:
        name = shown.get(claim.path, claim.path) if claim.is_shown else claim.path
        if name not in documents:
            yield Finding(claim, message("quote_no_file"), False)
            continue
        if name not in files:
            files[name] = _read(folder, documents[name])
        yield _compare(claim, files[name])


def _read(folder: Path, path: Path) -> SourceFile | SourcesError:
    try:
        return read_source(folder, path)
    except SourcesError as error:
        return error


def _compare(claim: ExportedQuote, source: SourceFile | SourcesError) -> Finding:
    if isinstance(source, SourcesError):
        return Finding(claim, source.whole, False)
    text = visible(source.text) if claim.is_shown else source.text
    same = source.sha256 == claim.sha256
    if claim.quote and claim.span.of(text) == claim.quote:
        return Finding(claim, None, same)
    at = text.find(claim.quote) if claim.quote else -1
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        return Finding(claim, message("quote_moved", line=line, start=at, end=at + len(claim.quote)), same)
    return Finding(claim, message("quote_never" if same else "quote_gone"), same)
