"""The filters in force: typed in a question or chosen in the library, they stay for the next questions."""

from __future__ import annotations

from collections.abc import Callable

from tjqa.index.filters import Filter
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.view import View


class Filtering:
    """Filters, as chips over the input.

    Args:
        view: of the main screen.
        engine: counts what they leave.
    """

    def __init__(self, view: View, engine: EngineThread) -> None:
        self.filters: tuple[Filter, ...] = ()
        self.changed: Callable[[], None] = lambda: None  # called when filters or conversation are others
        self._view = view
        self._engine = engine
        self._texts = view.texts

    def filter(self, filters: tuple[Filter, ...]) -> None:
        """Set the filters of the next questions."""
        is_other = filters != self.filters
        if filters and is_other:
            self._engine.count(filters)
        self.filters = filters
        self._view.show_filters(filters)
        if is_other:
            self.changed()

    def say_narrowed(self, count: int) -> None:
        """Say that only so many documents are asked now, and let the question be typed."""
        self._view.notice(self._texts("only_these", count=count))
        self._view.panel("library", False)
        self._view.input.focus()

    def drop(self, filter_: Filter) -> None:
        """Take one filter away."""
        self.filter(tuple(f for f in self.filters if f != filter_))

    def drop_last(self) -> None:
        """Take the last filter away."""
        self.filter(self.filters[:-1])
