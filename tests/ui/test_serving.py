"""`tjqa web`: the app reaches the browser of the one who started it, and nobody else."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.helpers import environment
from tjqa.cli import main

pytest.importorskip("textual_serve")
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?key=[\w-]+")


def free_port() -> int:
    """A port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def serving(home: Path) -> AsyncIterator[str]:
    """The address of a running `tjqa web`, with the key."""
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
        yield address[0]
    finally:
        process.terminate()
        await process.wait()


async def test_the_app_is_in_the_browser_and_only_there(tmp_path: Path) -> None:
    """Page and connection need key, cookie, origin and name; then the app's first page arrives, in Chinese."""
    jar = CookieJar(unsafe=True)  # keeps cookies of addresses without a name, as browsers do
    async with serving(tmp_path) as address, ClientSession() as stranger, ClientSession(cookie_jar=jar) as owner:
        root, _, _ = address.partition("?")
        refused = [(root, {}), (address + "x", {}), (address, {"Host": "evil.example"}), (f"{root}static/", {})]
        for url, headers in refused:
            assert (await stranger.get(url, headers=headers)).status == 403, url
        socket_url = root.replace("http", "ws") + "ws"
        with pytest.raises(WSServerHandshakeError):
            await stranger.ws_connect(socket_url)
        page = await (await owner.get(address)).text()
        assert 'lang="zh-CN"' in page and "政策问答" in page and "googleapis" not in page
        assert not re.search(r"https?://(?!127\.0\.0\.1)", page)
        with pytest.raises(WSServerHandshakeError):
            await owner.ws_connect(socket_url, headers={"Origin": "http://evil.example"})
        async with owner.ws_connect(f"{socket_url}?width=80&height=24") as connection:
            seen = ""
            while "还没有索引" not in seen:
                seen += (await asyncio.wait_for(connection.receive(), 60)).data.decode("utf-8", "replace")


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
    monkeypatch.delitem(sys.modules, "tjqa.ui.serving", raising=False)
    assert main(["web"]) == 3
    assert "还没有安装" in (shown := capsys.readouterr().err) and "pip install" in shown
