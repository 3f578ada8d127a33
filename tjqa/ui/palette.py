"""The command palette's entries: our commands in our order, in both languages."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tjqa.ui.commands import COMMANDS, ON_THE_DESKTOP, Command
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells

_KEY_COLUMN = 40


class CommandProvider(Provider):
    """Lists the table of commands; the built-in entries are English and sorted by code point."""

    async def discover(self) -> Hits:
        """All commands, in the order of the table."""
        for command in self._offered:
            yield DiscoveryHit(self._shown(command), self._call(command), command.action)

    async def search(self, query: str) -> Hits:
        """The commands whose titles match."""
        matcher = self.matcher(query)
        for command in self._offered:
            if (score := max(map(matcher.match, (self._shown(command), *command.searched.split())))) > 0:
                yield Hit(score, matcher.highlight(self._shown(command)), self._call(command), command.action)

    @property
    def _offered(self) -> list[Command]:
        """All commands, but in a browser those that start programs where it cannot be seen."""
        return [command for command in COMMANDS if not (self.app.is_web and command.action in ON_THE_DESKTOP)]

    def _shown(self, command: Command) -> str:
        """Its name, and its key at the right, where it has one."""
        texts: Texts = getattr(self.app, "texts", None) or Texts()
        title, key = command.title(texts.language), next(iter(texts.keys_of(f"app.{command.action}")), "")
        return f"{title}{' ' * max(_KEY_COLUMN - cells(title), 2)}{key}" if key else title

    def _call(self, command: Command) -> partial[Coroutine[Any, Any, bool]]:
        return partial(self.app.run_action, f"command({command.action!r})")
