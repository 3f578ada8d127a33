"""The folder of the documents watched while the app runs (`tjqa.ingest.watching`)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import TjqaError
from tjqa.ui.background.messages import FolderChanged, FollowingFailed


class Watch(Protocol):
    """A folder that is watched."""

    def changes(self) -> Iterator[tuple[str, ...] | None]:
        """See `tjqa.ingest.watching.FolderWatch`."""


def watch_of(settings: Settings, stopped: threading.Event) -> Watch:
    """The watch of a library's folder; imported on first use, as all that is heavy."""
    from tjqa.ingest.watching import FolderWatch

    return FolderWatch(settings.sources, settings.index_dir, stopped)


class Follower:
    """Waits for changes in a thread that does nothing else.

    Args:
        post: delivers a message to the app; must be safe to call from a thread.
        watch: makes the watch, given what ends it.
    """

    def __init__(self, post: Callable[[Message], object], watch: Callable[[threading.Event], Watch]) -> None:
        self._post = post
        self._watch = watch
        self._stopped: threading.Event | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether it follows, or was told to."""
        return self._stopped is not None

    def start(self) -> None:
        """Begin, unless it is at work; `FolderChanged` follows at once and with every change."""
        if self._stopped is None:
            self._stopped = threading.Event()
            threading.Thread(target=self._follow, args=(self._stopped,), name="tjqa-follow", daemon=True).start()

    def end(self) -> None:
        """Stop following."""
        if self._stopped is not None:
            self._stopped.set()
            self._stopped = None

    def _follow(self, stopped: threading.Event) -> None:
        try:
            for names in self._watch(stopped).changes():
                if stopped.is_set():
                    return
                self._post(FolderChanged(names))
        except TjqaError as error:
            self._post(FollowingFailed(error))
