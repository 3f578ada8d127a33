"""The worker's side of recognition: which pages have no text, and what stands on one of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from tjqa.errors import SourcesError
from tjqa.ingest.readers.pdf.document import opened
from tjqa.ingest.readers.pdf.picture import drawn
from tjqa.ingest.readers.scans import PICTURES, parameters
from tjqa.ingest.readers.scans.frames import frame, pages_of
from tjqa.ingest.readers.scans.recognizing import Recognizer
from tjqa.ingest.readers.scans.shapes import Box, to_json
from tjqa.ingest.readers.scans.straighten import part_of


def answered(request: Mapping[str, Any]) -> bytes:
    """The answer: numbers of pages as JSON, a page (shapes.py), or a part of one as a PNG.

    Raises:
        SourcesError: the file cannot be read, or is no longer the one that is meant.
    """
    name = str(request["name"])
    raw = _bytes(str(request["file"]), name, str(request["sha256"]))
    is_picture = PurePath(name).suffix.lower() in PICTURES
    if request["do"] == "scanned":
        if is_picture:
            return json.dumps(list(range(pages_of(raw, name)))).encode()
        return json.dumps([number for number, lines in enumerate(opened(raw, name).lines) if not lines]).encode()
    number = int(request["page"])
    picture = (
        frame(raw, number, name) if is_picture else drawn(raw, number, parameters.DPI, parameters.MOST_PIXELS, name)
    )
    if request["do"] == "picture":
        return part_of(picture, Box(*map(float, request["box"])))
    return to_json(_recognizer().page(picture))


@lru_cache(maxsize=1)
def _bytes(file: str, name: str, sha256: str) -> bytes:
    from tjqa.ingest.sources import read_bytes

    raw = read_bytes(Path(file), name)
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise SourcesError("source_gone", "source_gone_hint", path=name, why="")
    return raw


@lru_cache(maxsize=1)
def _recognizer() -> Recognizer:
    _limit_memory()
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(10)  # whoever asks questions meanwhile comes first
    return Recognizer()


def _limit_memory() -> None:
    """Of what is the process's own: a page that asks for more is told as unread. The limit on addresses alone would let
    models and pictures fill three times as much, as libraries take a lot of them and little memory."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (parameters.MOST_MEMORY, parameters.MOST_MEMORY))
