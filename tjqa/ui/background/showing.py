"""What the engine's thread does with documents: opens them at a place, reads their trees, cites stretches of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.results import Answer, Citation
from tjqa.ui.background.messages import OutlineRead, SourceFailed, SourceOpened, SpanCited

if TYPE_CHECKING:
    from tjqa.ui.background.backend import EngineLike, Others


class Showing:
    """A part of `EngineThread`, which sets these."""

    _queue: SimpleQueue[Callable[[], None]]
    _post: Callable[[Message], object]
    _engine: EngineLike | None
    _others: Others

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        raise NotImplementedError

    def _engine_of(self, library: Settings | None) -> EngineLike:
        raise NotImplementedError

    def view(self, citation: Citation, answer: Answer | None = None) -> None:
        """Queue opening a file at a citation, of an answer or one that was kept (None); `SourceOpened` tells both, or
        `SourceFailed` follows."""
        self._queue.put(lambda: self._view(citation, answer))

    def view_source(self, path: str, span: Span | None = None) -> None:
        """Queue opening a file, or a stretch of it."""
        self._queue.put(lambda: self._view_source(path, span))

    def outline(self, path: str) -> None:
        """Queue reading a document for its tree; `OutlineRead` follows."""
        self._queue.put(lambda: self._outline(path))

    def cite(self, path: str, span: Span, purpose: str) -> None:
        """Queue citing a stretch of a document; `SpanCited` follows, or `SourceFailed`."""
        self._queue.put(lambda: self._cite(path, span, purpose))

    def _view(self, citation: Citation, answer: Answer | None) -> None:
        library = self._others.asked.get(answer.library) if answer is not None else None

        def work() -> None:
            self._post(SourceOpened(self._engine_of(library).view(citation), citation, answer))

        if library is not None or self._engine is not None:
            self._guard(work, SourceFailed)

    def _view_source(self, path: str, span: Span | None) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SourceOpened(engine.view_source(path, span))), SourceFailed)

    def _cite(self, path: str, span: Span, purpose: str) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SpanCited(engine.notebook.cite(path, span), purpose)), SourceFailed)

    def _outline(self, path: str) -> None:
        if (engine := self._engine) is not None:
            told = partial(OutlineRead, path)
            self._guard(lambda: self._send(told(engine.outline(path))), told)

    def _send(self, message: Message) -> None:
        self._post(message)
