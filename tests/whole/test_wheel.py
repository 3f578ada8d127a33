"""The wheel carries everything: installed elsewhere, it indexes and answers in any folder."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.helpers import ENCODER, ROOT, SEEDS
from tjqa import __version__

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_model_and_seeds(wheel: Path, model: Path) -> None:
    """Models and documents are in the wheel byte for byte; tests, training and an index are not. It stays small enough
    to be installed over a slow line."""
    assert wheel.stat().st_size < 100 * 1000**2
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        shipped = [(path, f"tjqa/shipped/seeds/{path.name}") for path in SEEDS.iterdir()]
        shipped += [
            (path, f"tjqa/shipped/{name}/{path.relative_to(folder).as_posix()}")
            for name, folder in (("model", model), ("encoder", ENCODER))
            for path in folder.rglob("*")
            if path.is_file()
        ]
        for path, name in shipped:
            assert hashlib.sha256(archive.read(name)).digest() == hashlib.sha256(path.read_bytes()).digest(), name
    assert {"tjqa/cli/main.py", "tjqa/py.typed", "tjqa/ui/app.tcss", "tjqa/retrieval/ranking.json"} <= names
    assert all(name.startswith(("tjqa/", "tjqa-")) for name in names)
    assert not [
        name
        for name in names
        if "shipped/index" in name or "embeddings/" in name or name.endswith((".pyc", "train.py"))
    ]


# One command after the other, as `python -m tjqa` runs each.
COMMANDS = """
import json, sys
from tjqa.cli import main
for command in json.loads(sys.argv[1]):
    if code := main(command):
        sys.exit(code)
"""


def test_installed_wheel_works_anywhere(wheel: Path, tmp_path: Path) -> None:
    """Installed without the checkout, in a folder of its own, it indexes the seeds into the user's data and answers."""
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(installed)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    environ = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "HOME": str(tmp_path),
    }

    few = tmp_path / "少"
    few.mkdir()
    shutil.copy(SEEDS / "002_686a342d127fb6b0.txt", few)  # to be read in context: all of them would take ten seconds
    commands = (
        ["index", "--fast"],
        ["index", f"--sources={few}"],
        ["ask", "--json", "国家会展中心二期什么时候投入运营"],
        ["check"],
    )
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, json.dumps(commands)],
        cwd=elsewhere,
        env=environ,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert len(told) == 5 + 1 + 1, told
    assert list((tmp_path / "data").rglob("meanings/*/*.arrays"))
    places = sorted(path.parent.parent.name.partition("-")[0] for path in (tmp_path / "data").rglob("CURRENT"))
    assert places == ["seeds", "少"]
    answer = json.loads(told[-1])
    for hit in answer["hits"]:
        with (installed / "tjqa/shipped/seeds" / hit["file"]).open(encoding="utf-8", newline="") as file:
            assert file.read()[hit["start"] : hit["end"]] == hit["text"]
    assert answer["hits"] and "全部相符：5 个文件" in done.stderr
    script = subprocess.run([installed / "bin" / "tjqa", "--version"], cwd=elsewhere, env=environ, capture_output=True)
    assert (script.returncode, script.stdout.decode()) == (0, f"tjqa {__version__}\n")


def test_the_folder_build_takes_what_is_there(tmp_path: Path) -> None:
    """What PyInstaller is told to take along exists, and what it leaves out is nothing that the default path needs."""
    script = runpy.run_path(str(ROOT / ".ci" / "folder_build.py"))
    told = script["options"](tmp_path)
    sources = [option.partition("=")[2].rpartition(":")[0] for option in told if option.startswith("--add-data=")]
    assert len(sources) == 4 and all(Path(source).is_dir() for source in sources)
    taken = [option.partition("=")[2] for option in told if option.startswith(("--collect-", "--copy-metadata="))]
    assert [name for name in taken if importlib.util.find_spec(name) is None] == []
    heavy = {
        "faiss",
        "numpy",
        "scipy",
        "onnxruntime",
        "tokenizers",
        "jieba",
        "opencc",
        "pypinyin",
        "textual",
        "openpyxl",
    }
    assert not heavy & set(script["LEFT_OUT"]) and "torch" in script["LEFT_OUT"]
    assert Path(told[0]) == ROOT / "tjqa" / "__main__.py"  # which starts parts and processes of a frozen tjqa
