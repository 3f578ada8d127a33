"""The engine's thread: one daemon thread, one queue, and the messages it posts; it never touches a widget.

A daemon thread, because leaving the app must not wait for a model that is still loading; one queue, so that a
question typed early is answered in its turn. Everything heavy is imported in here, after the first paint.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import Cancelled, IndexUnusable, TjqaError
from tjqa.records import (
    Answer,
    BuildReport,
    Citation,
    Progress,
    SourceSummary,
    SourceView,
    Status,
)

_log = logging.getLogger("tjqa.ui")


class EngineLike(Protocol):
    """What the app asks of an engine."""

    def status(self) -> Status:
        """Counts, build time, changed files."""

    def ask(self, question: str, k: int = 10) -> Answer:
        """Answer a question."""

    def view(self, citation: Citation) -> SourceView:
        """Open a file at a citation."""

    def view_source(self, path: str) -> SourceView:
        """Open a file."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file."""

    def samples(self, count: int = 3) -> tuple[str, ...]:
        """Questions the documents can answer."""


class Backend(Protocol):
    """Where engines come from; the real one is `tjqa.engine`."""

    def open(self, settings: Settings) -> EngineLike:
        """Load index and model."""

    def build(self, settings: Settings, progress: Callable[[Progress], None], rebuild: bool) -> BuildReport:
        """Build or update the index."""


class RealBackend:
    """`tjqa.engine`, imported on first use: that alone takes longer than painting the screen."""

    def open(self, settings: Settings) -> EngineLike:
        """Load index and model."""
        from tjqa.engine import Engine

        return Engine.open(settings)

    def build(self, settings: Settings, progress: Callable[[Progress], None], rebuild: bool) -> BuildReport:
        """Build or update the index."""
        from tjqa.engine import build

        return build(settings, progress, rebuild)


@dataclass
class EngineReady(Message):
    """Index and model are loaded."""

    status: Status
    samples: tuple[str, ...]
    sources: tuple[SourceSummary, ...]


@dataclass
class EngineFailed(Message):
    """Index or model could not be loaded; an unusable index can be built, then waiting questions are answered."""

    error: TjqaError


@dataclass
class AnswerReady(Message):
    """The answer to question `number`; `status` tells whether files changed meanwhile."""

    number: int
    answer: Answer
    status: Status


@dataclass
class AskFailed(Message):
    """Question `number` could not be answered."""

    number: int
    error: TjqaError


@dataclass
class SourceOpened(Message):
    """A file to show; `citation` is what it was opened at."""

    view: SourceView
    citation: Citation | None


@dataclass
class SourceFailed(Message):
    """A file could not be opened."""

    error: TjqaError


@dataclass
class BuildProgress(Message):
    """One step of a build; a newer one replaces it when the screen is behind."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the newest step is worth painting."""
        return isinstance(message, BuildProgress)


@dataclass
class BuildDone(Message):
    """A new index is in place; the engine is opened again next."""

    report: BuildReport


@dataclass
class BuildFailed(Message):
    """The build stopped with `error`; `Cancelled` when the user wanted so."""

    error: TjqaError


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
        self._engine: EngineLike | None = None
        self._error: TjqaError | None = None
        self._deferred: list[tuple[int, str]] = []
        self._cancel = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tjqa-engine", daemon=True)

    def start(self) -> None:
        """Start loading."""
        self._queue.put(self._open)
        self._thread.start()

    def reopen(self) -> None:
        """Try to load index and model again."""
        self._queue.put(self._open)

    def ask(self, number: int, question: str) -> None:
        """Queue a question; `AnswerReady` or `AskFailed` follows, once there is an index."""
        self._queue.put(lambda: self._ask(number, question))

    def view(self, citation: Citation) -> None:
        """Queue opening a file at a citation."""
        self._queue.put(lambda: self._view(citation))

    def view_source(self, path: str) -> None:
        """Queue opening a file."""
        self._queue.put(lambda: self._view_source(path))

    def build(self, rebuild: bool) -> None:
        """Queue building the index; `BuildDone` or `BuildFailed` follows."""
        self._cancel.clear()
        self._queue.put(lambda: self._build(rebuild))

    def cancel(self) -> None:
        """Stop the build at its next step; the old index stays."""
        self._cancel.set()

    def _run(self) -> None:
        while True:
            self._queue.get()()

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
        from tjqa.ui.strings import Texts

        texts = Texts()
        return TjqaError(texts("internal_error", kind=type(error).__name__), texts("internal_hint", log=self._log_file))

    def _open(self) -> None:
        def work() -> None:
            engine = self._backend.open(self._settings)
            samples = engine.samples()
            self._post(EngineReady(engine.status(), samples, engine.sources()))
            self._engine, self._error = engine, None
            if samples and self._queue.empty() and not self._deferred:
                engine.ask(samples[0])  # dictionaries load at the first question: 1.2 s nobody waits for now

        def failed(error: TjqaError) -> Message:
            self._engine, self._error = None, error
            return EngineFailed(error)

        self._guard(work, failed)
        waiting, self._deferred = self._deferred, []
        for number, question in waiting:
            self._ask(number, question)

    def _ask(self, number: int, question: str) -> None:
        def work() -> None:
            if self._engine is None:
                raise self._error or TjqaError("")
            self._post(AnswerReady(number, self._engine.ask(question), self._engine.status()))

        if self._engine is None and isinstance(self._error, IndexUnusable):
            self._deferred.append((number, question))
        else:
            self._guard(work, lambda error: AskFailed(number, error))

    def _view(self, citation: Citation) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SourceOpened(engine.view(citation), citation)), SourceFailed)

    def _view_source(self, path: str) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SourceOpened(engine.view_source(path), None)), SourceFailed)

    def _send(self, message: Message) -> None:
        self._post(message)

    def _build(self, rebuild: bool) -> None:
        def step(progress: Progress) -> None:
            if self._cancel.is_set():
                raise Cancelled("已取消建立索引。", "原有索引未改动。")
            self._post(BuildProgress(progress))

        def work() -> None:
            report = self._backend.build(self._settings, step, rebuild)
            self._post(BuildDone(report))
            self._open()

        self._guard(work, BuildFailed)
