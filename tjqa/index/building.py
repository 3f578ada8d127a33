"""Where the index of a library is kept, and what is written there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

from tjqa.config import Settings
from tjqa.encoders.base import Encoder
from tjqa.encoders.identity import model_name
from tjqa.encoders.loading import load_encoder
from tjqa.index.away import held_documents
from tjqa.index.backend import IndexBackend, LocalBackend
from tjqa.index.faulty_documents import FaultyDocuments
from tjqa.index.generations import write_lock
from tjqa.index.ownership import require_own
from tjqa.index.scan import Spool, Survey, survey
from tjqa.index.versions import index_versions
from tjqa.index.workers import Processes
from tjqa.index.writer import Contents
from tjqa.ingest.sources import require_folder
from tjqa.ingest.user_rules import read_words
from tjqa.reports import BuildReport, Deepened, Progress
from tjqa.text.segmenter import Segmenter


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


def build_index(
    settings: Settings,
    progress: Callable[[Progress], None] = lambda step: None,
    rebuild: bool = False,
    load: Callable[[str | None, Path], Encoder] = load_encoder,
    name: Callable[[str | None, Path], str] = model_name,
) -> BuildReport:
    """Read, clean, pack and embed the documents, then swap the new index in. `progress` may raise (Cancelled): the old
    index stays as it was. With `rebuild` nothing of the old index is reused. `load` gives the model, `name` what it is
    called.

    Raises:
        SourcesError (no folder, nothing readable in it), ModelError, IndexLocked, TjqaError: see tjqa.errors.
    """
    began, began_at = time.perf_counter(), now()
    shelf = backend_of(settings)
    # An update keeps the model the library was built with; --rebuild without --model goes back to the default one.
    model = settings.model or (None if rebuild else shelf.requested_model())
    require_folder(settings.sources)  # before anything in it is looked for: of a file given for one it would be in it
    words = read_words(settings.sources)
    versions = index_versions(words)
    with (
        write_lock(settings.index_dir),
        TemporaryFile(dir=settings.index_dir) as spool,
        Processes() as processes,
    ):
        old = None if rebuild else shelf.usable(versions)
        fresh = old if old is not None and not old.due else None
        found = survey(settings.sources, fresh, Spool(spool), progress, partial(held_documents, shelf))
        if old is not None:
            require_own(old, settings.sources, settings.embeddings)
        anew = 0
        wanted = (name(model, settings.model_dir), model, None)
        made = (old.model, old.requested_model, old.due or old.unsettled) if old is not None else None
        if (same := found.adds_nothing and made == wanted) and old is not None:
            if list(old.sources) != [file.state for file in found.files]:
                shelf.touch(found.files)
        else:
            folder = os.path.realpath(settings.sources)
            contents = Contents(found.files, versions, Segmenter(words), model, began_at, folder)
            encoder = load(model, settings.model_dir)
            anew = write_without_faulty(shelf, contents, found, encoder, processes, progress)
    return found.report(anew, time.perf_counter() - began, same, old is None)


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


def backend_of(settings: Settings) -> IndexBackend:
    """Where the index of a library is kept."""
    if settings.store is None:
        return LocalBackend(settings.index_dir, settings.encoder_dir)
    from tjqa.index.milvus.backend import MilvusBackend  # the client is an extra

    return MilvusBackend(settings.store)


def now() -> str:
    """When an index is built, as it notes that: ISO, with the zone of this computer's clock."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
