"""Model folders: what kind they hold and the identity of what is in them, without loading it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from tjqa.encoders import parameters
from tjqa.encoders.folders import damaged, deciding_files, read_json, size_of, tensors
from tjqa.errors import ModelError, reason
from tjqa.files import open_regular

FAST = "fast"
"""What --model calls the default model, for a library that is never deepened."""

WEIGHTS = "model.safetensors"
GRAPH = "graph.onnx"
CHANNELS = "channels.safetensors"
_STATIC_MODULES = ["WordEmbeddings", "WordWeights", "Pooling", *["Dense"] * 3, "Pooling", "Normalize"]
_HASH_HEAD = 12


def model_name(model: str | None, default_dir: Path) -> str:
    """The `name` of the encoder that `load_encoder` would give, without loading it.

    Raises:
        ModelError: a folder cannot be one of a model, or a file in it cannot be read.
    """
    if model is None or model == FAST:
        return static_name(default_dir)
    folder = Path(model)
    if is_static(folder):
        return static_name(folder)
    return contextual_name(folder) if is_contextual(folder) else transformer_name(model)


def is_static(folder: Path) -> bool:
    """True when `folder` holds a model in the format of the default one."""
    try:
        modules = read_json(folder / "modules.json")
        names = [str(module["type"]).rpartition(".")[2] for module in modules]
        return names == _STATIC_MODULES and tensors(folder / WEIGHTS)[0]["emb_layer.weight"]["dtype"] == "I8"
    except (ModelError, ValueError, KeyError, TypeError):
        return False


def is_contextual(folder: Path) -> bool:
    """True when `folder` holds a transformer that ONNX Runtime runs."""
    try:
        return all((folder / name).is_file() for name in ("modules.json", GRAPH, CHANNELS))
    except (OSError, ValueError):  # a name too long, or with characters that no file has
        return False


def contextual_name(folder: Path) -> str:
    """Name of such a model; all its files count."""
    return f"tjqa-contextual-zh@{_digest(folder, lambda _: True)}"


def static_name(folder: Path) -> str:
    """Name of a model in the format of the default one: equal names mean equal vectors."""
    return f"tjqa-static-zh@{_digest(folder, _decides_static_vectors)}"


def transformer_name(model: str) -> str:
    """Name of any other model, by folder or hub name; of a folder its settings count too: they say how to pool."""
    return f"{model}@{_digest(Path(model), lambda _: True)}" if _holds_model(model) else model


def _holds_model(model: str) -> bool:
    """Whether it is the folder of a model. Another one, as an index that somebody edited may name it, could hold
    anything, and be the whole disk."""
    try:
        return bool(model) and any((Path(model) / name).is_file() for name in ("modules.json", "config.json"))
    except (OSError, ValueError):  # a name too long, or with characters that no file has
        return False


def is_folder(model: str) -> bool:
    """Whether a folder of this name is there."""
    try:
        return Path(model).is_dir()
    except (OSError, ValueError):  # a name too long, or with characters that no file has
        return False


def _decides_static_vectors(path: Path) -> bool:
    return path.suffix in (".safetensors", ".bin") or path.name == "tokenizer.json"


def _digest(folder: Path, counts: Callable[[Path], bool]) -> str:
    """Identity of the files that decide the vectors."""
    digest, weights = hashlib.sha256(), 0
    for path in filter(counts, deciding_files(folder)):
        weights += size_of(path)
        if weights > parameters.MOST_WEIGHTS:
            raise damaged(path, "reason_too_large")
        try:
            with open_regular(path) as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise damaged(path, reason(error)) from error
    return digest.hexdigest()[:_HASH_HEAD]
