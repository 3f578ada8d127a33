"""The engine's thread: one daemon thread, one queue, and the messages it posts; it never touches a widget.

A daemon thread, because leaving the app must not wait for a model that is still loading; one queue, so that a
question typed early is answered in its turn. What can wait is done when nothing is queued. Everything heavy is imported
in here, after the first paint.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from queue import Empty, SimpleQueue

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import IndexMissing, IndexUnusable, TjqaError
from tjqa.ui.background.backend import Backend as Backend
from tjqa.ui.background.backend import EngineLike, Others
from tjqa.ui.background.backend import RealBackend as RealBackend
from tjqa.ui.background.catching_up import CatchingUp
from tjqa.ui.background.collecting import Collecting
from tjqa.ui.background.drafts import Drafts
from tjqa.ui.background.messages import (
    AnswerReady,
    AskFailed,
    EngineFailed,
    EngineReady,
    FolderSurveyed,
    LibraryOpening,
    Request,
    SamplesReady,
)
from tjqa.ui.background.offering import Offering
from tjqa.ui.background.showing import Showing

_log = logging.getLogger("tjqa.ui")


class EngineThread(CatchingUp, Collecting, Drafts, Offering, Showing):
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
        self._spare: deque[Callable[[], None]] = deque()
        self._engine: EngineLike | None = None
        self._others = Others(backend)
        self._error: TjqaError | None = None
        self._deferred: list[Request] = []
        self._before: list[str] = []
        self._samples: tuple[str, ...] | None = None
        self._stopped = threading.Event()
        self._proof_stopped = threading.Event()
        self.is_at_work = False
        self._thread = threading.Thread(target=self._run, name="tjqa-engine", daemon=True)

    def start(self) -> None:
        """Start loading, then do what was queued meanwhile."""
        self._thread.start()

    def reopen(self, settings: Settings | None = None) -> None:
        """Load index and model again, perhaps with other settings of the same library; until then questions are
        answered as before."""

        def work() -> None:
            if settings is not None and settings.sources == self._settings.sources:
                self._settings = settings
            self._open()

        self._queue.put(work)

    def switch(self, settings: Settings) -> None:
        """Close the library and open another, or the same with other settings; `LibraryOpening` is posted in between:
        what was posted before is of the old one, what is posted after it of the new one."""
        self._queue.put(lambda: self._switch(settings))

    def ask(self, request: Request) -> None:
        """Queue a question; `AnswerReady` or `AskFailed` follows, once there is an index."""
        self._queue.put(lambda: self._ask(request))

    def ask_again(self, requests: list[Request]) -> None:
        """Ask questions of before, whole as they are, whenever nothing else is queued; the last one first, which is
        what is looked at. The next question follows the last of them."""

        def work() -> None:
            self._before = [request.question for request in requests[-2:]]
            self._spare.extend(partial(self._ask, request) for request in reversed(requests))

        self._queue.put(work)

    def forget(self) -> None:
        """Start afresh: the next question follows none, and what was to be asked again is not."""

        def work() -> None:
            self._before = []
            self._spare = deque(spare for spare in self._spare if getattr(spare, "func", None) != self._ask)

        self._queue.put(work)

    @property
    def is_open(self) -> bool:
        """True while there is an engine that can open documents."""
        return self._engine is not None

    def _run(self) -> None:
        while True:
            work = self._next()
            self.is_at_work = True
            work()
            self.is_at_work = False

    def _next(self) -> Callable[[], None]:
        try:
            return self._queue.get_nowait()
        except Empty:
            return self._spare.popleft() if self._spare else self._queue.get()

    def _guard(self, work: Callable[[], object], failed: Callable[[TjqaError], Message]) -> None:
        """Do `work`; whatever goes wrong becomes a message, and the thread lives on."""
        try:
            work()
        except TjqaError as error:
            self._post(failed(error))
        except Exception as error:  # the border of the thread: unexpected errors are logged and told, never lost
            _log.exception("unexpected error in the engine thread")
            told = {"kind": type(error).__name__, "log": self._log_file}
            self._post(failed(TjqaError("internal_error", "internal_hint", **told)))

    def _open(self) -> None:
        def work() -> None:
            engine = self._backend.open(self._settings)
            self._post(EngineReady(engine.status(), engine.sources()))
            self._engine, self._error = engine, None
            if self._samples:  # of the index before an update: to try others takes longer than the update
                self._post(SamplesReady(self._samples))
            else:
                # Dictionaries and the reader load at the first question: seconds that nobody waits for.
                self._spare.append(partial(self._sample, engine, engine.sampling(), ()))

        def failed(error: TjqaError) -> Message:
            self._engine, self._error = None, error
            return EngineFailed(error)

        self._guard(work, failed)
        if isinstance(self._error, IndexMissing):
            self._spare.append(self._survey)
        waiting, self._deferred = self._deferred, []
        for request in waiting:
            self._ask(request)

    def _switch(self, settings: Settings) -> None:
        self._settings = settings
        self._engine, self._error = None, None
        self._others.close()
        self._spare.clear()
        self._samples = None
        self._before = []
        self._post(LibraryOpening(settings))
        self._open()

    def _sample(self, engine: EngineLike, trials: Iterator[str | None], found: tuple[str, ...]) -> None:
        """Try one more question that a reader might be offered, then let others have their turn."""

        def work() -> None:
            tried = next(trials, "")
            if tried == "":
                self._samples = found
                self._post(SamplesReady(found))
            else:
                more = (*found, tried) if tried is not None else found
                self._spare.append(partial(self._sample, engine, trials, more))

        if engine is self._engine:
            self._guard(work, lambda error: SamplesReady(found))

    def _survey(self) -> None:
        self._guard(lambda: self._post(FolderSurveyed(self._backend.survey(self._settings))), EngineFailed)

    def _ask(self, request: Request) -> None:
        def work() -> None:
            from tjqa.retrieval.query_rewriting import is_followup, rewrite

            engine = self._engine_of(request.library)
            question = request.question
            if not request.is_whole:
                if self._before and is_followup(question, self._before, engine.segmenter):
                    question = rewrite(question, self._before, engine.mentions, engine.segmenter)
                self._before = [*self._before[-1:], question]
            answer = engine.ask(question, filters=request.filters)
            if request.library is not None:
                answer = replace(answer, library=str(request.library.sources))
            self._post(AnswerReady(request.number, answer, engine.status() if engine is self._engine else None))

        if request.library is None and self._engine is None and isinstance(self._error, IndexUnusable):
            self._deferred.append(request)
        else:
            self._guard(work, lambda error: AskFailed(request.number, error))

    def _engine_of(self, library: Settings | None) -> EngineLike:
        """The engine of a library: of the one that is open (None), or of another, which is opened for it.

        Raises:
            TjqaError: it cannot be opened.
        """
        if library is None or library.sources == self._settings.sources:
            if self._engine is None:
                assert self._error is not None  # opening it was queued first
                raise self._error
            return self._engine
        return self._others.engine(library)
