"""tjqa.index.generations: generations that are whole or not there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, deep_folder, environment
from tjqa.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, TjqaError
from tjqa.index import generations
from tjqa.index.generations import commit, live_generation, read_verified, write_lock

FILES = {"a.arrays": b"first" * 100, "b.arrays": b"\x00\xff" * 50}


def read(folder: Path) -> dict[str, bytes]:
    """Every file of the live generation, verified."""
    generation, manifest = live_generation(folder)
    return {name: read_verified(generation, manifest, name) for name in manifest["files"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one generation."""
    commit(tmp_path, FILES, {"tjqa": "test"})
    return tmp_path


def test_what_was_committed_is_read_back(folder: Path) -> None:
    """Files and manifest come back as they were given."""
    assert read(folder) == FILES
    assert live_generation(folder)[1]["tjqa"] == "test"


def test_new_generation_replaces_the_old_one(folder: Path) -> None:
    """The newest is live; the one before it stays for its readers, older ones go."""
    for number in range(3):
        commit(folder, {"a.arrays": b"%d" % number}, {})
    assert read(folder) == {"a.arrays": b"2"}
    assert len(list(folder.glob("gen-*"))) == 2
    assert not list(folder.glob("tmp-*"))


def test_live_generation_of_a_reader_survives_a_half_made_one(folder: Path) -> None:
    """What a killed writer left neither becomes live nor pushes out the one being read."""
    before, _ = live_generation(folder)
    (folder / "gen-000007").mkdir()
    (folder / "tmp-000008").mkdir()
    assert read(folder) == FILES
    commit(folder, {"a.arrays": b"new"}, {})
    assert read(folder) == {"a.arrays": b"new"}
    assert {path.name for path in folder.glob("*-*")} == {before.name, "gen-000008"}


FOREIGN = {
    "documents": ["gen-2023/报告.txt", "tmp-notes/mine.txt", "tmp-list.txt", "gen-/a.md"],
    "under numbers": ["gen-202301/报告.txt", "tmp-202301/a.docx", "tmp-000001/deep/a.txt", "gen-000000/b/c.json"],
    "beside files like ours": ["gen-000000/a.json", "gen-000000/b.csv", "tmp-000002/a.arrays", "tmp-000002/照片.jpg"],
    "no names of ours": ["gen-12345678901234567890/a.json", "tmp-１２３４５６/a.json", "gen-000001 (copy)/a.json"],
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_the_user_s_own_stays(folder: Path, what: str) -> None:
    """Documents may lie in a folder `index`, in folders with names like those of generations: nothing of it is lost."""
    for name in FOREIGN[what]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name} 的内容", "utf-8")
    for number in range(4):
        commit(folder, {"a.arrays": b"%d" % number}, {})
    assert read(folder) == {"a.arrays": b"3"}
    assert all((folder / name).read_text("utf-8") == f"{name} 的内容" for name in FOREIGN[what])


def test_folders_too_deep_to_be_removed_stop_nothing(folder: Path) -> None:
    """Planted among what is cleared: they are none of ours, and the new generation is written all the same."""
    for name in ("tmp-000001", "gen-000000"):
        (folder / name).mkdir()
        with deep_folder(folder / name, 1100):
            commit(folder, {"a.arrays": b"new"}, {})
            assert read(folder) == {"a.arrays": b"new"}


def test_nothing_there_is_missing(tmp_path: Path) -> None:
    """No index yet is another message than a damaged one, and names the command."""
    with pytest.raises(IndexMissing, match="tjqa index"):
        live_generation(tmp_path)


@pytest.mark.parametrize("name", ["a.arrays", "b.arrays", "manifest.json", "CURRENT"])
@pytest.mark.parametrize("damage", ["flip", "truncate", "empty", "grow", "folder"])
def test_every_damage_is_noticed(folder: Path, name: str, damage: str) -> None:
    """A changed, cut, emptied, longer or replaced file is told, with the next step, before anything reads it."""
    path = folder / name if name == "CURRENT" else live_generation(folder)[0] / name
    raw = path.read_bytes()
    flipped = bytearray(raw)
    flipped[len(raw) // 2] ^= 0x04
    path.unlink()
    if damage == "folder":
        path.mkdir()
    else:
        path.write_bytes({"flip": bytes(flipped), "truncate": raw[:-1], "empty": b"", "grow": raw + b"\n"}[damage])
    with pytest.raises(IndexDamaged, match="--rebuild"):
        read(folder)


@pytest.mark.parametrize("name", ["a.arrays", "manifest.json"])
def test_missing_file_is_damage(folder: Path, name: str) -> None:
    """A file that is gone is named."""
    (live_generation(folder)[0] / name).unlink()
    with pytest.raises(IndexDamaged, match=name):
        read(folder)


@pytest.mark.slow
def test_every_single_byte_of_the_pointer_and_the_manifest_counts(folder: Path) -> None:
    """Whichever byte of CURRENT or the manifest changes, the index is not opened."""
    generation, _ = live_generation(folder)
    for path in (folder / "CURRENT", generation / "manifest.json"):
        raw = path.read_bytes()
        for at in range(len(raw)):
            path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            with pytest.raises(IndexDamaged):
                live_generation(folder)
        path.write_bytes(raw)
    assert read(folder) == FILES


def test_damaged_store_can_be_written_again(folder: Path) -> None:
    """A rebuild needs nothing of the damaged index."""
    (folder / "CURRENT").write_bytes(b"\xff\xff")
    commit(folder, FILES, {})
    assert read(folder) == FILES


def test_other_format_is_outdated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of another format says that a rebuild is due, not that it is damaged."""
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT + 1)
    with pytest.raises(IndexOutdated, match="tjqa index"):
        live_generation(folder)


def test_second_writer_is_told(tmp_path: Path) -> None:
    """While one process writes, another is turned away at once; afterwards the lock is free."""
    attempt = [
        sys.executable,
        "-c",
        "import sys, pathlib, tjqa.index.generations as s\n"
        "try:\n    s.write_lock(pathlib.Path(sys.argv[1])).__enter__()\n"
        "except s.IndexLocked as error:\n    sys.exit(str(error))",
        str(tmp_path),
    ]
    with write_lock(tmp_path):
        turned_away = subprocess.run(attempt, env=environment(), cwd=ROOT, capture_output=True, text=True)
    assert turned_away.returncode == 1
    assert "另一个 tjqa 正在建立或更新这个索引" in turned_away.stderr
    assert subprocess.run(attempt, env=environment(), cwd=ROOT).returncode == 0
    with write_lock(tmp_path):
        pass


def test_lock_is_freed_by_an_error(tmp_path: Path) -> None:
    """A build that fails does not lock the folder for good."""
    with pytest.raises(ZeroDivisionError), write_lock(tmp_path):
        raise ZeroDivisionError
    with write_lock(tmp_path):
        pass


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A path below a file cannot be written: the message names it and another way."""
    (tmp_path / "file").write_text("")
    with pytest.raises(TjqaError, match="--embeddings") as caught, write_lock(tmp_path / "file" / "index"):
        pass
    assert not isinstance(caught.value, IndexLocked)
    assert caught.value.exit_code == 3


def test_full_disk_keeps_the_old_generation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fills up while writing, the message says so and the old files still open."""
    written: list[Path] = []
    real = generations._write

    def write(path: Path, data: bytes) -> None:
        written.append(path)
        real(Path("/dev/full") if path.name == "b.arrays" else path, data)

    monkeypatch.setattr(generations, "_write", write)
    with pytest.raises(TjqaError, match="磁盘已满"):
        commit(folder, {"a.arrays": b"x", "b.arrays": b"y"}, {})
    assert [path.name for path in written] == ["a.arrays", "b.arrays"]
    assert read(folder) == FILES
    assert not list(folder.glob("tmp-*"))


WRITER = """
import sys, pathlib
from tjqa.index.generations import commit, write_lock
folder, number = pathlib.Path(sys.argv[1]), 0
with write_lock(folder):
    print("ready", flush=True)
    while True:
        number += 1
        commit(folder, {f"{name}.arrays": b"%06d" % number * 20_000 for name in "abcdef"}, {"number": number})
"""


@pytest.mark.slow
def test_killed_at_any_moment_the_index_still_opens(tmp_path: Path) -> None:
    """A writer killed with SIGKILL at random moments leaves a whole generation, and the next one goes on."""
    rng = random.Random(11)
    commit(tmp_path, FILES, {"number": 0})
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], env=environment(), cwd=ROOT, stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(rng.random() * 0.2)
            os.kill(writer.pid, signal.SIGKILL)
        number = live_generation(tmp_path)[1]["number"]
        found = read(tmp_path)
        assert number == 0 or set(found.values()) == {b"%06d" % number * 20_000}
    with write_lock(tmp_path):
        commit(tmp_path, FILES, {"number": -1})
    assert read(tmp_path) == FILES
    assert not list(tmp_path.glob("tmp-*"))
