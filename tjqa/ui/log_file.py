"""Where details of unexpected errors go: a file, for the screen belongs to the app."""

from __future__ import annotations

import logging
from pathlib import Path


def log_to_file() -> Path | None:
    """Send the log of tjqa to its file; None when that cannot be made."""
    from platformdirs import user_log_path

    path = user_log_path("tjqa", appauthor=False) / "tjqa.log"
    logger = logging.getLogger("tjqa")
    logger.propagate = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        logger.addHandler(logging.FileHandler(path, encoding="utf-8", delay=True))
    except OSError:
        logger.addHandler(logging.NullHandler())
        return None
    return path
