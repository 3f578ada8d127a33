"""How the app looks and speaks: theme, language, keys."""

from __future__ import annotations

from tjqa.messages import Language
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.preferences import Preferences
from tjqa.ui.services import AppServices
from tjqa.ui.view import View

_LANGUAGES: dict[str, Language] = {"zh": "zh", "中文": "zh", "en": "en", "英文": "en", "english": "en"}


class Appearance:
    """What the reader prefers, from the settings and while the app runs.

    Args:
        view: of the main screen.
        services: themes and keys.
        readiness: says the top bar and the example in the input.
    """

    def __init__(self, view: View, services: AppServices, readiness: Readiness) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._readiness = readiness

    def prefer(self, preferences: Preferences) -> list[str]:
        """Set theme and keys; returns what of the settings was not understood, in complete sentences."""
        problems = list(preferences.problems)
        self._services.use_keys(preferences.keys)
        known = self._services.themes
        if preferences.theme in known:
            self._services.use_theme(str(preferences.theme))
        elif preferences.theme is not None:
            problems.append(self._texts("theme_unknown", name=preferences.theme))
        return problems

    def theme(self, name: str) -> None:
        """Another theme, by name or from a list."""
        self._services.start(self._choose_theme(name), group="pick")

    async def _choose_theme(self, name: str) -> None:
        texts, known = self._texts, self._services.themes
        chosen: str | None = name
        if not name:
            title, empty = texts("theme_title"), texts("library_empty")
            chosen = await self._services.pick(title, texts("pick_filter"), known, empty)
        if chosen is None:
            return
        if chosen not in known:
            self._view.notice(texts("theme_unknown", name=chosen))
            return
        self._services.use_theme(chosen)
        self._view.notice(texts("theme_set", name=chosen))

    def language(self, name: str) -> None:
        """Chinese or English; without a name, the other one."""
        named = _LANGUAGES.get(name.lower())
        if name and named is None:
            self._view.notice(self._texts("language_unknown", name=name))
            return
        other: Language = "en" if self._texts.language == "zh" else "zh"
        self._view.speak(named or other)
        self._readiness.show_status()
        self._readiness.show_example()
        self._view.notice(self._texts("language_set"))
