"""Documents taken in by sandboxes (readers/sandbox.py): a document's whole way, from its bytes to its passages, is
under their limits, and as many go at once as there are sandboxes."""

from __future__ import annotations

import contextlib
import json
import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePath
from queue import SimpleQueue
from typing import Any

from tjqa import messages
from tjqa.errors import SourcesError
from tjqa.ingest.pipeline import Document, IngestedFile, hash_of, take_in
from tjqa.ingest.readers import PLAIN
from tjqa.ingest.readers.sandbox import Sandbox, shared
from tjqa.reports import row_of, state_of, summary_of

_log = logging.getLogger("tjqa.ingest")

# Bytes of a plain text that is taken in without a sandbox when there are few files: no parser of a foreign format
# reads it, and whatever it holds takes seconds, as every step takes time in proportion to it. To start a worker for a
# folder of five notes would take an eighth of its build.
HARMLESS = 64 * 1024
_AHEAD = 4  # files that wait for each sandbox: what is done early is held in memory


class Intake:
    """Takes documents in, in order; use it as a context, which ends its sandboxes."""

    def __init__(self, sandboxes: int) -> None:
        self._own = [Sandbox() for _ in range(sandboxes)] if sandboxes > 1 else []
        self._free: SimpleQueue[Sandbox] = SimpleQueue()
        for sandbox in self._own:
            self._free.put(sandbox)
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, *_: object) -> None:
        for sandbox in self._own:  # before the threads, which wait for them
            sandbox.close()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)

    def take_in(self, documents: Sequence[Document]) -> Iterator[IngestedFile]:
        """What became of each document; why one gave no text is in its state."""
        if not self._own:
            return (_alone(document) for document in documents)
        if self._threads is None:
            self._threads = ThreadPoolExecutor(len(self._own), "tjqa-intake")
        return self._at_once(documents, self._threads)

    def _at_once(self, documents: Sequence[Document], threads: ThreadPoolExecutor) -> Iterator[IngestedFile]:
        rest = iter(documents)
        waiting: deque[Future[IngestedFile]] = deque()
        while True:
            for document in islice(rest, _AHEAD * len(self._own) - len(waiting)):
                waiting.append(threads.submit(self._by_any, document))
            if not waiting:
                return
            yield waiting.popleft().result()

    def _by_any(self, document: Document) -> IngestedFile:
        sandbox = self._free.get()
        try:
            return take_in_apart(document, sandbox)
        finally:
            self._free.put(sandbox)


def _alone(document: Document) -> IngestedFile:
    state = document.state
    if PurePath(state.path).suffix.lower() in PLAIN and 0 <= state.size <= HARMLESS:
        with contextlib.suppress(MemoryError):  # this program has none left: a worker has its own
            return take_in(document)
    return take_in_apart(document, shared())


def take_in_apart(document: Document, sandbox: Sandbox) -> IngestedFile:
    """What `pipeline.take_in` gives, within the limits of a sandbox."""
    state = document.state
    request = {
        "do": "take_in",
        "folder": str(document.folder),
        "state": row_of(state),
        "repeats": document.repeats,
    }
    try:
        return _read(document, sandbox.ask(request, b"", state.path))
    except SourcesError as error:
        return IngestedFile(replace(state, sha256=hash_of(document.folder / state.path), skipped=error.whole))


def _read(document: Document, answer: bytes) -> IngestedFile:
    size = int.from_bytes(answer[:8], "little")
    try:
        header = json.loads(answer[8 : 8 + size])
        skipped = messages.from_json(header["skipped"]) if header["skipped"] else None
        summary = summary_of(header["summary"]) if header["summary"] else None
        state = replace(document.state, sha256=str(header["sha256"]), skipped=skipped)
        told = str(header["log"])
    except (KeyError, TypeError, ValueError) as error:
        raise SourcesError("reader_crashed", "reader_hint", name=document.state.path) from error
    if told:
        _log.warning("%s", told)
    return IngestedFile(state, summary, answer[8 + size :])


def taken_in(request: dict[str, Any]) -> tuple[bytes, ...]:
    """The answer of a worker that was asked to take a document in: a header in JSON, and the passages.

    Raises:
        MemoryError: there was not enough for it.
    """
    document = Document(Path(request["folder"]), state_of(request["state"]), tuple(request["repeats"]))
    told = _Told()
    _log.addHandler(told)
    try:
        taken = take_in(document)
    finally:
        _log.removeHandler(told)
    header = {
        "sha256": taken.state.sha256,
        "skipped": messages.to_json(taken.state.skipped) if taken.state.skipped is not None else None,
        "summary": row_of(taken.summary) if taken.summary is not None else None,
        "log": "\n".join(told.lines),
    }
    written = json.dumps(header).encode()
    return len(written).to_bytes(8, "little"), written, taken.lines


class _Told(logging.Handler):
    """Keeps what is written to the log: a worker has none."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
