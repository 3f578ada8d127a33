"""The library being understood more deeply while it already answers: a share in the top bar, nothing else."""

from __future__ import annotations

from tjqa.errors import TjqaError
from tjqa.reports import Deepened, Progress, Status
from tjqa.ui.background.deepening import Deepener
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

    def consider(self, status: Status) -> None:
        """A library was opened."""
        if status.understood is not None and status.understood < 1 and self._is_of_use:
            self._deepener.start()

    def step(self, progress: Progress) -> None:
        """It got on."""
        percent = 100 * progress.done // max(progress.total, 1)
        if percent != self._state.deepening:
            self._state.deepening = percent
            self._readiness.show_status()

    def ended(self, done: Deepened | TjqaError) -> None:
        """It has ended; where nothing came of it, it is not begun again."""
        self._is_of_use = isinstance(done, Deepened) and done.embedded > 0
        self._state.deepening = None
        self._readiness.show_status()

    def end(self) -> None:
        """The app is leaving."""
        self._deepener.end()
