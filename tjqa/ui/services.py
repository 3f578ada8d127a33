"""What controllers may ask of the app as a whole: windows, work beside the screen, themes, the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, TextArea

from tjqa.ui.text.ambiguous import CertainWidth
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.dialogs import PickScreen
from tjqa.ui.widgets.folder_screen import FolderScreen

Result = TypeVar("Result")


class AppServices:
    """The app without its main screen.

    Args:
        app: the running app.
        texts: in the language at hand.
        filters: what is done to every painted row; changed by `use_wide_signs`.
    """

    def __init__(self, app: App[int], texts: Texts, filters: list[LineFilter]) -> None:
        self._app = app
        self._texts = texts
        self._filters = filters

    @property
    def window(self) -> Screen[object] | None:
        """The window that lies over the main screen, if one does."""
        return self._app.screen if self._app.screen is not self._app.screen_stack[0] else None

    def open_window(self, window: Screen[None]) -> None:
        """Lay a window over the main screen."""
        self._app.push_screen(window)

    async def pick(
        self,
        title: str,
        filter_text: str,
        choices: Sequence[str],
        empty: str,
        preview: Callable[[str], None] | None = None,
    ) -> str | None:
        """Let the reader pick a line from a list; None when none was wanted. Only inside `start`.

        Args:
            title: over the window.
            filter_text: in the empty filter.
            choices: the lines, in order.
            empty: said when there is none.
            preview: called with each line that the cursor comes to.
        """
        return await self._app.push_screen_wait(PickScreen(title, filter_text, choices, empty, preview))

    async def pick_folder(self, recent: Sequence[str]) -> str | None:
        """Let the reader choose a folder, of those given or any other; None when none was wanted. Only inside
        `start`."""
        return await self._app.push_screen_wait(FolderScreen(self._texts, recent))

    async def ask(self, window: Screen[Result]) -> Result:
        """Lay a window over all others and wait for what it gives. Only inside `start`."""
        return await self._app.push_screen_wait(window)

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Do what takes a while beside everything else; what goes wrong in it does not end the app."""
        self._app.run_worker(work, group=group, exit_on_error=False)

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something after a while, unless the app ends before."""
        self._app.set_timer(seconds, do)

    @property
    def is_in_browser(self) -> bool:
        """True where the app is seen in a browser, which may be on another machine."""
        return self._app.is_web

    def cut_selection(self) -> bool:
        """Cut what is selected in the input in focus; False when nothing is."""
        focused = self._app.focused
        if not isinstance(focused, Input | TextArea) or focused.selection.is_empty:
            return False
        focused.action_cut()
        return True

    @property
    def themes(self) -> list[str]:
        """The names of all themes, sorted."""
        return sorted(self._app.available_themes)

    @property
    def theme(self) -> str:
        """The name of the theme at hand."""
        return self._app.theme

    def is_dark(self, name: str) -> bool:
        """Whether a theme paints light on dark."""
        return self._app.available_themes[name].dark

    def use_compact(self, wanted: bool) -> None:
        """Leave out the blank rows between the parts of the screen, or not."""
        self._app.set_class(wanted, "-compact")

    def use_wide_signs(self, wanted: bool) -> None:
        """Paint signs whose width terminals disagree on as others that are two cells wide everywhere, or not."""
        self._filters[:] = [CertainWidth()] if wanted else []
        for widget in self._app.screen_stack[0].query("*"):
            widget.refresh()

    def use_theme(self, name: str) -> None:
        """Paint in another theme, one of `themes`."""
        self._app.theme = name

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Bind other keys: binding id → keys, in Textual's names."""
        self._app.set_keymap(dict(keys))

    def deliver(self, name: str, data: bytes) -> None:
        """Hand a file to the browser that the app is seen in, as a download."""
        self._app.deliver_binary(io.BytesIO(data), save_filename=name)

    def remember_copied(self, text: str) -> None:
        """Keep what is on the clipboard already, for Ctrl+V in the input."""
        self._app._clipboard = text

    def send_to_terminal(self, text: str) -> None:
        """Ask the terminal to put `text` on the clipboard; it does not tell whether it did."""
        App.copy_to_clipboard(self._app, text)  # not the app's own, which leads to the controller that calls this

    def quit(self) -> None:
        """Leave, with exit code 0."""
        self._app.exit(0)
