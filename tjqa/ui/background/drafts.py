"""What the engine's thread does for a draft: it is held against the library, sentence by sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import Cancelled, TjqaError
from tjqa.ui.background.messages import ProofDone, ProofFailed, ProofProgress

if TYPE_CHECKING:
    from tjqa.ui.background.backend import EngineLike


class Drafts:
    """A part of `EngineThread`, which sets these."""

    _queue: SimpleQueue[Callable[[], None]]
    _post: Callable[[Message], object]
    _proof_stopped: threading.Event

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        raise NotImplementedError

    def _engine_of(self, library: Settings | None) -> EngineLike:
        raise NotImplementedError

    def proof(self, number: int, draft: Path) -> None:
        """Queue a draft; `ProofDone` or `ProofFailed` follows, and `ProofProgress` on the way."""
        stopped = self._proof_stopped
        self._queue.put(lambda: self._proof(number, draft, stopped))

    def cancel_proofs(self) -> None:
        """End those that are not done; `ProofFailed` tells so of each."""
        self._proof_stopped.set()
        self._proof_stopped = threading.Event()

    def _proof(self, number: int, draft: Path, stopped: threading.Event) -> None:
        def step(done: int, of: int) -> None:
            if stopped.is_set():
                raise Cancelled("proof_cancelled")
            self._post(ProofProgress(number, done, of))

        def work() -> None:
            step(0, 0)
            self._post(ProofDone(number, self._engine_of(None).proof(draft, step)))

        self._guard(work, partial(ProofFailed, number))
