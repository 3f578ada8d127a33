"""`tjqa web`: the same app in a browser of this computer, through textual-serve (the extra `web`).

Served on 127.0.0.1 only. What is typed there runs with the rights of the one who started it, so other users of the
computer and other pages in the browser are kept out: everything lies below a key in the path, and a connection from a
page of another origin is refused. There is no cookie: a browser sends those of 127.0.0.1 to every port of it, so any
other server on this computer would be given the key.
"""

from __future__ import annotations

import json
import logging
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from tjqa.config import Settings, isolated_children, program_command
from tjqa.errors import TjqaError, reason
from tjqa.ui.door import HOST, Door
from tjqa.ui.text.strings import Texts

MOST_PAGES = 8
"""Pages open at a time: each is an app of its own, which takes some 300 MB with its model."""
MOST_COLUMNS, MOST_ROWS = 1000, 400
"""Cells of a page; the largest screens have half as many. The app keeps all of them in memory."""


class LocalServer(Server):
    """textual-serve with a key, our page and our words."""

    def __init__(self, command: str, port: int) -> None:
        self.texts = Texts()
        templates = Path(__file__).with_name("web")
        super().__init__(command, HOST, port, title=self.texts("name"), templates_path=templates)
        self._door = Door(port)
        self.key = self._door.key
        self._pages = 0

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C; the address is said once it is there."""
        web.run_app(
            self._make_app(),
            host=HOST,
            port=self.port,
            print=self._announce,
            access_log=None,
            shutdown_timeout=1.0,  # an open page keeps its connection for ever: it is not waited for
        )

    def _announce(self, _: str) -> None:
        print(self.texts("web_open", url=f"{self.public_url}/{self.key}/"), file=sys.stderr, flush=True)

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: it is not serving yet."""

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.add_subapp(f"/{self.key}", await super()._make_app())
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Refuse every other name of this computer (a page elsewhere may give it one), origin and user."""
        if not self._door.lets(request.host, request.headers.get("Origin"), request.path):
            raise web.HTTPForbidden(text=self.texts("web_forbidden"))
        response: web.StreamResponse = await handler(request)
        return response

    async def handle_index(self, request: web.Request) -> Any:
        """The page, whose address goes to no other server."""
        response = await super().handle_index(request)
        assert isinstance(response, web.Response)  # its declared type is what the template is given
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """An app for one page, if there is room for one more."""
        columns, rows = (to_int(request.query.get(name, ""), 1) for name in ("width", "height"))
        if (columns, rows) != _within_bounds(columns, rows):
            raise web.HTTPBadRequest
        if self._pages >= MOST_PAGES:
            raise web.HTTPServiceUnavailable(text=self.texts("web_full", most=MOST_PAGES))
        self._pages += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._pages -= 1

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Hand on what the page sends; what is no message of a page is passed over."""
        async for message in websocket:
            if message.type != WSMsgType.TEXT:
                continue
            match _envelope(message.data):
                case ["stdin", str(typed)]:
                    await app_service.send_bytes(typed.encode("utf-8", "replace"))
                case ["resize", {"width": int(columns), "height": int(rows)}]:
                    await app_service.set_terminal_size(*_within_bounds(columns, rows))
                case ["ping", data]:
                    await websocket.send_json(["pong", data])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()


def _within_bounds(columns: int, rows: int) -> tuple[int, int]:
    return min(max(columns, 1), MOST_COLUMNS), min(max(rows, 1), MOST_ROWS)


def _envelope(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def command_line(settings: Settings) -> str:
    """The command that opens the app on the same library, for a shell."""
    words = program_command(*settings.options())
    # exec: the shell it is given to must not stay between the server and the app.
    return subprocess.list2cmdline(words) if sys.platform == "win32" else f"exec {shlex.join(words)}"


def serve(settings: Settings, port: int) -> int:
    """Serve until Ctrl+C.

    Raises:
        TjqaError: the port is taken or may not be used.
    """
    # What they would say of a broken request is for whoever writes servers: a traceback, and as many as one likes.
    for name in ("aiohttp.server", "textual-serve"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with isolated_children():  # textual-serve gives the app the environment of this process
            LocalServer(command_line(settings), port).serve()
    except OSError as error:
        raise TjqaError("port_unusable", "port_unusable_hint", port=port, why=reason(error)) from error
    return 0
