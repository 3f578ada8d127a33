"""What is noted of a library beside its passages.

    library           which model and versions made it, counts, who is writing it just now
    source/<file>     a file's state and the stamp of the version of it that counts; writing it is the commit
    summary/<stamp>   what was kept and dropped of that version
    terms/<bucket>    how many passages hold each term (document_frequencies.py)

Values are JSON in ASCII. A long one is cut: its first piece says how many follow, under <id>/1, <id>/2 …
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from tjqa.index.milvus.client import Server
from tjqa.reports import SourceState, SourceSummary, row_of, state_of, summary_of

FORMAT = 1
"""Raised whenever what is stored changes its meaning."""

_PIECE = 60_000  # bytes; Milvus takes 65,535


@dataclass(frozen=True)
class LibraryNote:
    """The library as a whole. `mean` is the length of a passage, in terms, that the weights were made with (0 before
    the first one); `length` that of all together. `writer` is who writes it, or was interrupted: a host, and the time
    of its last sign of life in seconds. `turn` counts the changes."""

    model: str
    asked: str | None
    dimension: int
    versions: dict[str, int]
    built: str
    passages: int = 0
    length: int = 0
    mean: float = 0.0
    turn: int = 0
    writer: tuple[str, float] | None = None
    format: int = FORMAT


@dataclass(frozen=True)
class SourceNote:
    """A file: its state, the stamp of its rows, how many there are."""

    state: SourceState
    stamp: int
    passages: int


def file_key(path: str) -> int:
    """63 bits by which rows and notes know a file: any name is fine, whatever characters it has."""
    return number_of(path.encode("utf-8", "surrogatepass"))


def number_of(data: bytes) -> int:
    """A hash of 63 bits, never negative."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little") >> 1


class Notes:
    """The notes of one library."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def library(self) -> LibraryNote | None:
        """The note of the library; None when it was never finished being made."""
        found = self._read(["library"])
        if not found:
            return None
        row = found["library"]
        if row.get("format") != FORMAT:
            return replace(LibraryNote("", None, 0, {}, ""), format=int(row.get("format", 0)))
        writer = row["writer"]
        return LibraryNote(**{**row, "writer": (str(writer[0]), float(writer[1])) if writer else None})

    def put_library(self, note: LibraryNote) -> None:
        """Write the note of the library."""
        self._write({"library": asdict(note)})

    def sources(self) -> dict[int, SourceNote]:
        """The notes of all files, by their key."""
        found = self._server.notes_under("source/")  # never cut: a path has 4,096 bytes at most
        rows = ((key, json.loads(value.partition("\n")[2])) for key, value in found)
        return {int(key.removeprefix("source/"), 16): _source(row) for key, row in rows}

    def some_sources(self, files: Iterable[int]) -> dict[int, SourceNote]:
        """The notes of some files, by their key."""
        found = self._read([_source_id(file) for file in files])
        return {int(key.removeprefix("source/"), 16): _source(row) for key, row in found.items()}

    def put_sources(self, notes: Iterable[SourceNote]) -> None:
        """Write notes of files: from now on the rows with these stamps count."""
        self._write({_source_id(file_key(note.state.path)): _note_row(note) for note in notes})

    def forget_sources(self, files: Iterable[int]) -> None:
        """Remove the notes of files: their rows do not count any more."""
        self._server.delete_notes([_source_id(file) for file in files])

    def summaries(self, stamps: Iterable[int]) -> dict[int, SourceSummary]:
        """The summaries of versions of files, by stamp."""
        found = self._read([_summary_id(stamp) for stamp in stamps])
        return {int(key.removeprefix("summary/"), 16): summary_of(row) for key, row in found.items()}

    def put_summaries(self, summaries: Mapping[int, SourceSummary]) -> None:
        """Write summaries by stamp."""
        self._write({_summary_id(stamp): row_of(summary) for stamp, summary in summaries.items()})

    def forget_summaries(self, stamps: Iterable[int]) -> None:
        """Remove the summaries of versions that do not count any more."""
        ids = [_summary_id(stamp) for stamp in stamps]
        pieces = _pieces(self._server.get_notes(ids))
        self._server.delete_notes([*ids, *(one for some in pieces.values() for one in some)])

    def summary_stamps(self) -> set[int]:
        """The stamps of all summaries that are stored."""
        return {int(key.split("/")[1], 16) for key, _ in self._server.notes_under("summary/")}

    def _read(self, ids: list[str]) -> dict[str, Any]:
        values = self._server.get_notes(ids)
        pieces = _pieces(values)
        more = self._server.get_notes([one for some in pieces.values() for one in some])
        return {
            key: json.loads("".join([value.partition("\n")[2], *(more.get(one, "") for one in pieces[key])]))
            for key, value in values.items()
        }

    def _write(self, notes: Mapping[str, Any]) -> None:
        rows: dict[str, str] = {}
        for key, value in notes.items():
            text = json.dumps(value)
            cut = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
            rows |= {f"{key}/{n}": piece for n, piece in enumerate(cut[1:], 1)}
            rows[key] = f"{len(cut) - 1}\n{cut[0]}"  # the last to come: it makes the others count
        self._server.put_notes(rows)


def _pieces(values: Mapping[str, str]) -> dict[str, list[str]]:
    """The ids of the pieces that follow each value."""
    return {key: [f"{key}/{n}" for n in range(1, int(value.partition("\n")[0]) + 1)] for key, value in values.items()}


def _source_id(file: int) -> str:
    return f"source/{file:016x}"


def _summary_id(stamp: int) -> str:
    return f"summary/{stamp:016x}"


def _note_row(note: SourceNote) -> dict[str, Any]:
    """What is stored of a note; `_source` reads it."""
    return {**asdict(note), "state": row_of(note.state)}


def _source(row: dict[str, Any]) -> SourceNote:
    return SourceNote(state_of(row["state"]), int(row["stamp"]), int(row["passages"]))
