"""Any sentence-transformers model."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tjqa.encoders.identity import transformer_name
from tjqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NAMED_HINT = "请给出本机上的模型文件夹,没有就先下载再复制过来;不加 --model 并用 --rebuild 则换回自带模型。"


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
