"""The file itself, outside of the app: opened with the system's program, shown in its folder; of a scanned page the
picture of what is cited."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tjqa.documents import Span
from tjqa.errors import TjqaError, reason
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
        self._pictures: tempfile.TemporaryDirectory[str] | None = None  # gone with the app

    def handlers(self) -> dict[str, Handler]:
        """The commands that are done here."""
        return {
            "original": lambda _: self._begin(False),
            "reveal": lambda _: self._begin(True),
            "picture": lambda _: self._begin_picture(),
        }

    def _begin_picture(self) -> None:
        """Open the picture of the stretch that is cited in the source."""
        source = self._view.source_panel.source
        command = None if self._services.is_in_browser else opener()
        if source is None or source.span is None:
            self._view.notice(self._texts("picture_no_source"))
        elif command is None:
            name, span = source.view.path, source.span
            told = f"tjqa show {name}:{span.start}-{span.end} --picture"
            self._view.notice(self._texts("picture_no_desktop", command=display(told)))
        else:
            work = self._open_picture(source.view.path, source.span, command)
            self._services.start(work, group="original")

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

    async def _open_picture(self, name: str, span: Span, command: list[str]) -> None:
        from tjqa.citations.pictures import picture_of  # the first screen needs none of it

        self._view.notice(self._texts("picture_drawing"))
        try:
            data = await asyncio.to_thread(partial(picture_of, self._folder(), name, span))
            path = self._place_of_picture(f"{span.start}-{span.end}.png")
            path.write_bytes(data)
        except TjqaError as error:
            told = str(error)
        except OSError as error:
            told = reason(error).text(self._texts.language)
        else:
            await self._open(path, command)
            return
        if self._view.is_open:
            self._view.notice(told)

    def _place_of_picture(self, name: str) -> Path:
        """In a folder of the app's own, readable by nobody else."""
        if self._pictures is None:
            self._pictures = tempfile.TemporaryDirectory(prefix="tjqa-", ignore_cleanup_errors=True)
        return Path(self._pictures.name) / name

    async def _open(self, path: Path, command: list[str]) -> None:
        opened = await open_with_system(path, command)
        key = "original_opened" if opened else "original_failed"
        if self._view.is_open:
            self._view.notice(self._texts(key, path=display(str(path))))
