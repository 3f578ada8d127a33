"""The parts of the main screen, each by its name."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen

from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.cards import Conversation, FirstPage
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.figures_panel import FiguresPanel
from tjqa.ui.widgets.grid_panel import GridPanel
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.question_box import QuestionBox
from tjqa.ui.widgets.source_column import SourceColumn
from tjqa.ui.widgets.source_panel import SourcePanel


class Parts:
    """The widgets of the main screen.

    Args:
        app: the running app.
        texts: in the language at hand; everything on the screen shares them.
    """

    def __init__(self, app: App[int], texts: Texts) -> None:
        self._app = app
        self.texts = texts

    @property
    def is_open(self) -> bool:
        """False once the app ends: what other threads still tell is for nobody then."""
        return bool(self._app.screen_stack)

    # --- its parts

    @property
    def main(self) -> Screen[object]:
        """The main screen."""
        return self._app.screen_stack[0]

    @property
    def input(self) -> QuestionBox:
        """The question box."""
        return self.main.query_one(QuestionBox)

    @property
    def conversation(self) -> Conversation:
        """The cards."""
        return self.main.query_one(Conversation)

    @property
    def first_page(self) -> FirstPage:
        """What is shown before the first question."""
        return self.main.query_one(FirstPage)

    @property
    def is_narrowed(self) -> bool:
        """Whether filters are in force."""
        return bool(self.main.query_one(ChipBar).filters)

    @property
    def source_panel(self) -> SourcePanel:
        """The source panel."""
        return self.main.query_one(SourcePanel)

    @property
    def column(self) -> SourceColumn:
        """The column in which a source is read."""
        return self.main.query_one(SourceColumn)

    @property
    def grid_panel(self) -> GridPanel:
        """The panel that shows a table of a source as a grid."""
        return self.main.query_one(GridPanel)

    @property
    def figures_panel(self) -> FiguresPanel:
        """The panel of the figures of a measure."""
        return self.main.query_one(FiguresPanel)

    @property
    def library_panel(self) -> LibraryPanel:
        """The library panel."""
        return self.main.query_one(LibraryPanel)
