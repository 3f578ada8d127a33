"""What controllers may ask of the app as a whole: windows, work beside the screen, themes, the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from textual.app import App
from textual.screen import Screen

from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.dialogs import PickScreen


class AppServices:
    """The app without its main screen.

    Args:
        app: the running app.
        texts: in the language at hand.
    """

    def __init__(self, app: App[int], texts: Texts) -> None:
        self._app = app
        self._texts = texts

    @property
    def window(self) -> Screen[object] | None:
        """The window that lies over the main screen, if one does."""
        return self._app.screen if self._app.screen is not self._app.screen_stack[0] else None

    def open_window(self, window: Screen[None]) -> None:
        """Lay a window over the main screen."""
        self._app.push_screen(window)

    async def pick(self, title: str, filter_text: str, choices: Sequence[str], empty: str) -> str | None:
        """Let the reader pick a line from a list; None when none was wanted. Only inside `start`.

        Args:
            title: over the window.
            filter_text: in the empty filter.
            choices: the lines, in order.
            empty: said when there is none.
        """
        return await self._app.push_screen_wait(PickScreen(title, filter_text, choices, empty))

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Do what takes a while beside everything else; what goes wrong in it does not end the app."""
        self._app.run_worker(work, group=group, exit_on_error=False)

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something after a while, unless the app ends before."""
        self._app.set_timer(seconds, do)

    @property
    def themes(self) -> list[str]:
        """The names of all themes, sorted."""
        return sorted(self._app.available_themes)

    def use_theme(self, name: str) -> None:
        """Paint in another theme, one of `themes`."""
        self._app.theme = name

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Bind other keys: binding id → keys, in Textual's names."""
        self._app.set_keymap(dict(keys))

    def remember_copied(self, text: str) -> None:
        """Keep what is on the clipboard already, for Ctrl+V in the input."""
        self._app._clipboard = text

    @property
    def is_web(self) -> bool:
        """Whether the terminal is a page of a browser."""
        return bool(self._app.is_web)

    def deliver(self, name: str, text: str) -> None:
        """Hand the browser a file to download."""
        self._app.deliver_text(io.StringIO(text), save_filename=name, encoding="utf-8")

    def send_to_terminal(self, text: str) -> None:
        """Ask the terminal to put `text` on the clipboard; it does not tell whether it did."""
        App.copy_to_clipboard(self._app, text)  # not the app's own, which leads to the controller that calls this

    def quit(self) -> None:
        """Leave, with exit code 0."""
        self._app.exit(0)
