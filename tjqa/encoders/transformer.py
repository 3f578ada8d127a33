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
            raise ModelError("model_folder_missing", "model_named_hint", model=model)
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(model, device=None)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            raise ModelError("model_unloadable", "model_named_hint", model=model) from error
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
