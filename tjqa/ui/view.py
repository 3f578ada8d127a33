"""What controllers may do with the main screen, also while a window lies over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.app import App
from textual.css.query import DOMQuery
from textual.screen import Screen
from textual.widget import AwaitMount, Widget
from textual.widgets import Input

from tjqa.index.filters import Filter
from tjqa.messages import Language
from tjqa.ui.commands import is_command, names
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.build_panel import BuildPanel
from tjqa.ui.widgets.cards import AnswerCard, Conversation, FirstPage, Note
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.grid_panel import GridPanel
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.lines import HintLine, KeyBar, OneLine, Wrapped
from tjqa.ui.widgets.proof_panel import ProofPanel
from tjqa.ui.widgets.question_box import QuestionBox
from tjqa.ui.widgets.rows import Rows
from tjqa.ui.widgets.source_panel import SourcePanel


class View:
    """The parts of the main screen, and what is said and shown there.

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
    def source_panel(self) -> SourcePanel:
        """The source panel."""
        return self.main.query_one(SourcePanel)

    @property
    def grid_panel(self) -> GridPanel:
        """The panel that shows a table of a source as a grid."""
        return self.main.query_one(GridPanel)

    @property
    def reader(self) -> SourcePanel | GridPanel:
        """The panel that the source is read in at the moment: as a grid, or as a text."""
        return self.grid_panel if self.is_shown("grid") else self.source_panel

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
    def is_library_focused(self) -> bool:
        """True when the focus is in the library panel."""
        return self.focused is not None and self.focused.parent is self.library_panel

    @property
    def is_at_rest(self) -> bool:
        """True when the focus is in the input and no panel is open."""
        return self.focused is self.input and not self.is_shown("source") and not self.is_shown("library")

    # --- panels

    def panel(self, name: str, shown: bool | None = None) -> bool:
        """Show, hide or toggle the panel `source` or `library`; true when it is shown now."""
        area = self.main.query_one("#main")
        now = not area.has_class(f"-{name}") if shown is None else shown
        # Beside a panel the cards are wrapped anew, those above get higher: what is read stays in view.
        read = self.conversation.in_view if now != area.has_class(f"-{name}") and not self.is_narrow else None
        area.set_class(now, f"-{name}")
        if read is not None:
            self.after_refresh(self.conversation.reveal, card=read)
        return now

    @property
    def is_narrow(self) -> bool:
        """True where one panel fills the window."""
        return bool(self.main.has_class("-narrow"))

    def is_shown(self, name: str) -> bool:
        """True when the panel is open."""
        return bool(self.main.query_one("#main").has_class(f"-{name}"))

    def toggle_library(self) -> None:
        """Open the library panel and go to its filter; open already, close it and go to the input."""
        if self.panel("library"):
            self.library_panel.query_one(Input).value = ""
            self.after_refresh(self.library_panel.fit)
            self.library_panel.query_one(Input).focus()
        else:
            self.input.focus()

    def leave(self) -> None:
        """Close the panel on top, then go back to the input."""
        for name in ("source", "library"):
            if self.is_shown(name):
                self.panel(name, False)
                break
        self.input.focus()

    # --- what is said

    def notice(self, text: str) -> None:
        """Say something in the hint row, for some seconds."""
        self.main.query_one(HintLine).notice(text)

    def note(self, lines: Iterable[str]) -> AwaitMount:
        """Say something in the conversation, to be read again later; wait for it where the order matters."""
        return self.conversation.put(Note(lines))

    def hint_for(self, widget: Widget | None) -> None:
        """Show the keys that work where the focus is; while a command is being typed, list the commands."""
        key = "hint_input"
        if isinstance(widget, AnswerCard):
            key = "hint_card"
        elif isinstance(widget, ProofPanel):
            key = "hint_proof"
        elif isinstance(widget, GridPanel):
            key = "hint_grid"
        elif isinstance(widget, SourcePanel):
            key = "hint_source"
        elif widget is not None and widget.parent is self.library_panel:
            key = "hint_library"
        typing = widget is self.input and is_command(self.input.value)
        hint = " ".join(names(self.texts.language)) if typing else self.texts(key)
        self.main.query_one(HintLine).hint(hint)

    def top_bar(self, text: str, warn: bool) -> None:
        """Show `text` in the top bar, in the colour of a warning when it is one."""
        bar = self.main.query_one("#status", OneLine)
        bar.set_class(warn, "-warn")
        bar.say(text)

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show the filters in force as chips."""
        self.main.query_one(ChipBar).show(filters)

    def speak(self, language: Language) -> None:
        """Say everything on the screen in another language, but the top bar and the example in the input."""
        self.texts.language = language
        for rows in self.main.query(Rows):
            rows.changed()
        self.main.query_one("#tiny", Wrapped).say(self.texts("too_small"))
        self.main.query_one(KeyBar).refresh(recompose=True)
        self.main.query_one(ChipBar).refresh()
        for panel in self.build_panels:
            panel.speak()
        self.library_panel.speak()
        self.source_panel.speak()
        self.grid_panel.speak()
        self.hint_for(self.focused)

    # --- a build under way

    @property
    def build_panels(self) -> DOMQuery[BuildPanel]:
        """The panel of a build, if there is one."""
        return self.main.query(BuildPanel)

    def open_build_panel(self, meanwhile: bool) -> None:
        """Show a build; `meanwhile` says that questions are answered from an older index."""
        # Outside the conversation, which goes on: cards must not push it out of sight.
        self.main.mount(BuildPanel(self.texts, meanwhile), before="#hint")

    def after_refresh(self, callback: Callable[..., object], **values: object) -> None:
        """Call `callback` once everything has been laid out and painted."""
        self._app.call_after_refresh(callback, **values)
