"""Threads of the matrix library: the command line takes one, a program that imports tjqa keeps its own number."""

from __future__ import annotations

import pytest

from tests.support.helpers import python
from tjqa.config import Settings

pytestmark = pytest.mark.slow

_FORGET = "import os, sys; os.environ.pop('OPENBLAS_NUM_THREADS', None); "  # the tests' own process may have set it
_IMPORT = _FORGET + "before = dict(os.environ); import tjqa, tjqa.engine; print(dict(os.environ) == before)"
_ASK = """
from tjqa.cli import main
assert main(sys.argv[1:]) == 0
from threadpoolctl import threadpool_info
threads = {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}
print("THREADS", os.environ["OPENBLAS_NUM_THREADS"], threads)
"""
_PROCESSES = """
from tjqa.index import workers
workers.cores = lambda: 2
with workers.Processes() as processes:
    print(*processes.map(os.getenv, ["OPENBLAS_NUM_THREADS"], worth_it=True), os.getenv("OPENBLAS_NUM_THREADS"))
"""


def test_importing_changes_nothing_of_the_host() -> None:
    """The environment of a program that imports tjqa, and its engine, stays what it was."""
    done = python("-c", _IMPORT)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_commands_take_one_thread(seed_library: Settings) -> None:
    """`tjqa ask` sets the number before numpy reads it; every library of matrices it loads has one thread."""
    places = (f"--sources={seed_library.sources}", f"--embeddings={seed_library.embeddings}")
    done = python("-c", _FORGET + _ASK, "ask", "津南区会展", *places)
    assert done.stdout.splitlines()[-1:] == ["THREADS 1 {1}"], done.stderr


def test_processes_of_a_build_take_one_thread() -> None:
    """Where every core has a process each takes one thread, and the program that started them keeps its own number."""
    done = python("-c", _FORGET + _PROCESSES)
    assert done.stdout == "1 None\n", done.stderr
