"""The static model: token vectors summed with weights and mapped, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tjqa.documents import Span
from tjqa.encoders.folders import damaged, tensors
from tjqa.encoders.identity import WEIGHTS, static_name
from tjqa.encoders.parameters import WIDEST
from tjqa.encoders.vocabulary import read_tokenizer
from tjqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SMALLEST_DIVISOR = 1e-9  # `Pooling` divides by this when token weights are all but zero, which makes sums
_BATCH = 1024  # texts whose vectors are in work at once
_BLOCK = 2048  # tokens whose places are worked out at once


class StaticEncoder:
    """A token-vector model by tokenizers and numpy alone; rows are mapped, only those needed are read."""

    def __init__(self, folder: Path) -> None:
        """Open the model.

        Raises:
            ModelError: a file is missing or damaged, or the parts do not fit together.
        """
        import numpy as np

        self._rows = _map_tensor(folder / WEIGHTS, "emb_layer.weight")
        self._tokenizer = read_tokenizer(folder / "tokenizer.json")
        kept = _map_tensor(folder / "3_Dense" / WEIGHTS, "linear.weight")
        codes = _map_tensor(folder / "5_Dense" / WEIGHTS, "linear.weight")
        entries = self._tokenizer.get_vocab_size()
        width = self._rows.shape[1]
        if not entries == len(self._rows) > 0 or kept.shape[1] != width or len(kept) + codes.shape[1] > width:
            raise ModelError(
                "model_parts",
                "model_file_hint",
                folder=folder,
                entries=entries,
                rows=str(self._rows.shape),
                kept=str(kept.shape),
                codes=str(codes.shape),
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
        return [np.array(ids, dtype=kind) for ids in self._ids(list(texts))]

    def token_places(self, text: str) -> list[Span]:
        """Where each token of `text` stands in it, in the order of `token_ids`."""
        return [Span(*place) for place in self._tokenizer.encode(text, add_special_tokens=False).offsets]

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
            self._pool(self._ids(batch), summed, vectors[start : start + len(batch)])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all():
            raise ModelError("model_vectors", "model_file_hint", model=self.folder)
        vectors /= np.where(norms > 0, norms, 1)
        return vectors

    def _ids(self, texts: list[str]) -> list[list[int]]:
        try:
            return [e.ids for e in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
        except Exception as error:  # the library raises nothing more precise
            why = type(error).__name__
            raise ModelError("model_text_failed", "model_file_hint", model=self.folder, why=why) from error

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
        from scipy.sparse import csr_matrix, vstack

        blocks = [np.arange(i, min(i + _BLOCK, len(self._rows))) for i in range(0, len(self._rows), _BLOCK)]
        return vstack([csr_matrix(self._presence(block)) for block in blocks], format="csr")

    def _presence(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """(len(tokens), places): the weight of each token at each place, out of its code."""
        import numpy as np

        codes = self._rows[tokens, self.meaning :].astype(np.float32)
        # Exact whole numbers times one factor until here, so that a foreign place gets exactly 0.
        return np.asarray(np.maximum(codes @ self._decoder, 0) * np.float32(_SMALLEST_DIVISOR))


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
    """A matrix: int8 mapped from its file, so that opening costs nothing and memory is shared; bfloat16 as floats."""
    import numpy as np

    header, offset = tensors(path)
    entry = header.get(name, {})
    kind = {"I8": "<i1", "BF16": "<u2"}.get(entry.get("dtype"))
    shape = tuple(entry.get("shape", ()))
    # Before it is made floats, lest a matrix that no text could use takes all memory.
    if kind is None or len(shape) != 2 or not 1 <= shape[1] <= WIDEST or (kind == "<u2" and shape[0] > WIDEST):
        raise damaged(path, "model_why_tensor", name=name)
    try:
        stored = np.memmap(path, kind, "r", offset + entry["data_offsets"][0], shape) if shape[0] else np.empty(shape)
    except (OSError, ValueError) as error:  # it was exchanged meanwhile, or the system has no room for it
        raise damaged(path, "model_why_size") from error
    # bfloat16 is the upper half of a float32.
    return np.asarray(stored) if kind == "<i1" else (np.asarray(stored).astype("<u4") << 16).view("<f4")
