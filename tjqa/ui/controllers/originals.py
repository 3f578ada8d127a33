"""The file itself, outside of the app: opened with the system's program, shown in its folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tjqa.ui.controllers.commands import Handler
from tjqa.ui.desktop import open_with_system, opener
from tjqa.ui.services import AppServices
from tjqa.ui.text.wrap import display
from tjqa.ui.view import View


class Originals:
    """Commands on the file of the document that is read, else of the one under the cursor of the library.

    Args:
        view: of the main screen.
        services: does what takes a while; copies a path.
        folder: tells where the documents are; nothing outside of it is opened.
    """

    def __init__(self, view: View, services: AppServices, folder: Callable[[], Path]) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._folder = folder

    def handlers(self) -> dict[str, Handler]:
        """The commands that are done here."""
        return {"original": lambda _: self._begin(False), "reveal": lambda _: self._begin(True)}

    def _begin(self, is_folder: bool) -> None:
        """Open the file, or its folder; where that cannot be, say the path."""
        if self._services.cut_selection():  # in an input the key cuts
            return
        if (name := self._named()) is None:
            self._view.notice(self._texts("original_none"))
        elif (path := self._inside(name)) is None:
            self._view.notice(self._texts("original_gone", path=display(name)))
        elif self._services.is_in_browser:
            self._view.notice(self._texts("original_browser", path=display(str(path))))
        elif (command := opener()) is None:
            self._view.notice(self._texts("original_no_desktop", path=display(str(path))))
        else:
            self._services.start(self._open(path.parent if is_folder else path, command), group="original")

    def _named(self) -> str | None:
        """The path, in the folder, of the document that is meant."""
        view = self._view
        if view.is_library_focused:
            return view.library_panel.highlighted
        source = view.source_panel.source
        return source.view.path if source is not None else None

    def _inside(self, name: str) -> Path | None:
        """The absolute path of a file of the library; None when it is gone or leads out of the folder by now."""
        try:
            root, path = os.path.realpath(self._folder()), os.path.realpath(self._folder() / name)
            is_there = Path(path).is_file()
        except (OSError, ValueError):
            return None
        return Path(path) if is_there and Path(path).is_relative_to(root) else None

    async def _open(self, path: Path, command: list[str]) -> None:
        opened = await open_with_system(path, command)
        key = "original_opened" if opened else "original_failed"
        if self._view.is_open:
            self._view.notice(self._texts(key, path=display(str(path))))
