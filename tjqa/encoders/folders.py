"""The files of a model folder: measured, then read, and refused in one sentence when they are not what they should be.

A folder may be damaged, or made by someone to do harm. Nothing here trusts a number that a file states.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from tjqa.encoders import parameters
from tjqa.errors import ModelError, reason
from tjqa.files import open_regular, read_regular, walk
from tjqa.messages import Message, message

# Bytes of a value of each kind that a weights file may hold.
_WIDTHS = {"BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "F8_E8M0": 1}
_WIDTHS |= {"I16": 2, "U16": 2, "F16": 2, "BF16": 2, "I32": 4, "U32": 4, "F32": 4}
_WIDTHS |= {"I64": 8, "U64": 8, "F64": 8, "C64": 8}
_MOST_EXTENTS = 8
_WEIGHTS = (".safetensors", ".bin", ".onnx")
_VOCABULARIES = ("tokenizer.json", "vocab.json", "added_tokens.json")
_DECIDING = (*_WEIGHTS, ".json", ".txt", ".model", ".jinja")


def damaged(path: Path, why: str | Message, **values: object) -> ModelError:
    """What is told of a file that is not what it should be; `why` is a key of the catalogue, or the message."""
    said = message(why, **values) if isinstance(why, str) else why
    return ModelError("model_file_damaged", "model_file_hint", path=path, why=said)


def read_file(path: Path, limit: int) -> bytes:
    """All of a file of a model.

    Raises:
        ModelError: it is missing, no regular file, larger than `limit` bytes, or the system refuses it.
    """
    try:
        return read_regular(path, limit)
    except FileNotFoundError as error:
        raise ModelError("model_file_missing", "model_file_hint", path=path) from error
    except OSError as error:
        raise damaged(path, reason(error)) from error


def read_json(path: Path, limit: int = parameters.MOST_JSON) -> Any:
    """The contents of a settings file.

    Raises:
        ModelError: see `read_file`; or it is no JSON, or nested too deep.
    """
    return _parsed(path, read_file(path, limit))


def tensors(path: Path) -> tuple[dict[str, Any], int]:
    """The table of a weights file (name → dtype, shape, place), and where its data begins.

    Every tensor has a known kind, and as many bytes as its shape needs; together they are the whole file.

    Raises:
        ModelError: it is missing, or anything of this does not hold.
    """
    try:
        with open_regular(path) as file:
            whole = os.fstat(file.fileno()).st_size
            size = int.from_bytes(file.read(8), "little")
            if not 2 <= size <= min(whole - 8, parameters.MOST_HEADER):
                raise damaged(path, "model_why_header")
            header = _parsed(path, file.read(size))
    except FileNotFoundError as error:
        raise ModelError("model_file_missing", "model_file_hint", path=path) from error
    except OSError as error:
        raise damaged(path, reason(error)) from error
    if not isinstance(header, dict):
        raise damaged(path, "model_why_header")
    places = sorted(_place(path, entry) for name, entry in header.items() if name != "__metadata__")
    at = 0
    for start, end in places:
        if start != at:
            raise damaged(path, "model_why_header")
        at = end
    if at != whole - 8 - size:
        raise damaged(path, "model_why_size")
    return header, 8 + size


def _place(path: Path, entry: Any) -> tuple[int, int]:
    fields = entry if isinstance(entry, dict) else {}
    width = _WIDTHS.get(str(fields.get("dtype")))
    shape, place = _counts(fields.get("shape")), _counts(fields.get("data_offsets"))
    if width is None or shape is None or place is None or len(shape) > _MOST_EXTENTS or len(place) != 2:
        raise damaged(path, "model_why_header")
    if place[1] - place[0] != prod(shape) * width:
        raise damaged(path, "model_why_size")
    return place[0], place[1]


def _counts(value: Any) -> list[int] | None:
    """A list of counts that a file can have; None when it is none."""
    fine = isinstance(value, list) and all(type(one) is int and 0 <= one < 2**48 for one in value)
    return value if fine else None


def _parsed(path: Path, raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except RecursionError as error:
        raise damaged(path, "model_why_nested") from error
    except ValueError as error:
        raise damaged(path, "model_why_json") from error


def deciding_files(folder: Path) -> list[Path]:
    """The files of a folder that decide what vectors a model gives, in a fixed order.

    Raises:
        ModelError: there are too many files or folders in folders for a model, or it cannot be listed.
    """
    try:
        return sorted(path for path in _files(folder) if path.name.endswith(_DECIDING))
    except OSError as error:
        raise damaged(folder, reason(error)) from error


def _files(folder: Path) -> Iterator[Path]:
    def refuse(place: Path, error: OSError) -> None:
        raise error

    count = 0
    for here, inner, names in walk(folder, refuse):
        count += len(names) + len(inner)
        if count > parameters.MOST_FILES or len(here.relative_to(folder).parts) > parameters.DEEPEST:
            raise ModelError("model_folder_large", "model_named_hint", folder=folder)
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield from (here / name for name in names)
        # A folder of the name of such a file would be looked for as one.
        yield from (here / name for name in inner if name.endswith(_DECIDING))


def check_files(folder: Path) -> int:
    """Hold every file that decides about a model against what its kind allows; the bytes of its weights.

    Raises:
        ModelError: one of them is no regular file, too large, no JSON, or its table does not fit it.
    """
    weights = 0
    for path in deciding_files(folder):
        if path.suffix == ".json":
            limit = parameters.MOST_VOCABULARY if path.name in _VOCABULARIES else parameters.MOST_JSON
            read_json(path, limit)
            continue
        size = size_of(path)
        if path.suffix == ".safetensors":
            tensors(path)
        if path.suffix in _WEIGHTS:
            weights += size
        elif size > parameters.MOST_VOCABULARY:
            raise damaged(path, "reason_too_large")
        if weights > parameters.MOST_WEIGHTS:
            raise damaged(path, "reason_too_large")
    return weights


def size_of(path: Path) -> int:
    """Bytes of a regular file.

    Raises:
        ModelError: it is none, or the system refuses it.
    """
    try:
        with open_regular(path) as file:
            return os.fstat(file.fileno()).st_size
    except OSError as error:
        raise damaged(path, reason(error)) from error
