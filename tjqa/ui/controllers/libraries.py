"""Which library is open: choosing another, and asking others beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from tjqa import config
from tjqa.config import Settings
from tjqa.errors import SourcesError, TjqaError, UsageError
from tjqa.text.normalize import fold
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.commands import command_name
from tjqa.ui.kept.libraries import Known
from tjqa.ui.kept.store import Kept
from tjqa.ui.services import AppServices
from tjqa.ui.state import AppState
from tjqa.ui.text.folders import folder_name, short_path
from tjqa.ui.view import View

_NAMED = re.compile(r'(?<!\S)(?:库|library)[:：]\s?(?:["＂]([^"＂]*)["＂]|(\S*))', re.IGNORECASE)
_EVERY = ("全部", "all")
_MOST = 4
"""Libraries that one question may go to: each is opened for it, and stays in memory."""

# Of a library that is opened by its folder these do not tell where it is: they are of the one the app began with.
_OF_THE_FIRST = ("TJQA_SOURCES", "TJQA_EMBEDDINGS", "TJQA_STORE")


class Libraries:
    """Opens a library in place of the one that is open, and finds those that a question names.

    Args:
        view: of the main screen.
        services: the window to choose in.
        state: which library is open.
        engine: opens them.
        kept: those that were open before.
        leaving: called before one is closed.
    """

    def __init__(
        self,
        view: View,
        services: AppServices,
        state: AppState,
        engine: EngineThread,
        kept: Kept,
        leaving: Callable[[], None],
    ) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._state = state
        self._engine = engine
        self._kept = kept
        self._leaving = leaving

    def choose(self, folder: str) -> None:
        """Open the library of a folder, or let the reader choose one."""
        if self._state.is_building:
            self._view.notice(self._texts(self._state.busy))
        elif folder:
            if not self.open(folder):  # to be mended
                self._view.input.give_back(f"{command_name('open', self._texts.language)} {folder}")
        else:
            self._services.start(self._choose(), group="pick")

    async def _choose(self) -> None:
        chosen = await self._services.pick_folder([known.folder for known in self._others()])
        if chosen is not None:
            self.open(chosen)
            self._view.input.focus()

    def open(self, folder: str) -> bool:
        """Open the library of a folder; its conversation begins where it was left. Whether there is such a folder."""
        if self._state.is_building:
            self._view.notice(self._texts(self._state.busy))
            return True
        try:
            settings = self._settings_of(folder)
            if not settings.sources.is_dir():
                raise SourcesError("sources_missing", folder=settings.sources)
        except TjqaError as error:
            self._view.notice(self._texts.of(error.message))
            return False
        if settings.sources == self._state.settings.sources and self._state.status is not None:
            self._view.notice(self._texts("open_already", name=folder_name(str(settings.sources))))
            return True
        self._leaving()
        self._view.notice(self._texts("opening", folder=short_path(str(settings.sources))))
        self._engine.switch(settings)
        return True

    def named(self, line: str) -> tuple[str, tuple[Settings | None, ...]]:
        """A line without what names libraries (库:名字), and those: None is the one that is open, which a line that
        names none means.

        Raises:
            UsageError: there is no such library, or more than one.
        """
        names = [name for found in _NAMED.finditer(line) for name in re.split("[,，、]", found[1] or found[2] or "")]
        if not names:
            return line, (None,)
        rest = " ".join(_NAMED.sub(" ", line).split())
        wanted = {settings.sources: settings for name in names for settings in self._called(name)}
        here = self._state.settings.sources
        return rest, tuple(None if folder == here else settings for folder, settings in list(wanted.items())[:_MOST])

    def _called(self, name: str) -> list[Settings]:
        """The known libraries that a name means: by their whole name, else by a part of it."""
        known = {one.folder: one for one in (self._here(), *self._others())}
        if name.lower() in _EVERY:
            return [self._settings_of(folder) for folder in known]
        folded = fold(name)
        whole = [folder for folder in known if fold(folder_name(folder)) == folded]
        part = [folder for folder in known if folded and folded in fold(folder_name(folder))]
        found = whole or part
        if len(found) != 1:
            key = "library_unknown" if not found else "library_ambiguous"
            listed = "、".join(folder_name(folder) for folder in found or known)
            raise UsageError(key, name=name, names=listed)
        return [self._settings_of(found[0])]

    def settings_of(self, folder: str) -> Settings | None:
        """The library of a folder that was asked beside another; None of the one that is open, or cannot be named."""
        if not folder or Path(folder) == self._state.settings.sources:
            return None
        try:
            return self._settings_of(folder)
        except TjqaError:
            return None

    def _settings_of(self, folder: str) -> Settings:
        now = self._state.settings
        environ = {name: value for name, value in os.environ.items() if name not in _OF_THE_FIRST}
        typed = config.settings(sources=folder, environ=environ, fast=now.fast)
        if typed.sources == now.sources:
            return now
        if (known := self._kept.libraries.of(str(typed.sources))) is None:
            return typed
        return config.settings(
            known.folder, known.embeddings or None, store=known.store or None, environ=environ, fast=now.fast
        )

    def _here(self) -> Known:
        return Known(str(self._state.settings.sources), str(self._state.settings.embeddings))

    def _others(self) -> list[Known]:
        here = str(self._state.settings.sources)
        return [known for known in self._kept.libraries.all() if known.folder != here]
