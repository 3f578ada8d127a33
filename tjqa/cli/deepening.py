"""What follows a build and its scans: vectors of the model that reads context, while the library already answers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace

from tjqa.cli.output import end_of_line, progress_line, say
from tjqa.cli.recognizing import recognize_apart
from tjqa.config import Settings
from tjqa.errors import Cancelled, TjqaError
from tjqa.index.building import deepen
from tjqa.progress import encode
from tjqa.reports import Deepened, Progress

_LAST_STEP = 3.0
"""Seconds in which a deepening that is told to stop writes down what it has done."""


def deepen_here(settings: Settings) -> int:
    """Deepen a library and wait for it; Ctrl-C keeps what is done. Returns the exit code: the index is there anyway."""
    try:
        done = deepen(settings, progress_line())
    except KeyboardInterrupt:
        end_of_line()
        say("已停下：索引已经可以提问，加深理解已做完的部分会保留，再运行 tjqa index 时接着做。")
        return Cancelled.exit_code
    except TjqaError as error:
        end_of_line()
        say(f"索引已经可以提问，但没能加深理解：{error}")
        return 0
    end_of_line()
    _say_deepened(done)
    return 0


def deepen_apart(settings: Settings, step: Callable[[Progress], None]) -> int:
    """Recognise the scans of a library and deepen it for another program: every step and the end as lines of JSON, as
    `index_apart` does."""
    if hasattr(os, "nice"):
        os.nice(10)  # nobody waits for it
    try:
        recognized = recognize_apart(settings, step)
        print(encode(replace(deepen(settings, step) or Deepened(0, 0), recognized=recognized)))
        return 0
    except TjqaError as error:
        print(encode(error))
        return error.exit_code


class DeepeningBeside:
    """Deepens a library in a thread, while its folder is watched."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._due, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def go_on(self) -> None:
        """There may be new passages."""
        self._due.set()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="tjqa-deepen", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let it write down what is done."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(_LAST_STEP)

    def _run(self) -> None:
        while self._due.is_set():
            self._due.clear()
            try:
                _say_deepened(deepen(self._settings, self._step))
            except Cancelled:
                return
            except TjqaError as error:
                say(f"没能加深理解：{error}")

    def _step(self, step: Progress) -> None:
        if self._stopped.is_set():
            raise Cancelled("build_cancelled", "build_cancelled_hint")


def _say_deepened(done: Deepened | None) -> None:
    if done is None or not done.embedded:
        return
    if done.damaged:
        say(f"加深理解用的文件有 {done.damaged} 个已损坏，已重新计算。")
    say(f"已加深理解：新读 {done.embedded} 段，共 {done.passages} 段。")
