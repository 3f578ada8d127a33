"""The notebook for the app: read and written in another thread, one thing after the other, so that no key waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tjqa.config import Settings

if TYPE_CHECKING:
    from tjqa.citations.notebook.notebook import Notebook

_Result = TypeVar("_Result")


class NotebookAccess:
    """The notebook of a library, opened when it is first wanted.

    Args:
        settings: where documents and notebook are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened: Notebook | None = None
        self._one_at_a_time = asyncio.Lock()

    async def do(self, work: Callable[[Notebook], _Result]) -> _Result:
        """What `work` gives, done beside the screen.

        Raises:
            TjqaError: what `work` raises.
        """
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: work(self._notebook()))

    def _notebook(self) -> Notebook:
        if self._opened is None:
            from tjqa.citations.notebook.notebook import Notebook  # with it comes all that reads documents

            self._opened = Notebook.of(self._settings)
        return self._opened
