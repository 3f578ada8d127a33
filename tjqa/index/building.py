"""Where the index of a library is kept, and what is written there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from tjqa.config import Settings
from tjqa.encoders.base import Encoder
from tjqa.files import read_regular
from tjqa.index.backend import IndexBackend, LocalBackend
from tjqa.index.faulty_documents import FaultyDocuments
from tjqa.index.scan import Survey
from tjqa.index.versions import index_versions
from tjqa.index.workers import Processes
from tjqa.index.writer import Contents
from tjqa.ingest.user_rules import read_words
from tjqa.reports import Deepened, Progress

_NAME_BYTES = 1024  # one line of some 80 bytes


def write_without_faulty(
    shelf: IndexBackend,
    contents: Contents,
    found: Survey,
    encoder: Encoder,
    processes: Processes,
    progress: Callable[[Progress], None],
) -> int:
    """Write the index, without the documents that cannot be analysed; returns how many passages were embedded anew."""
    while True:
        try:
            return shelf.write(contents, encoder, processes, partial(_tell, progress, found.passages))
        except FaultyDocuments as error:  # what is finished is kept, and taken up
            found.leave_out(error.faults)
            contents = replace(contents, files=found.files)


def deepen(settings: Settings, progress: Callable[[Progress], None] = lambda step: None) -> Deepened | None:
    """Give the passages of a library, which answers already, the vectors of the model that reads context; None where
    it is kept without. `progress` may raise (Cancelled): what is done is kept.

    Raises:
        IndexLocked (another process is at it), IndexUnusable, ModelError, TjqaError: see tjqa.errors.
    """
    versions = index_versions(read_words(settings.sources))
    return backend_of(settings).deepen(versions, lambda done, total: progress(Progress("phase_deepen", done, total)))


def drop_damaged_meanings(settings: Settings) -> None:
    """Take away such vectors that are damaged; they are made again when the library is next deepened.

    Raises:
        IndexLocked (another process adds to them), IndexUnusable, ModelError, TjqaError: see tjqa.errors.
    """
    index = backend_of(settings).open(index_versions(read_words(settings.sources)))
    if index.meanings is not None:
        index.meanings.drop_damaged()


def _tell(progress: Callable[[Progress], None], total: int, done: int) -> None:
    progress(Progress("phase_embed", done, total))


def generation_now(settings: Settings) -> bytes:
    """What names the live generation of an index, to be compared with what it was before; empty where that cannot be
    told: there is none, or a server keeps it."""
    if settings.store is not None:
        return b""
    try:
        return read_regular(settings.index_dir / "CURRENT", _NAME_BYTES)
    except OSError:
        return b""


def backend_of(settings: Settings) -> IndexBackend:
    """Where the index of a library is kept."""
    if settings.store is None:
        return LocalBackend(settings.index_dir, settings.encoder_dir)
    from tjqa.index.milvus.backend import MilvusBackend  # the client is an extra

    return MilvusBackend(settings.store)


def now() -> str:
    """When an index is built, as it notes that: ISO, with the zone of this computer's clock."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
