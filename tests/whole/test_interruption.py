"""Readers that go away, full disks, Ctrl-C and SIGKILL: quiet ends, and an index that is not lost."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.helpers import REPORT, ROOT, Finished, environment
from tjqa.config import Settings
from tjqa.index.generations import live_generation

pytestmark = pytest.mark.slow

Run = Callable[..., Finished]


def command(*arguments: str) -> list[str]:
    """A command line of a fresh interpreter."""
    return [sys.executable, "-m", "tjqa", *arguments]


def interruptible(arguments: list[str]) -> subprocess.Popen[str]:
    """A program that obeys Ctrl-C even where the tests themselves run in the background, which ignores it."""
    return subprocess.Popen(
        arguments,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_until(process: subprocess.Popen[Any], holds: Callable[[], bool]) -> None:
    """Wait for what a program does; its end is no reason to wait on."""
    while not holds():
        assert process.poll() is None, "the program ended before its time"
        time.sleep(0.005)


def interrupt(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C until the program ends, as people do; returns what it said.

    Once is not always enough: Python notes a signal that comes just before a blocking read starts, and raises it only
    when that read returns. Pressed again while the program ends, it would end by the signal: so it has time to. A
    program that does not end at all is killed, so that the test fails instead of hanging.
    """
    try:
        for _ in range(6):
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=20)[1]
    finally:
        process.kill()
    raise AssertionError("the program does not obey Ctrl-C")


def is_read(pipe: Path, held: list[int]) -> bool:
    """True when a program has opened the pipe to read it; the writing end is then in `held`."""
    with contextlib.suppress(OSError):  # nobody reads yet
        held.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    return bool(held)


def test_reader_that_goes_away_is_no_error(seed_library: Settings) -> None:
    """`tjqa passages | head -1` and a reader gone before the first line end quietly, with exit code 0."""
    listing = command("passages", f"--embeddings={seed_library.embeddings}", f"--sources={seed_library.sources}")
    for read in (1, 0):
        with subprocess.Popen(
            listing, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None and process.stderr is not None
            if read:
                process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 0


def test_full_disk_under_stdout(seed_library: Settings) -> None:
    """Output that cannot be written is told, not lost silently."""
    with Path("/dev/full").open("w") as full:
        listing = command("passages", f"--embeddings={seed_library.embeddings}", f"--sources={seed_library.sources}")
        done = subprocess.run(listing, cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_interrupted_question(model: Path, documents: Path, tmp_path: Path) -> None:
    """Ctrl-C while a command waits ends it with exit code 130 and one quiet line."""
    pipe = tmp_path / "问题.jsonl"
    os.mkfifo(pipe)
    asking = command("ask", "--batch", str(pipe), f"--sources={documents}")
    with interruptible(asking) as process:
        held: list[int] = []  # the writing end, kept open so that the program goes on waiting
        wait_until(process, lambda: is_read(pipe, held))
        time.sleep(0.2)  # till it waits: a signal before that is raised only by the next one (`interrupt`)
        err = interrupt(process)
        os.close(held[0])
    assert process.returncode == 130
    assert "已中断" in err and "Traceback" not in err


def test_interrupted_build_keeps_the_old_index(tjqa: Run, documents: Path, tmp_path: Path) -> None:
    """Ctrl-C while building leaves the old index, and the next build works."""
    assert tjqa("index").code == 0
    before = live_generation(tmp_path / "embeddings" / "index")
    (documents / "大.txt").write_text("\n\n".join(f"第{n}号文件\n\n{REPORT}" for n in range(400)))
    building = command("index", f"--sources={documents}", f"--embeddings={tmp_path / 'embeddings'}")
    lock = tmp_path / "embeddings" / "index" / "LOCK"
    lock.unlink(missing_ok=True)
    with interruptible(building) as process:
        wait_until(process, lock.exists)
        err = interrupt(process)
    assert process.returncode == 130, err
    assert "原有索引不受影响" in err and "Traceback" not in err
    assert live_generation(tmp_path / "embeddings" / "index") == before
    assert tjqa("index").code == 0
    assert tjqa("check").code == 0


FULL_DISK = """
mount -t tmpfs -o size="$1" tmpfs "$2" && cp -r "$3" "$2/embeddings" && shift 3 || exit 77
"$@" index --rebuild; echo "index $?"
"$@" check; echo "check $?"
"$@" passages | head -c 30
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare (Linux) to mount a small disk")
def test_full_disk_keeps_the_old_index(tjqa: Run, documents: Path, tmp_path: Path) -> None:
    """On a real disk with no room for a second index the build says so, and the old index goes on working."""
    assert tjqa("index").code == 0
    size = sum(path.stat().st_size for path in (tmp_path / "embeddings").rglob("*") if path.is_file())
    disk = tmp_path / "disk"
    disk.mkdir()
    program = command(f"--sources={documents}", f"--embeddings={disk / 'embeddings'}")
    small = ["sh", "-c", FULL_DISK, "sh", str(int(size * 1.4) + 16384), str(disk), str(tmp_path / "embeddings")]
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", *small, *program],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system does not let a user mount a disk")
    assert "index 3\ncheck 0\n" in done.stdout, done.stderr
    assert "报告.txt:" in done.stdout
    assert "磁盘已满" in done.stderr and "Traceback" not in done.stderr


def test_killed_build_keeps_the_old_index(tjqa: Run, documents: Path, tmp_path: Path) -> None:
    """Killed with SIGKILL while building, the index opens, `check` holds, and the next build completes."""
    embeddings = tmp_path / "embeddings"
    lock = embeddings / "index" / "LOCK"
    assert tjqa("index").code == 0
    (documents / "大.txt").write_text("\n\n".join(f"第{n}号文件\n\n{REPORT}" for n in range(100)))
    building = command("index", "--rebuild", f"--sources={documents}", f"--embeddings={embeddings}")
    rng = random.Random(5)
    for _ in range(3):
        lock.unlink(missing_ok=True)
        with subprocess.Popen(building, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL) as process:
            wait_until(process, lock.exists)
            time.sleep(rng.random() * 1.5)
            process.kill()
        shown = tjqa("check")
        # The old index, which has not seen the new file yet, or already the new one.
        assert shown.code == 0 or (
            shown.code == 1 and all(line.startswith("大.txt") for line in shown.out.splitlines())
        )
        assert tjqa("ask", "总库容多少").code == 0
    assert tjqa("index").code == 0
    assert tjqa("check").code == 0
    assert not list((embeddings / "index").glob("tmp-*"))


READ_ONLY = """
mount -t tmpfs -o size=64m tmpfs "$1" && cp -r "$2" "$1/embeddings" && mount -o remount,ro "$1" && shift 2 || exit 77
"$@" ask 总库容多少; echo "ask $?"
"$@" check; echo "check $?"
"$@" index --rebuild; echo "index $?"
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare (Linux) to mount a disk")
def test_read_only_folder_is_asked_and_not_written(tjqa: Run, documents: Path, tmp_path: Path) -> None:
    """An index on a read-only disk answers and is checked; building there says why it cannot, and where else it can."""
    assert tjqa("index").code == 0
    disk = tmp_path / "disk"
    disk.mkdir()
    program = command(f"--sources={documents}", f"--embeddings={disk / 'embeddings'}")
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, "sh", disk, tmp_path / "embeddings", *program],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system does not let a user mount a disk")
    assert "4200万" in done.stdout and "ask 0\n" in done.stdout and "check 0\nindex 3\n" in done.stdout, done.stderr
    assert "只读" in done.stderr and "--embeddings" in done.stderr and "Traceback" not in done.stderr
