"""The engine behind all clients: on one thread, which it wants for itself, and opened anew when the index was written
again meanwhile."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tjqa.cli.mcp import parameters
from tjqa.cli.mcp.calls import Given, Tool, sayable
from tjqa.config import Settings
from tjqa.engine import Engine, backend_of
from tjqa.errors import Cancelled, TjqaError, disk_failure
from tjqa.index.backend import IndexBackend
from tjqa.messages import joined, message
from tjqa.reports import Status


class Library:
    """Answers calls one after the other, in the order they came in. It is opened with the first one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, "tjqa-engine")
        self._engine: Engine | None = None
        self._shelf: IndexBackend | None = None
        self._generation = b""
        self._waiting = 0
        self._status: tuple[float, float, Status] | None = None  # when it was looked up, how long that took, what it is

    async def call(self, tool: Tool, given: Given) -> dict[str, Any]:
        """What a tool gives, with the state of the library. A call that is cancelled while it waits is not done; one
        that is being done ends at its next step, or is finished and nobody is told.

        Raises:
            TjqaError: the library cannot be opened, the tool refuses, or too many calls are waiting.
        """
        if self._waiting >= parameters.MOST_WAITING:
            raise TjqaError("mcp_busy", "mcp_busy_hint", most=parameters.MOST_WAITING)
        self._waiting += 1
        gone = threading.Event()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._done, tool, given, gone)
        finally:
            gone.set()
            self._waiting -= 1

    def close(self) -> None:
        """Drop what is waiting."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _done(self, tool: Tool, given: Given, gone: threading.Event) -> dict[str, Any]:
        def step(done: int, of: int) -> None:
            if gone.is_set():
                raise Cancelled("mcp_cancelled")

        try:
            engine = self._opened()
            told: dict[str, Any] = sayable({**tool.run(engine, given, step), "library": self._state(engine)})
            return told
        except OSError as error:
            raise disk_failure(error) from error

    def _opened(self) -> Engine:
        self._shelf = self._shelf or backend_of(self._settings)
        generation = self._shelf.generation()
        if self._engine is None or generation != self._generation:
            self._engine, self._status = None, None  # what cannot be opened now is not answered from as it was
            self._engine = Engine.open(self._settings)
            self._generation = generation
        return self._engine

    def _state(self, engine: Engine) -> dict[str, Any]:
        """What the answer is from: counts, when it was indexed, and what changed since."""
        status = self._looked(engine)
        said = list(status.due)
        if status.stale:
            named = status.stale[: parameters.MOST_NAMED]
            said.append(message("mcp_stale", count=len(status.stale), names=named))
        return {
            "documents": status.documents,
            "passages": status.passages,
            "built": status.built,
            "stale": len(status.stale),
            **({"note": joined(said)} if said else {}),
        }

    def _looked(self, engine: Engine) -> Status:
        """The status, which means to look at every file; where that takes long it is not done with every call."""
        now = time.monotonic()
        if self._status is not None:
            when, took, status = self._status
            if took > parameters.STALE_QUICK and now - when < took * parameters.STALE_SHARE:
                return status
        status = engine.status()
        self._status = (time.monotonic(), time.monotonic() - now, status)
        return status
