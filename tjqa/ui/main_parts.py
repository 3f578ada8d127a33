"""The parts of the main screen, each by its name, and which of them has the focus."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from tjqa.results import Answer
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.cards import AnswerCard, Conversation, FirstPage
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

    # --- what has the focus

    @property
    def focused(self) -> Widget | None:
        """The widget that keys go to, of whatever lies on top."""
        return self._app.focused

    @property
    def focused_card(self) -> AnswerCard | None:
        """The card in focus."""
        return self.focused if isinstance(self.focused, AnswerCard) else None

    @property
    def answer_at_hand(self) -> Answer | None:
        """The answer that a command means: the one whose passage is being read, else that of the card that is looked
        at."""
        if self.is_reading and self.conversation.opened is not None:
            return self.conversation.opened
        card = self.conversation.meant(answered=True)
        return card.answer if card is not None else None

    @property
    def is_reading(self) -> bool:
        """True when the focus is in the column of the source."""
        return self.focused is not None and self.column in self.focused.ancestors

    @property
    def is_library_focused(self) -> bool:
        """True when the focus is in the library panel."""
        return self.focused is not None and self.focused.parent is self.library_panel
