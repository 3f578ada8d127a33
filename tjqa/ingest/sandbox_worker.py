"""The worker's side of readers/sandbox.py: does what is asked until its input ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tjqa.errors import SourcesError
from tjqa.ingest.readers import base, sandbox
from tjqa.ingest.readers.scans import stored
from tjqa.messages import to_json

_GRACE = 5  # seconds after which the worker ends itself when nobody is there to end it


def serve(memory: int) -> None:
    """Answer requests with at most `memory` bytes: what came of one, what the user should be told, or that memory did
    not suffice."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # openpyxl imports numpy, whose threads would count against MEMORY
    sandbox.is_worker = True
    _limit_memory(memory)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not speak in between
    while True:
        try:
            request = json.loads(sandbox.receive(source))
            raw = sandbox.receive(source)
        except EOFError:
            return
        with _limited_time(float(request.get("seconds", sandbox.SECONDS))):
            try:
                sandbox.send(sink, *answer(request, raw))
            except MemoryError:
                sandbox.send(sink, sandbox.NO_MEMORY)


def answer(request: dict[str, Any], raw: bytes) -> tuple[bytes, ...]:
    """One request's answer, in parts.

    Raises:
        MemoryError: there was not enough for it.
    """
    stored.use(Path(request["scans"]))
    try:
        if request["do"] == "read":
            found = sandbox.extract_apart(request["reader"], raw, request["name"])
            return sandbox.DONE, base.to_json(found)
        if request["do"] in ("members", "member"):
            from tjqa.ingest.containers.opening import answered

            return sandbox.DONE, answered(request)
        if request["do"] in ("scanned", "recognize", "picture"):
            from tjqa.ingest.readers.scans import worker

            return sandbox.DONE, worker.answered(request)
        from tjqa.ingest.apart import taken_in  # who only reads has no need of it

        return sandbox.DONE, *taken_in(request)
    except SourcesError as error:
        return sandbox.REFUSED, _told(error)


def _told(error: SourcesError) -> bytes:
    """Its sentences as messages in JSON: what happened and, where there is one, the next step."""
    return json.dumps([to_json(said) for said in (error.message, error.advice) if said is not None]).encode()


@contextlib.contextmanager
def _limited_time(seconds: float) -> Iterator[None]:
    """What takes longer than so many seconds of the processor ends this program, whoever waits for it (SIGPROF); and by
    the clock it does not outlive a program that was killed while it waited."""
    if not sandbox.COUNTED:  # Windows
        yield
        return
    signal.alarm(int(sandbox.CLOCK) + _GRACE)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
