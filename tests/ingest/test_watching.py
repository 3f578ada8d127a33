"""A watched folder tells what changed in it, waits without work, and is found again when it comes back."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.helpers import ROOT, environment
from tjqa.errors import SourcesError
from tjqa.ingest import parameters
from tjqa.ingest.watching import FolderWatch


@contextmanager
def watched(folder: Path, ignored: Path) -> Iterator[queue.Queue[Any]]:
    """What is told, in a queue, from when it listens."""
    told: queue.Queue[Any] = queue.Queue()
    stopped = threading.Event()

    def follow() -> None:
        for names in FolderWatch(folder, ignored, stopped).changes():
            told.put(names)

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        assert told.get(timeout=30) == ()
        yield told
    finally:
        stopped.set()
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of documents, with the index among them."""
    place = tmp_path / "资料"
    (place / "年报").mkdir(parents=True)
    (place / "索引").mkdir()
    (place / "甲.txt").write_text("甲", "utf-8")
    return place


@pytest.mark.parametrize("name", ["甲.txt", "新.md", "年报/表.xlsx", ".tjqa-keep", "年报/说明.ppt"])
def test_a_document_that_is_written_is_named(folder: Path, name: str) -> None:
    """A new one, a changed one, one below; also the user's rules, and formats that are told instead of read."""
    with watched(folder, folder / "索引") as told:
        (folder / name).write_bytes(b"1")
        assert told.get(timeout=30) == (name,)


def test_what_is_no_document_is_passed_over(folder: Path) -> None:
    """Hidden and temporary files, pictures, the index itself: the next word is of the document."""
    with watched(folder, folder / "索引") as told:
        for name in (".甲.txt.swp", "甲.txt~", "图.svg", "索引/段.txt", "~$表.xlsx", "甲.txt.part"):
            (folder / name).write_bytes(b"1")
        (folder / "乙.txt").write_bytes(b"1")
        assert told.get(timeout=30) == ("乙.txt",)


def test_a_folder_moved_in_and_a_file_taken_out(folder: Path, tmp_path: Path) -> None:
    """Of a folder its name is told, of a file that went, too."""
    (tmp_path / "旧档").mkdir()
    with watched(folder, folder / "索引") as told:
        (tmp_path / "旧档").rename(folder / "旧档")
        assert "旧档" in told.get(timeout=30)
        (folder / "甲.txt").unlink()
        assert "甲.txt" in told.get(timeout=30)


def test_a_folder_that_goes_and_comes_back(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it is gone is told once; back, or another one in its place, it is watched anew."""
    monkeypatch.setattr(parameters, "WATCH_GONE", 0.05)
    with watched(folder, folder / "索引") as told:
        folder.rename(tmp_path / "别处")
        while (names := told.get(timeout=30)) is not None:
            assert names
        folder.mkdir()
        assert told.get(timeout=30) == ()
        (folder / "丙.txt").write_bytes(b"1")
        assert told.get(timeout=30) == ("丙.txt",)


def test_one_that_was_never_there(tmp_path: Path) -> None:
    """Is told as gone, not as a failure."""
    stopped = threading.Event()
    told = FolderWatch(tmp_path / "没有", tmp_path, stopped).changes()
    assert next(told) is None
    stopped.set()
    assert list(told) == []


def test_a_system_that_does_not_let_it_be_watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Linux does of too many folders."""

    def refuse(*_: Any, **__: Any) -> Iterator[Any]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("watchfiles.watch", refuse)
    with pytest.raises(SourcesError) as failed:
        list(FolderWatch(folder, folder / "索引", threading.Event()).changes())
    assert failed.value.message.key == "watch_failed"


_IDLE = """
import sys, threading, time
from pathlib import Path
from tjqa.ingest.watching import FolderWatch
stopped = threading.Event()
folder = Path(sys.argv[1])
told = FolderWatch(folder, folder / "索引", stopped).changes()
next(told)
used = time.process_time()
threading.Timer(4, stopped.set).start()
assert list(told) == []
print(time.process_time() - used)
"""


def test_waiting_costs_no_processor_time(folder: Path) -> None:
    """In four seconds less than 40 ms: one part in a hundred."""
    done = subprocess.run(
        [sys.executable, "-c", _IDLE, str(folder)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 0.04
