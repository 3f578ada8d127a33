"""The terminal app: questions in, cards out; what the engine thread and the widgets post goes to the controllers."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from tjqa.citations.judgements import FILE_NAME, Judgements
from tjqa.config import Settings, preferences_file
from tjqa.ui.background import messages
from tjqa.ui.background.engine_thread import Backend, EngineThread, RealBackend
from tjqa.ui.background.index_process import Builder
from tjqa.ui.background.lifeline import end_with_server
from tjqa.ui.commands import bindings
from tjqa.ui.controllers.appearance import Appearance
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.building import Building
from tjqa.ui.controllers.choosing import Choosing
from tjqa.ui.controllers.commands import Commands, handlers
from tjqa.ui.controllers.deepening import DeepeningApp
from tjqa.ui.controllers.proofing import Proofing, ProofingApp
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.recalling import Recalling
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.history import History
from tjqa.ui.history import default_path as history_path
from tjqa.ui.keys import DEFAULTS, local
from tjqa.ui.log_file import log_to_file
from tjqa.ui.main_screen import MainScreen, parts
from tjqa.ui.palette import CommandProvider
from tjqa.ui.preferences import Preferences, load
from tjqa.ui.services import AppServices
from tjqa.ui.state import AppState
from tjqa.ui.text.ambiguous import CertainWidth
from tjqa.ui.text.strings import Texts
from tjqa.ui.themes import variables
from tjqa.ui.view import View
from tjqa.ui.widgets.cards import AnswerCard
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.first_page import PageState
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.question_box import QuestionBox
from tjqa.ui.widgets.rows import Rows


class TjqaApp(DeepeningApp, ProofingApp, inherit_bindings=False):
    """tjqa in a terminal: composes the screen, makes the controllers, and routes messages to them.

    Args:
        settings: where documents, index and model are.
        backend: where the engine comes from.
        past: questions of earlier sessions.
        preferences: theme, language, keys.
        log_file: named when something unexpected happens.
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
    ) -> None:
        super().__init__()
        self.past = past
        self.preferences = preferences or Preferences()
        self._certain_width = [CertainWidth()] if self.preferences.ambiguous_wide else []
        self.texts = Texts(self.preferences.language, self.preferences.keys)
        self.view = View(self, self.texts)
        self.state = AppState(PageState(folder=str(settings.sources)))
        self.engine = EngineThread(settings, self.post_message, backend, log_file)
        builder = Builder(self.post_message, partial(backend.build, settings), self.engine.reopen)
        self._make_controllers(builder, Judgements(settings.embeddings / FILE_NAME))
        self.deepen_with(partial(backend.deepen, settings))

    def _make_controllers(self, builder: Builder, judgements: Judgements) -> None:
        """Each is given what it works with: the view, the engine, and controllers made before it."""
        view, state, engine, past = self.view, self.state, self.engine, self.past
        services = AppServices(self, self.texts)
        self.readiness = Readiness(view, state, engine, past)
        self.building = Building(view, state, builder, self.readiness)
        self.reading = Reading(view, services, engine, judgements)
        self.asking = Asking(view, state, engine, past, self.readiness, self.reading)
        self.recalling = Recalling(view, services, past)
        self.sharing = Sharing(view, services, self.asking)
        self.appearance = Appearance(view, services, self.readiness)
        self.proofing = Proofing(view, engine)
        looks = (self.reading, self.building, self.sharing, self.appearance, self.proofing)
        table = handlers(view, services, self.asking, self.recalling, *looks)
        self.commands = Commands(view, services, table)
        self.choosing = Choosing(view, state, self.readiness, self.building, self.reading, self.asking, self.commands)

    # --- the screen

    def get_driver_class(self) -> type[Driver]:
        """In a terminal the one that takes whatever comes from there."""
        return _tolerant(super().get_driver_class())

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
        problems = self.appearance.prefer(self.preferences)
        if problems:
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

    def on_outline_read(self, message: messages.OutlineRead) -> None:
        """The tree of a document is there, or could not be read."""
        self.view.library_panel.grow(message.path, message.found)

    def on_build_progress(self, message: messages.BuildProgress) -> None:
        """A build got on."""
        self.building.step(message.progress)

    async def on_build_done(self, message: messages.BuildDone) -> None:
        """A build has ended."""
        await self.building.done(message.built)

    async def on_build_failed(self, message: messages.BuildFailed) -> None:
        """A build has stopped."""
        await self.building.failed(message.error)

    # --- what the widgets post

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the question box."""
        if event.input is self.view.input:
            await self.choosing.submitted(event.value)

    def on_question_box_recall(self, event: QuestionBox.Recall) -> None:
        """↑ or ↓ in the question box."""
        self.recalling.step(event.direction)

    def on_question_box_erase(self) -> None:
        """Backspace in an empty question box takes the last chip away."""
        self.asking.drop_last()

    def on_chip_bar_removed(self, event: ChipBar.Removed) -> None:
        """A chip was clicked away."""
        self.asking.drop(event.filter_)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A row of a card or of the first page was chosen."""
        if isinstance(event.rows, AnswerCard):
            await self.choosing.on_card(event.rows, event.target)
        else:
            await self.choosing.on_page(event.target)

    def on_library_panel_picked(self, event: LibraryPanel.Picked) -> None:
        """A document was chosen in the library, or a part of one, or its tree was opened."""
        if event.is_for_tree:
            self.reading.read_tree(event.path)
        else:
            self.reading.open_file(event.path, event.span)

    # --- keys

    async def action_command(self, name: str, argument: str = "") -> None:
        """Do the command whose `action` is `name`."""
        await self.commands.do(name, argument)

    def action_leave(self) -> None:
        """Close what is on top, go back to the input; with nothing to go back from, stop a build. Never quit."""
        if self.view.is_at_rest:
            self.building.cancel()
        self.view.leave()

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


def _tolerant(chosen: type[Driver]) -> type[Driver]:
    if sys.platform == "win32" or chosen.__name__ != "LinuxDriver":
        return chosen
    from tjqa.ui.terminal_input import TerminalDriver  # what it stands on is not on Windows

    return TerminalDriver


def run(settings: Settings) -> int:
    """Run the app until the user leaves; the exit code."""
    if "TEXTUAL_DRIVER" in os.environ:  # in the browser
        end_with_server()
    # Keys end the app; the second signal would tear it down midway (asyncio raises it wherever the program is).
    signal.signal(signal.SIGINT, lambda *_: None)
    log_file = log_to_file()
    preferences = load(preferences_file())
    settings = replace(settings, fast=settings.fast or preferences.fast)
    past = History(history_path() if preferences.history else None)
    app = TjqaApp(settings, RealBackend(str(log_file or "")), past, preferences, str(log_file or ""))
    code = app.run() or app.return_code or 0
    if app.engine.is_at_work:
        # Within a model, which the end of Python would take down under it: that ends in an abort (SIGABRT). The screen
        # is the terminal's own again, and nothing is kept but what is written already.
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    return code
