"""Building the index in a process of its own: neither the screen nor questions wait for it, and it can be ended."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable
from typing import Protocol

from textual.message import Message

from tjqa.config import Settings, child_environment, program_command
from tjqa.errors import Cancelled, TjqaError, reason
from tjqa.progress import BuildSummary, decode
from tjqa.reports import Deepened, Progress
from tjqa.ui.background.messages import BuildDone, BuildFailed, BuildProgress

_log = logging.getLogger("tjqa.ui")

# A process told to stop ends at its next step, or by itself after three seconds; then it is made to.
_PATIENCE = 6.0

_LOGGED = 20_000
"""Characters of what a process that died had to say that go into the log."""


class Build(Protocol):
    """A build under way."""

    def follow(self, progress: Callable[[Progress], None]) -> BuildSummary | Deepened:
        """Wait for its end, told of every step.

        Raises:
            TjqaError: why there is no new index; the old one stays.
        """

    def cancel(self) -> None:
        """Ask it to stop; `follow` then raises `Cancelled`, unless it was done already."""

    def end(self) -> None:
        """Stop it now: nobody follows it any more."""


def command_line(settings: Settings, rebuild: bool, only_deepen: bool = False) -> list[str]:
    """`tjqa index` for another program, on the same library."""
    told = "deepen" if only_deepen else "json"
    words = program_command("index", "--progress", told, *settings.options())
    words += [f"--model={settings.model}"] if settings.model else []
    return words + (["--rebuild"] if rebuild else [])


class IndexProcess:
    """`tjqa index` at work. It stops when its standard input is closed, so it never outlives this program.

    Raises:
        TjqaError: it could not be started.
    """

    def __init__(self, settings: Settings, rebuild: bool, log_file: str = "", only_deepen: bool = False) -> None:
        self._log_file = log_file
        self._cancelled = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed in follow; a pipe nobody reads would fill up
        try:
            self._process = subprocess.Popen(
                command_line(settings, rebuild, only_deepen),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=child_environment(),
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            self._errors.close()
            raise TjqaError("build_unstarted", "build_unstarted_hint", why=reason(error)) from error

    def follow(self, progress: Callable[[Progress], None]) -> BuildSummary | Deepened:
        """Read what it tells until it has ended."""
        last: BuildSummary | Deepened | TjqaError | None = None
        assert self._process.stdout is not None
        with self._errors, self._process.stdout as lines:
            for line in lines:
                said = decode(line)
                if isinstance(said, Progress):
                    progress(said)
                elif said is not None:
                    last = said
            code = self._process.wait()
            self._hang_up()
            if isinstance(last, BuildSummary | Deepened):
                return last
            if self._cancelled:
                raise Cancelled("build_cancelled", "build_cancelled_hint")
            raise last or self._died(code)

    def cancel(self) -> None:
        """Close its input."""
        self._cancelled = True
        self._hang_up()
        killer = threading.Timer(_PATIENCE, self._process.kill)
        killer.daemon = True
        killer.start()

    def end(self) -> None:
        """End it at once: a new index is put in place in one step, so the old one is whole."""
        self._cancelled = True
        self._process.terminate()

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _died(self, code: int) -> TjqaError:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(size - _LOGGED, 0))
        _log.error("index process ended with %s\n%s", code, self._errors.read().decode("utf-8", "replace"))
        if code < 0:
            return TjqaError("build_killed", "build_killed_hint", signal=-code)
        return TjqaError("build_died", "build_died_hint", code=code, log=self._log_file)


class Builder:
    """Follows one build at a time, in a thread that only reads what the process tells.

    Args:
        post: delivers a message to the app; must be safe to call from a thread.
        start: starts a build; with true nothing of the old index is reused.
        built: called with what came of a build, when its index is in place.
    """

    def __init__(
        self, post: Callable[[Message], object], start: Callable[[bool], Build], built: Callable[[BuildSummary], None]
    ) -> None:
        self._post = post
        self._start = start
        self._built = built
        self._lock = threading.Lock()
        self._build: Build | None = None
        self._stop: Callable[[Build], None] | None = None

    def build(self, rebuild: bool) -> None:
        """Start; `BuildProgress` and then `BuildDone` or `BuildFailed` are posted."""
        self._stop = None
        threading.Thread(target=self._follow, args=(rebuild,), name="tjqa-build", daemon=True).start()

    def cancel(self) -> None:
        """Stop the build; the old index stays."""
        self._stop_by(lambda build: build.cancel())

    def end(self) -> None:
        """The app is leaving."""
        self._stop_by(lambda build: build.end())

    def _stop_by(self, stop: Callable[[Build], None]) -> None:
        with self._lock:
            self._stop = stop  # for a build that is being started just now
            if self._build is not None:
                stop(self._build)

    def _step(self, step: Progress) -> None:
        self._post(BuildProgress(step))

    def _follow(self, rebuild: bool) -> None:
        try:
            build = self._start(rebuild)
            with self._lock:
                self._build = build
                if self._stop is not None:
                    self._stop(build)
            built = build.follow(self._step)
            assert isinstance(built, BuildSummary)  # it was not asked to deepen
        except TjqaError as error:
            self._post(BuildFailed(error))
        else:
            self._post(BuildDone(built))
            self._built(built)
        finally:
            with self._lock:
                self._build = None
