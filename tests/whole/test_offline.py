"""With every socket blocked, indexing and asking work."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, SEEDS, environment, python
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
"""
COMMANDS = """
import sys
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


@pytest.fixture
def place(model: Path, tmp_path: Path) -> Settings:
    """Two of the seeds, without an index: reading all of them in context takes ten seconds."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for name in ("000_06934d4bc806f347.txt", "002_686a342d127fb6b0.txt"):
        shutil.copy(SEEDS / name, folder)
    return Settings(folder, tmp_path / "embeddings")


def session(place: Settings) -> str:
    """Index, ask and check, one command a line."""
    places = [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    commands = (["index"], ["ask", "--json", "津南区国家会展中心二期什么时候投入运营"], ["check"])
    return "\n".join("\t".join([*command, *places]) for command in commands)


def run_in(program: list[str], place: Settings) -> subprocess.CompletedProcess[str]:
    """The session in a process of its own, which ends well."""
    done = subprocess.run(program, cwd=ROOT, env=environment(), input=session(place), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done


def test_index_ask_and_check_without_sockets(place: Settings) -> None:
    """Nothing on the default path opens a socket or looks up a name."""
    done = run_in([sys.executable, "-c", BLOCKED + COMMANDS], place)
    answer = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert answer["hits"] and "已加深理解" in done.stderr
    assert "全部相符：2 个文件" in done.stderr


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare (Linux) to take the network away")
def test_index_ask_and_check_without_a_network(place: Settings) -> None:
    """The same in a network namespace without any interface, where compiled code has no socket either."""
    unshare = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("this system does not let a user take the network away")
    done = run_in([*unshare, sys.executable, "-c", COMMANDS], place)
    assert '"hits"' in done.stdout and "全部相符：2 个文件" in done.stderr


def test_the_model_runtime_reports_nothing(seed_library: Settings, tmp_path: Path) -> None:
    """ONNX Runtime notes a number for the computer and what it would send in the user's cache folder, unless it is kept
    from it before it is loaded; on machines of automatic tests it keeps from it by itself."""
    home = tmp_path / "home"
    home.mkdir()
    clean = environment(HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    clean = {name: value for name, value in clean.items() if "CI" not in name and not name.startswith("ORT_")}
    question = ["ask", "国家会展中心二期什么时候投入运营", f"--sources={seed_library.sources}"]
    code = "import sys; from tjqa.cli.main import main; assert not main(sys.argv[1:]) and 'onnxruntime' in sys.modules"
    command = [sys.executable, "-c", code, *question, f"--embeddings={seed_library.embeddings}"]
    done = subprocess.run(command, env=clean, capture_output=True, encoding="utf-8", timeout=200)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in home.rglob("*") if path.is_file()} <= {"jieba.cache"}
