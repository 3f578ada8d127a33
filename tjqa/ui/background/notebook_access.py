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
    """The notebook of the library at hand, opened when it is first wanted.

    Args:
        settings: tells where documents and notebook are; another library may be opened.
    """

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._opened: tuple[Settings, Notebook] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def do(self, work: Callable[[Notebook], _Result]) -> _Result:
        """What `work` gives, done beside the screen.

        Raises:
            TjqaError: what `work` raises.
        """
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: work(self._notebook()))

    @property
    def place(self) -> Path:
        """The folder of the notebook."""
        return self._settings().embeddings

    def _notebook(self) -> Notebook:
        settings = self._settings()
        if self._opened is None or self._opened[0] != settings:
            from tjqa.citations.notebook.notebook import Notebook  # with it comes all that reads documents

            self._opened = settings, Notebook.of(settings)
        return self._opened[1]
