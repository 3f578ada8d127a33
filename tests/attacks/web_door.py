"""Knocks at the door of `tjqa web`: without the key, by another name, from other pages, too often, with too much.

    python -m tests.attacks.web_door [--rounds 20] [--seed 0]

Bad is a page, a file or a socket for anyone who does not have the key, the name and the origin; a cookie; a server
that dies, shows a traceback, no longer lets its owner in, or takes memory without bound.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import resource
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, WSServerHandshakeError

from tests.support.attacking import Ground, Tally, run_script

MEMORY = 400  # MiB that a server without an app may take; it starts with some 60
Head = tuple[bytes, ...]


class Door:
    """A running `tjqa web` and its address."""

    def __init__(self, ground: Ground) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.ground, self.said = ground, b""

    async def __aenter__(self) -> Door:
        self.process = await asyncio.create_subprocess_exec(
            *self.ground.words("web", f"--port={self.port}"),
            cwd=self.ground.root,
            env=self.ground.environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        first = (await asyncio.wait_for(self.process.stdout.readline(), 120)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/([\w-]+)/", first)
        assert found is not None, first
        self.address, self.key = found[0], found[1]
        self.listening = asyncio.create_task(self._listen())
        return self

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        while data := await self.process.stdout.read(65536):
            self.said += data

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()
        await self.listening

    async def raw(self, *lines: bytes, seconds: float = 20) -> bytes:
        """Send bytes as they are; the first of what comes back, nothing when the door is shut."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return b""
        try:
            with contextlib.suppress(OSError):
                writer.write(b"\r\n".join(lines))
                await writer.drain()
            with contextlib.suppress(OSError, TimeoutError):
                return await asyncio.wait_for(reader.read(65536), seconds)
            return b""
        finally:
            writer.close()

    def memory(self) -> int:
        """MiB that the server itself takes; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]

    async def owner_gets_in(self) -> list[str]:
        """Whether page and socket are there for the one who has the key."""
        try:
            async with ClientSession() as owner:
                page = await asyncio.wait_for(owner.get(self.address), 60)
                if page.status != 200:
                    return [f"the owner gets {page.status}"]
                async with owner.ws_connect(self.socket_url) as connection:
                    seen = ""
                    while "政策问答" not in seen:
                        data = (await asyncio.wait_for(connection.receive(), 90)).data
                        if data is None:
                            return ["the owner's socket is closed"]
                        seen += data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
        except Exception as error:  # whatever keeps the owner out is what this looks for
            return [f"the owner is kept out: {error!r}"]
        return []

    @property
    def socket_url(self) -> str:
        """Where the page's socket is."""
        return f"ws://127.0.0.1:{self.port}/{self.key}/ws?width=80&height=24"


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """Everything against one server; with `rounds` 0 a few of each."""
    asyncio.run(_attack(root, tally, rounds, random.Random(seed)))


async def _attack(root: Path, tally: Tally, rounds: int, draw: random.Random) -> None:
    ground = Ground(root)
    ground.build()
    async with Door(ground) as door:
        tally.tried("the owner gets in", await door.owner_gets_in())
        await strangers(door, tally, rounds, draw)
        await broken_requests(door, tally, rounds, draw)
        await many_connections(door, tally, 900 if rounds else 100)
        tally.tried("the owner still gets in", await door.owner_gets_in())
        await big_messages(door, tally, rounds)
        await many_sockets(door, tally, 30 if rounds else 10)
        tally.tried("the owner still gets in", await door.owner_gets_in())
        alive = [] if door.process.returncode is None else [f"the server ended: {door.process.returncode}"]
        tally.tried("the server lives", alive)
    said = door.said.decode("utf-8", "replace")
    tally.tried("what the server says", [said[:1500]] if "Traceback" in said else [])


# ---- who is let in


def open_to(answer: bytes) -> list[str]:
    """What is wrong when an answer lets someone in, or shows the key."""
    status = answer.split(b"\r\n", 1)[0]
    return [f"let in: {status!r}"] if re.match(rb"HTTP/1\.[01] (101|2\d\d|3\d\d|5\d\d)", status) else []


async def strangers(door: Door, tally: Tally, rounds: int, draw: random.Random) -> None:
    """Requests that lack one thing each, or have it wrong."""
    own = f"127.0.0.1:{door.port}"
    names = [
        "evil.example", f"evil.example:{door.port}", f"localhost:{door.port}", "127.0.0.1", f"127.0.0.1:{door.port}0",
        f"127.0.0.1.evil.example:{door.port}", f"{own}@evil.example", f"127.1:{door.port}", f"[::1]:{door.port}",
        f"0.0.0.0:{door.port}", f"127.0.0.2:{door.port}", f"2130706433:{door.port}", f"127.0.0.1:{door.port}.", "",
        f"evil.example, {own}", f" {own}x",
    ]  # fmt: skip
    origins = [
        "http://evil.example", "null", f"https://{own}", f"http://localhost:{door.port}", f"http://{own}.evil.example",
        f"http://evil.example:{door.port}", "http://127.0.0.1", "http://127.0.0.1:1", "", f"http://{own}/",
        f"http://{own}@evil.example", f"HTTP://{own}, http://evil.example", "file://", "chrome-extension://abc",
    ]  # fmt: skip
    for name in names:
        tally.tried("foreign Host", open_to(await door.raw(*page(door.key, name))), name)
        tally.tried("foreign Host, socket", open_to(await door.raw(*upgrade(name, door.key))), name)
    for origin in origins:
        tally.tried("foreign Origin", open_to(await door.raw(*upgrade(own, door.key, origin))), origin)
        tally.tried("foreign Origin, page", open_to(await door.raw(*page(door.key, own, origin))), origin)
    two = await door.raw(*upgrade("evil.example", door.key)[:-2], f"Host: {own}".encode(), b"", b"")
    tally.tried("two Hosts", open_to(two))
    other = upgrade(own, door.key)[:-2]
    two = await door.raw(*other, b"Origin: http://evil.example", f"Origin: http://{own}".encode(), b"", b"")
    tally.tried("two Origins", open_to(two))
    for key in wrong_keys(door.key, draw, 40 * max(rounds, 1) if rounds else 20):
        tally.tried("wrong key", open_to(await door.raw(*page(key, own))), key[:60])
        tally.tried("wrong key, socket", open_to(await door.raw(*upgrade(own, key))), key[:60])
    for name in (f"tjqa-{door.port}", "key", "tjqa"):  # what a browser sends along proves nothing
        for path in ("/", "/ws", "/static/css/xterm.css", f"/?key={door.key}", f"/ws?key={door.key}"):
            lines = (f"GET {path} HTTP/1.1", f"Host: {own}", f"Cookie: {name}={door.key}", "Connection: close", "", "")
            answer = await door.raw(*(line.encode() for line in lines))
            tally.tried("a cookie in place of the key", open_to(answer), path[:20])
    given = await door.raw(*page(door.key, own))
    tally.tried("the owner is given no cookie", [] if b"Set-Cookie" not in given else ["a cookie"])
    paths = [
        "/",
        "/ws",
        "/static/",
        "/static/css/xterm.css",
        "/download/x",
        "/static/../../etc/passwd",
        "//",
        "/%2e%2e/",
    ]
    for path in [*paths, *(f"{path}?key={door.key}" for path in paths)]:
        lines = (f"GET {path} HTTP/1.1".encode(), f"Host: {own}".encode(), b"Connection: close", b"", b"")
        tally.tried("no key", open_to(await door.raw(*lines)), path[:30])
    outside = ("/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py", "/static//etc/passwd")
    for path in (f"/{door.key}{path}" for path in outside):
        lines = page("", own)
        lines = (f"GET {path} HTTP/1.1".encode(), *lines[1:])
        tally.tried("outside the folder, with the key", open_to(await door.raw(*lines)), path)


def wrong_keys(key: str, draw: random.Random, count: int) -> Iterable[str]:
    """Keys that are nearly right, and some that are not text."""
    yield from ("", " ", key[:-1], key + "x", key[1:], key.swapcase(), key[::-1], "%00" + key, key + "%00", key + "%20")
    yield from ("%ff%fe", "%ed%a0%80", "\udcff\udcfe", "钥匙", "é" * 22, "a" * 7000, "*", ".*", "[]", "\t", '"', "\\")
    for _ in range(count):
        at = draw.randrange(len(key))
        yield key[:at] + draw.choice([c for c in "abcXYZ019-_" if c != key[at]]) + key[at + 1 :]


def page(key: str, host: str, origin: str | None = None) -> Head:
    """A request for the page."""
    lines = [f"GET /{key}/ HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"Origin: {origin}"] if origin is not None else []
    return tuple(line.encode("utf-8", "surrogateescape") for line in [*lines, "", ""])


def upgrade(host: str, key: str, origin: str | None = None) -> Head:
    """A request for the socket."""
    lines = [f"GET /{key}/ws?width=80&height=24 HTTP/1.1", f"Host: {host}", "Connection: Upgrade", "Upgrade: websocket"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    lines += [f"Origin: {origin}"] if origin is not None else []
    return tuple(line.encode("utf-8", "surrogateescape") for line in [*lines, "", ""])


# ---- what is no request


async def broken_requests(door: Door, tally: Tally, rounds: int, draw: random.Random) -> None:
    """Bytes that are no HTTP, halves of it, and far too much of it."""
    own = f"127.0.0.1:{door.port}".encode()
    whole = b"\r\n".join(page(door.key, own.decode()))
    made = [
        b"\x00" * 4096, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 500, b"GET", b"\r\n" * 1000,
        b"GET /" + b"a" * 10**6 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: " + own + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 10**6 + b"\r\n\r\n",
        b"POST /?key= HTTP/1.1\r\nHost: " + own + b"\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 10**6,
        b"POST / HTTP/1.1\r\nHost: " + own + b"\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n" + b"x" * 10**6,
        b"GET / HTTP/1.1\r\nHost: " + own + b"\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: " + own + b"\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: " + own + b"\r\n\r\n",
        b"GET http://" + own + b"/" + door.key.encode() + b"/ws HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n", b"GET /\xff\xfe?key=\xff HTTP/1.1\r\nHost: " + own + b"\r\n\r\n",
        b"GET /\xff\xfe/ws HTTP/1.1\r\nHost: " + own + b"\r\n\r\n",
        b"GET /" + door.key.encode() + b"/ws HTTP/1.1\r\nHost: " + own + b"\r\nOrigin: \xff\xfe\r\n\r\n",
    ]  # fmt: skip
    for _ in range(40 * rounds):
        at = draw.randrange(len(whole))
        change = draw.choice([b"", b"\xff", b"\0", b"\r\n", b"\r\n\r\n", b" " * 50, draw.randbytes(8)])
        broken = whole[:at] + change + whole[at + draw.randrange(1, 9) :]
        made += [broken] if broken.split() != whole.split() else []
    for data in made:
        answer = await door.raw(data, seconds=1)
        # A change that leaves key, name and origin as they are may be let in.
        right = door.key.encode() in data and own in data and answer.startswith(b"HTTP/1.1 200")
        tally.tried("no request", [] if right else open_to(answer), repr(data[:60]))


async def many_connections(door: Door, tally: Tally, count: int) -> None:
    """Connections that say nothing, or half a request, all at once."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    before = door.memory()
    held: list[asyncio.StreamWriter] = []
    for number in range(count):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", door.port)
            if number % 2:
                writer.write(b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * 4000)
            held.append(writer)
    found = await door.owner_gets_in()
    taken = door.memory() - before
    found += [f"{taken} MiB more for {len(held)} connections"] if taken > 100 else []
    for writer in held:
        writer.close()
    tally.tried("many idle connections", found, str(count))
    tally.tries["many idle connections"] += len(held) - 1


# ---- what comes by an open socket


async def big_messages(door: Door, tally: Tally, rounds: int) -> None:
    """Messages of the owner's own page that are too big, or are none: the socket may close, the server may not."""
    huge = 10**9
    messages: list[Any] = [
        "x" * 10**7, b"\0" * 10**7, "{", "[]", "{}", "null", '"text"', "[1]", '["stdin"]', '["stdin", 5]', "[" * 10**5,
        json.dumps(["resize", {"width": huge, "height": huge}]), json.dumps(["resize", {"width": -1, "height": 0}]),
        json.dumps(["resize", {"width": "x", "height": None}]), json.dumps(["resize", {"width": 1e999, "height": 1}]),
        json.dumps(["resize", {}]), json.dumps(["resize"]), json.dumps(["stdin", "字" * 10**6]), '["nonsense", {}]',
        json.dumps(["ping", "x" * 10**6]), json.dumps(["stdin", "\ud800"]), '["stdin", "\\ud800"]', json.dumps([[]]),
        json.dumps(["resize", {"width": 3000, "height": 3000}]),
    ]  # fmt: skip
    for message in messages if rounds else messages[::3]:
        found = await after_message(door, message)
        tally.tried("message", found, repr(message[:50]))
    sizes = ("width=1000000000&height=1000000000", "width=-5&height=0", "width=x&height=", "width=9" + "9" * 5000)
    for size in sizes if rounds else sizes[:1]:
        url = f"ws://127.0.0.1:{door.port}/{door.key}/ws?{size}"
        tally.tried("size of the window", await after_message(door, "[]", url), size[:40])


async def after_message(door: Door, message: str | bytes, url: str = "") -> list[str]:
    """What is wrong after a message on a new socket: memory of the server or of its app, a server that is gone."""
    async with ClientSession() as owner:
        try:
            await owner.get(door.address)
            async with owner.ws_connect(url or door.socket_url, max_msg_size=0) as connection:
                await asyncio.wait_for(connection.receive(), 60)
                if isinstance(message, bytes):
                    await connection.send_bytes(message)
                else:
                    await connection.send_str(message)
                with contextlib.suppress(TimeoutError):
                    for _ in range(400):
                        if (await asyncio.wait_for(connection.receive(), 1)).data is None:
                            break
                found = [f"an app takes {size} MiB" for size in apps(door) if size > 900]
        except (WSServerHandshakeError, OSError, UnicodeEncodeError):
            found = []
    if door.memory() > MEMORY:
        found.append(f"the server takes {door.memory()} MiB")
    if door.process.returncode is not None:
        found.append("the server has ended")
    return found


def apps(door: Door) -> list[int]:
    """MiB that each app of the server takes."""
    sizes = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, TypeError):
            words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            if f"--sources={door.ground.sources}" in words and "web" not in words:
                status = (entry / "status").read_text()
                sizes.append(int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024)  # type: ignore[index]
    return sizes


async def many_sockets(door: Door, tally: Tally, count: int) -> None:
    """The owner's own page opened again and again: each is an app, of which there may be only so many."""
    async with ClientSession() as owner:
        await owner.get(door.address)
        held = []
        for _ in range(count):
            with contextlib.suppress(WSServerHandshakeError, OSError):
                held.append(await owner.ws_connect(door.socket_url))
        await asyncio.sleep(1)
        running = len(apps(door))
        for connection in held:
            await connection.close()
    for _ in range(200):
        if not apps(door):
            break
        await asyncio.sleep(0.3)
    found = [f"{running} apps run for {count} sockets"] if running > 16 or running >= count else []
    found += [f"{len(apps(door))} apps are left"] if apps(door) else []
    tally.tried("many sockets of the owner", found, str(count))
    tally.tries["many sockets of the owner"] += count - 1


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 20))
