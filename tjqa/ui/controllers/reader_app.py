"""The part of the app that is about reading a document and keeping what is found in it."""

from __future__ import annotations

from collections.abc import Callable

from tjqa.config import Settings
from tjqa.ui.background.messages import OutlineRead, SourceOpened, SpanCited
from tjqa.ui.background.notebook_access import NotebookAccess
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.controllers.deepening import DeepeningApp
from tjqa.ui.controllers.excerpting import Excerpting
from tjqa.ui.controllers.notebook_window import NotebookWindow
from tjqa.ui.controllers.originals import Originals
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.controllers.studying import Studying
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.notebook_screen import NotebookScreen


class ReaderApp(DeepeningApp):
    """Takes what the source panel and the engine post about it; see `DeepeningApp`."""

    view: View
    reading: Reading

    def read_with(
        self, services: AppServices, sharing: Sharing, settings: Callable[[], Settings]
    ) -> dict[str, Handler]:
        """Make the controllers; the commands that they do. `settings` tells the library at hand."""
        self.studying = Studying(self.view, self.engine)
        self.originals = Originals(self.view, services, lambda: settings().sources)
        notebook = NotebookAccess(settings)
        self.excerpting = Excerpting(self.view, services, self.engine, self.reading, sharing, notebook)
        self.notebook_window = NotebookWindow(self.view, services, self.engine, sharing, notebook)
        done = self.studying.handlers() | self.originals.handlers()
        return done | self.excerpting.handlers() | self.notebook_window.handlers()

    def on_source_opened(self, message: SourceOpened) -> None:
        """A document was opened; what is shown of it is for the app."""
        if self.view.is_open:
            self.studying.follow()

    def on_outline_wanted(self) -> None:
        """Enter in the source panel."""
        self.studying.toggle_outline("")

    def on_outline_read(self, message: OutlineRead) -> None:
        """The outline of a document is there, or could not be read."""
        self.view.library_panel.grow(message.path, message.found)
        self.studying.outline_read(message.path, message.found)

    def on_span_cited(self, message: SpanCited) -> None:
        """What was selected has its citation."""
        self.excerpting.cited(message.citation, message.purpose)

    def on_notebook_screen_wanted(self, message: NotebookScreen.Wanted) -> None:
        """Something is to be done with an excerpt."""
        self.notebook_window.wanted(message.screen, message.wish, message.checked)

    def on_as_grid(self) -> None:
        """The table at hand is wanted as a grid."""
        self.studying.as_grid()

    def on_stepped(self) -> None:
        """The source panel went to another citation."""
        self.reading.stepped()
