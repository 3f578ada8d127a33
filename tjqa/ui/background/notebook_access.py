"""The notebook for the app: read and written in another thread, one thing after the other, so that no key waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tjqa.config import Settings

if TYPE_CHECKING:
    from tjqa.citations.notebook.notebook import Notebook

_Result = TypeVar("_Result")


class NotebookAccess:
    """The notebook of a library, opened when it is first wanted.

    Args:
        settings: gives where the documents and the notebook of the library that is open are.
    """

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._opened: Notebook | None = None
        self._opened_of: Path | None = None
        self._one_at_a_time = asyncio.Lock()

    async def do(self, work: Callable[[Notebook], _Result]) -> _Result:
        """What `work` gives, done beside the screen.

        Raises:
            TjqaError: what `work` raises.
        """
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: work(self._notebook()))

    def _notebook(self) -> Notebook:
        settings = self._settings()
        if self._opened is None or self._opened_of != settings.sources:
            from tjqa.citations.notebook.notebook import Notebook  # with it comes all that reads documents

            self._opened, self._opened_of = Notebook.of(settings), settings.sources
        return self._opened
