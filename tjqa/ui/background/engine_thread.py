"""The engine's thread: one daemon thread, one queue, and the messages it posts; it never touches a widget.

A daemon thread, because leaving the app must not wait for a model that is still loading; one queue, so that a
question typed early is answered in its turn. Everything heavy is imported in here, after the first paint.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from textual.message import Message

from tjqa.answers.proof.report import ProofReport
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.errors import IndexUnusable, TjqaError
from tjqa.index.filters import Filter
from tjqa.reports import SourceSummary, Status
from tjqa.results import Answer, Citation, DocumentOutline, SourceView
from tjqa.retrieval.query_rewriting import is_followup, rewrite
from tjqa.text.segmenter import Segmenter
from tjqa.ui.background.index_process import Build, IndexProcess
from tjqa.ui.background.messages import (
    AnswerReady,
    AskFailed,
    EngineFailed,
    EngineReady,
    OutlineRead,
    ProofDone,
    ProofFailed,
    ProofProgress,
    Request,
    SourceFailed,
    SourceOpened,
)

_log = logging.getLogger("tjqa.ui")


class EngineLike(Protocol):
    """What the app asks of an engine."""

    @property
    def segmenter(self) -> Segmenter:
        """Cuts questions into words as the documents were cut."""

    def status(self) -> Status:
        """Counts, build time, changed files."""

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """Answer a question from the passages that pass the filters."""

    def mentions(self, text: str) -> bool:
        """Whether a text stands in the documents."""

    def proof(self, draft: str | Path, progress: Callable[[int, int], None]) -> ProofReport:
        """Hold a draft against the documents."""

    def view(self, citation: Citation) -> SourceView:
        """Open a file at a citation."""

    def view_source(self, path: str, span: Span | None = None) -> SourceView:
        """Open a file, or a stretch of it."""

    def outline(self, path: str) -> DocumentOutline:
        """The tree of a document."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file."""

    def samples(self, count: int = 3) -> tuple[str, ...]:
        """Questions the documents can answer."""


class Backend(Protocol):
    """Where engines come from; the real one is `tjqa.engine`."""

    def open(self, settings: Settings) -> EngineLike:
        """Load index and model."""

    def build(self, settings: Settings, rebuild: bool) -> Build:
        """Start building or updating the index."""

    def deepen(self, settings: Settings) -> Build:
        """Start giving its passages the vectors of the model that reads context."""


class RealBackend:
    """`tjqa.engine`, imported on first use: that alone takes longer than painting the screen.

    Args:
        log_file: named when a build dies.
    """

    def __init__(self, log_file: str = "") -> None:
        self._log_file = log_file

    def open(self, settings: Settings) -> EngineLike:
        """Load index and model."""
        from tjqa.engine import Engine

        return Engine.open(settings)

    def build(self, settings: Settings, rebuild: bool) -> Build:
        """Start a process that builds or updates the index."""
        return IndexProcess(settings, rebuild, self._log_file)

    def deepen(self, settings: Settings) -> Build:
        """Start a process that goes on deepening the index there is."""
        return IndexProcess(settings, False, self._log_file, only_deepen=True)


class EngineThread:
    """Loads the engine and does what is queued, one thing after the other.

    Args:
        settings: where documents, index and model are.
        post: delivers a message to the app; must be safe to call from a thread.
        backend: where the engine comes from.
        log_file: named in the message of an unexpected error.
    """

    def __init__(
        self, settings: Settings, post: Callable[[Message], object], backend: Backend, log_file: str = ""
    ) -> None:
        self._settings = settings
        self._post = post
        self._backend = backend
        self._log_file = log_file
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._queue.put(self._open)  # before any question, however early that is typed
        self._engine: EngineLike | None = None
        self._error: TjqaError | None = None
        self._deferred: list[Request] = []
        self._before: list[str] = []
        self.is_at_work = False
        self._thread = threading.Thread(target=self._run, name="tjqa-engine", daemon=True)

    def start(self) -> None:
        """Start loading, then do what was queued meanwhile."""
        self._thread.start()

    def reopen(self) -> None:
        """Load index and model again; until then questions are answered as before."""
        self._queue.put(self._open)

    def ask(self, request: Request) -> None:
        """Queue a question; `AnswerReady` or `AskFailed` follows, once there is an index."""
        self._queue.put(lambda: self._ask(request))

    def forget(self) -> None:
        """Start afresh: the next question follows none."""
        self._queue.put(lambda: setattr(self, "_before", []))

    def proof(self, number: int, draft: Path) -> None:
        """Queue a draft; `ProofDone` or `ProofFailed` follows, and `ProofProgress` on the way."""
        self._queue.put(lambda: self._proof(number, draft))

    def view(self, citation: Citation, answer: Answer | None) -> None:
        """Queue opening a file at a citation, perhaps of an answer; `SourceOpened` tells both, or `SourceFailed`
        follows."""
        self._queue.put(lambda: self._view(citation, answer))

    def view_source(self, path: str, span: Span | None = None) -> None:
        """Queue opening a file, or a stretch of it."""
        self._queue.put(lambda: self._view_source(path, span))

    def outline(self, path: str) -> None:
        """Queue reading a document for its tree; `OutlineRead` follows."""
        self._queue.put(lambda: self._outline(path))

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            self.is_at_work = True
            work()
            self.is_at_work = False

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        """Do `work`; whatever goes wrong becomes a message, and the thread lives on."""
        try:
            work()
        except TjqaError as error:
            self._post(failed(error))
        except Exception as error:  # the border of the thread: unexpected errors are logged and told, never lost
            _log.exception("unexpected error in the engine thread")
            self._post(failed(self._unexpected(error)))

    def _unexpected(self, error: Exception) -> TjqaError:
        return TjqaError("internal_error", "internal_hint", kind=type(error).__name__, log=self._log_file)

    def _open(self) -> None:
        def work() -> None:
            engine = self._backend.open(self._settings)
            samples = engine.samples()
            self._post(EngineReady(engine.status(), samples, engine.sources()))
            self._engine, self._error = engine, None
            if samples and self._queue.empty() and not self._deferred:
                engine.ask(samples[0])  # dictionaries and the reader load at the first question: 2 s nobody waits for

        def failed(error: TjqaError) -> Message:
            self._engine, self._error = None, error
            return EngineFailed(error)

        self._guard(work, failed)
        waiting, self._deferred = self._deferred, []
        for request in waiting:
            self._ask(request)

    def _ask(self, request: Request) -> None:
        def work() -> None:
            engine = self._engine
            if engine is None:
                assert self._error is not None  # opening it was queued first
                raise self._error
            question = request.question
            if self._before and is_followup(question, self._before, engine.segmenter):
                question = rewrite(question, self._before, engine.mentions, engine.segmenter)
            answer = engine.ask(question, filters=request.filters)
            self._before = [*self._before[-1:], question]
            self._post(AnswerReady(request.number, answer, engine.status()))

        if self._engine is None and isinstance(self._error, IndexUnusable):
            self._deferred.append(request)
        else:
            self._guard(work, lambda error: AskFailed(request.number, error))

    def _proof(self, number: int, draft: Path) -> None:
        def work() -> None:
            if self._engine is None:
                assert self._error is not None  # opening it was queued first
                raise self._error
            told = partial(ProofProgress, number)
            report = self._engine.proof(draft, lambda done, of: self._send(told(done, of)))
            self._post(ProofDone(number, report))

        self._guard(work, partial(ProofFailed, number))

    def _view(self, citation: Citation, answer: Answer | None) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SourceOpened(engine.view(citation), citation, answer)), SourceFailed)

    def _view_source(self, path: str, span: Span | None) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SourceOpened(engine.view_source(path, span))), SourceFailed)

    def _outline(self, path: str) -> None:
        if (engine := self._engine) is not None:
            told = partial(OutlineRead, path)
            self._guard(lambda: self._send(told(engine.outline(path))), told)

    def _send(self, message: Message) -> None:
        self._post(message)
