"""A folder of documents watched: which of them changed, told by the system, so that waiting costs nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from threading import Event

from tjqa.errors import SourcesError, reason
from tjqa.ingest import parameters
from tjqa.ingest.names import is_document, is_passed_over
from tjqa.ingest.user_rules import RULE_FILES


class FolderWatch:
    """Waits for changes below a folder, also while the folder is away: taken out, renamed, unmounted.

    Args:
        folder: of the documents.
        ignored: a folder whose changes are nobody's, that of the index: it may lie among the documents.
        stopped: set to end the waiting, within a second.
    """

    def __init__(self, folder: Path, ignored: Path, stopped: Event) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._ignored = Path(os.path.realpath(ignored))
        self._stopped = stopped

    def changes(self) -> Iterator[tuple[str, ...] | None]:
        """The names, relative to the folder, of what came, changed or went, some at a time; empty whenever watching
        begins, since nobody knows what happened before. None when the folder is gone; once it is back, on it goes.

        Raises:
            SourcesError: the system does not let it be watched.
        """
        while not self._stopped.is_set():
            if self._folder.is_dir():
                try:
                    yield from self._while_there()
                except FileNotFoundError:  # it went between the two
                    continue
                except OSError as error:
                    why = reason(error)
                    raise SourcesError("watch_failed", "watch_failed_hint", folder=self._folder, why=why) from error
            if not self._stopped.is_set() and not self._folder.is_dir():
                yield None
                while not self._folder.is_dir():
                    if self._stopped.wait(parameters.WATCH_GONE):
                        return

    def _while_there(self) -> Iterator[tuple[str, ...]]:
        """Until the folder is gone, or is another one: what is told then is of the old one."""
        from watchfiles import watch

        watched = _identity(self._folder)
        listening = False
        for changed in watch(
            self._folder,
            watch_filter=None,
            raise_interrupt=False,
            yield_on_timeout=True,
            stop_event=self._stopped,
            step=parameters.WATCH_STEP,
            rust_timeout=parameters.WATCH_LOOK if listening else parameters.WATCH_STEP,
            ignore_permission_denied=True,
        ):
            if not listening:
                listening = True
                yield ()
            if names := self._names(path for _, path in changed):
                yield names
            if _identity(self._folder) != watched:
                return
        self._stopped.set()  # by Ctrl+C

    def _names(self, paths: Iterator[str]) -> tuple[str, ...]:
        names = set()
        for path in map(Path, paths):
            if path.is_relative_to(self._folder) and not path.is_relative_to(self._ignored):
                name = path.relative_to(self._folder).as_posix()
                if name != "." and _matters(name, path):
                    names.add(name)
        return tuple(sorted(names))


def _matters(name: str, path: Path) -> bool:
    """A document by its name, a file of the user's rules, or a folder: of one that went nobody knows what it held."""
    *folders, last = PurePosixPath(name).parts
    if any(is_passed_over(folder) for folder in folders):
        return False
    if last in RULE_FILES:
        return True
    if is_passed_over(last):
        return False
    return is_document(last) or path.is_dir() or (not path.suffix and not path.exists())


def _identity(folder: Path) -> tuple[int, int]:
    """What folder it is, whatever its name; of one that is gone (0, 0)."""
    try:
        stat = folder.stat()
    except OSError:
        return 0, 0
    return stat.st_dev, stat.st_ino
