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
from multiprocessing import get_context, parent_process
from typing import TypeVar

from tjqa.config import isolated_children

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


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

        `function` must be one that another process can import, or a partial of one.
        """
        if not worth_it or cores() == 1:
            return map(function, items)
        with isolated_children():  # the pool and its first tasks start processes
            if self._pool is None:
                self._pool = ProcessPoolExecutor(cores(), get_context("spawn"), _begin)
            return _results([self._pool.submit(function, item) for item in items])


def _results(futures: list[Future[_Result]]) -> Iterator[_Result]:
    futures.reverse()
    while futures:  # each is let go once it is taken: they are large
        yield futures.pop().result()


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
