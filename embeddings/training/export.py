"""Write the model folder: a plain sentence-transformers model of built-in modules, 8-bit on disk.

A token has a vector, for what it means, and a shorter one beside it for the company it keeps, which only tjqa uses.
A text vector has two parts. *Meaning* is the sum of its tokens' vectors. *Presence* says which words occur at
all: a token owns places among a few thousand, and a place holds the weight of the heaviest token of the text
that owns it. Presence does not grow when a word is repeated; a sum does, and long passages suffer from it.

sentence-transformers (6) loads only its own modules unless told to trust code, so both parts are said in those:

    0 WordEmbeddings  int8 rows: [vector, company, sum of the code words of the places, height of the threshold]
    1 WordWeights     2^-60 for every token: `Pooling` then divides the sum by its floor of 1e-9 instead of by the
                      number of tokens, so its "mean" is a plain sum
    2 Pooling         the sum of the rows
    3 Dense           keeps the vector of it as "cls_token_embeddings", where the second `Pooling` looks for it
    4 Dense           over tokens: keeps the code part
    5 Dense, ReLU     over tokens: code part → places
    6 Pooling         [cls, max]: meaning as kept by 3, and the maximum of the places
    7 Normalize
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.training.codes import LENGTH, THRESHOLD, code_words, superpose
from embeddings.training.places import Presence

_MODULES = "sentence_transformers.sentence_transformer.modules"
_DENSE = "sentence_transformers.base.modules.Dense"
_TOKENS = "token_embeddings"
_CLIP = 4.5  # standard deviations of the longest rows that still fit into 8 bits; beyond is cut off
_FAINT = 2.0**-60  # the weight of every token in `WordWeights`
_SUM = 1e9  # what `Pooling` makes of a sum whose weights are faint


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives: meaning and company of each token, its places with their weights, and how many there are."""

    vectors: NDArray[np.float32]
    company: NDArray[np.float32]
    presence: Presence
    place_count: int


@dataclass(frozen=True, slots=True)
class Packed:
    """8-bit rows (vector, company, code, threshold), how many values the vector has, and the factor that brings
    presence to the scale of meaning."""

    dimension: int
    rows: NDArray[np.int8]
    presence_factor: float


def pack(trained: Trained) -> Packed:
    """8-bit rows, one step for all vectors: frequent tokens get coarse values, but weigh little in a text."""
    spread = np.sort(trained.vectors.std(axis=1))[-len(trained.vectors) // 20]
    step = _CLIP * spread / 127
    vectors = np.concatenate([trained.vectors, trained.company], axis=1)
    meaning = np.clip(np.rint(vectors / step), -127, 127)
    codes, code_step = superpose(trained.presence.places, trained.presence.weights, trained.place_count)
    # The scale of presence beside meaning is off by at most 0.4 percent by this rounding, alike for all tokens.
    factor = _bfloat16(_SUM * code_step / (step * (LENGTH - THRESHOLD)))
    rows = np.concatenate([meaning.astype(np.int8), codes], axis=1)
    return Packed(trained.vectors.shape[1], rows, factor)


def _bfloat16(value: float) -> float:
    """The nearest number of eight binary digits, which bfloat16 holds exactly."""
    unit = 2.0 ** (np.floor(np.log2(value)) - 7)
    return float(np.rint(value / unit) * unit)


def write_model(folder: Path, tokenizer: Tokenizer, packed: Packed, place_count: int) -> None:
    """Write weights, tokenizer and configuration; what else is in the folder (a model card) stays."""
    width, dimension = packed.rows.shape[1], packed.dimension
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
    _write_pooling(folder / "2_Pooling", width, ["mean"])
    kept = np.eye(width, dtype=np.int8)
    _write_dense(folder / "3_Dense", kept[:dimension], ("sentence_embedding", "cls_token_embeddings"))
    _write_dense(folder / "4_Dense", kept[-LENGTH - 1 :], (_TOKENS, _TOKENS))
    threshold = np.full((place_count, 1), -THRESHOLD)
    places = np.concatenate([code_words()[:place_count], threshold], axis=1) * packed.presence_factor
    _write_dense(folder / "5_Dense", places.astype(np.float32), (_TOKENS, _TOKENS), "activation.ReLU")
    # The library reckons every mode as wide as the first; half of the sum makes it announce the right width.
    _write_pooling(folder / "6_Pooling", (dimension + place_count) // 2, ["cls", "max"])
    _write_json(folder / "7_Normalize" / "config.json", {})
    kinds = [
        ("", f"{_MODULES}.word_embeddings.WordEmbeddings"),
        ("1_WordWeights", f"{_MODULES}.word_weights.WordWeights"),
        ("2_Pooling", f"{_MODULES}.pooling.Pooling"),
        ("3_Dense", _DENSE),
        ("4_Dense", _DENSE),
        ("5_Dense", _DENSE),
        ("6_Pooling", f"{_MODULES}.pooling.Pooling"),
        ("7_Normalize", "sentence_transformers.base.modules.Normalize"),
    ]
    modules = [{"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(kinds)]
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}},
    )


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


def _write_pooling(folder: Path, dimension: int, modes: list[str]) -> None:
    _write_json(folder / "config.json", {"embedding_dimension": dimension, "pooling_mode": modes})


def _write_dense(
    folder: Path, weight: NDArray[Any], features: tuple[str, str], activation: str = "linear.Identity"
) -> None:
    """A layer without bias between two named features of the chain."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(_save({"linear.weight": weight}))
    _write_json(
        folder / "config.json",
        {
            "in_features": weight.shape[1],
            "out_features": weight.shape[0],
            "bias": False,
            "activation_function": f"torch.nn.modules.{activation}",
            "module_input_name": features[0],
            "module_output_name": features[1],
        },
    )


def _save(tensors: dict[str, NDArray[Any]]) -> bytes:
    """safetensors; floats as bfloat16, which holds the small whole numbers times powers of two here exactly."""
    parts = {name: (t.view("<u4") >> 16).astype("<u2") if t.dtype == np.float32 else t for name, t in tensors.items()}
    header: dict[str, dict[str, Any]] = {}
    offset = 0
    for name, part in parts.items():
        kind = "BF16" if part.dtype == np.uint16 else "I8"
        end = offset + part.nbytes
        header[name] = {"dtype": kind, "shape": list(part.shape), "data_offsets": [offset, end]}
        offset = end
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + b"".join(part.tobytes() for part in parts.values())


def _write_json(path: Path, content: object, indent: int | None = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
