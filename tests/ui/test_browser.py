"""`tjqa web`: the app reaches the browser of the one who started it, and nobody else."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tests.support.helpers import environment
from tjqa.cli.main import main

pytest.importorskip("textual_serve")
from aiohttp import ClientSession, CookieJar, WSMsgType, WSServerHandshakeError

from tjqa.ui.browser import MOST_PAGES

pytestmark = pytest.mark.slow

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]+/")


def free_port() -> int:
    """A port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(home: Path) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The address of a running `tjqa web`, with the key, and its process."""
    (home / "资料").mkdir()
    (home / "资料" / "甲.txt").write_text("白鹭县有十二个乡镇。", "utf-8")
    arguments = ["web", f"--port={free_port()}", f"--sources={home / '资料'}", f"--embeddings={home / 'e'}"]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tjqa", *arguments), stderr=subprocess.PIPE, env=environment(HOME=str(home)), cwd=home
    )
    assert process.stderr is not None
    try:
        said = (await asyncio.wait_for(process.stderr.readline(), 60)).decode()
        address = ADDRESS.search(said)
        assert address is not None and "请在浏览器里打开" in said, said
        yield address[0], process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_the_app_is_in_the_browser_and_only_there(tmp_path: Path) -> None:
    """Page and connection need key, origin and name, and leave no cookie; then the first page arrives, in Chinese."""
    jar = CookieJar(unsafe=True)  # keeps cookies of addresses without a name, as browsers do
    async with serving(tmp_path) as (address, _), ClientSession() as stranger, ClientSession(cookie_jar=jar) as owner:
        root, key, _ = address.rsplit("/", 2)
        refused = [(f"{root}/", {}), (f"{address[:-1]}x/", {}), (address, {"Host": "evil.example"})]
        refused += [(f"{root}/static/", {}), (f"{root}/?key={key}", {}), (f"{root}/ws", {"Cookie": f"key={key}"})]
        for url, headers in refused:
            assert (await stranger.get(url, headers=headers)).status == 403, url
        with pytest.raises(WSServerHandshakeError):
            await stranger.ws_connect(root.replace("http", "ws") + "/ws")
        socket_url = address.replace("http", "ws") + "ws"
        given = await owner.get(address)
        page = await given.text()
        assert len(jar) == 0 and given.headers["Referrer-Policy"] == "no-referrer"  # nothing for other ports
        styles = re.search(r'href="([^"]+xterm\.css)"', page)
        assert styles is not None and (await owner.get(styles[1])).status == 200
        assert f'data-session-websocket-url="{socket_url}"' in page
        assert 'lang="zh-CN"' in page and "政策问答" in page and "googleapis" not in page
        assert not re.search(r"https?://(?!127\.0\.0\.1)", page)
        with pytest.raises(WSServerHandshakeError):
            await owner.ws_connect(socket_url, headers={"Origin": "http://evil.example"})
        async with owner.ws_connect(f"{socket_url}?width=80&height=24") as connection:
            seen = ""
            while "还没有索引" not in seen:
                seen += (await asyncio.wait_for(connection.receive(), 60)).data.decode("utf-8", "replace")


async def test_pages_sizes_and_words_are_bounded(tmp_path: Path) -> None:
    """Bytes that are no text are no key; so many cells and pages there are at most; nonsense is passed over."""
    jar = CookieJar(unsafe=True)
    async with serving(tmp_path) as (address, server), ClientSession(cookie_jar=jar) as owner:
        port = int(address.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /%ff%fe/ws HTTP/1.1\r\n" + f"Host: 127.0.0.1:{port}\r\n\r\n".encode())
        assert b" 403 " in await asyncio.wait_for(reader.readline(), 60)
        writer.close()
        await (await owner.get(address)).text()
        socket_url = address.replace("http", "ws") + "ws"
        for size in ("width=1000000000&height=5", "width=80&height=-1"):
            with pytest.raises(WSServerHandshakeError, match="400"):
                await owner.ws_connect(f"{socket_url}?{size}")
        async with owner.ws_connect(f"{socket_url}?width=80&height=24") as connection:
            for word in ("{", "[]", '["stdin", 5]', '["stdin", "\\ud800"]', '["resize", {"width": 1e999}]', "[" * 9999):
                await connection.send_str(word)
            await connection.send_json(["ping", "还在"])
            while (said := await asyncio.wait_for(connection.receive(), 60)).type != WSMsgType.TEXT:
                pass
            assert said.json() == ["pong", "还在"]
            pages = [await owner.ws_connect(socket_url) for _ in range(MOST_PAGES - 1)]
            with pytest.raises(WSServerHandshakeError, match="503"):
                await owner.ws_connect(socket_url)
            await pages.pop().close()
            for page in pages:
                await page.close()
        assert server.returncode is None


def apps_on(home: Path) -> list[str]:
    """Process ids of the apps that are open on the documents below `home`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            if "tjqa" in words and "web" not in words and f"--sources={home / '资料'}" in words:
                found.append(entry.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", ["terminate", "kill"])
async def test_an_app_ends_with_its_server(tmp_path: Path, how: str) -> None:
    """Stopped or killed: nothing is left running."""
    jar = CookieJar(unsafe=True)
    async with serving(tmp_path) as (address, server), ClientSession(cookie_jar=jar) as owner:
        await (await owner.get(address)).text()
        async with owner.ws_connect(address.replace("http", "ws") + "ws") as connection:
            seen = ""
            while "还没有索引" not in seen:
                seen += (await asyncio.wait_for(connection.receive(), 60)).data.decode("utf-8", "replace")
            with suppress(TimeoutError):  # an app that is painting meets the closed pipe by itself: let it rest
                while True:
                    await asyncio.wait_for(connection.receive(), 0.4)
            assert apps_on(tmp_path)
            getattr(server, how)()
            await server.wait()
            for _ in range(200):
                if not apps_on(tmp_path):
                    break
                await asyncio.sleep(0.1)
            assert not apps_on(tmp_path)


def test_a_taken_port_and_a_missing_extra_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Chinese, with the next step; exit codes 2 and 3."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "tjqa", "web", f"--port={taken.getsockname()[1]}"],
            env=environment(),
            capture_output=True,
            encoding="utf-8",
        )
    assert done.returncode == 3 and "已被占用" in done.stderr and "--port" in done.stderr
    assert "Traceback" not in done.stderr
    assert main(["web", "--port=0"]) == 2
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.delitem(sys.modules, "textual_serve.server", raising=False)
    monkeypatch.delitem(sys.modules, "tjqa.ui.browser", raising=False)
    assert main(["web"]) == 3
    assert "还没有安装" in (shown := capsys.readouterr().err) and "pip install" in shown
