"""Passages → terms and tokens, on all cores when there are many.

Segmenting words takes most of the time of a build and runs in Python, so only processes make it faster. They are
started with the first part that is worth their start, and end with the program, however it ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path

from tjqa.encoder import Encoder, StaticEncoder, TokenEncoder
from tjqa.late import Tokens, tokenise
from tjqa.lexical import Postings, count_terms
from tjqa.parts import context, segments
from tjqa.records import Passage
from tjqa.terms import terms, use_words, used_words

CHUNK = 512
_WORTH_IT = 8 * CHUNK  # passages: about three seconds of work, while processes need one to start


@dataclass(frozen=True, slots=True)
class Analysed:
    """What was made of some passages, rows in their order."""

    postings: Postings
    tokens: Tokens | None


def analyse(passages: Sequence[Passage], encoder: Encoder) -> Analysed:
    """Terms (a title's count like the text's) and tokens of passages."""
    postings = count_terms([*terms(p.text), *terms(context(p))] for p in passages)
    tokens = tokenise(map(segments, passages), encoder) if isinstance(encoder, TokenEncoder) else None
    return Analysed(postings, tokens)


class Analysts:
    """Analyses passages here or in processes; `close` ends them."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._pool: ProcessPoolExecutor | None = None

    def start(self, passages: Sequence[Passage]) -> Iterator[Analysed]:
        """The analysis of passages in chunks of `CHUNK`; processes begin at once, this one when asked for a chunk."""
        chunks = [passages[at : at + CHUNK] for at in range(0, len(passages), CHUNK)]
        if self._pool is None and len(passages) >= _WORTH_IT and cores() > 1:
            self._pool = _started(self._encoder)
        if self._pool is None:
            return (analyse(chunk, self._encoder) for chunk in chunks)
        return _results([self._pool.submit(_analyse, chunk) for chunk in chunks])

    def close(self) -> None:
        """Stop the processes; what they have not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _started(encoder: Encoder) -> ProcessPoolExecutor | None:
    """Processes for a model of which each can have its own; a transformer uses all cores by itself."""
    if not isinstance(encoder, StaticEncoder):
        return None
    return ProcessPoolExecutor(cores(), get_context("spawn"), _begin, (encoder.folder, used_words()))


def cores() -> int:
    """How many processor cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _results(futures: list[Future[Analysed]]) -> Iterator[Analysed]:
    futures.reverse()
    while futures:  # each is let go once it is taken: a part's results are large
        yield futures.pop().result()


_encoder: Encoder | None = None  # of a process that analyses


def _begin(model: Path, words: tuple[str, ...]) -> None:
    """Make a new process ready: it leaves Ctrl-C to the program that started it, and ends with it."""
    global _encoder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # every core has a process already
    use_words(words)
    _encoder = StaticEncoder(model)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _analyse(passages: Sequence[Passage]) -> Analysed:
    assert _encoder is not None
    return analyse(passages, _encoder)
