"""tjqa.ui.background.index_process: the process that builds, followed, cancelled, killed; answers go on meanwhile."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message

from tests.support.helpers import REPORT
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import Cancelled, IndexLocked, TjqaError
from tjqa.index.generations import live_generation, write_lock
from tjqa.progress import BuildSummary
from tjqa.reports import Progress
from tjqa.ui.background import index_process
from tjqa.ui.background.index_process import Builder, IndexProcess, command_line
from tjqa.ui.background.messages import BuildDone, BuildFailed, BuildProgress

pytestmark = pytest.mark.slow

MANY = 120


@pytest.fixture
def place(model: Path, documents: Path, tmp_path: Path) -> Settings:
    """A small library with an index, made with the shipped model, and many new files that are not in it yet."""
    settings = Settings(documents, tmp_path / "embeddings")
    build(settings)
    for number in range(MANY):
        (documents / f"{number}.txt").write_text(REPORT.replace("3215", str(number)), "utf-8")
    return settings


def quietly(step: Progress) -> None:
    """Not interested in steps."""


def at_first_step(act: Callable[[], object]) -> Callable[[Progress], None]:
    """A listener that does something once, when the build is under way."""
    done: list[bool] = []

    def listen(step: Progress) -> None:
        if not done:
            done.append(True)
            act()

    return listen


def test_old_answers_during_a_build_new_ones_after(place: Settings) -> None:
    """The engine opened before answers while the process works, and after a new index is in place."""
    engine = Engine.open(place)
    seen: list[int] = []
    process = IndexProcess(place, rebuild=False)
    built = process.follow(at_first_step(lambda: seen.append(len(engine.ask("全年新增就业多少人").citations))))
    assert seen and seen[0] > 0 and built.documents == MANY + 3
    assert engine.ask("全年新增就业多少人").citations
    assert Engine.open(place).status().documents == MANY + 3


def test_a_cancelled_build_leaves_the_old_index(place: Settings) -> None:
    """And no process."""
    before = live_generation(place.index_dir)[0]
    process = IndexProcess(place, rebuild=True)
    with pytest.raises(Cancelled):
        process.follow(at_first_step(process.cancel))
    assert process._process.returncode is not None
    assert live_generation(place.index_dir)[0] == before and Engine.open(place).status().documents == 3


def test_a_process_that_ignores_the_end_of_its_input_is_killed(
    place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stuck in a library: it is given some seconds, no more."""
    stuck = 'import time; print(\'{"phase": "x", "done": 0, "total": 0}\', flush=True); time.sleep(600)'
    monkeypatch.setattr(index_process, "command_line", lambda settings, rebuild, deepens: [sys.executable, "-c", stuck])
    monkeypatch.setattr(index_process, "_PATIENCE", 0.05)
    process = IndexProcess(place, rebuild=False)
    with pytest.raises(Cancelled):
        process.follow(at_first_step(process.cancel))


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_killed_build_is_told_and_leaves_the_old_index(place: Settings) -> None:
    """As the system does when memory runs out."""
    process = IndexProcess(place, rebuild=True)
    with pytest.raises(TjqaError, match=f"信号 {signal.SIGKILL.value}.*内存不足"):
        process.follow(at_first_step(process._process.kill))
    assert Engine.open(place).status().documents == 3


def test_a_crash_goes_into_the_log(
    place: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The screen names the log; the traceback is there."""
    monkeypatch.setattr(
        index_process, "command_line", lambda settings, rebuild, deepens: [sys.executable, "-c", "1 / 0"]
    )
    monkeypatch.setattr(logging.getLogger("tjqa"), "propagate", True)
    with pytest.raises(TjqaError, match=r"退出码 1.*某处/tjqa\.log"):
        IndexProcess(place, False, "某处/tjqa.log").follow(quietly)
    assert "ZeroDivisionError" in caplog.text


def test_another_writer_is_told(place: Settings) -> None:
    """With the kind of error and the next step that the command line gives."""
    with write_lock(place.index_dir), pytest.raises(IndexLocked, match="请等它完成"):
        IndexProcess(place, rebuild=False).follow(quietly)


def test_a_process_that_cannot_be_started_is_told(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that is gone, an upgrade under way."""
    monkeypatch.setattr(sys, "executable", os.devnull)
    with pytest.raises(TjqaError, match=r"启动不了.*tjqa index"):
        IndexProcess(place, rebuild=False)


def test_the_command_names_library_and_model(place: Settings) -> None:
    """The same library; what the app was given, the build is given."""
    words = command_line(Settings(place.sources, place.embeddings, "某模型"), rebuild=True)
    assert {f"--sources={place.sources}", "--model=某模型", "--rebuild"} <= set(words)
    assert "-P" in words  # a tjqa.py among the documents is never run
    assert not any(word.startswith(("--model", "--rebuild")) for word in command_line(place, rebuild=False))


class _Build:
    """A build that waits to be stopped."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.how = ""

    def follow(self, progress: Callable[[Progress], None]) -> BuildSummary:
        progress(Progress("phase_read", 1, 2))
        assert self.stopped.wait(20)
        if self.how == "done":
            return BuildSummary(1, 2, 3)
        raise Cancelled(self.how)

    def stop(self, how: str) -> None:
        self.how = how
        self.stopped.set()

    def cancel(self) -> None:
        self.stop("cancel")

    def end(self) -> None:
        self.stop("end")


def _builder(started: threading.Event | None = None) -> tuple[Builder, _Build, list[Any], threading.Event]:
    build, posted, last = _Build(), [], threading.Event()

    def post(message: Message) -> None:
        posted.append(message)
        if isinstance(message, BuildDone | BuildFailed):
            last.set()

    def start(rebuild: bool) -> _Build:
        assert started is None or started.wait(20)
        return build

    return Builder(post, start, lambda _: posted.append("built")), build, posted, last


def test_a_builder_posts_steps_and_the_end() -> None:
    """Then the engine is opened again."""
    builder, build, posted, last = _builder()
    builder.build(False)
    build.stop("done")
    assert last.wait(20)
    for thread in [t for t in threading.enumerate() if t.name == "tjqa-build"]:
        thread.join(20)
    assert isinstance(posted[0], BuildProgress) and isinstance(posted[1], BuildDone) and posted[2:] == ["built"]


@pytest.mark.parametrize("how", ["cancel", "end"])
def test_a_build_cancelled_while_it_starts_is_stopped(how: str) -> None:
    """The process is not there yet when Esc is pressed, or the app left."""
    started = threading.Event()
    builder, build, posted, last = _builder(started)
    builder.build(False)
    getattr(builder, how)()
    started.set()
    assert last.wait(20) and build.how == how
    assert isinstance(posted[-1], BuildFailed)
