"""Commands that start warm: each is a copy of one process that has imported everything and holds the dictionary, where
the console script would take seconds of processor time for that. For the many commands of which the start is no part of
what is tried; needs `fork`."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tests.support.helpers import environment

# Reads what to run line by line; tells the number of each copy of itself, then how it ended.
SERVER = """
import gc, json, os, sys, traceback
import tjqa.cli.ask, tjqa.cli.check, tjqa.cli.index, tjqa.cli.show
from tjqa.cli.main import main
from tjqa.text.segmenter import Segmenter, tagged
Segmenter().cut("水库")
tagged()
gc.freeze()
for line in sys.stdin.buffer:
    given = json.loads(line)
    if child := os.fork():
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    code = 1
    try:
        os.setsid()
        os.chdir(given["folder"])
        for number, path in enumerate((os.devnull, given["out"], given["err"])):
            opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
            os.dup2(opened, number)
            os.close(opened)
        os.environ.clear()
        os.environ.update(given["environment"])
        sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
        sys.argv = ["tjqa", *given["words"]]
        code = main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    except BaseException:
        traceback.print_exc()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
"""


@lru_cache(maxsize=1)
def _server(asked_by: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def run(
    words: Sequence[str], folder: Path, changed: Mapping[str, str], seconds: float
) -> tuple[int | None, bytes, bytes]:
    """The exit code of a command of tjqa and what it writes; no code when it had to be killed after so many seconds.

    Args:
        words: after the name of the program.
        folder: where it runs.
        changed: its whole environment.
        seconds: its deadline.
    """
    server = _server(os.getpid())
    assert server.stdin is not None and server.stdout is not None
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        for path in (out, err):
            path.touch()
        given = {"words": words, "folder": str(folder), "environment": changed, "out": str(out), "err": str(err)}
        server.stdin.write(json.dumps(given).encode() + b"\n")
        server.stdin.flush()
        child = int(server.stdout.readline())
        code: int | None = None
        if select.select([server.stdout], [], [], seconds)[0]:
            code = int(server.stdout.readline())
        else:
            os.killpg(child, signal.SIGKILL)
            server.stdout.readline()
        return code, out.read_bytes(), err.read_bytes()
