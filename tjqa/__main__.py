"""`python -m tjqa`, and the program of a folder made by PyInstaller (.ci/folder_build.py).

There the processes that tjqa starts are this very program: those of multiprocessing, and its parts that are kept apart.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from tjqa.cli.main import main
from tjqa.config import PART, is_frozen

PARTS = ("tjqa.ingest.sandbox_worker", "tjqa.encoders.trial")
"""Modules with a `serve` that works in a process of its own."""


def run(arguments: Sequence[str]) -> int:
    """Run a command, or a part of tjqa where it is frozen; returns the exit code."""
    if is_frozen():
        import multiprocessing

        multiprocessing.freeze_support()
        if arguments[:1] == [PART] and arguments[1:2] and arguments[1] in PARTS:
            importlib.import_module(arguments[1]).serve(*map(int, arguments[2:]))
            return 0
    return main()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
