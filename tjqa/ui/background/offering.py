"""What the engine's thread tells of filters: what the library offers to filter by, and what filters leave of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.errors import TjqaError
from tjqa.index.filters import Filter
from tjqa.ui.background.messages import FiltersCounted, SourceFailed, ValuesRead

if TYPE_CHECKING:
    from tjqa.ui.background.backend import EngineLike


class Offering:
    """A part of `EngineThread`, which sets these."""

    _queue: SimpleQueue[Callable[[], None]]
    _post: Callable[[Message], object]
    _engine: EngineLike | None

    def _guard(self, work: Callable[[], None], failed: Callable[[TjqaError], Message]) -> None:
        raise NotImplementedError

    def read_values(self) -> None:
        """Queue looking at what there is to filter by; `ValuesRead` follows."""
        self._queue.put(self._read_values)

    def count(self, filters: Sequence[Filter]) -> None:
        """Queue counting what filters leave; `FiltersCounted` follows."""
        self._queue.put(lambda: self._count(tuple(filters)))

    def _read_values(self) -> None:
        def work() -> None:
            from tjqa.retrieval.filter_values import (
                filter_values,  # what it stands on is heavy: not before the first paint
            )

            if (engine := self._engine) is not None:
                self._post(ValuesRead(filter_values(engine.sources(), engine.segmenter)))

        self._guard(work, SourceFailed)

    def _count(self, filters: tuple[Filter, ...]) -> None:
        def work() -> None:
            if (engine := self._engine) is not None:
                self._post(FiltersCounted(filters, engine.passing(filters)))

        self._guard(work, SourceFailed)
