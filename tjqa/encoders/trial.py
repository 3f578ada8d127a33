"""A model folder is tried in a process of its own before it is used here: whatever its files do to the libraries, it
ends in a message. A folder that stood the trial is remembered by what is in it, and tried again only when it changes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import tjqa
from tjqa import messages
from tjqa.config import cache_folder, child_environment, may_write, part_command
from tjqa.encoders import parameters
from tjqa.encoders.base import Encoder
from tjqa.encoders.folders import check_files, deciding_files
from tjqa.errors import ModelError
from tjqa.files import write_atomically

# Runs of one character and mixtures: what makes a pattern slow, a text long, a table fail.
_RUNS = ("a", "A", " ", "0", "中", "。", ".", "-", "é", "\u3000", "ﷺ", "😀", "한")
_LENGTH = 2000
_TOLD = ("水库的总库容是多少", "How many people live here?")
_FEW = 32


def texts() -> list[str]:
    """What a model is tried on: nothing, what documents hold, long runs, and every script there is."""
    scripts = "".join(chr(point) for point in (*range(0x20, 0xD800, 3), *range(0xE000, 0x30000, 61)))
    pieces = [scripts[at : at + 500] for at in range(0, len(scripts), 500)]
    runs = [one * _LENGTH + end for end in ("!", "", "\0x") for one in _RUNS]
    return [
        "",
        " ",
        "\n\t",
        "2023年全市生产总值是多少?",
        "How many people live here?",
        "a b " * 500,
        *pieces[:8],
        *runs,
        *pieces[8:],
    ]


def prove(model: str, name: str, is_static: bool) -> None:
    """Try a folder apart, unless this very one (by its `name`, which follows its contents) has stood the trial.

    Raises:
        ModelError: the model's own message, or that it took too long, too much memory, or crashed.
    """
    # Another version may look closer.
    stood = hashlib.sha256(f"{tjqa.__version__} {model} {name}".encode("utf-8", "surrogatepass")).hexdigest()
    marker = cache_folder() / "models" / stood
    if marker.is_file():
        return
    weights = check_files(Path(model))
    memory = parameters.SPARE_MEMORY + parameters.COPIES * weights
    seconds = parameters.STATIC_SECONDS if is_static else parameters.SECONDS
    _tried(model, memory, seconds + parameters.SECONDS_PER_GB * weights / 1e9, is_static)
    if may_write():
        with contextlib.suppress(OSError):  # a home that is read only: then it is tried every time
            write_atomically(marker, b"")


def _tried(model: str, memory: int, seconds: float, is_static: bool) -> None:
    request = json.dumps({"model": model, "static": is_static, "memory": memory}).encode()
    try:
        done = subprocess.run(
            part_command("tjqa.encoders.trial"),
            env=child_environment(),
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise ModelError("model_late", "model_named_hint", model=model, seconds=f"{seconds:.0f}") from error
    except ValueError as error:  # it said nothing: it has crashed
        raise ModelError("model_crashed", "model_named_hint", model=model) from error
    if answer:
        raise ModelError(*map(messages.from_json, answer))


def serve() -> None:
    """The side of the process apart: reads what to try, writes the sentences that tell what is wrong with it."""
    request = json.load(sys.stdin)
    _limit_memory(int(request["memory"]))
    sink = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not speak in between
    os.write(sink, json.dumps(_faults(request)).encode())
    os._exit(0)  # nothing of the libraries is to be taken down in order


def _faults(request: dict[str, Any]) -> list[dict[str, Any]]:
    from tjqa.encoders.contextual import ContextualEncoder
    from tjqa.encoders.identity import is_contextual
    from tjqa.encoders.static import StaticEncoder
    from tjqa.encoders.tokenizer_rules import check_tokenizer
    from tjqa.encoders.transformer import TransformerEncoder

    folder, is_static = Path(request["model"]), bool(request["static"])
    try:
        for path in [folder / "tokenizer.json"] if is_static else _tokenizers(folder):
            check_tokenizer(path, only_classes=is_static)
        encoder: StaticEncoder | ContextualEncoder | TransformerEncoder
        if is_static:
            encoder = StaticEncoder(folder)
        else:
            encoder = ContextualEncoder(folder) if is_contextual(folder) else TransformerEncoder(request["model"])
        encoder.encode(texts()[:1])
        if not isinstance(encoder, StaticEncoder):
            _hold_apart(encoder, request["model"])
            encoder.encode(texts()[:_FEW])  # each costs a large model a second
        else:
            for text in texts():  # one by one: of many it would work out the presence of every token there is
                encoder.encode([text])
            encoder.encode_meaning(texts())
            encoder.token_places(texts()[3])
    except ModelError as error:
        return _sentences(error)
    except MemoryError:
        return _sentences(ModelError("model_crashed", "model_named_hint", model=folder))
    return []


def _hold_apart(encoder: Encoder, model: str) -> None:
    """Raise ModelError where a text has another vector the second time, or different texts have the same one."""
    first, other, again = encoder.encode([_TOLD[0], _TOLD[1], _TOLD[0]])
    near = parameters.UNIT_ERROR * float(abs(first).max())
    if abs(first - again).max() > near or abs(first - other).max() <= near:
        raise ModelError("model_vectors_alike", "model_file_hint", model=model)


def _tokenizers(folder: Path) -> list[Path]:
    return [path for path in deciding_files(folder) if path.name == "tokenizer.json"]


def _sentences(error: ModelError) -> list[dict[str, Any]]:
    return [messages.to_json(said) for said in (error.message, error.advice) if said is not None]


def _limit_memory(limit: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        # What it writes to; libraries are mapped far beyond what they use.
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
