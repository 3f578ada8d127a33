"""A draft: its text, read from a file as documents are, and what of it is a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tjqa.answers.proof import parameters
from tjqa.errors import SourcesError, UsageError
from tjqa.ingest.readers import SUFFIXES
from tjqa.ingest.sources import read_source


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft as it was read; `name` is that of its file, "" of a text."""

    name: str
    text: str


def read_draft(draft: str | Path) -> DraftText:
    """A draft: a text, or a file in one of the formats that are read.

    Raises:
        UsageError: there is no such file, it is of a format that is not read, it has no text, or too much.
        SourcesError: it cannot be read: damaged, no text, too large.
    """
    read = DraftText("", draft) if isinstance(draft, str) else _of_file(draft)
    if not read.text.strip("\ufeff \t\r\n\u3000"):
        raise UsageError("draft_empty", "draft_empty_hint")
    if len(read.text) > parameters.LONGEST_DRAFT:
        raise UsageError("draft_long", "draft_long_hint", most=parameters.LONGEST_DRAFT, length=len(read.text))
    return read


def _of_file(path: Path) -> DraftText:
    if not path.exists():
        raise UsageError("draft_missing", "file_name_hint", path=str(path))
    if path.is_dir() or path.suffix.lower() not in SUFFIXES:
        raise UsageError("draft_format", "draft_format_hint", path=str(path))
    try:
        return DraftText(path.name, read_source(path.absolute().parent, path.absolute()).text)
    except SourcesError as error:
        # Said of the draft as of a document, but it is what was given that is wrong, and not the library.
        raise UsageError(error.message, error.advice or "") from error
