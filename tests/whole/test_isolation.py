"""No process of tjqa takes modules from the folder it happens to run in."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, environment
from tjqa import config
from tjqa.__main__ import PARTS, run
from tjqa.config import (
    PART,
    child_environment,
    import_path,
    isolated_children,
    part_command,
    program_command,
    python_command,
)
from tjqa.ingest.readers import sandbox


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_no_planted_module_is_run(model: Path, tmp_path: Path) -> None:
    """Modules of every imported name lie in the current folder and among the documents: each command, the app, its
    build, its readers and the app behind the browser work, and run none of them."""
    pytest.importorskip("textual_serve")
    from tests.attacks.planted_modules import attack

    tries, bad = attack(tmp_path)
    assert bad == []
    assert tries >= 8


def test_the_current_folder_is_not_handed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither by an empty part of PYTHONPATH nor by a relative one nor as `python -m` puts it there."""
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "lib", str(elsewhere)]))
    made = ["", str(tmp_path), str(tmp_path / "lib"), str(elsewhere), str(ROOT), "lib"]
    monkeypatch.setattr(sys, "path", made)
    assert import_path() == [str(elsewhere), str(ROOT)]
    assert child_environment()["PYTHONPATH"] == os.pathsep.join([str(elsewhere), str(ROOT)])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert str(tmp_path) in import_path()  # named in full by the user
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PYTHONPATH")
    assert str(ROOT) in import_path()  # tjqa itself lies there


def test_the_environment_is_changed_only_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards both names are as they were, after an error too."""
    monkeypatch.setenv("PYTHONPATH", "x")
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    with pytest.raises(ZeroDivisionError), isolated_children():
        assert os.environ["PYTHONSAFEPATH"] == "1" and os.environ["PYTHONPATH"] != "x"
        raise ZeroDivisionError
    assert os.environ["PYTHONPATH"] == "x" and "PYTHONSAFEPATH" not in os.environ


def test_one_place_starts_python() -> None:
    """Whoever starts a Python process takes its command line from `config`."""
    files = sorted((ROOT / "tjqa").rglob("*.py"))
    assert [path.name for path in files if "sys.executable" in path.read_text("utf-8")] == ["config.py"]


def test_children_are_started_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """tjqa itself, or a part of it: by Python where there is one, by the program itself where that is all there is."""
    assert program_command("index", "--fast")[1:] == ["-P", "-m", "tjqa", "index", "--fast"]
    assert part_command(PARTS[0], 5)[-1].endswith("from tjqa.ingest.sandbox_worker import serve; serve(5)")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_command("index") == [sys.executable, "index"]
    assert part_command(PARTS[0], 5) == [sys.executable, PART, PARTS[0], "5"]


def test_whoever_starts_a_part_names_one_that_is_served() -> None:
    """A module that a frozen tjqa is asked for is one of those that it runs, and each of these has a `serve`."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / "tjqa").rglob("*.py") if path.name != "config.py")
    assert set(re.findall(r'part_command\(\s*"([\w.]+)"', text)) == set(PARTS)
    for module in PARTS:
        assert callable(importlib.import_module(module).serve)


_FROZEN = "import sys; sys.frozen = True; from tjqa.__main__ import run; sys.exit(run(sys.argv[1:]))"


@pytest.mark.slow
def test_a_frozen_program_is_its_own_part() -> None:
    """Asked for a part it serves that until its input ends; asked for another module it does not run it."""
    request = json.dumps(
        {"do": "read", "reader": "html", "name": "甲.html", "scans": os.devnull, "seconds": 60.0}
    ).encode()
    raw = "<p>白鹭湖湿地有一百二十种鸟。</p>".encode()
    sent = b"".join(len(data).to_bytes(8, "little") + data for data in (request, raw))
    command = [sys.executable, "-c", _FROZEN, PART]
    done = subprocess.run([*command, PARTS[0], str(sandbox.MEMORY)], input=sent, env=environment(), capture_output=True)
    assert done.returncode == 0 and done.stdout[8:9] == sandbox.DONE, done.stderr
    assert "白鹭湖湿地有一百二十种鸟" in json.dumps(json.loads(done.stdout[9:]), ensure_ascii=False)
    other = subprocess.run([*command, "antigravity"], env=environment(), capture_output=True, encoding="utf-8")
    assert other.returncode == 2 and "用法不对" in other.stderr


def test_only_a_frozen_program_runs_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a Python that is there the word is an unknown option."""
    monkeypatch.setattr(sys, "argv", ["tjqa", PART, PARTS[0], "5"])
    with pytest.raises(SystemExit):
        run(sys.argv[1:])


@pytest.mark.slow
def test_a_command_hands_on_that_it_is_isolated(tmp_path: Path) -> None:
    """What a library starts while a command runs has the current folder not on its path either."""
    code = "import os; from tjqa.cli import main; assert main(['sources', '--store', '']) == 2; print(os.environ)"
    clean = {name: value for name, value in environment().items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(python_command("-c", code), cwd=tmp_path, env=clean, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "'PYTHONSAFEPATH': '1'" in done.stdout, done.stderr


@pytest.mark.slow
def test_grandchildren_are_kept_out_too(tmp_path: Path) -> None:
    """What a child starts finds tjqa, and nothing in the current folder."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import tjqa, sys; print(*sys.path)'])"
    done = subprocess.run(
        python_command("-c", code), cwd=tmp_path, env=child_environment(), capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0 and done.stderr == ""
    assert str(tmp_path) not in done.stdout and str(Path(config.__file__).parents[1]) in done.stdout


_REMOVED = """
import os, sys
os.chdir(sys.argv[1])
from tjqa.cli.main import main
if sys.argv[2] == "later":
    main(["index", *sys.argv[3:]])
os.rmdir(sys.argv[1])
for command in (["index", "--rebuild"], ["check"], ["show", "网页.html:0-4"], ["ask", "石桥水库总库容多少"]):
    print(command[0], main([command[0], *sys.argv[3:], *command[1:]]))
print("relative", main(["ask", "--sources=资料", "石桥水库总库容多少"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a current folder cannot be removed there")
@pytest.mark.parametrize("removed", ["before", "later"])
def test_the_current_folder_may_be_removed(model: Path, documents: Path, tmp_path: Path, removed: str) -> None:
    """Documents that are read in a process of their own are read, and found as they were indexed."""
    (documents / "网页.html").write_text("<p>白鹭湖湿地有一百二十种鸟,冬天来的最多。</p>", "utf-8")
    here = tmp_path / "here"
    here.mkdir()
    places = [f"--sources={documents}", f"--embeddings={tmp_path / 'embeddings'}"]
    changes = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TJQA_MODEL": str(model)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", _REMOVED, str(here), removed, *places],
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        timeout=200,
    )
    told = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert {"index 0", "check 0", "show 0", "ask 0", "relative 2"} <= set(told), done.stderr
    assert any("网页.html  1 篇" in line for line in told) and any("4200万立方米" in line for line in told)
    assert "当前的文件夹已被删除" in done.stderr and "Traceback" not in done.stderr
