"""The worker's side of sandbox.py: reads requests until its input ends."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import to_json
from tjqa.ingest.readers.sandbox import MEMORY, receive, send

_SAVE_AGAIN = "请用原来的程序打开并重新保存。"


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
        return b"+" + to_json(importlib.import_module(f"tjqa.ingest.readers.{reader}").read(raw, name))
    except SourcesError as error:
        return b"!" + json.dumps([error.what, error.hint]).encode()
    except MemoryError:
        return b"!" + json.dumps([f"{name} 读取时需要太多内存,已停止。", "请拆成几个小文件。"]).encode()
    except RecursionError:
        return b"!" + json.dumps([f"{name} 的结构嵌套太深,没有读取。", _SAVE_AGAIN]).encode()
    except Exception as error:  # a parser may raise anything over a damaged file
        return b"!" + json.dumps([f"{name} 已损坏,读不出来({type(error).__name__})。", _SAVE_AGAIN]).encode()


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
