"""Work shared out among processes, one a core: cutting words and cleaning pages run in Python, where threads do not
help.

The processes are started with the first work that is worth their start (half a second of imports, on each core), and
end with the program, however it ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from tjqa.config import isolated_children

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class ProcessDied(Exception):
    """A process ended before its work was done: it was killed, or crashed."""


class Processes:
    """Runs functions over items, here or in processes; use it as a context, which ends them."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)  # what they have not begun is dropped

    def map(self, function: Callable[[_Item], _Result], items: Sequence[_Item], worth_it: bool) -> Iterator[_Result]:
        """The results in order. Where it is worth it processes begin at once, else each is made when it is asked for.

        `function` must be one that another process can import, or a partial of one. An item on which processes die
        gives `ProcessDied` in its place; the others are done.
        """
        if not worth_it or cores() == 1:
            return map(function, items)
        return _Results(self, function, items)

    def alone(self, function: Callable[[_Item], _Result], item: _Item) -> _Result:
        """One result, made in a process that does nothing else.

        Raises:
            ProcessDied: the process ended before it was made.
        """
        with isolated_children():
            pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
            future = pool.submit(function, item)
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise ProcessDied from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[Future[_Result]]:
        """Begin with all of them, in new processes where the old ones broke."""
        with isolated_children():  # the pool and its first tasks start processes
            for _ in range(2):
                if self._pool is None:
                    self._pool = ProcessPoolExecutor(cores(), get_context("spawn"), _begin)
                try:
                    return [self._pool.submit(function, item) for item in items]
                except BrokenProcessPool:
                    self._pool.shutdown(wait=True, cancel_futures=True)
                    self._pool = None
        raise ProcessDied


class _Results(Iterator[_Result]):
    """Results in order. When a process dies all work that waits is lost with it: the next item is done alone, the rest
    is begun again in new processes."""

    def __init__(self, owner: Processes, function: Callable[[_Item], _Result], items: Sequence[_Item]) -> None:
        self._owner = owner
        self._function: Callable[[Any], _Result] = function
        self._items: list[Any] = list(reversed(items))
        self._futures = owner.submit(function, items)
        self._futures.reverse()

    def __next__(self) -> _Result:
        if not self._futures:
            raise StopIteration
        item = self._items.pop()
        try:
            return self._futures.pop().result()  # each is let go once it is taken: they are large
        except BrokenProcessPool:
            self._futures = self._owner.submit(self._function, self._items[::-1])
            self._futures.reverse()
            return self._owner.alone(self._function, item)


def cores() -> int:
    """How many processor cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def one_thread_for_matrices() -> None:
    """Those of a question are small: a second thread for them doubles the time of a search on two idle cores, and takes
    five times as long when the other core is busy (measured)."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


def _begin() -> None:
    """Make a new process ready: it leaves Ctrl-C to the program that started it, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ |= {"TOKENIZERS_PARALLELISM": "false", "OPENBLAS_NUM_THREADS": "1"}  # every core has a process already


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
