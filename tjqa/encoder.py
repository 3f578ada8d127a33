"""Text → unit vectors. The default model is run without torch; any other through sentence-transformers.

The default model is a plain sentence-transformers folder (`WordEmbeddings`, mean, normalise) with 8-bit rows.
Importing sentence_transformers takes seconds and is not needed to add up token rows: tokenizers and numpy give
the same vectors. This is the only module that names sentence_transformers or torch, and only inside functions.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from tjqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WEIGHTS = "model.safetensors"
_TENSOR = "emb_layer.weight"
_STATIC_FIRST = ".WordEmbeddings"  # how modules.json names the first module of the static format
_BATCH = 512  # texts whose token rows are in memory at once
_HASH_HEAD = 12
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
    """An encoder that can also give the vectors of single tokens, for late interaction."""

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.uint32]]:
        """The tokens of each text as rows of the token matrix."""
        ...

    def token_rows(self, ids: NDArray[np.uint32]) -> NDArray[np.float32]:
        """(len(ids), dimension) vectors of tokens; their length is the token's weight."""
        ...


class StaticEncoder:
    """A token-vector model by tokenizers and numpy alone; weights are mapped, only the rows needed are read."""

    def __init__(self, folder: Path) -> None:
        """Open the model.

        Raises:
            ModelError: a file is missing or damaged, or the parts do not fit together.
        """
        self._folder = folder
        self._rows = _map_rows(folder / _WEIGHTS)
        self._tokenizer = _read_tokenizer(folder / "tokenizer.json")
        if self._tokenizer.get_vocab_size() != len(self._rows):
            raise ModelError(
                f"模型 {folder} 的词表有 {self._tokenizer.get_vocab_size()} 项,向量有 {len(self._rows)} 行,两者不符。",
                _DEFAULT_HINT,
            )
        self.dimension = int(self._rows.shape[1])
        self.name = f"tjqa-static-zh@{_digest(folder)}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, rows of length 1; zeros for a text without any known character."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            ids = [e.ids for e in self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)]
            vectors[start : start + len(batch)] = self._sums(ids)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(norms > 0, norms, 1)
        return vectors

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.uint32]]:
        """The tokens of each text as rows of the token matrix."""
        import numpy as np

        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [np.array(e.ids, dtype=np.uint32) for e in encodings]

    def token_rows(self, ids: NDArray[np.uint32]) -> NDArray[np.float32]:
        """(len(ids), dimension) vectors of tokens; their length is the token's weight."""
        import numpy as np

        return self._rows[ids].astype(np.float32)

    def token_vectors(self, text: str) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
        """The pieces of `text`: (start, end) character offsets and (t, dimension) vectors, weight included."""
        import numpy as np

        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return list(encoding.offsets), self._rows[encoding.ids].astype(np.float32)

    def _sums(self, ids: list[list[int]]) -> NDArray[np.float32]:
        """Sum of the token rows of each text.

        A batch uses few different tokens many times: they are turned into floats once, and the sums are one
        product of a sparse count matrix with them. A single question needs no scipy.
        """
        import numpy as np

        sizes = np.array([len(i) for i in ids])
        flat = np.fromiter((t for i in ids for t in i), dtype=np.int64, count=int(sizes.sum()))
        if len(ids) == 1:
            return np.asarray(self._rows[flat].astype(np.float32).sum(axis=0, keepdims=True))
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        used, places = np.unique(flat, return_inverse=True)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        counts = csr_matrix((np.ones(len(flat), dtype=np.float32), places, starts), shape=(len(ids), len(used)))
        return np.asarray(counts @ self._rows[used].astype(np.float32))


class TransformerEncoder:
    """Any sentence-transformers model, by folder or hub name, through the real `SentenceTransformer`."""

    def __init__(self, model: str) -> None:
        """Load the model; a name that is no folder may be downloaded, unless HF_HUB_OFFLINE forbids it.

        Raises:
            ModelError: it is not there, cannot be fetched, or is no sentence-transformers model.
        """
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(model, device=None)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            raise ModelError(
                f"无法加载模型 {model}:{str(error).splitlines()[0] if str(error) else type(error).__name__}。",
                "请给出本机上 sentence-transformers 模型文件夹的路径,或先在能联网的机器上下载该模型再复制过来;"
                "不加 --model 则使用自带模型。",
            ) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.name = f"{model}@{_digest(Path(model))}" if Path(model).is_dir() else model

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, rows of length 1."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)


def load_encoder(model: str | None, default_dir: Path) -> Encoder:
    """The encoder for `--model`: None is the default model; a folder in its format is run without torch too.

    Raises:
        ModelError: the model is missing, damaged or cannot be fetched.
    """
    if model is None:
        return StaticEncoder(default_dir)
    return StaticEncoder(Path(model)) if is_static(Path(model)) else TransformerEncoder(model)


def is_static(folder: Path) -> bool:
    """True when `folder` holds a model in the format of the default one."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return str(modules[0]["type"]).endswith(_STATIC_FIRST) and _TENSOR in _header(folder / _WEIGHTS)[0]
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False


def _map_rows(path: Path) -> NDArray[np.int8]:
    """The token matrix, mapped from the file, so that opening costs nothing and memory is shared."""
    import numpy as np

    try:
        header, offset = _header(path)
        entry = header[_TENSOR]
        if entry["dtype"] != "I8":
            raise ValueError(f"dtype {entry['dtype']}")
        shape = tuple(entry["shape"])
        rows = np.memmap(path, dtype=np.int8, mode="r", offset=offset + entry["data_offsets"][0], shape=shape)
    except FileNotFoundError as error:
        raise ModelError(f"找不到模型文件 {path}。", _DEFAULT_HINT) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"模型文件 {path} 已损坏({error})。", _DEFAULT_HINT) from error
    return rows


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """The safetensors header (name → dtype, shape, place) and where the data begins."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 2 <= size <= path.stat().st_size:
            raise ValueError("header")
        header = json.loads(file.read(size))
    if not isinstance(header, dict):
        raise ValueError("header")
    return header, 8 + size


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


def _digest(folder: Path) -> str:
    """Identity of the files that decide the vectors: weights and tokenizer."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin"), *folder.rglob("tokenizer.json")]):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:_HASH_HEAD]
