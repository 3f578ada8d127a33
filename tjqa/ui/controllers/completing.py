"""What may be completed while typing, and what the filters in force leave."""

from __future__ import annotations

from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import EngineReady, FiltersCounted, ValuesRead
from tjqa.ui.controllers.following import FollowingApp
from tjqa.ui.text.completing import Completer
from tjqa.ui.view import View
from tjqa.ui.widgets.chips import ChipBar


class Completing:
    """Knows what the library offers to filter by.

    Args:
        view: of the main screen.
        engine: counts.
    """

    def __init__(self, view: View, engine: EngineThread) -> None:
        self._view = view
        self._engine = engine
        self._completer = Completer(view.texts)

    def begin(self) -> None:
        """Complete what is typed into the question box."""
        self._view.input.complete = self._completer

    def opened(self) -> None:
        """The engine was opened: values and counts may be others."""
        if not self._view.is_open:
            return
        self._engine.read_values()
        if filters := self._view.main.query_one(ChipBar).filters:
            self._engine.count(filters)

    def read(self, message: ValuesRead) -> None:
        """There they are."""
        self._completer.values = message.values

    def counted(self, message: FiltersCounted) -> None:
        """What the filters leave, if they are still those in force."""
        if not self._view.is_open:
            return
        bar = self._view.main.query_one(ChipBar)
        if bar.filters == message.filters:
            bar.leaves(message.documents)


class CompletingApp(FollowingApp):
    """The part of the app that is about this."""

    completing: Completing
    view: View

    def on_mount(self) -> None:
        """There is something to type into."""
        self.completing = Completing(self.view, self.engine)
        self.completing.begin()

    def on_engine_ready(self, message: EngineReady) -> None:
        """The library can be looked at."""
        self.completing.opened()

    def on_values_read(self, message: ValuesRead) -> None:
        """Places, years and documents of the library."""
        self.completing.read(message)

    def on_filters_counted(self, message: FiltersCounted) -> None:
        """What the filters leave."""
        self.completing.counted(message)
