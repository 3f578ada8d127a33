"""Model folders: what kind they hold and the identity of what is in them, without loading it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

WEIGHTS = "model.safetensors"
_STATIC_MODULES = ["WordEmbeddings", "WordWeights", "Pooling", *["Dense"] * 3, "Pooling", "Normalize"]
_HASH_HEAD = 12


def model_name(model: str | None, default_dir: Path) -> str:
    """The `name` of the encoder that `load_encoder` would give, without loading it."""
    folder = default_dir if model is None else Path(model)
    if model is None or is_static(folder):
        return static_name(folder)
    return transformer_name(model)


def is_static(folder: Path) -> bool:
    """True when `folder` holds a model in the format of the default one."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        names = [str(module["type"]).rpartition(".")[2] for module in modules]
        return names == _STATIC_MODULES and tensors(folder / WEIGHTS)[0]["emb_layer.weight"]["dtype"] == "I8"
    except (OSError, ValueError, KeyError, TypeError):
        return False


def tensors(path: Path) -> tuple[dict[str, Any], int]:
    """The safetensors header (name → dtype, shape, place) and where the data begins."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 2 <= size <= path.stat().st_size:
            raise ValueError("header")
        header = json.loads(file.read(size))
    if not isinstance(header, dict):
        raise ValueError("header")
    return header, 8 + size


def static_name(folder: Path) -> str:
    """Name of a model in the format of the default one: equal names mean equal vectors."""
    return f"tjqa-static-zh@{_digest(folder)}"


def transformer_name(model: str) -> str:
    """Name of any other model, by folder or hub name."""
    return f"{model}@{_digest(Path(model))}" if Path(model).is_dir() else model


def _digest(folder: Path) -> str:
    """Identity of the files that decide the vectors: weights and tokenizer."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin"), *folder.rglob("tokenizer.json")]):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:_HASH_HEAD]
