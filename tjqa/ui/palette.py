"""The command palette's entries: our commands in our order, in both languages."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tjqa.ui.commands import COMMANDS, ON_THE_DESKTOP, Command


class CommandProvider(Provider):
    """Lists the table of commands; the built-in entries are English and sorted by code point."""

    async def discover(self) -> Hits:
        """All commands, in the order of the table."""
        for command in self._offered:
            yield DiscoveryHit(self._title(command), self._call(command))

    async def search(self, query: str) -> Hits:
        """The commands whose titles match."""
        matcher = self.matcher(query)
        for command in self._offered:
            title = self._title(command)
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), self._call(command))

    @property
    def _offered(self) -> list[Command]:
        """All commands, but in a browser those that start programs where it cannot be seen."""
        return [command for command in COMMANDS if not (self.app.is_web and command.action in ON_THE_DESKTOP)]

    def _title(self, command: Command) -> str:
        texts = getattr(self.app, "texts", None)
        return command.title(texts.language if texts is not None else "zh")

    def _call(self, command: Command) -> partial[Coroutine[Any, Any, bool]]:
        return partial(self.app.run_action, f"command({command.action!r})")
