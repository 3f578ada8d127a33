"""The terminal app: questions in, cards out; what the engine thread and the widgets post goes to the controllers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from tjqa.citations.judgements import FILE_NAME, Judgements
from tjqa.config import Settings
from tjqa.ui.background import messages
from tjqa.ui.background.engine_thread import Backend, EngineThread
from tjqa.ui.background.following import watch_of
from tjqa.ui.background.index_process import Builder
from tjqa.ui.commands import bindings
from tjqa.ui.controllers.appearance import Appearance
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.building import Building
from tjqa.ui.controllers.choosing import Choosing
from tjqa.ui.controllers.commands import Commands, handlers
from tjqa.ui.controllers.figures import Figures
from tjqa.ui.controllers.libraries import Libraries
from tjqa.ui.controllers.library_app import LibraryApp
from tjqa.ui.controllers.noticing import NoticingApp
from tjqa.ui.controllers.preferring import Preferring
from tjqa.ui.controllers.proofing import Proofing, ProofingApp
from tjqa.ui.controllers.reader_app import ReaderApp
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.recalling import Recalling
from tjqa.ui.controllers.remembering import Remembering
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.history import History
from tjqa.ui.kept.store import Kept
from tjqa.ui.keys import DEFAULTS, local
from tjqa.ui.main_screen import MainScreen, parts
from tjqa.ui.palette import CommandProvider
from tjqa.ui.preferences import Preferences
from tjqa.ui.services import AppServices
from tjqa.ui.state import AppState
from tjqa.ui.text.ambiguous import CertainWidth
from tjqa.ui.text.strings import Texts
from tjqa.ui.themes import variables
from tjqa.ui.view import View
from tjqa.ui.widgets.cards import AnswerCard
from tjqa.ui.widgets.first_page import PageState
from tjqa.ui.widgets.question_box import QuestionBox
from tjqa.ui.widgets.rows import Rows


class TjqaApp(ProofingApp, ReaderApp, NoticingApp, LibraryApp, inherit_bindings=False):
    """tjqa in a terminal: composes the screen, makes the controllers, and routes messages to them.

    Args:
        settings: where documents, index and model are.
        backend: where the engine comes from.
        past: questions of earlier sessions.
        preferences: theme, language, keys.
        log_file: named when something unexpected happens.
        kept: libraries and conversations of earlier sessions.
    """

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

    def __init__(
        self,
        settings: Settings,
        backend: Backend,
        past: History,
        preferences: Preferences | None = None,
        log_file: str = "",
        kept: Kept | None = None,
    ) -> None:
        super().__init__()
        self.past = past
        self.kept = kept or Kept()
        self.preferences = preferences or Preferences()
        self._certain_width: list[LineFilter] = [CertainWidth()] if self.preferences.ambiguous_wide else []
        self.texts = Texts(self.preferences.language, self.preferences.keys)
        self.view = View(self, self.texts)
        self.state = AppState(settings, PageState(folder=str(settings.sources)))
        self.engine = EngineThread(settings, self.post_message, backend, log_file)
        builder = Builder(
            self.post_message, lambda rebuild: backend.build(self.state.settings, rebuild), self.engine.catch_up
        )
        self.services = AppServices(self, self.texts, self._certain_width)
        self._make_controllers(builder, Judgements(settings.embeddings / FILE_NAME))
        self.deepen_with(lambda: backend.deepen(self.state.settings))
        self.follow_with(
            self.view,
            self.services,
            self.building,
            self.reading,
            lambda stopped: watch_of(self.state.settings, stopped),
        )

    def _make_controllers(self, builder: Builder, judgements: Judgements) -> None:
        """Each is given what it works with: the view, the engine, and controllers made before it."""
        view, state, engine, past = self.view, self.state, self.engine, self.past
        kept, services = self.kept, self.services
        self.readiness = Readiness(view, state, engine, past, kept)
        self.building = Building(view, state, builder, self.readiness)
        self.reading = Reading(view, services, engine, judgements)
        self.asking = Asking(view, state, engine, past, self.readiness, self.reading)
        self.recalling = Recalling(view, services, past)
        self.sharing = Sharing(view, services, self.asking)
        self.appearance = Appearance(view, services, self.readiness)
        self.remembering = Remembering(view, state, kept, self.asking, self.reading, self.readiness, past)
        self.libraries = Libraries(view, services, state, engine, kept, self.remembering.keep)
        self.preferring = Preferring(
            view, services, state, engine, self.appearance, self.sharing, past, kept, self.preferences, self.follow
        )
        self.figures = Figures(view, services, engine)
        self.proofing = Proofing(view, engine)
        does = (self.asking, self.recalling, self.reading, self.building, self.sharing, self.appearance)
        table = handlers(view, services, *does, self.libraries, self.remembering, self.preferring, self.proofing)
        table |= self.figures.handlers(self.sharing.export) | self.read_with(
            services, self.sharing, lambda: state.settings
        )
        self.commands = Commands(view, services, table)
        can_do = (self.readiness, self.building, self.reading, self.asking, self.commands)
        self.choosing = Choosing(view, state, *can_do, self.libraries, self.remembering, past)

    # --- the screen

    def get_driver_class(self) -> type[Driver]:
        """In a terminal the one that takes whatever comes from there, in a browser one with the same keys."""
        chosen = super().get_driver_class()
        if sys.platform == "win32" or chosen.__name__ not in ("LinuxDriver", "WebDriver"):
            return chosen
        # What they stand on is not on Windows.
        if chosen.__name__ == "WebDriver":
            from tjqa.ui.browser_input import BrowserDriver

            return BrowserDriver
        from tjqa.ui.terminal_input import TerminalDriver

        return TerminalDriver

    def get_default_screen(self) -> Screen[None]:
        """Our own screen, for its Tab."""
        return MainScreen(self.view, id="_default")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of answer, citation and quiet text, fit for the theme at hand."""
        return variables(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to every painted row."""
        return [*super().get_line_filters(), *self._certain_width]

    def compose(self) -> ComposeResult:
        """The parts of the main screen."""
        yield from parts(self.texts)

    def on_mount(self) -> None:
        """Paint first, load after."""
        # No animation: a page down sends 9 KB instead of 74 KB; over SSH no blinking either, 3 KB a second.
        self.animation_level = "none"
        self.view.input.cursor_blink = not os.environ.get("SSH_CONNECTION")
        if problems := self.appearance.prefer(self.preferences):
            self.view.note(problems)
        self.readiness.suggest()
        self.readiness.show_page(self.state.page)
        self.readiness.show_example()
        self.view.hint_for(self.view.input)
        self.call_after_refresh(self.engine.start)

    def on_unmount(self) -> None:
        """A build ends with the app."""
        self.building.end()

    # --- what the engine thread and the build post

    def on_engine_ready(self, message: messages.EngineReady) -> None:
        """Questions can be answered now."""
        self.readiness.ready(message)

    def on_engine_failed(self, message: messages.EngineFailed) -> None:
        """They cannot."""
        self.readiness.failed(message.error)

    def on_answer_ready(self, message: messages.AnswerReady) -> None:
        """A question was answered."""
        self.asking.answered(message)

    def on_ask_failed(self, message: messages.AskFailed) -> None:
        """A question could not be answered."""
        self.asking.failed(message.number, message.error)

    def on_source_opened(self, message: messages.SourceOpened) -> None:
        """A file is there to be read."""
        self.reading.opened(message)

    def on_source_failed(self, message: messages.SourceFailed) -> None:
        """A file could not be opened."""
        self.reading.failed(message.error)

    # --- what the widgets post

    async def on_question_box_submitted(self, event: QuestionBox.Submitted) -> None:
        """Enter in the question box."""
        await self.choosing.submitted(event.value)

    def on_question_box_recall(self, event: QuestionBox.Recall) -> None:
        """↑ or ↓ in the question box."""
        self.recalling.step(event.direction)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A row of a card, of the first page or of a greeting was chosen."""
        if isinstance(event.rows, AnswerCard):
            await self.choosing.on_card(event.rows, event.target)
        else:
            await self.choosing.on_page(event.target)

    # --- keys

    async def action_command(self, name: str, argument: str = "") -> None:
        """Do the command whose `action` is `name`."""
        await self.commands.do(name, argument)

    def action_leave(self) -> None:
        """Close what is on top, go back to the input; with nothing to go back from, stop a build. Never quit."""
        if self.view.is_at_rest and not self.proofing.cancel():
            self.building.cancel()
        self.figures.leave()

    def action_command_palette(self) -> None:
        """The palette with our own words."""
        if self.screen is self.view.main:
            self.push_screen(CommandPalette(placeholder=self.texts("palette"), id="--command-palette"))

    def action_help_quit(self) -> None:
        """Ctrl+C without a selection stops a build; without one it says what quits."""
        if not self.building.cancel():
            self.view.notice(self.texts("quit_hint"))

    def copy_to_clipboard(self, text: str) -> None:
        """What Ctrl+C in the input or over a selection does: the same as the command."""
        self.sharing.copy_selection(text)
