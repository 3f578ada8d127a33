"""`tjqa mcp` in a process of its own, as hosts start it: by its streams and by HTTP, with the package's own client."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_mcp import call, refused
from tests.support.helpers import REPORT, ROOT, TEA, WATER, environment
from tests.ui.test_browser import free_port
from tjqa.config import Settings
from tjqa.engine import build
from tjqa.index.integrity import SMALL

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters

from tjqa.cli.mcp.tools import TOOLS

pytestmark = pytest.mark.slow

QUESTION = "县水利局局长是谁"


@pytest.fixture
def place(model: Path, tmp_path: Path) -> Settings:
    """A library of three documents, indexed with the shipped model, in a folder that nothing else lies in."""
    made = Settings(tmp_path / "资料", tmp_path / "索引")
    made.sources.mkdir()
    for name, text in (("报告.txt", REPORT), ("水库.txt", WATER), ("茶叶.md", TEA)):
        (made.sources / name).write_text(text, "utf-8")
    build(made)
    return made


def started(
    place: Settings, *options: str, code: str | None = None, reads_context: bool = False
) -> StdioServerParameters:
    """How a host starts the server; with `code` that runs before. Only what it `reads_context` for waits for that."""
    home = place.sources.parent / "家"
    (home / "这里").mkdir(parents=True, exist_ok=True)
    arguments = ["mcp", *options, f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    run = ["-m", "tjqa", *arguments]
    if code is not None:
        run = ["-c", f"{code}\nfrom tjqa.cli import main\nraise SystemExit(main({arguments!r}))"]
    given = {"HOME": str(home), "TMPDIR": str(home), "TJQA_FAST": "" if reads_context else "1"}
    keep = {name: value for name, value in environment(**given).items() if not name.startswith(("XDG_", "ORT_", "CI"))}
    return StdioServerParameters(command=sys.executable, args=run, env=keep, cwd=home / "这里")


def contents(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file and folder below a folder: its hash and when it was last written into."""
    found = {}
    for path in sorted(folder.rglob("*")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = digest, path.stat().st_mtime_ns
    return found


async def test_a_whole_session_writes_nothing(place: Settings) -> None:
    """Every tool, right and wrong, over the streams of a process: documents, index, home, temporary and current folder
    are byte for byte and by their times what they were."""
    parameters = started(place, reads_context=True)
    before = contents(place.sources.parent)
    async with Client(parameters) as client:
        assert len((await client.list_tools()).tools) == 7
        told = await call(client, "ask", question=QUESTION)
        assert "沈怀民" in told["answer"]
        hit = told["hits"][0]
        opened = await call(client, "open", place=f"{hit['file']}:{hit['start']}-{hit['end']}")
        assert opened["text"] == hit["text"] and opened["sha256"] == hit["sha256"]
        assert (await call(client, "verify", quote="全年新增就业3215人"))["state"] == "exact"
        assert not (await call(client, "verify", quote="全年新增就业3216人"))["found"]
        assert not (await call(client, "proof", text="报告说:“全年新增就业3216人”。"))["holds"]
        await call(client, "search", query="水库")
        await call(client, "sources")
        await call(client, "figures", measure="地区生产总值")
        await refused(client, "open", place="../索引/index/CURRENT")
        await refused(client, "ask", question=3)
    assert contents(place.sources.parent) == before


def test_the_example_is_such_a_session(
    seed_library: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """examples/ask_over_mcp.py lists the tools, gives an answer with its place, tells a true quote from a false one."""
    monkeypatch.setenv("TJQA_EMBEDDINGS", str(seed_library.embeddings))
    monkeypatch.setattr(sys, "argv", ["ask_over_mcp.py", str(seed_library.sources)])
    runpy.run_path(str(ROOT / "examples" / "ask_over_mcp.py"), run_name="__main__")
    tools, *told = capsys.readouterr().out.splitlines()
    assert set(tools.split()[1:]) == {tool.name for tool in TOOLS}
    assert "  年底前,二期展馆和国家会议中心也将投入运营。  [answer]" in told
    assert any(line.startswith("  ✓ exact  000_06934d4bc806f347.txt:1377-1399") for line in told)
    assert any(line.startswith("  × absent") for line in told) and told[-1].endswith("引作“三”,原文“二”")


async def test_without_an_index_none_is_made(place: Settings, tmp_path: Path) -> None:
    """It is told, and the folder it would lie in is not made either."""
    none = Settings(place.sources, tmp_path / "没有")
    parameters = started(none)
    before = contents(tmp_path)
    async with Client(parameters) as client:
        assert "tjqa index" in await refused(client, "ask", question=QUESTION)
    assert contents(tmp_path) == before


_NOISY = """
import os, subprocess, sys
import tjqa.engine
quiet = tjqa.engine.Engine.ask
def ask(*arguments, **options):
    print("提问时的杂音")
    os.write(1, "更低层的杂音\\n".encode())
    subprocess.run([sys.executable, "-c", "print('别的进程的杂音')"])
    return quiet(*arguments, **options)
tjqa.engine.Engine.ask = ask
"""


async def test_what_a_library_prints_goes_to_standard_error(place: Settings, tmp_path: Path) -> None:
    """By print, by the system's own call, from a process it starts: on standard output is the protocol alone."""
    given = started(place, code=_NOISY)
    process = await asyncio.create_subprocess_exec(
        *(given.command, *given.args),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=given.env,
        cwd=given.cwd,
    )
    assert process.stdin is not None and process.stdout is not None
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "甲", "version": "1"}}
    said = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        "这一行不是 JSON",
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": "甲\ud800"}},
        },
        {
            "jsonrpc": "2.0",
            "id": 3,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": QUESTION}},
        },
    ]
    for one in said:
        process.stdin.write(f"{one if isinstance(one, str) else json.dumps(one)}\n".encode())
    lines = []
    while not lines or lines[-1].get("id") != 3:
        lines.append(json.loads(await asyncio.wait_for(process.stdout.readline(), 60)))
    process.stdin.close()
    rest, noise = await asyncio.wait_for(_ended(process), 60)
    assert "沈怀民" in json.dumps(lines[-1], ensure_ascii=False)
    assert rest == b"" and process.returncode == 0
    told = noise.decode()
    assert "提问时的杂音" in told and "更低层的杂音" in told and "别的进程的杂音" in told
    assert "杂音" not in json.dumps(lines, ensure_ascii=False)


async def test_two_hosts_at_once(place: Settings) -> None:
    """Each starts a server of its own; both answer from the same index while it is made anew."""
    async with Client(started(place)) as first, Client(started(place)) as second:
        asked = await asyncio.gather(*(call(client, "ask", question=QUESTION) for client in (first, second)))
        assert [("沈怀民" in row["answer"]) for row in asked] == [True, True]
        (place.sources / "水库.txt").write_text(WATER.replace("沈怀民", "陆远山"), "utf-8")
        build(place)
        asked = await asyncio.gather(*(call(client, "ask", question=QUESTION) for client in (first, second)))
        assert [("陆远山" in row["answer"]) for row in asked] == [True, True]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_it_ends_with_its_client_and_with_ctrl_c(place: Settings) -> None:
    """When standard input ends the process does, with 0; with Ctrl+C at once, without a traceback."""
    given = started(place)
    for interrupted in (False, True):
        process = await asyncio.create_subprocess_exec(
            *(given.command, *given.args),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=given.env,
            cwd=given.cwd,
        )
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        await asyncio.wait_for(process.stdout.readline(), 60)
        if interrupted:
            process.send_signal(signal.SIGINT)
        else:
            process.stdin.close()
        _, told = await asyncio.wait_for(process.communicate() if interrupted else _ended(process), 60)
        assert process.returncode == (-signal.SIGINT if interrupted else 0), told
        assert b"Traceback" not in told


async def _ended(process: asyncio.subprocess.Process) -> tuple[bytes, bytes]:
    assert process.stdout is not None and process.stderr is not None
    rest = await process.stdout.read(), await process.stderr.read()
    await process.wait()
    return rest


@asynccontextmanager
async def serving(place: Settings) -> AsyncIterator[str]:
    """The address that a server by HTTP says, with its key."""
    given = started(place, "--http", f"--port={free_port()}")
    process = await asyncio.create_subprocess_exec(
        *(given.command, *given.args), stderr=subprocess.PIPE, env=given.env, cwd=given.cwd
    )
    assert process.stderr is not None
    try:
        said = (await asyncio.wait_for(process.stderr.readline(), 60)).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/mcp", said)
        assert address is not None, said
        yield address[0]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


def status(address: str, path: str, **headers: str) -> int:
    """What a request is answered with."""
    host = address.split("/")[2]
    connection = HTTPConnection(host, timeout=60)
    sent = {
        "Host": host,
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        **headers,
    }
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"})
    connection.request("POST", path, body, sent)
    answer = connection.getresponse().status
    connection.close()
    return answer


async def test_http_is_for_who_knows_the_key(place: Settings) -> None:
    """Two clients at once with the key; without it, by another name of this computer, from a page: refused."""
    async with serving(place) as address:
        root, key = address.removesuffix("/mcp").rsplit("/", 1)
        path = f"/{key}/mcp"
        async with Client(address) as first, Client(address, mode="legacy") as second:
            asked = await asyncio.gather(*(call(client, "ask", question=QUESTION) for client in (first, second)))
            assert [("沈怀民" in row["answer"]) for row in asked] == [True, True]
            assert "没有 ../a 这个文件" in await refused(second, "open", place="../a")
        tried: list[tuple[str, dict[str, Any]]] = [
            *((one, {}) for one in ("/mcp", "/", f"/{key[:-1]}/mcp", f"/{key}x/mcp", f"//{key}/mcp", "/%ff/mcp")),
            (path, {"Host": "evil.example"}),
            (path, {"Host": "localhost:" + root.rsplit(":", 1)[1]}),
            (path, {"Origin": "http://evil.example"}),
            (path, {"Origin": "null"}),
            ("/mcp", {"Authorization": f"Bearer {key}", "Cookie": f"key={key}"}),
        ]
        for tried_path, headers in tried:
            assert await asyncio.to_thread(status, address, tried_path, **headers) == 403, (tried_path, headers)
        assert await asyncio.to_thread(status, address, path) != 403


def test_a_taken_port_is_told(place: Settings) -> None:
    """What to do, and no traceback."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = started(place, "--http", f"--port={taken.getsockname()[1]}")
        done = subprocess.run(
            [given.command, *given.args], env=given.env, capture_output=True, encoding="utf-8", timeout=60
        )
    assert done.returncode == 3 and "--port" in done.stderr and "Traceback" not in done.stderr
    assert os.sep not in done.stdout


_KEPT = """
import hashlib, sys, time
from pathlib import Path
from tjqa import config
from tjqa.index.integrity import SMALL, verified
from tjqa.text.segmenter import Segmenter
if sys.argv[2] == "nothing":
    config.write_nothing()
path = Path(sys.argv[1])
verified(path, SMALL + 1, hashlib.sha256(path.read_bytes()).hexdigest())
assert Segmenter().cut("石桥水库")
"""


@pytest.mark.parametrize("kept", ["nothing", "all"])
def test_the_cache_is_used_and_not_written(tmp_path: Path, kept: str) -> None:
    """Neither that a large file of the index was found whole nor the dictionary, which other commands do note."""
    home, data = tmp_path / "家", tmp_path / "大"
    home.mkdir()
    data.write_bytes(bytes(SMALL + 1))
    time.sleep(2.1)  # a file that was just written is not noted in any case
    given = {**environment(HOME=str(home), TMPDIR=str(home)), "XDG_CACHE_HOME": str(home / "c")}
    done = subprocess.run(
        [sys.executable, "-c", _KEPT, str(data), kept], env=given, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    names = {path.name for path in home.rglob("*")}
    assert names == set() if kept == "nothing" else {"verified", "jieba.cache"} <= names
