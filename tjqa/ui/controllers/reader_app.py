"""The part of the app that is about reading a document and keeping what is found in it."""

from __future__ import annotations

from pathlib import Path

from tjqa.ui.background.messages import OutlineRead
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.controllers.deepening import DeepeningApp
from tjqa.ui.controllers.originals import Originals
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.studying import Studying
from tjqa.ui.services import AppServices
from tjqa.ui.view import View


class ReaderApp(DeepeningApp):
    """Takes what the source panel and the engine post about it; see `DeepeningApp`."""

    view: View
    reading: Reading

    def read_with(self, services: AppServices, sources: Path) -> dict[str, Handler]:
        """Make the controllers, for documents in a folder; the commands that they do."""
        self.studying = Studying(self.view, self.engine)
        self.originals = Originals(self.view, services, sources)
        return self.studying.handlers() | self.originals.handlers()

    def on_outline_wanted(self) -> None:
        """Enter in the source panel."""
        self.studying.toggle_outline("")

    def on_outline_read(self, message: OutlineRead) -> None:
        """The outline of a document is there, or could not be read."""
        self.studying.outline_read(message.path, message.found)

    def on_stepped(self) -> None:
        """The source panel went to another citation."""
        self.reading.stepped()
