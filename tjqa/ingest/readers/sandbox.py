"""Readers in a process of their own, with limits on time and memory: whatever a file does to a parser, it ends in a
message, and this program goes on.

One worker serves all files of a run and is started with the first one that needs it. Requests and answers go through
its pipes: eight bytes of length, then JSON or the file. A worker that takes too long is killed, one that crashed is
replaced by the next file.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import threading
from typing import IO

from tjqa import messages
from tjqa.config import child_environment, import_path, python_command
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted, from_json

SECONDS = 60.0
MEMORY = 3 * 1024**3

_worker: subprocess.Popen[bytes] | None = None
_one_at_a_time = threading.Lock()


def extract_apart(reader: str, raw: bytes, name: str) -> Extracted:
    """What `tjqa.reading.<reader>.read` gives for a file, run in the worker.

    Raises:
        SourcesError: the reader's own message, or that it took too long, too much memory, or crashed.
    """
    with _one_at_a_time:
        process = _started()
        killer = threading.Timer(SECONDS, process.kill)
        killer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            request = json.dumps({"reader": reader, "name": name}).encode()
            for data in (request, raw):
                send(process.stdin, data)
            answer = receive(process.stdout)
        except (OSError, EOFError) as error:
            _stop()
            late = not killer.is_alive()  # the timer has run off
            what = "reader_late" if late else "reader_crashed"
            raise SourcesError(what, "reader_hint", name=name, seconds=f"{SECONDS:.0f}") from error
        except BaseException:  # Ctrl-C in the middle of an exchange: the pipes are out of step
            _stop()
            raise
        finally:
            killer.cancel()
    if answer[:1] == b"!":
        raise SourcesError(*map(messages.from_json, json.loads(answer[1:])))
    found = from_json(answer[1:])
    if len(found.text) > MAX_CHARACTERS:
        raise SourcesError("text_long", "split_file_hint", name=name, count=len(found.text))
    return found


def _started() -> subprocess.Popen[bytes]:
    global _worker
    if _worker is None or _worker.poll() is not None:
        _stop()
        # Besides PYTHONPATH, which cannot hold a folder with a colon in its name.
        path = f"import sys; sys.path[:0] = {import_path()!r}"
        _worker = subprocess.Popen(
            python_command("-c", f"{path}; from tjqa.ingest.readers.sandbox_worker import serve; serve()"),
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(_stop)
    return _worker


def _stop() -> None:
    global _worker
    if _worker is not None:
        _worker.kill()
        for pipe in (_worker.stdin, _worker.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        _worker.wait()
    _worker = None


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one message."""
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message.

    Raises:
        EOFError: the other side has gone.
    """
    size = int.from_bytes(_exactly(pipe, 8), "little")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
