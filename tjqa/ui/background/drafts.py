"""What the engine's thread does for a draft: it is held against the library, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import TjqaError
from tjqa.ui.background.messages import ProofDone, ProofFailed, ProofProgress

if TYPE_CHECKING:
    from tjqa.ui.background.backend import EngineLike


class Drafts:
    """A part of `EngineThread`, which sets these."""

    _queue: SimpleQueue[Callable[[], None]]
    _post: Callable[[Message], object]

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        raise NotImplementedError

    def _engine_of(self, library: Settings | None) -> EngineLike:
        raise NotImplementedError

    def proof(self, number: int, draft: Path) -> None:
        """Queue a draft; `ProofDone` or `ProofFailed` follows, and `ProofProgress` on the way."""
        self._queue.put(lambda: self._proof(number, draft))

    def _proof(self, number: int, draft: Path) -> None:
        def step(done: int, of: int) -> None:
            self._post(ProofProgress(number, done, of))

        def work() -> None:
            self._post(ProofDone(number, self._engine_of(None).proof(draft, step)))

        self._guard(work, partial(ProofFailed, number))
