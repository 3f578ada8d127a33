"""An app in the browser ends with the server that carries it: nobody else could see or end it."""

from __future__ import annotations

import os
import select
import sys
import threading


def end_with_server() -> None:
    """Watch standard input, which the server holds open; once it is gone, end this process at once.

    Nothing is lost: history and marks are written when they are made, an index under way leaves the old one.
    Windows has no poll; there the server ends its apps itself when it is stopped, not when it is killed.
    """
    if not hasattr(select, "poll"):
        return
    threading.Thread(target=_wait, args=(sys.__stdin__.fileno() if sys.__stdin__ else 0,), daemon=True).start()


def _wait(stdin: int) -> None:
    watch = select.poll()
    watch.register(stdin, 0)  # no event asked for: only the other end's going is reported
    while not watch.poll():
        pass
    os._exit(0)
