"""Write the model folder: a plain sentence-transformers model of three built-in modules, 8-bit on disk.

The token matrix is stored as int8 with one step size for all rows. `WordEmbeddings` turns it into floats when
loading, the mean is normalised afterwards, so the step itself need not be stored. One step for all rows costs
nothing measurable: frequent tokens have short rows and coarse values there, but weigh little in a text.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save
from tokenizers import Tokenizer

_MODULES = "sentence_transformers.sentence_transformer.modules"
_CLIP = 4.5  # standard deviations of the largest rows that still fit; beyond is cut off


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """8-bit values, one step for the whole matrix, chosen so that almost nothing is cut off."""
    spread = np.sort(vectors.std(axis=1))[-len(vectors) // 20]
    return np.clip(np.rint(vectors * (127 / (_CLIP * spread))), -127, 127).astype(np.int8)


def write_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.int8]) -> None:
    """Write weights, tokenizer and configuration; what else is in the folder (a model card) stays."""
    for name in ("1_Pooling", "2_Normalize"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(save({"emb_layer.weight": vectors}))
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    _write(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{_MODULES}.word_embeddings.WordEmbeddings"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_MODULES}.pooling.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.base.modules.Normalize"},
        ],
    )
    _write(
        folder / "wordembedding_config.json",
        {
            "tokenizer_class": f"{_MODULES}.tokenizer.TransformersTokenizerWrapper",
            "update_embeddings": False,
            "max_seq_length": 1_000_000,
        },
    )
    _write(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "pad_token": "[PAD]",
            "unk_token": "[UNK]",
            "model_max_length": 1_000_000_000,
            "clean_up_tokenization_spaces": False,
        },
    )
    _write(folder / "1_Pooling" / "config.json", {"embedding_dimension": vectors.shape[1], "pooling_mode": "mean"})
    _write(folder / "2_Normalize" / "config.json", {})
    _write(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "similarity_fn_name": "cosine",
            "prompts": {},
            "default_prompt_name": None,
        },
    )


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
