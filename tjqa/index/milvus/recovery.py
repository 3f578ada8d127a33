"""One writer at a time, and what an interrupted one left is put in order before the next begins.

Milvus cannot lock. A writer signs the note of the library and shows signs of life; whoever comes meanwhile is told to
wait. Two that begin within the same second may both go on: each file is still whole, and the next update counts anew.
"""

from __future__ import annotations

import os
import socket
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tjqa.errors import IndexLocked
from tjqa.index.milvus.client import Server
from tjqa.index.milvus.document_frequencies import Frequencies
from tjqa.index.milvus.metadata import LibraryNote, Notes, SourceNote
from tjqa.index.milvus.scoring import term_keys

if TYPE_CHECKING:
    from tjqa.index.milvus.index import MilvusIndex

SIGN_OF_LIFE = 20.0  # seconds between two
_GIVEN_UP = 120.0  # after this long without one a writer on another machine counts as dead

MANY_TERMS = 1_000_000  # changes of counts in memory before they are written


def me() -> str:
    """This process among all writers."""
    return f"{socket.gethostname()}/{os.getpid()}"


def signed(library: LibraryNote) -> LibraryNote:
    """The note with the sign of life of this writer."""
    return replace(library, writer=(me(), time.time()))


def require_free(library: LibraryNote | None) -> None:
    """See that nobody else writes.

    Raises:
        IndexLocked: somebody does, or was interrupted a moment ago.
    """
    if library is None or library.writer is None:
        return
    who, seen = library.writer
    if who != me() and abs(time.time() - seen) < _GIVEN_UP and not _is_dead(who):
        host, _, number = who.partition("/")
        raise IndexLocked("store_locked", "store_locked_hint", host=host, process=number)


def claim(notes: Notes, library: LibraryNote) -> LibraryNote:
    """Sign the library as its writer.

    Raises:
        IndexLocked: somebody else writes.
    """
    require_free(library)
    claimed = signed(library)
    notes.put_library(claimed)
    return claimed


def reconcile(store: MilvusIndex) -> None:
    """Delete rows and summaries that no file's note names, forget files that lack rows (they are sent again), and count
    terms anew from the rows, which are read twice, without their text; the claim must be held."""
    notes, server = store.notes, store.server
    sources = notes.sources()
    held = _sift(server, sources)
    lacking = [file for file, note in sources.items() if held[file] != note.passages]
    notes.forget_sources(lacking)
    for file in lacking:
        server.delete(f"file == {file}")
    stamps = {note.stamp for file, note in sources.items() if file not in set(lacking)}
    notes.forget_summaries(notes.summary_stamps() - stamps)
    store.library = signed(_counted(server, store.frequencies, replace(store.library, turn=store.library.turn + 1)))
    notes.put_library(store.library)


def _sift(server: Server, sources: Mapping[int, SourceNote]) -> Counter[int]:
    """Delete the rows that do not count; how many each file has of the others."""
    dead: list[int] = []
    held: Counter[int] = Counter()
    for row in server.rows("id >= 0", ["id", "file", "stamp"]):
        note = sources.get(row["file"])
        if note is not None and note.stamp == row["stamp"]:
            held[row["file"]] += 1
        else:
            dead.append(row["id"])
    for at in range(0, len(dead), 1000):
        server.delete(f"id in {dead[at : at + 1000]}")
    return held


def _counted(server: Server, frequencies: Frequencies, library: LibraryNote) -> LibraryNote:
    """Count the terms of all rows; the note with how many rows there are and their length."""
    frequencies.clear()
    counts: Counter[int] = Counter()
    passages = length = 0
    for row in server.rows("id >= 0", ["length", "sparse"]):
        passages, length = passages + 1, length + row["length"]
        counts.update(term_keys(row["sparse"]).tolist())
        if len(counts) > MANY_TERMS:
            frequencies.add(counts)
            counts.clear()
    frequencies.add(counts)
    return replace(library, passages=passages, length=length)


def _is_dead(who: str) -> bool:
    """Whether a writer was a process of this machine that is gone."""
    host, _, number = who.partition("/")
    if host != socket.gethostname() or os.name == "nt":  # there, asking after a process ends it
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return False
