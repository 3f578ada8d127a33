"""What the engine's thread does after the index was updated: opens it anew, looks up again what is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.errors import TjqaError
from tjqa.progress import BuildSummary
from tjqa.results import Answer, Citation
from tjqa.ui.background.messages import (
    AnswerFollowed,
    EngineFailed,
    EngineReady,
    SamplesReady,
    SourceFailed,
    SourceOpened,
    StatusRead,
)

if TYPE_CHECKING:
    from tjqa.ui.background.backend import EngineLike


class CatchingUp:
    """A part of `EngineThread`, which sets these."""

    _queue: SimpleQueue[Callable[[], None]]
    _post: Callable[[Message], object]
    _engine: EngineLike | None
    _samples: tuple[str, ...] | None

    def _open(self) -> None:
        raise NotImplementedError

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        raise NotImplementedError

    def catch_up(self, built: BuildSummary) -> None:
        """A build has ended: load what it made. Where it found nothing to make, that may be because another program was
        first, so the engine is only kept when it knows all documents as they are."""
        self._queue.put(self._look_again if built.unchanged else self._open)

    def follow(self, number: int, answer: Answer) -> None:
        """Queue looking up the quotes of an answer again; `AnswerFollowed` tells it where one changed."""
        self._queue.put(lambda: self._follow(number, answer))

    def view_again(self, path: str, citation: Citation | None, answer: Answer | None) -> None:
        """Queue opening the file that is being read again, at its citation of an answer, if it was opened at one."""
        self._queue.put(lambda: self._view_again(path, citation, answer))

    def look(self) -> None:
        """Queue comparing the documents with the index; `StatusRead` follows."""
        self._queue.put(self._look)

    def _look_again(self) -> None:
        def work() -> None:
            engine = self._engine
            if engine is None or engine.status().stale:
                self._open()
            else:
                self._post(EngineReady(engine.status(), engine.sources()))
                if self._samples is not None:
                    self._post(SamplesReady(self._samples))

        self._guard(work, EngineFailed)

    def _follow(self, number: int, answer: Answer) -> None:
        def work() -> None:
            if self._engine is not None and (found := self._engine.followed(answer)) != answer:
                self._post(AnswerFollowed(number, found))

        self._guard(work, SourceFailed)

    def _view_again(self, path: str, citation: Citation | None, answer: Answer | None) -> None:
        def work() -> None:
            if (engine := self._engine) is None:
                return
            if answer is None or citation is None:
                self._post(SourceOpened(engine.view_source(path), again=True))
            else:
                found = engine.followed(answer)
                now = [*found.best, *found.citations][[*answer.best, *answer.citations].index(citation)]
                self._post(SourceOpened(engine.view(now), now, found, again=True))

        self._guard(work, SourceFailed)

    def _look(self) -> None:
        def work() -> None:
            if self._engine is not None:
                self._post(StatusRead(self._engine.status()))

        self._guard(work, SourceFailed)
