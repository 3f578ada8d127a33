"""Every file and every passage of an index against the documents as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tjqa.citations.library import Library
from tjqa.ingest.pipeline import text_hash
from tjqa.messages import Message, message

if TYPE_CHECKING:
    from tjqa.index.base import Index


def faults_of(library: Library, index: Index) -> list[Message]:
    """Compare every file's hash, every passage with its slice, the counts; look at every vector that was made later.
    Returns the faults."""
    faults = [message("check_stale", path=path) for path in library.stale()]
    faults += [
        message("check_hash", path=state.path)
        for state in index.sources
        if not state.skipped
        and (source := library.files.current(state.path)) is not None
        and source.sha256 != state.sha256
    ]
    faults += [
        message("check_text", path=summary.path)
        for summary in index.summaries()
        if (source := library.files.current(summary.path)) is not None
        and source.sha256 == summary.sha256
        and text_hash(source) != summary.text_sha256
    ]
    unread: dict[str, Message] = {}
    for passage in index.passages():
        if library.position(passage) is not None or passage.path in unread:
            continue
        if (fault := library.files.fault(passage.path)) is not None:  # that says nothing of what stands in it
            unread[passage.path] = fault
            faults.append(message("check_unread", path=passage.path, why=fault))
        else:
            span = passage.span
            faults.append(message("check_quote", path=passage.path, start=span.start, end=span.end))
    counted = sum(summary.passages for summary in index.summaries())
    if counted != len(index):
        faults.append(message("check_counts", noted=len(index), summed=counted))
    if index.meanings is not None:
        faults += [message("check_meanings", name=name) for name in index.meanings.damaged()]
    return list(dict.fromkeys(faults))
