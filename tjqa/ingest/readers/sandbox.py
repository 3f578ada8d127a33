"""Work on documents in a process of its own, with limits on time and memory: whatever a file does to a parser, to the
cleaning or to the cutting, it ends in a message, and this program goes on.

A worker serves one file after the other and is started with the first one that needs it. Requests and answers go
through its pipes: eight bytes of length, then JSON or the file. A worker that takes too long is ended, one that
crashed or ran out of memory is replaced. A file that did this to a worker that had others before it is tried once more
in a new one: what earlier files left behind must not cost a later one.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import signal
import subprocess
import threading
from collections.abc import Mapping
from typing import IO, Any

from tjqa import messages
from tjqa.config import child_environment, part_command, recognized_folder
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import Extracted, bounded, from_json

# Of the processor, for a document's whole way from its bytes to its passages, however busy the computer is: the system
# counts them and ends the worker. The longest text that is read, in lines of thirty characters, takes half of this.
SECONDS = 120.0
# Of the clock: a worker that sleeps uses no processor, and ends too. Five times as long, for one that shares its core
# with four others. Where the system counts no processor time (Windows), SECONDS are of the clock.
CLOCK = 600.0
# Address space of a worker. It takes 0.04 GiB without a document, 0.11 with openpyxl and numpy; a book of five million
# characters takes 0.23 in all, and so does a workbook of a million cells.
MEMORY = 1024**3

DONE, REFUSED, NO_MEMORY = b"+", b"!", b"M"  # how an answer begins
_LATE = ("reader_late", "reader_stuck")
_HINTS = dict.fromkeys((*_LATE, "reader_crashed"), "reader_hint") | {"reader_memory": "split_file_hint"}

COUNTED = hasattr(signal, "ITIMER_PROF")
"""Whether the system counts the processor time of a program and ends it."""

_ENDING = 5.0  # seconds that a worker has to be gone once its pipes are closed

is_worker = False
"""Whether this process is such a worker, which starts none of its own."""


class Sandbox:
    """One worker of at most so much `memory`, in bytes of address space (None for MEMORY); threads take turns."""

    def __init__(self, memory: int | None = None) -> None:
        self._memory = memory
        self._worker: subprocess.Popen[bytes] | None = None
        self._served = 0  # files that this worker has had before
        self._closed = False
        self._one_at_a_time = threading.Lock()
        atexit.register(self.close)

    def ask(self, request: Mapping[str, Any], raw: bytes, name: str) -> bytes:
        """The worker's answer to a request, without its first byte.

        Args:
            request: what `tjqa.ingest.sandbox_worker` is to do, as JSON takes it.
            raw: what it is to do it with.
            name: of the document, told in messages.

        Raises:
            SourcesError: what the worker refused it for, or that it took too long, too much memory, or crashed.
        """
        with self._one_at_a_time:
            answer, fault, served = self._exchange(request, raw)
            if fault and served and fault not in _LATE and not self._closed:
                answer, fault, _ = self._exchange(request, raw)
        if fault:
            raise SourcesError(
                fault, _HINTS[fault], name=name, seconds=f"{CLOCK if fault == 'reader_stuck' else SECONDS:.0f}"
            )
        if answer[:1] == REFUSED:
            raise SourcesError(*map(messages.from_json, json.loads(answer[1:])))
        return answer[1:]

    def close(self) -> None:
        """End the worker, in the middle of its work if need be."""
        self._closed = True
        atexit.unregister(self.close)
        worker = self._worker
        if worker is not None:
            worker.kill()
        with self._one_at_a_time:
            self._stop()

    def _exchange(self, request: Mapping[str, Any], raw: bytes) -> tuple[bytes, str, int]:
        """The answer, else the key of what happened; and how many files the worker had had before."""
        process = self._started()
        served = self._served
        self._served += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        killer = threading.Timer(CLOCK if COUNTED else SECONDS, stop)
        killer.daemon = True
        killer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            if self._closed:
                process.kill()
            asked = {"scans": str(recognized_folder()), "seconds": SECONDS, **request}
            for data in (json.dumps(asked).encode(), raw):
                send(process.stdin, data)
            answer = receive(process.stdout)
        except (OSError, EOFError):
            return b"", self._fault(process, late.is_set()), served
        except BaseException:  # Ctrl-C in the middle of an exchange: the pipes are out of step
            self._stop()
            raise
        finally:
            killer.cancel()
        if answer[:1] == NO_MEMORY:
            self._stop()  # what it still holds would be missing for the next file
            return b"", "reader_memory", served
        return answer, "", served

    def _fault(self, process: subprocess.Popen[bytes], is_killed: bool) -> str:
        """The key of what a worker that gave no answer ended of."""
        if is_killed:
            self._stop()
            return "reader_stuck" if COUNTED else "reader_late"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING)  # its pipes are closed: it is about to end, if it has not
        used_up = COUNTED and process.returncode == -signal.SIGPROF
        self._stop()
        return "reader_late" if used_up else "reader_crashed"

    def _started(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self._stop()
            self._worker = subprocess.Popen(
                part_command("tjqa.ingest.sandbox_worker", self._memory or MEMORY),
                env=child_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            for pipe in (self._worker.stdin, self._worker.stdout):
                with contextlib.suppress(OSError):
                    if pipe is not None:
                        pipe.close()
            self._worker.wait()
        self._worker = None
        self._served = 0


_of_this_process = Sandbox()


def shared() -> Sandbox:
    """The sandbox of this process, which outlives a build and serves whoever reads one file at a time."""
    return _of_this_process


def extract_apart(reader: str, raw: bytes, name: str) -> Extracted:
    """What `tjqa.ingest.readers.<reader>.read` gives for a file, run in the worker.

    Raises:
        SourcesError: the reader's own message, or that it took too long, too much memory, or crashed.
    """
    if is_worker:
        return read_here(reader, raw, name)
    answer = shared().ask({"do": "read", "reader": reader, "name": name}, raw, name)
    try:
        return from_json(answer)
    except (KeyError, TypeError, ValueError) as error:
        raise SourcesError("reader_crashed", "reader_hint", name=name) from error


def read_here(reader: str, raw: bytes, name: str) -> Extracted:
    """The same in this process, which must be a worker.

    Raises:
        SourcesError: the reader's own message, or that the file is damaged.
        MemoryError: it takes too much.
    """
    try:
        return bounded(importlib.import_module(f"tjqa.ingest.readers.{reader}").read(raw, name), name)
    except (SourcesError, MemoryError):
        raise
    except RecursionError as error:
        raise SourcesError("nested_deep", "save_again_hint", name=name) from error
    except Exception as error:  # a parser may raise anything over a damaged file
        raise SourcesError("file_damaged", "save_again_hint", name=name, why=type(error).__name__) from error


def send(pipe: IO[bytes], *data: bytes) -> None:
    """Write one message."""
    pipe.write(sum(map(len, data)).to_bytes(8, "little"))
    for part in data:
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message.

    Raises:
        EOFError: the other side has gone, or announces more than it can hold.
    """
    size = int.from_bytes(_exactly(pipe, 8), "little")
    if size > MEMORY:
        raise EOFError
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
