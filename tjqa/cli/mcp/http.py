"""The protocol by HTTP on this computer, behind the key of `tjqa web`."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from tjqa.errors import TjqaError, reason
from tjqa.messages import message
from tjqa.ui.door import HOST, Door

if TYPE_CHECKING:
    from mcp.server import Server

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Scope]]
_Send = Callable[[_Scope], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


def by_http(server: Server[Any], port: int) -> None:
    """Serve on 127.0.0.1 until Ctrl+C; the address with the key is said on standard error once it is there.

    Raises:
        TjqaError: the port is taken or may not be used.
    """
    import uvicorn
    from mcp.server.transport_security import TransportSecuritySettings

    door = Door(port)
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise TjqaError("port_unusable", "port_unusable_hint", port=port, why=reason(error)) from error
    app = server.streamable_http_app(
        streamable_http_path=f"/{door.key}/mcp",
        json_response=True,
        transport_security=TransportSecuritySettings(allowed_hosts=[door.own], allowed_origins=[f"http://{door.own}"]),
    )
    # What it would say of a broken request is for whoever writes servers.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    config = uvicorn.Config(guarded(app, door), log_config=None, access_log=False, timeout_graceful_shutdown=1)
    print(message("mcp_open", url=f"http://{door.own}/{door.key}/mcp").text(), file=sys.stderr, flush=True)
    with listening:
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))


def guarded(app: _App, door: Door) -> _App:
    """An app that only who knows the key and comes by this computer's own name is let into."""

    async def let_in(scope: _Scope, receive: _Receive, send: _Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["type"] == "http" and door.lets(headers.get("host"), headers.get("origin"), scope["path"]):
            await app(scope, receive, send)
            return
        body = message("mcp_forbidden").text().encode()
        start = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 403, "headers": start})
        await send({"type": "http.response.body", "body": body})

    return let_in
