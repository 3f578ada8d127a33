"""Write the model folder: a plain sentence-transformers model of built-in modules, 8-bit on disk.

A text vector has two parts. *Meaning* is the sum of its tokens' vectors. *Presence* says which words occur at
all: every token owns one of a few hundred places, and a place holds the weight of the heaviest token of the text
that owns it. Presence does not grow when a word is repeated; a sum does, and long passages suffer from it.

sentence-transformers (6) loads only its own modules unless told to trust code, so both parts are said in those:

    0 WordEmbeddings  int8 rows: [vector, code word of the place times weight, weight]
    1 WordWeights     2^-60 for every token: `Pooling` then divides the sum by its floor of 1e-9 instead of by the
                      number of tokens, so its "mean" is a plain sum
    2 Dense, ReLU     over tokens: undoes 2^-60; shifts vectors so that ReLU leaves them alone; code word → place
    3 Pooling         [mean, max]
    4 Dense           keeps the sum of the vectors (without the shift) and the maximum of the places
    5 Normalize

A code word is 32 signs; two different ones agree so little that ReLU leaves exactly the right place.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.places import THRESHOLD, code_words

_MODULES = "sentence_transformers.sentence_transformer.modules"
_DENSE = "sentence_transformers.base.modules.Dense"
_CLIP = 4.5  # standard deviations of the longest rows that still fit into 8 bits; beyond is cut off
_MEANING_FACTOR = 64  # a power of two: then taking off the shift of an empty text leaves exactly 0
_SHIFT = 127  # added before ReLU and taken off after the sum, so that negative values survive
_FAINT = 2.0**-60  # the weight of every token in `WordWeights`
_FLOOR = 2.0**30  # places are lifted by this much, because sums are lifted by 1e9 (see above)


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives: meaning vectors, the place of each token, its weight there, and how many places."""

    vectors: NDArray[np.float32]
    places: NDArray[np.int64]
    weights: NDArray[np.float32]
    place_count: int


@dataclass(frozen=True, slots=True)
class Packed:
    """8-bit rows (vector, code word, weight) and the whole number that brings presence to the scale of meaning."""

    rows: NDArray[np.int8]
    presence_factor: int


def pack(trained: Trained) -> Packed:
    """8-bit rows, one step for all of them: frequent tokens get coarse values, but weigh little in a text."""
    spread = np.sort(trained.vectors.std(axis=1))[-len(trained.vectors) // 20]
    step = _CLIP * spread / 127
    meaning = np.clip(np.rint(trained.vectors / step), -127, 127)
    codes = code_words(trained.place_count)
    gain = (codes.shape[1] - THRESHOLD) * _FLOOR * 1e-9  # what the chain makes of a weight of 1, against a vector
    presence = math.ceil(_MEANING_FACTOR * trained.weights.max() / (step * gain * 127))
    if presence > 127:
        raise ValueError(f"presence is too strong beside meaning for 8 bits: factor {presence}")
    unit = step * gain * presence / _MEANING_FACTOR
    weights = np.clip(np.rint(trained.weights / unit), 0, 127)
    rows = np.concatenate([meaning, codes[trained.places] * weights[:, None], weights[:, None]], axis=1)
    return Packed(rows.astype(np.int8), presence)


def write_model(folder: Path, tokenizer: Tokenizer, packed: Packed, place_count: int) -> None:
    """Write weights, tokenizer and configuration; what else is in the folder (a model card) stays."""
    dimension = packed.rows.shape[1] - code_words(place_count).shape[1] - 1
    folder.mkdir(parents=True, exist_ok=True)
    # A running tjqa has the old weights mapped: writing into that file would kill it, a new file leaves it its own.
    for old in folder.rglob("*.safetensors"):
        old.unlink()
    _write_tokens(folder, tokenizer, packed.rows)
    _write_json(
        folder / "1_WordWeights" / "config.json",
        {"vocab": [""] * len(packed.rows), "word_weights": {}, "unknown_word_weight": _FAINT},
        indent=None,  # one empty name for each token
    )
    _write_dense(folder / "2_Dense", *_token_layer(dimension, place_count), "torch.nn.modules.activation.ReLU")
    _write_json(
        folder / "3_Pooling" / "config.json",
        {"embedding_dimension": dimension + 1 + place_count, "pooling_mode": ["mean", "max"]},
    )
    _write_dense(folder / "4_Dense", _text_layer(dimension, place_count, packed), None, "torch.nn.Identity")
    _write_json(folder / "5_Normalize" / "config.json", {})
    kinds = [
        ("", f"{_MODULES}.word_embeddings.WordEmbeddings"),
        ("1_WordWeights", f"{_MODULES}.word_weights.WordWeights"),
        ("2_Dense", _DENSE),
        ("3_Pooling", f"{_MODULES}.pooling.Pooling"),
        ("4_Dense", _DENSE),
        ("5_Normalize", "sentence_transformers.base.modules.Normalize"),
    ]
    modules = [{"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(kinds)]
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}},
    )


def _token_layer(dimension: int, place_count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weight and bias over tokens: the vector shifted, a constant as the shift's measure, the places."""
    codes = code_words(place_count)
    weight = np.zeros((dimension + 1 + place_count, dimension + codes.shape[1] + 1), dtype=np.float32)
    weight[:dimension, :dimension] = np.eye(dimension) / _FAINT
    weight[dimension + 1 :, dimension:-1] = codes * (_FLOOR / _FAINT)
    weight[dimension + 1 :, -1] = -THRESHOLD * (_FLOOR / _FAINT)
    bias = np.zeros(len(weight), dtype=np.float32)
    bias[: dimension + 1] = _SHIFT
    return weight, bias


def _text_layer(dimension: int, place_count: int, packed: Packed) -> NDArray[np.int8]:
    """Weight over the pooled text: sum of the vectors without the shift, maximum of the places."""
    inner = dimension + 1 + place_count
    weight = np.zeros((dimension + place_count, 2 * inner), dtype=np.int8)
    weight[:dimension, :dimension] = _MEANING_FACTOR * np.eye(dimension, dtype=np.int8)
    weight[:dimension, dimension] = -_MEANING_FACTOR
    weight[dimension:, inner + dimension + 1 :] = packed.presence_factor * np.eye(place_count, dtype=np.int8)
    return weight


def _write_tokens(folder: Path, tokenizer: Tokenizer, rows: NDArray[np.int8]) -> None:
    (folder / "model.safetensors").write_bytes(_save({"emb_layer.weight": rows}))
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    _write_json(
        folder / "wordembedding_config.json",
        {
            "tokenizer_class": f"{_MODULES}.tokenizer.TransformersTokenizerWrapper",
            "update_embeddings": False,
            "max_seq_length": 1_000_000,
        },
    )
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "pad_token": "[PAD]",
            "unk_token": "[UNK]",
            "model_max_length": 1_000_000_000,
            "clean_up_tokenization_spaces": False,
        },
    )


def _write_dense(folder: Path, weight: NDArray[Any], bias: NDArray[Any] | None, activation: str) -> None:
    over_tokens = bias is not None
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {"linear.weight": weight} | ({"linear.bias": bias} if bias is not None else {})
    (folder / "model.safetensors").write_bytes(_save(tensors))
    _write_json(
        folder / "config.json",
        {
            "in_features": weight.shape[1],
            "out_features": weight.shape[0],
            "bias": over_tokens,
            "activation_function": activation,
            "module_input_name": "token_embeddings" if over_tokens else "sentence_embedding",
        },
    )


def _save(tensors: dict[str, NDArray[Any]]) -> bytes:
    """safetensors; floats as bfloat16, which holds the small whole numbers times powers of two here exactly."""
    parts = {name: (t.view("<u4") >> 16).astype("<u2") if t.dtype == np.float32 else t for name, t in tensors.items()}
    written = {
        name: {"dtype": "BF16" if part.dtype == np.uint16 else "I8", "shape": list(part.shape), "data": part.tobytes()}
        for name, part in parts.items()
    }
    header: dict[str, dict[str, Any]] = {}
    offset = 0
    for name, part in written.items():
        end = offset + len(part["data"])
        header[name] = {"dtype": part["dtype"], "shape": part["shape"], "data_offsets": [offset, end]}
        offset = end
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + b"".join(part["data"] for part in written.values())


def _write_json(path: Path, content: object, indent: int | None = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
