"""What the engine's thread does for the figures of a measure: it collects them, tells how far it is, and may be
stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import Cancelled, TjqaError
from tjqa.results import Answer
from tjqa.ui.background.messages import FiguresFailed, FiguresProgress, FiguresReady

if TYPE_CHECKING:
    from tjqa.answers.figures.figure import FiguresAsked, FigureTable
    from tjqa.text.segmenter import Segmenter
    from tjqa.ui.background.backend import EngineLike


class Collecting:
    """A part of `EngineThread`, which sets these."""

    _queue: SimpleQueue[Callable[[], None]]
    _post: Callable[[Message], object]
    _stopped: threading.Event

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        raise NotImplementedError

    def _engine_of(self, library: Settings | None) -> EngineLike:
        raise NotImplementedError

    def figures(self, wanted: FiguresAsked | Answer) -> None:
        """Queue collecting the figures of a measure, or of the one that an answer is of; `FiguresProgress` tells
        how far it is, `FiguresReady` or `FiguresFailed` follows. What is being collected for an older wish ends."""
        self._stopped.set()
        self._stopped = stopped = threading.Event()
        self._queue.put(lambda: self._figures(wanted, stopped))

    def cancel_figures(self) -> None:
        """End the collecting."""
        self._stopped.set()

    def _figures(self, wanted: FiguresAsked | Answer, stopped: threading.Event) -> None:
        def step(looked: int, of: int) -> None:
            if stopped.is_set():
                raise Cancelled("figures_cancelled")
            self._post(FiguresProgress(looked, of))

        def work() -> None:
            engine = self._engine_of(None)
            wishes = _measured(wanted, engine.segmenter) if isinstance(wanted, Answer) else [wanted]
            try:
                step(0, engine.status().passages)
                self._post(FiguresReady(_first(engine, wishes, step)))
            except Cancelled:
                if self._stopped is stopped:  # else a newer wish is in its place
                    raise

        self._guard(work, FiguresFailed)


def _measured(answer: Answer, segmenter: Segmenter) -> list[FiguresAsked]:
    from tjqa.answers.figures.asking import measures_of
    from tjqa.answers.figures.figure import FiguresAsked

    return [FiguresAsked(measure) for measure in measures_of(answer.question, answer.cells, segmenter) or [""]]


def _first(engine: EngineLike, wishes: Sequence[FiguresAsked], step: Callable[[int, int], object]) -> FigureTable:
    """The table of the first of some measures that has figures, else that of the first one."""
    tables: list[FigureTable] = []
    for wish in wishes:
        tables.append(engine.figures(wish.measure, wish.places, wish.since, wish.until, step))
        if tables[-1].figures:
            return tables[-1]
    return tables[0]
