"""Going back to past questions: one after the other, or picked from a list."""

from __future__ import annotations

from tjqa.ui.history import Asked, History
from tjqa.ui.services import AppServices
from tjqa.ui.view import View


class Recalling:
    """Past questions in the input.

    Args:
        view: of the main screen.
        services: the window to pick in.
        past: the questions.
    """

    def __init__(self, view: View, services: AppServices, past: History) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._past = past

    def step(self, direction: int) -> None:
        """Put the next older (-1) or newer (1) question into the input."""
        found = self._past.step(direction, self._view.input.value)
        if found is not None:
            self._view.input.put(found)

    def search(self, part: str) -> None:
        """Let the reader find a past question, of those that hold `part`, and put it into the input."""
        self._services.start(self._pick(part), group="pick")

    async def _pick(self, part: str) -> None:
        texts = self._texts
        choices = {_line(one): one.question for one in reversed(self._past.asked) if part in _line(one)}
        title, empty = texts("history_title"), texts("history_empty")
        chosen = await self._services.pick(title, texts("history_filter"), list(choices), empty)
        if chosen is not None:
            self._view.input.put(choices[chosen])
        self._view.input.focus()


def _line(one: Asked) -> str:
    """The day, whether an answer was found or may be one, what was typed, the question that it stood for."""
    found = "≈" if one.found and one.possible else {True: "✓", False: "✗", None: " "}[one.found]
    told = f"{one.typed} → {one.question}" if one.typed else one.question
    return f"{one.at[:10]:10} {found} {told}" if one.at else told
