"""Doing the commands; each is reached by a key, from the palette and by typing its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tjqa.ui.commands import parse
from tjqa.ui.controllers.appearance import Appearance
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.building import Building
from tjqa.ui.controllers.proofing import Proofing
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.recalling import Recalling
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.dialogs import HelpScreen, ReadScreen

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
    proofing: Proofing,
) -> dict[str, Handler]:
    """Who does what: `Command.action` → handler, for every command of the table."""
    return {
        "library": _plain(view.toggle_library),
        "source": reading.toggle_source,
        "copy": _plain(sharing.copy_at_hand),
        "export": sharing.export,
        "proof": proofing.proof,
        "new": _plain(asking.new),
        "edit": _plain(asking.edit_newest),
        "why": reading.why,
        "right": reading.mark_right,
        "wrong": reading.mark_wrong,
        "history": recalling.search,
        "help": _plain(lambda: services.open_window(HelpScreen(view.texts))),
        "rebuild": _plain(building.update),
        "theme": appearance.theme,
        "language": appearance.language,
        "clear": _plain(asking.clear),
        "quit": _plain(services.quit),
    }


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
        self.handlers = handlers
        self._view = view
        self._services = services

    async def do(self, action: str, argument: str = "") -> None:
        """Do a command; over a window only quit makes sense, or the key that opened it, to close it."""
        window = self._services.window
        if window is not None and action != "quit":
            if isinstance(window, ReadScreen) and action in ("help", "why"):
                window.dismiss()
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
