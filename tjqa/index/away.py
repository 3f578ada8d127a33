"""Documents that cannot be got at just now: they are not gone, and what was last read of them stays.

A disk that is not connected and a folder without rights look like documents that were deleted. Only a folder that was
listed says that a document is gone from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import PurePosixPath

from tjqa.errors import IndexUnusable, SourcesError, StoreError, reason
from tjqa.index.backend import IndexBackend
from tjqa.messages import Message, cause, message
from tjqa.reports import SourceState

_UNREADABLE = "file_unreadable"  # what is said of a file that the system refuses


def folder_of(path: str, unlisted: Collection[str]) -> str | None:
    """The unlisted folder that a document lies in, at any depth."""
    return next((str(above) for above in PurePosixPath(path).parents if str(above) in unlisted), None)


def told_with_counts(unlisted: Mapping[str, OSError], documents: Iterable[str]) -> dict[str, Message]:
    """What is said of each unlisted folder in which documents of the index lie."""
    counts = Counter(folder for path in documents if (folder := folder_of(path, unlisted)) is not None)
    return {
        name: message(
            "sentences",
            what=message("folder_unlisted_kept", name=name, why=reason(unlisted[name]), count=count),
            hint=message("folder_unlisted_hint"),
        )
        for name, count in counts.items()
    }


def is_unreadable(state: SourceState) -> bool:
    """Whether the system refused the file when it was last read, for want of rights or a fault of the disk."""
    return state.skipped is not None and cause(state.skipped).key == _UNREADABLE


def held_documents(shelf: IndexBackend) -> tuple[str, ...]:
    """The documents that an index holds, whatever version made it; none when it cannot be read."""
    try:
        return tuple(state.path for state in shelf.open({}).sources if state.skipped is None)
    except (IndexUnusable, StoreError):
        return ()


def require_present(
    states: Iterable[SourceState], unlisted: Mapping[str, OSError], held: Callable[[], Collection[str]]
) -> None:
    """Refuse to make an index anew without documents that it holds and that cannot be got at now.

    Args:
        states: what was found there, and why it could not be read.
        unlisted: folders that cannot be listed.
        held: the documents in the index that would be replaced; asked only if something cannot be read.

    Raises:
        SourcesError: some would be lost.
    """
    unreadable = {state.path: cause(state.skipped) for state in states if state.skipped and is_unreadable(state)}
    whys = {name: reason(error) for name, error in unlisted.items()} | unreadable
    if not whys:
        return
    lost = Counter(path if path in unreadable else folder_of(path, unlisted) for path in held())
    del lost[None]
    for name, count in lost.items():
        raise SourcesError("documents_away", "documents_away_hint", name=name, why=whys[str(name)], count=count)
