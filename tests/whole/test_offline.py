"""With every socket blocked, indexing and asking work."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, environment, python
from tjqa.config import Settings

pytestmark = pytest.mark.slow

# An audit hook sees what any Python code does with a socket, whoever imported it and however.
BLOCKED = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"network used: {event} {arguments}")
sys.addaudithook(refuse)
from tjqa.cli.main import main
for line in sys.stdin:
    code = main(line.rstrip("\\n").split("\\t"))
    if code:
        sys.exit(code)
"""


def test_block_holds() -> None:
    """The test below can fail: a socket is refused."""
    done = python("-c", BLOCKED.replace("from tjqa.cli.main import main", "import socket; socket.socket()"))
    assert done.returncode == 1
    assert "network used" in done.stderr


def session(place: Settings) -> str:
    """Index, ask and check, one command a line."""
    places = [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    commands = (["index"], ["ask", "--json", "津南区国家会展中心二期什么时候投入运营"], ["check"])
    return "\n".join("\t".join([*command, *places]) for command in commands)


def test_index_ask_and_check_without_sockets(seed_library: Settings, tmp_path: Path) -> None:
    """Nothing on the default path opens a socket or looks up a name."""
    place = Settings(seed_library.sources, tmp_path / "embeddings")
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED],
        cwd=ROOT,
        env=environment(),
        input=session(place),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert answer["hits"]
    assert "全部相符:5 个文件" in done.stderr


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare (Linux) to take the network away")
def test_index_ask_and_check_without_a_network(seed_library: Settings, tmp_path: Path) -> None:
    """The same in a network namespace without any interface, where compiled code has no socket either."""
    unshare = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("this system does not let a user take the network away")
    place = Settings(seed_library.sources, tmp_path / "embeddings")
    for line in session(place).split("\n"):
        command = [*unshare, sys.executable, "-m", "tjqa", *line.split("\t")]
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
