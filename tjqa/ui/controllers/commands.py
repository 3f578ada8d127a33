"""Doing the commands; each is reached by a key, from the palette and by typing its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tjqa.ui.commands import COMMANDS, parse
from tjqa.ui.controllers.appearance import Appearance
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.building import Building
from tjqa.ui.controllers.libraries import Libraries
from tjqa.ui.controllers.preferring import Preferring
from tjqa.ui.controllers.proofing import Proofing
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.recalling import Recalling
from tjqa.ui.controllers.remembering import Remembering
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.dialogs import CommandedScreen, HelpScreen, ReadScreen

Handler = Callable[[str], Awaitable[None] | None]
"""Does a command, given what was typed after its name; what it returns is waited for."""


def handlers(
    view: View,
    services: AppServices,
    asking: Asking,
    recalling: Recalling,
    reading: Reading,
    building: Building,
    sharing: Sharing,
    appearance: Appearance,
    libraries: Libraries,
    remembering: Remembering,
    preferring: Preferring,
    proofing: Proofing,
) -> dict[str, Handler]:
    """Who does what: `Command.action` → handler, for every command of the table."""
    return {
        "library": _plain(lambda: _and_then(view.toggle_library, remembering.keep)),
        "source": reading.toggle_source,
        "copy": _plain(sharing.copy_at_hand),
        "copy_words": _plain(lambda: sharing.copy_as("words")),
        "copy_references": _plain(lambda: sharing.copy_as("references")),
        "copy_markdown": _plain(lambda: sharing.copy_as("markdown")),
        "new": _plain(remembering.new),
        "resume": _plain(lambda: remembering.resume(libraries.settings_of)),
        "open": libraries.choose,
        "proof": proofing.proof,
        "only": _plain(view.ask_only),
        "edit": _plain(asking.edit_at_hand),
        "why": reading.why,
        "right": reading.mark_right,
        "wrong": reading.mark_wrong,
        "history": recalling.search,
        "help": _plain(lambda: services.open_window(HelpScreen(view.texts))),
        "rebuild": _plain(building.update),
        "theme": appearance.theme,
        "language": appearance.language,
        "settings": _plain(preferring.open),
        "clear": _plain(remembering.clear),
        "quit": _plain(lambda: _and_then(remembering.keep, services.quit)),
    }


def _and_then(first: Callable[[], None], second: Callable[[], None]) -> None:
    first()
    second()


def _plain(action: Callable[[], Awaitable[None] | None]) -> Handler:
    """A handler that takes no argument."""
    return lambda _: action()


class Commands:
    """Finds the handler of a command.

    Args:
        view: of the main screen.
        services: which window lies over it.
        handlers: `Command.action` → what does it, for every command of the table.
    """

    def __init__(self, view: View, services: AppServices, handlers: Mapping[str, Handler]) -> None:
        self.handlers = {command.action: handlers[command.action] for command in COMMANDS}
        self._view = view
        self._services = services

    async def do(self, action: str, argument: str = "") -> None:
        """Do a command; over a window only quit makes sense, the key that opened it, to close it, and what
        the window itself does."""
        window = self._services.window
        if window is not None and action != "quit":
            if isinstance(window, ReadScreen) and action in ("help", "why"):
                window.dismiss()
            elif isinstance(window, CommandedScreen):
                window.command(action)
            if action == "original":  # its key cuts in an input
                self._services.cut_selection()
            return
        waiting = self.handlers[action](argument)
        if waiting is not None:
            await waiting

    async def run_line(self, line: str) -> None:
        """Do a typed command; one that is not known stays in the input."""
        command, name, argument = parse(line)
        if command is None:
            self._view.input.give_back(line)
            self._view.notice(self._view.texts("unknown_command", name=f"/{name}"))
            return
        await self.do(command.action, argument)
