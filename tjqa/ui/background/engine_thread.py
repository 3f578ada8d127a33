"""The engine's thread: one daemon thread, one queue, and the messages it posts; it never touches a widget.

A daemon thread, because leaving the app must not wait for a model that is still loading; one queue, so that a
question typed early is answered in its turn. Everything heavy is imported in here, after the first paint.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from tjqa.answers.figures.figure import FiguresAsked, FigureTable
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.errors import Cancelled, IndexUnusable, TjqaError
from tjqa.index.filters import Filter
from tjqa.reports import SourceSummary, Status
from tjqa.results import Answer, Citation, DocumentOutline, SourceView
from tjqa.retrieval.query_rewriting import is_followup, rewrite
from tjqa.text.segmenter import Segmenter
from tjqa.ui.background.catching_up import CatchingUp
from tjqa.ui.background.index_process import Build, IndexProcess
from tjqa.ui.background.messages import (
    AnswerReady,
    AskFailed,
    EngineFailed,
    EngineReady,
    FiguresFailed,
    FiguresProgress,
    FiguresReady,
    OutlineRead,
    Request,
    SourceFailed,
    SourceOpened,
    SpanCited,
)
from tjqa.ui.background.offering import Offering

if TYPE_CHECKING:
    from tjqa.citations.notebook.notebook import Notebook

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

    def passing(self, filters: Sequence[Filter]) -> int | None:
        """In how many documents passages pass."""

    def followed(self, answer: Answer) -> Answer:
        """An answer of an older index, its quotes where they stand now."""

    def view(self, citation: Citation) -> SourceView:
        """Open a file at a citation."""

    def view_source(self, path: str, span: Span | None = None) -> SourceView:
        """Open a file, or a stretch of it."""

    def outline(self, path: str) -> DocumentOutline:
        """The tree of a document."""

    def figures(
        self,
        measure: str,
        places: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        step: Callable[[int, int], object] | None = None,
    ) -> FigureTable:
        """The figures of a measure; `step` is told how far it is and may end it."""

    @property
    def notebook(self) -> Notebook:
        """The excerpts kept of the library."""

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


class EngineThread(CatchingUp, Offering):
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
        self._samples: tuple[str, ...] = ()
        self.is_at_work = False
        self._stopped = threading.Event()
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

    def figures(self, wanted: FiguresAsked | Answer) -> None:
        """Queue collecting the figures of a measure, or of the one that an answer is of; `FiguresProgress` tells
        how far it is, `FiguresReady` or `FiguresFailed` follows. What is being collected for an older wish ends."""
        self._stopped.set()
        self._stopped = stopped = threading.Event()
        self._queue.put(lambda: self._figures(wanted, stopped))

    def cancel_figures(self) -> None:
        """End the collecting."""
        self._stopped.set()

    @property
    def is_open(self) -> bool:
        """True while there is an engine that can open documents."""
        return self._engine is not None

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
            self._samples = samples = engine.samples()
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

    def _figures(self, wanted: FiguresAsked | Answer, stopped: threading.Event) -> None:
        def step(looked: int, of: int) -> None:
            if stopped.is_set():
                raise Cancelled("figures_cancelled")
            self._post(FiguresProgress(looked, of))

        def work() -> None:
            if (engine := self._engine) is None:
                assert self._error is not None  # opening it was queued first
                raise self._error
            wishes = [wanted] if isinstance(wanted, FiguresAsked) else _measured(wanted, engine.segmenter)
            try:
                step(0, engine.status().passages)
                self._post(FiguresReady(_first(engine, wishes, step)))
            except Cancelled:
                if self._stopped is stopped:  # else a newer wish is in its place
                    raise

        self._guard(work, FiguresFailed)

    def _view(self, citation: Citation, answer: Answer | None) -> None:
        if (engine := self._engine) is not None:
            self._guard(lambda: self._send(SourceOpened(engine.view(citation), citation, answer)), SourceFailed)

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


def _measured(answer: Answer, segmenter: Segmenter) -> list[FiguresAsked]:
    from tjqa.answers.figures.asking import measures_of

    return [FiguresAsked(measure) for measure in measures_of(answer.question, answer.cells, segmenter) or [""]]


def _first(engine: EngineLike, wishes: Sequence[FiguresAsked], step: Callable[[int, int], object]) -> FigureTable:
    """The table of the first of some measures that has figures, else that of the first one."""
    tables: list[FigureTable] = []
    for wish in wishes:
        tables.append(engine.figures(wish.measure, wish.places, wish.since, wish.until, step))
        if tables[-1].figures:
            return tables[-1]
    return tables[0]
