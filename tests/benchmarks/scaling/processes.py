"""Runs a program on a given number of cores and tells its time, its processor time and its peak memory.

Memory is that of the whole tree of processes, read from /proc ten times a second; elsewhere than on Linux only the
largest process is known, when it has ended.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tests.support.helpers import ROOT, environment

_PROC = Path("/proc")
_INTERVAL = 0.1  # seconds between two looks at the memory
_GLANCE = 0.3  # seconds in which the idlest cores are found

# What the thread pools of numpy, faiss, torch, tokenizers and numba obey.
_POOLS = ("OMP", "OPENBLAS", "MKL", "RAYON", "NUMEXPR", "NUMBA", "TOKENIZERS", "VECLIB")


class Failed(Exception):
    """A program ended with an error; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program did: wall and processor seconds (its children's, too), peak memory in bytes (resident, and of
    that not backed by files), what it wrote to its output and to its errors, and why it was stopped, if so."""

    seconds: float
    processor: float
    peak: int
    peak_anonymous: int
    output: str
    said: str
    stopped: str = ""


def run(command: Sequence[str], threads: int, longest: float = 86_400, largest: int = 1 << 50) -> Ran:
    """Run a program to its end with `threads` cores; it is stopped after `longest` seconds or above `largest` bytes.

    Raises:
        Failed: it ended with an error.
    """
    pools = {f"{name}_NUM_THREADS": str(threads) for name in _POOLS}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        with on_cores(threads):
            began = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment(**pools), stdout=out, stderr=err, start_new_session=True
            )
        watch = _Watch(process.pid, began + longest, largest)
        watch.start()
        try:
            code, used = _wait(process)
            seconds = time.perf_counter() - began
        except BaseException:  # Ctrl-C here must not leave hours of work running there
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            watch.ended.set()
            watch.join()
        if code and not watch.stopped:
            raise Failed(_text(err)[-2000:] + (f"\nended by signal {-code}" if code < 0 else ""))
        alone = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)  # of the largest process, exact
        peak, processor = max(watch.peak, alone), used.ru_utime + used.ru_stime
        return Ran(seconds, processor, peak, watch.anonymous, _text(out), _text(err), watch.stopped)


class on_cores:  # noqa: N801  used like a function
    """Within it, programs that are started find only so many cores, however many threads or processes they make."""

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def __enter__(self) -> None:
        if hasattr(os, "sched_setaffinity"):
            self._before = os.sched_getaffinity(0)
            # Not simply the first ones: beside another program that is held to core 0, all took twice as long.
            os.sched_setaffinity(0, idlest(self._before)[: self._threads])

    def __exit__(self, *error: object) -> None:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, self._before)


def idlest(cores: set[int]) -> list[int]:
    """Cores, those first that did least in the last moment."""
    before = _idle()
    if len(cores) > 1:
        time.sleep(_GLANCE)
    now = _idle()
    return sorted(cores, key=lambda core: (before.get(core, 0) - now.get(core, 0), core))


def _idle() -> dict[int, int]:
    """Ticks each core has been idle since the start."""
    try:
        lines = (_PROC / "stat").read_text().splitlines()
    except OSError:
        return {}
    rows = (line.split() for line in lines if line.startswith("cpu") and line[3].isdigit())
    return {int(row[0][3:]): int(row[4]) + int(row[5]) for row in rows}


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, resource.struct_rusage]:
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # else Popen warns that it still runs
    return process.returncode, used


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


class _Watch(threading.Thread):
    """Looks at the memory of a process and all below it until it ends, and stops what grows or lasts too long."""

    def __init__(self, process: int, deadline: float, largest: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.peak = self.anonymous = 0
        self.stopped = ""
        self._process, self._deadline, self._largest = process, deadline, largest

    def run(self) -> None:
        while not self.ended.wait(_INTERVAL):
            sizes = [memory(process) for process in tree(self._process)]
            self.peak = max(self.peak, sum(size.get("VmRSS", 0) for size in sizes))
            self.anonymous = max(self.anonymous, sum(size.get("RssAnon", 0) for size in sizes))
            if self.anonymous > self._largest:
                self.stopped = f"more than {self._largest / 2**30:.0f} GiB of memory"
            if time.perf_counter() > self._deadline:
                self.stopped = "more time than it was given"
            if self.stopped:
                os.killpg(self._process, signal.SIGKILL)
                return


def tree(process: int) -> list[int]:
    """A process and those it started, as far as they still run."""
    found = [process]
    for one in found:
        for listing in _PROC.glob(f"{one}/task/*/children"):
            try:
                found += map(int, listing.read_text().split())
            except OSError:  # it has just ended
                continue
    return found


def memory(process: int | str = "self") -> dict[str, int]:
    """Bytes of each Vm… and Rss… line of a process's status; empty where there is no /proc, or it has ended."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return {}
    rows = (line.split() for line in lines if line.startswith(("Vm", "Rss")))
    return {row[0].rstrip(":"): int(row[1]) * 1024 for row in rows}
