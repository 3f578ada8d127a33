"""The settings: a window for all of them, each made to work at once and written into config.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tjqa.errors import TjqaError
from tjqa.messages import Language
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.controllers.appearance import Appearance
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.history import History
from tjqa.ui.kept.settings_file import write_settings
from tjqa.ui.kept.store import Kept
from tjqa.ui.preferences import Preferences
from tjqa.ui.services import AppServices
from tjqa.ui.state import AppState
from tjqa.ui.text.folders import short_path
from tjqa.ui.view import View
from tjqa.ui.widgets.settings_screen import Setting, SettingsScreen, Value

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}
_SPOKEN = {"zh": "中文", "en": "English"}
_SWITCHES = ("ambiguous_wide", "compact", "auto_copy", "history", "fast", "follow")


class Preferring:
    """What the reader prefers, as it is now.

    Args:
        view: of the main screen.
        services: windows, themes.
        state: which library is open.
        engine: opened again when it is to answer in another way.
        appearance: theme and language.
        sharing: copies a selection by itself, or not.
        past: the questions, which may be kept or not.
        kept: where the settings are written.
        preferences: those the app began with.
        follow: follows the folder, or does not.
    """

    def __init__(
        self,
        view: View,
        services: AppServices,
        state: AppState,
        engine: EngineThread,
        appearance: Appearance,
        sharing: Sharing,
        past: History,
        kept: Kept,
        preferences: Preferences,
        follow: Callable[[bool], None],
    ) -> None:
        self._view = view
        self._services = services
        self._state = state
        self._engine = engine
        self._appearance = appearance
        self._sharing = sharing
        self._past = past
        self._kept = kept
        self._preferences = preferences
        self._follow = follow
        appearance.chosen = self.keep
        sharing.copies_selections = preferences.auto_copy
        services.use_compact(preferences.compact)

    def open(self) -> None:
        """Show all settings."""
        themes = self._services.themes
        at = {"zh": 0, "en": 1}[self._view.texts.language]
        settings = [
            Setting("theme", themes, themes.index(self._services.theme), self._theme_name),
            Setting("language", tuple(_LANGUAGES), at, lambda value: _SPOKEN[str(value)]),
            *(Setting(name, (False, True), int(getattr(self._preferences, name))) for name in _SWITCHES),
        ]
        where = short_path(str(self._kept.config)) if self._kept.config is not None else ""
        self._services.open_window(SettingsScreen(self._view.texts, settings, where, self.change))

    def _theme_name(self, value: Value) -> str:
        kind = self._view.texts("theme_dark" if self._services.is_dark(str(value)) else "theme_light")
        return f"{value} · {kind}"

    def change(self, name: str, value: Value) -> None:
        """Make an entry another one, and keep it."""
        if name == "theme":
            self._services.use_theme(str(value))
        elif name == "language":
            self._appearance.speak(_LANGUAGES[str(value)])
        elif name == "ambiguous_wide":
            self._services.use_wide_signs(bool(value))
        elif name == "compact":
            self._services.use_compact(bool(value))
        elif name == "auto_copy":
            self._sharing.copies_selections = bool(value)
        elif name == "history":
            self._kept.keep_questions(bool(value))
            self._past.keep_in(self._kept.history)
        elif name == "fast":
            self._state.settings = replace(self._state.settings, fast=bool(value))
            self._engine.reopen(self._state.settings)
        elif name == "follow":
            self._follow(bool(value))
        self.keep(name, value)

    def keep(self, name: str, value: Value) -> None:
        """Note an entry, and write it down; what cannot be written holds until the app is left."""
        if hasattr(self._preferences, name):
            self._preferences = replace(self._preferences, **{name: value})  # type: ignore[arg-type]
        if self._kept.config is None:
            return
        try:
            write_settings(self._kept.config, {name: value})
        except TjqaError as error:
            self._view.notice(self._view.texts.of(error.whole))
