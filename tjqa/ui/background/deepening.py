"""Deepening an index in a process of its own, while questions are answered without (`tjqa.engine.deepen`)."""

from __future__ import annotations

import threading
from collections.abc import Callable

from textual.message import Message

from tjqa.errors import Cancelled, TjqaError
from tjqa.reports import Deepened, Progress
from tjqa.ui.background.index_process import Build
from tjqa.ui.background.messages import DeepeningEnded, DeepeningProgress


class Deepener:
    """Follows one process at a time, in a thread that only reads what it tells.

    Args:
        post: delivers a message to the app; must be safe to call from a thread.
        start: starts the process.
        deepened: called when there are new vectors.
    """

    def __init__(
        self, post: Callable[[Message], object], start: Callable[[], Build], deepened: Callable[[], None]
    ) -> None:
        self._post = post
        self._start = start
        self._deepened = deepened
        self._lock = threading.Lock()
        self._process: Build | None = None
        self._ended = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless it is under way; `DeepeningProgress` and then `DeepeningEnded` are posted."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._follow, name="tjqa-deepening", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """The app is leaving: the process writes down what it has done, and ends by itself."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.cancel()

    def _step(self, step: Progress) -> None:
        self._post(DeepeningProgress(step))

    def _follow(self) -> None:
        done: Deepened | TjqaError
        try:
            process = self._start()
            with self._lock:
                self._process = process
                if self._ended:
                    process.cancel()
            told = process.follow(self._step)
            done = told if isinstance(told, Deepened) else Deepened(0, 0)
        except TjqaError as error:
            done = error
        with self._lock:
            self._process = None
        if not isinstance(done, Cancelled):
            self._post(DeepeningEnded(done))
        if isinstance(done, Deepened) and done.embedded + done.recognized:
            self._deepened()
