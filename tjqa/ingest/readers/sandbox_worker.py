"""The worker's side of sandbox.py: reads requests until its input ends."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys

from tjqa.errors import SourcesError
from tjqa.ingest.readers import base
from tjqa.ingest.readers.sandbox import MEMORY, receive, send
from tjqa.messages import to_json


def serve() -> None:
    """Answer requests: "+" and the extracted text, or "!" and what the user should be told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # openpyxl imports numpy, whose threads would count against MEMORY
    _limit_memory()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not speak in between
    while True:
        try:
            request = json.loads(receive(source))
            raw = receive(source)
        except EOFError:
            return
        send(sink, answer(request["reader"], raw, request["name"]))


def answer(reader: str, raw: bytes, name: str) -> bytes:
    """One request's answer."""
    try:
        return b"+" + base.to_json(importlib.import_module(f"tjqa.ingest.readers.{reader}").read(raw, name))
    except SourcesError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(SourcesError("reader_memory", "split_file_hint", name=name))
    except RecursionError:
        return _refusal(SourcesError("nested_deep", "save_again_hint", name=name))
    except Exception as error:  # a parser may raise anything over a damaged file
        return _refusal(SourcesError("file_damaged", "save_again_hint", name=name, why=type(error).__name__))


def _refusal(error: SourcesError) -> bytes:
    """Its sentences as messages in JSON: what happened and, where there is one, the next step."""
    return b"!" + json.dumps([to_json(said) for said in (error.message, error.advice) if said is not None]).encode()


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
