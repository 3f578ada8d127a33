"""Text → unit vectors. The default model is run without torch; any other through sentence-transformers.

The default model is a plain sentence-transformers folder. Importing sentence_transformers takes seconds and is
not needed to add up token rows: tokenizers and numpy give the same vectors. This is the only module that names
sentence_transformers or torch, and only inside functions.

A vector of the default model is [meaning, presence], normalised. Meaning is the sum of the token vectors. A token
vector goes on with the company the token keeps; that part is for late interaction and `encode_meaning` alone.
Presence: a token owns one or a few of some thousand places, and a place holds the weight of the heaviest token of
the text that owns it, however often it occurs. `embeddings/training/export.py` tells how the folder says this in
built-in modules.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from tjqa.errors import ModelError
from tjqa.models import WEIGHTS, is_static, static_name, tensors, transformer_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SMALLEST_DIVISOR = 1e-9  # `Pooling` divides by this when token weights are all but zero, which makes sums
_BATCH = 1024  # texts whose vectors are in work at once
_BLOCK = 2048  # tokens whose places are worked out at once
_NAMED_HINT = "请给出本机上的模型文件夹,没有就先下载再复制过来;不加 --model 并用 --rebuild 则换回自带模型。"
_DEFAULT_HINT = "请重新安装 tjqa,或用 --model 指定另一个模型文件夹。"


class Encoder(Protocol):
    """Turns texts into unit vectors; equal `name` means equal vectors for equal texts."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1; a text without any known character gives zeros."""
        ...


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that can also give the vectors of single tokens, for late interaction.

    The first `head` values of a token vector were trained on pairs, across languages; the rest are its company.
    """

    head: int

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[Any]]:
        """The tokens of each text as rows of the token matrix, small unsigned integers."""
        ...

    def token_places(self, text: str) -> list[tuple[int, int]]:
        """Where each token of `text` stands in it, (start, end) in characters, in the order of `token_ids`."""
        ...

    def token_rows(self, ids: NDArray[Any]) -> NDArray[np.float32]:
        """(len(ids), dimension) vectors of tokens; their length is the token's weight."""
        ...

    def sums(self, ids: NDArray[Any], sizes: NDArray[Any]) -> NDArray[np.float32]:
        """The summed token vectors of texts, (len(sizes), dimension): `sizes` of `ids` belong to each text."""
        ...


class StaticEncoder:
    """A token-vector model by tokenizers and numpy alone; rows are mapped, only those needed are read."""

    def __init__(self, folder: Path) -> None:
        """Open the model.

        Raises:
            ModelError: a file is missing or damaged, or the parts do not fit together.
        """
        import numpy as np

        self._rows = _map_tensor(folder / WEIGHTS, "emb_layer.weight")
        self._tokenizer = _read_tokenizer(folder / "tokenizer.json")
        kept = _map_tensor(folder / "3_Dense" / WEIGHTS, "linear.weight")
        codes = _map_tensor(folder / "5_Dense" / WEIGHTS, "linear.weight")
        entries = self._tokenizer.get_vocab_size()
        width = self._rows.shape[1]
        if entries != len(self._rows) or kept.shape[1] != width or len(kept) + codes.shape[1] > width:
            raise ModelError(
                f"模型 {folder} 的各部分不符:词表 {entries} 项,向量 {self._rows.shape},"
                f"矩阵 {kept.shape} 和 {codes.shape}。",
                _DEFAULT_HINT,
            )
        self.head = len(kept)  # values of a token vector that text vectors have, too
        self.meaning = width - codes.shape[1]  # all values of a token vector: beside those, the company it keeps
        self._decoder = np.ascontiguousarray(codes.T)
        self.dimension = self.head + len(codes)
        self.name, self.folder = static_name(folder), folder

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, rows of length 1; zeros for a text without any known character."""
        return self._encode(texts, self.head, self.dimension)

    def encode_meaning(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, meaning) float32: the sum of whole token vectors, without presence, rows of length 1."""
        return self._encode(texts, self.meaning, self.meaning)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[Any]]:
        """The tokens of each text as rows of the token matrix, in 16 bits where they suffice."""
        import numpy as np

        kind = np.min_scalar_type(len(self._rows) - 1)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [np.array(e.ids, dtype=kind) for e in encodings]

    def token_places(self, text: str) -> list[tuple[int, int]]:
        """Where each token of `text` stands in it, (start, end) in characters, in the order of `token_ids`."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    def token_rows(self, ids: NDArray[Any]) -> NDArray[np.float32]:
        """(len(ids), dimension) vectors of tokens; their length is the token's weight."""
        return self._rows[ids, : self.meaning].astype("f4")

    def sums(self, ids: NDArray[Any], sizes: NDArray[Any]) -> NDArray[np.float32]:
        """The summed token vectors of texts, (len(sizes), dimension): `sizes` of `ids` belong to each text."""
        import numpy as np

        used, at = np.unique(ids, return_inverse=True)
        return _sums(sizes, at, self.token_rows(used))

    def _encode(self, texts: Sequence[str], summed: int, width: int) -> NDArray[np.float32]:
        """`summed` values of added token vectors, then presence where `width` leaves room for it; rows of length 1."""
        import numpy as np

        vectors = np.zeros((len(texts), width), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            ids = [e.ids for e in self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)]
            self._pool(ids, summed, vectors[start : start + len(batch)])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(norms > 0, norms, 1)
        return vectors

    def _pool(self, ids: list[list[int]], summed: int, pooled: NDArray[np.float32]) -> None:
        """Write sums, and presence where `pooled` has room for it; not yet of length 1."""
        import numpy as np

        sizes = np.array([len(i) for i in ids])
        flat = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=int(sizes.sum()))
        used, at = np.unique(flat, return_inverse=True)  # a batch uses few different tokens many times
        pooled[:, :summed] = _sums(sizes, at, self._rows[used, :summed].astype(np.float32))
        if pooled.shape[1] == summed:
            return
        if len(ids) == 1:
            pooled[0, summed:] = self._presence(used).max(axis=0, initial=0)
            return
        owned = self._all_presence[flat]
        first = np.repeat(np.arange(len(ids)) * pooled.shape[1] + summed, sizes)  # the text's first place
        places = owned.indices + np.repeat(first, np.diff(owned.indptr))
        np.maximum.at(pooled.reshape(-1), places, owned.data)

    @cached_property
    def _all_presence(self) -> Any:
        """The presence of every token as a sparse matrix; worth it as soon as many texts are encoded."""
        import numpy as np
        from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]

        blocks = [np.arange(i, min(i + _BLOCK, len(self._rows))) for i in range(0, len(self._rows), _BLOCK)]
        return vstack([csr_matrix(self._presence(block)) for block in blocks], format="csr")

    def _presence(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """(len(tokens), places): the weight of each token at each place, out of its code."""
        import numpy as np

        codes = self._rows[tokens, self.meaning :].astype(np.float32)
        # Exact whole numbers times one factor until here, so that a foreign place gets exactly 0.
        return np.asarray(np.maximum(codes @ self._decoder, 0) * np.float32(_SMALLEST_DIVISOR))


class TransformerEncoder:
    """Any sentence-transformers model, by folder or hub name, through the real `SentenceTransformer`."""

    def __init__(self, model: str) -> None:
        """Load the model; a name that is no folder may be downloaded, unless HF_HUB_OFFLINE forbids it.

        Raises:
            ModelError: it is not there, cannot be fetched, or is no sentence-transformers model.
        """
        os.environ |= {"TOKENIZERS_PARALLELISM": "false", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
        logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)  # its retries are told below, in one sentence
        if model.startswith((".", "/", "~", "\\")) and not Path(model).expanduser().is_dir():
            raise ModelError(f"没有模型文件夹 {model}。", _NAMED_HINT)
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(model, device=None)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            raise ModelError(
                f"无法加载模型 {model}:本机没有这个完整的模型文件夹,也没能从网上取得。", _NAMED_HINT
            ) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.name = transformer_name(model)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, rows of length 1."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)


def meaning_dimension(encoder: Encoder) -> int:
    """How many values `encode_meaning` gives."""
    return encoder.meaning if isinstance(encoder, StaticEncoder) else encoder.dimension


def encode_meaning(encoder: Encoder, texts: Sequence[str], across: bool = False) -> NDArray[np.float32]:
    """(n, meaning_dimension) unit rows for use beside a word index; `across` for questions in another language.

    Of the default model the token vectors alone: presence repeats what BM25 knows, better. Found in the first five
    beside BM25, of 7 questions in other words: 6 with these vectors, 3 with presence among them (an earlier model).
    Across languages the company of words is left out: English words stand beside English ones. With it 0.49, without
    it 0.70 of the English questions of a Chinese set had the right passage first.
    """
    import numpy as np

    if not isinstance(encoder, StaticEncoder):
        return encoder.encode(texts)
    vectors = encoder.encode_meaning(texts)
    if across:
        vectors[:, encoder.head :] = 0
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def load_encoder(model: str | None, default_dir: Path) -> Encoder:
    """The encoder for `--model`: None is the default model; a folder in its format is run without torch too.

    Raises:
        ModelError: the model is missing, damaged or cannot be fetched.
    """
    if model is None:
        return StaticEncoder(default_dir)
    return StaticEncoder(Path(model)) if is_static(Path(model)) else TransformerEncoder(model)


def _sums(sizes: NDArray[Any], at: NDArray[np.int64], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum of the rows of each text; `at` are row numbers, text after text. One text needs no scipy."""
    import numpy as np

    if len(sizes) == 1:
        return np.asarray(rows[at].sum(axis=0, keepdims=True))
    from scipy.sparse import csr_matrix

    starts = np.concatenate([[0], np.cumsum(sizes)])
    return np.asarray(
        csr_matrix((np.ones(len(at), dtype=np.float32), at, starts), shape=(len(sizes), len(rows))) @ rows
    )


def _map_tensor(path: Path, name: str) -> NDArray[Any]:
    """A tensor: int8 mapped from its file, so that opening costs nothing and memory is shared; bfloat16 as floats."""
    import numpy as np

    try:
        header, offset = tensors(path)
        entry = header[name]
        kind = {"I8": "<i1", "BF16": "<u2"}[entry["dtype"]]
        start, shape = offset + entry["data_offsets"][0], tuple(entry["shape"])
        stored = np.asarray(np.memmap(path, dtype=kind, mode="r", offset=start, shape=shape))
        # bfloat16 is the upper half of a float32.
        return stored if kind == "<i1" else (stored.astype("<u4") << 16).view("<f4")
    except FileNotFoundError as error:
        raise ModelError(f"找不到模型文件 {path}。", _DEFAULT_HINT) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"模型文件 {path} 已损坏({error})。", _DEFAULT_HINT) from error


def _read_tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        text = path.read_text(encoding="utf-8")
        # The library raises bare Exception for a damaged file; reading it as JSON first tells such a file apart.
        if "model" not in json.loads(text):
            raise ValueError("model")
    except FileNotFoundError as error:
        raise ModelError(f"找不到模型文件 {path}。", _DEFAULT_HINT) from error
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"模型文件 {path} 已损坏({error})。", _DEFAULT_HINT) from error
    return Tokenizer.from_str(text)
