"""What controllers may do with the main screen, also while a window lies over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.css.query import DOMQuery
from textual.widget import AwaitMount, Widget
from textual.widgets import Input, OptionList

from tjqa.index.filters import Filter
from tjqa.messages import Language
from tjqa.ui.main_parts import Parts
from tjqa.ui.text.greetings import SmallTalk
from tjqa.ui.widgets.build_panel import BuildPanel
from tjqa.ui.widgets.cards import AnswerCard, Note
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.figures_panel import FiguresPanel
from tjqa.ui.widgets.find_row import FindInput
from tjqa.ui.widgets.greeting import Greeting
from tjqa.ui.widgets.grid_panel import GridPanel
from tjqa.ui.widgets.lines import HintLine, KeyBar, OneLine, Wrapped
from tjqa.ui.widgets.outline_panel import OutlinePanel
from tjqa.ui.widgets.proof_panel import ProofPanel
from tjqa.ui.widgets.rows import Rows
from tjqa.ui.widgets.source_panel import SourcePanel

_PANELS = ("source", "library", "figures")
"""The panels from the top down, as they are closed."""

_HINTS: dict[type[Widget], str] = {
    AnswerCard: "hint_card",
    ProofPanel: "hint_proof",
    FiguresPanel: "hint_figures",
    GridPanel: "hint_grid",
    FindInput: "hint_find",
    OutlinePanel: "hint_outline",
}
"""The text that says which keys work in a widget."""

_READING = {
    (True, True): "hint_source_table",
    (True, False): "hint_source",
    (False, True): "hint_source_read_table",
    (False, False): "hint_source_read",
}
"""The same of a document, by whether passages of an answer are read, and whether there is a table to show."""


class View(Parts):
    """The parts of the main screen, and what is said and shown there.

    Args:
        app: the running app.
        texts: in the language at hand; everything on the screen shares them.
    """

    came_from: ProofPanel | None = None
    """The list that the document at hand was opened from."""

    # --- what has the focus

    @property
    def reader(self) -> SourcePanel | GridPanel:
        """The panel that the source is read in at the moment: as a grid, or as a text."""
        return self.grid_panel if self.is_shown("grid") else self.source_panel

    @property
    def is_at_rest(self) -> bool:
        """True when the focus is in the input and no panel is open."""
        return self.focused is self.input and not any(map(self.is_shown, _PANELS))

    # --- panels

    def panel(self, name: str, shown: bool | None = None) -> bool:
        """Show, hide or toggle one of `_PANELS`; true when it is shown now."""
        area = self.main.query_one("#main")
        now = not area.has_class(f"-{name}") if shown is None else shown
        # Beside a panel the cards are wrapped anew, those above get higher: what is read stays in view.
        read = self.conversation.in_view if now != area.has_class(f"-{name}") and not self.is_narrow else None
        area.set_class(now, f"-{name}")
        if name == "source":
            self.conversation.mark_opened(now)
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
        if not self.is_shown("library") or self._is_library_behind:
            self.panel("library", True)
            self.library_panel.query_one(Input).value = ""
            self.after_refresh(self.library_panel.fit)
            self.library_panel.query_one(Input).focus()
        else:
            self._close("library")

    def ask_only(self) -> None:
        """Ask only what is selected in the library; where that is closed, open it to select something."""
        if self.is_shown("library"):
            self.library_panel.ask_only()
        else:
            self.toggle_library()

    @property
    def _is_library_behind(self) -> bool:
        """True where a document fills the window, and the library is open behind it."""
        in_front = self.main.query_one("#main").has_class("-browse")
        return self.is_narrow and self.is_shown("source") and not in_front

    def turned_to(self, widget: Widget) -> None:
        """A part has the focus. Where library and document both fill the window, it is the one in front."""
        area = self.main.query_one("#main")
        if widget.parent is self.library_panel:
            area.add_class("-browse")
        elif self.column in widget.ancestors:
            area.remove_class("-browse")

    def to_conversation(self, alone: bool = False) -> None:
        """Something new is there: close what stands where the conversation does; `alone`: and what stands beside it."""
        for name in ("library", "figures"):
            self.panel(name, False)
        self.panel("source", self.is_shown("source") and not self.is_narrow and not alone)

    def leave(self) -> None:
        """Close the panel on top, then go back to what it was opened from."""
        shown = [name for name in _PANELS if self.is_shown(name)]
        if shown:
            self._close("library" if self.is_library_focused and not self._is_library_behind else shown[0])
        else:
            self.input.focus()

    def _close(self, name: str) -> None:
        """Close a panel; the focus goes to what is seen beneath or beside it and was left for it, else to the input."""
        came_from, self.came_from = self.came_from, None
        self.panel(name, False)
        if name == "library" and self.is_shown("source"):
            self.reader.focus()
        elif name == "source" and self.is_shown("library"):
            self.library_panel.query_one(OptionList).focus()
        elif name != "figures" and self.is_shown("figures"):
            self.figures_panel.focus()
        elif name == "source" and came_from is not None and came_from.is_attached:
            came_from.focus()
        else:
            self.input.focus()

    # --- what is said

    async def greet(self, said: SmallTalk, samples: Sequence[str]) -> None:
        """Answer small talk with a friendly line, and what could be asked."""
        greeting = Greeting(said, samples, self.texts)
        await self.conversation.put(greeting)
        self.after_refresh(self.conversation.scroll_end, animate=False)

    def notice(self, text: str, of_itself: bool = False) -> None:
        """Say something in the hint row, until the next key, at most for some seconds; what came `of_itself` does not
        cover what answers somebody's act."""
        hints = self.main.query_one(HintLine)
        (hints.news if of_itself else hints.notice)(text)

    def end_notice(self) -> None:
        """The next key: what was said is done with, once it could be read."""
        for hints in self.main.query_children(HintLine):  # not among all cards: it is done with every key
            hints.end_notice()

    def note(self, lines: Iterable[str]) -> AwaitMount:
        """Say something in the conversation, to be read again later; wait for it where the order matters."""
        return self.conversation.put(Note(lines))

    def hint_for(self, widget: Widget | None) -> None:
        """Show the keys that work where the focus is."""
        plain = "hint_offers" if self.input.offers else "hint_asked" if self.conversation.answers else "hint_input"
        key = next((key for kind, key in _HINTS.items() if isinstance(widget, kind)), plain)
        if widget is not None and widget.parent is self.library_panel:
            key = "hint_library"
        elif isinstance(widget, SourcePanel):
            key = _READING[widget.is_cited, widget.table is not None]
        elif isinstance(widget, GridPanel) and not self.source_panel.is_cited:
            key = "hint_grid_read"
        self.main.query_one(HintLine).hint(self.texts(key))

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
        self.column.speak()
        self.source_panel.speak()
        self.grid_panel.speak()
        self.figures_panel.speak()
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
