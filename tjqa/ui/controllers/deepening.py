"""The library being understood more deeply while it already answers: a share in the top bar, nothing else."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from tjqa.errors import TjqaError
from tjqa.reports import Deepened, Progress, Status
from tjqa.ui.background.deepening import Deepener
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.index_process import Build
from tjqa.ui.background.messages import DeepeningEnded, DeepeningProgress, EngineReady
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.state import AppState


class Deepening:
    """Begun by itself whenever a library is opened that lacks something.

    Args:
        state: how far it is, set here.
        deepener: follows the process.
        readiness: shows the top bar.
    """

    def __init__(self, state: AppState, deepener: Deepener, readiness: Readiness) -> None:
        self._state = state
        self._deepener = deepener
        self._readiness = readiness
        self._is_of_use = True

    def consider(self, status: Status, has_scans: bool) -> None:
        """A library was opened; `has_scans` says whether pages in it can be recognised that were not."""
        lacks = status.understood is not None and status.understood < 1
        if (lacks or has_scans) and self._is_of_use:
            self._deepener.start()

    def step(self, progress: Progress) -> None:
        """It got on."""
        percent = 100 * progress.done // max(progress.total, 1)
        if (progress.phase, percent) != (self._state.deepening_phase, self._state.deepening):
            self._state.deepening, self._state.deepening_phase = percent, progress.phase
            self._readiness.show_status()

    def ended(self, done: Deepened | TjqaError) -> None:
        """It has ended; where nothing came of it, it is not begun again."""
        self._is_of_use = isinstance(done, Deepened) and done.embedded + done.recognized > 0
        self._state.deepening = None
        self._readiness.show_status()

    def end(self) -> None:
        """The app is leaving."""
        self._deepener.end()


class DeepeningApp(App[int]):
    """The part of the app that is about this. Textual tells each class of an app what is posted, so this one hears of a
    library that was opened beside the app itself."""

    state: AppState
    engine: EngineThread
    readiness: Readiness

    def deepen_with(self, start: Callable[[], Build]) -> None:
        """Deepen by processes that `start` starts."""
        self._start_deepening = start
        deepener = Deepener(self.post_message, start, self.engine.reopen)
        self.deepening = Deepening(self.state, deepener, self.readiness)

    def deepen_anew(self) -> None:
        """Another library is opened: what is done for the old one ends, and it may be begun for the new one."""
        self.deepening.end()
        self.deepen_with(self._start_deepening)

    def on_engine_ready(self, message: EngineReady) -> None:
        """Perhaps there is something to do."""
        from tjqa.ingest.recognition import pending  # the readers of documents, after the first paint

        self.deepening.consider(message.status, bool(pending(message.status.skipped, message.sources)))

    def on_deepening_progress(self, message: DeepeningProgress) -> None:
        """More of the library is understood."""
        self.deepening.step(message.progress)

    def on_deepening_ended(self, message: DeepeningEnded) -> None:
        """All of it, or no more."""
        self.deepening.ended(message.done)

    def on_unmount(self) -> None:
        """It ends with the app."""
        self.deepening.end()
