"""The frame of the app: layout, focus, notices, keys that do not depend on the engine."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tjqa.ui.commands import bindings, is_command, names
from tjqa.ui.keys import DEFAULTS, local
from tjqa.ui.language import Language
from tjqa.ui.palette import CommandProvider
from tjqa.ui.text.strings import Texts
from tjqa.ui.themes import variables
from tjqa.ui.widgets.build_panel import BuildPanel
from tjqa.ui.widgets.cards import AnswerCard, Conversation, FirstPage
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.lines import HintLine, KeyBar, OneLine
from tjqa.ui.widgets.question_box import QUESTION_LIMIT, QuestionBox
from tjqa.ui.widgets.rows import Rows
from tjqa.ui.widgets.source_panel import SourcePanel

SMALLEST = (40, 10)
"""Columns and rows below which nothing useful fits."""

ROOMY_FOOTER = 60
"""Columns below which the keys of the footer move together."""


class MainScreen(Screen[None]):
    """Tab goes between the four regions instead of through every card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.region(1)", show=False),
        Binding("shift+tab", "app.region(-1)", show=False),
    ]
    AUTO_FOCUS = "#question"

    def on_resize(self, event: events.Resize) -> None:
        """Below the smallest size say so; the widgets underneath keep their state and the focus."""
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")
        for footer in self.query(KeyBar):
            footer.compact = event.size.width < ROOMY_FOOTER


class Frame(App[int], inherit_bindings=False):
    """Panels and input; everything that changes a widget is here or in the app built on it."""

    TITLE = "tjqa"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-wide3")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(),
        Binding(DEFAULTS["app.palette"], "command_palette", "命令", priority=True, id="app.palette"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
        local("app.back", "leave"),
        Binding("question_mark,fullwidth_question_mark", "command('help')", show=False, id="app.question_mark"),
    ]

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    def get_default_screen(self) -> Screen[None]:
        """Our own screen, for its Tab."""
        return MainScreen(id="_default")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of answer, citation and quiet text, fit for the theme at hand."""
        return variables(self.current_theme)

    def compose(self) -> ComposeResult:
        """Top bar, library | conversation | source, hints, input, keys."""
        yield OneLine(id="status")
        with Horizontal(id="main"):
            yield LibraryPanel(self.texts, id="library")
            with Conversation(id="conversation"):
                yield FirstPage(self.texts, id="first")
            yield SourcePanel(self.texts, id="source")
        yield HintLine(id="hint")
        yield ChipBar(self.texts)
        yield QuestionBox(id="question")
        yield KeyBar(self.texts)
        yield OneLine(self.texts("too_small"), id="tiny")

    def on_mount(self) -> None:
        """No animation (a page down sends 9 KB instead of 74 KB); over SSH no blinking either (3 KB a second)."""
        self.animation_level = "none"
        self.input.cursor_blink = not os.environ.get("SSH_CONNECTION")
        self.input.example(self.texts("placeholder_plain"))
        self.hint_for(self.input)

    @property
    def input(self) -> QuestionBox:
        """The question box."""
        return self.main.query_one(QuestionBox)

    @property
    def conversation(self) -> Conversation:
        """The cards."""
        return self.main.query_one(Conversation)

    @property
    def source_panel(self) -> SourcePanel:
        """The source panel."""
        return self.main.query_one(SourcePanel)

    @property
    def library_panel(self) -> LibraryPanel:
        """The library panel."""
        return self.main.query_one(LibraryPanel)

    @property
    def main(self) -> Screen[object]:
        """The main screen, also while a window lies over it."""
        return self.screen_stack[0]

    def notice(self, text: str) -> None:
        """Say something in the hint row."""
        self.main.query_one(HintLine).notice(text)

    def panel(self, name: str, shown: bool | None = None) -> bool:
        """Show, hide or toggle the panel `source` or `library`; true when it is shown now."""
        area = self.main.query_one("#main")
        now = not area.has_class(f"-{name}") if shown is None else shown
        area.set_class(now, f"-{name}")
        return now

    def is_shown(self, name: str) -> bool:
        """True when the panel is open."""
        return bool(self.main.query_one("#main").has_class(f"-{name}"))

    def speak(self, language: Language) -> None:
        """Say everything on the screen in another language."""
        self.texts.language = language
        for rows in self.main.query(Rows):
            rows.changed()
        self.main.query_one("#tiny", OneLine).say(self.texts("too_small"))
        self.main.query_one(KeyBar).refresh(recompose=True)
        self.main.query_one(ChipBar).refresh()
        for panel in self.main.query(BuildPanel):
            panel.speak()
        self.library_panel.speak()
        self.source_panel.speak()
        self.hint_for(self.focused)

    # --- focus and hints

    def hint_for(self, widget: Widget | None) -> None:
        """Show the keys that work where the focus is."""
        key = "hint_input"
        if isinstance(widget, AnswerCard):
            key = "hint_card"
        elif isinstance(widget, SourcePanel):
            key = "hint_source"
        elif widget is not None and widget.parent is self.library_panel:
            key = "hint_library"
        typing = widget is self.input and is_command(self.input.value)
        hint = " ".join(names(self.texts.language)) if typing else self.texts(key)
        self.main.query_one(HintLine).hint(hint)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another part has the focus: other keys work."""
        if self.screen is self.main:
            self.hint_for(event.widget)

    def on_input_changed(self, event: Input.Changed) -> None:
        """While a command is being typed, list the commands."""
        if event.input is self.input:
            self.hint_for(self.input)

    def action_region(self, direction: int) -> None:
        """Go round input, newest card, source, library, as far as they are shown."""
        regions: list[Widget] = [self.input]
        if self.conversation.cards and self.conversation.display:
            regions.append(self.conversation.cards[-1])
        if self.is_shown("source"):
            regions.append(self.source_panel)
        if self.is_shown("library"):
            regions.append(self.library_panel.query_one(OptionList))
        regions = [region for region in regions if region.focusable]
        here = next((i for i, region in enumerate(regions) if region is self.focused), None)
        if here is None and isinstance(self.focused, AnswerCard):
            here = 1
        regions[((here or 0) + direction) % len(regions)].focus()

    def on_answer_card_move(self, event: AnswerCard.Move) -> None:
        """Go to the card above or below; scroll first while the card reaches out of the view that way."""
        view, card = self.conversation, event.card
        hidden = card.region.y < view.region.y if event.direction < 0 else card.region.bottom > view.region.bottom
        cards = view.cards
        index = cards.index(card) + event.direction
        if hidden:
            view.scroll_relative(y=event.direction * 3, animate=False)
        elif 0 <= index < len(cards):
            cards[index].focus()

    def on_question_box_page(self, event: QuestionBox.Page) -> None:
        """Scroll what is being read without leaving the input."""
        target: Widget = self.conversation if self.conversation.region else self.source_panel
        target.scroll_relative(y=event.direction * max(target.size.height - 2, 1), animate=False)

    def on_question_box_cut(self, event: QuestionBox.Cut) -> None:
        """A paste did not fit: say so."""
        self.notice(self.texts("cut_question", limit=QUESTION_LIMIT, count=event.count))

    def on_key(self, event: events.Key) -> None:
        """What is typed outside an input goes to the question; an input would have kept it to itself."""
        bound = event.key in self.screen.active_bindings
        if self.screen is self.main and event.is_printable and event.character and not bound:
            event.prevent_default()
            self.input.focus()
            self.input.insert_text_at_cursor(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """So does what is pasted outside an input."""
        if self.screen is self.main:
            event.stop()
            self.input.focus()
            self.input.take(event.text)

    # --- keys

    def action_leave(self) -> None:
        """Close the panel on top, then go back to the input; never quit."""
        for name in ("source", "library"):
            if self.is_shown(name):
                self.panel(name, False)
                break
        self.input.focus()

    def action_command_palette(self) -> None:
        """The palette with our own words."""
        if self.screen is self.main:
            self.push_screen(CommandPalette(placeholder=self.texts("palette"), id="--command-palette"))

    def action_help_quit(self) -> None:
        """Ctrl+C without a selection does not quit; say what does."""
        self.notice(self.texts("quit_hint"))
