"""Running the app: its files, its log, and how it ends."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from dataclasses import replace

from tjqa.config import Settings, preferences_file
from tjqa.index.filters import Filter
from tjqa.ui.app import TjqaApp
from tjqa.ui.background.backend import RealBackend
from tjqa.ui.background.lifeline import end_with_server
from tjqa.ui.history import History, default_folder
from tjqa.ui.kept.store import Kept
from tjqa.ui.log_file import log_to_file
from tjqa.ui.preferences import load


def run(settings: Settings, only: str | None = None) -> int:
    """Run the app until the user leaves; the exit code. `only` is a document of the folder: at first it alone is
    asked."""
    if "TEXTUAL_DRIVER" in os.environ:  # in the browser
        end_with_server()
    # Keys end the app; the second signal would tear it down midway (asyncio raises it wherever the program is).
    signal.signal(signal.SIGINT, lambda *_: None)
    log_file = log_to_file()
    preferences = load(preferences_file())
    settings = replace(settings, fast=settings.fast or preferences.fast)
    kept = Kept(default_folder(), preferences_file(), preferences.history)
    if only is not None:
        kept.only = Filter("file", only)
    past = History(kept.history, str(settings.sources))
    app = TjqaApp(settings, RealBackend(str(log_file or "")), past, preferences, str(log_file or ""), kept)
    code = app.run() or app.return_code or 0
    if app.engine.is_at_work:
        # Within a model, which the end of Python would take down under it: that ends in an abort (SIGABRT). The screen
        # is the terminal's own again, and nothing is kept but what is written already.
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    return code
