"""Any sentence-transformers model."""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tjqa.encoders.folders import damaged, read_json
from tjqa.encoders.identity import is_folder, transformer_name
from tjqa.encoders.parameters import WIDEST
from tjqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TALKATIVE = ("huggingface_hub", "sentence_transformers", "transformers", "torch")
_ACTIVATION = re.compile(r"torch\.nn\.modules\.[a-z]+\.[A-Za-z0-9]+")


class TransformerEncoder:
    """Any sentence-transformers model, by folder or hub name, through the real `SentenceTransformer`."""

    def __init__(self, model: str) -> None:
        """Load the model; a name that is no folder may be downloaded, unless HF_HUB_OFFLINE forbids it.

        Raises:
            ModelError: it is not there, cannot be fetched, or is no sentence-transformers model.
        """
        os.environ |= {"TOKENIZERS_PARALLELISM": "false", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
        here = is_folder(model)
        if not here and model.startswith((".", "/", "~", "\\")):
            raise ModelError("model_folder_missing", "model_named_hint", model=model)
        if here:
            refuse_foreign_code(Path(model))
        self._told = model
        self._model: Any = _loaded(model, here)
        width = self._model.get_embedding_dimension()
        if type(width) is not int or not 1 <= width <= WIDEST:
            raise ModelError("model_vectors", "model_named_hint", model=model)
        self.dimension = width
        self.name = transformer_name(model)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, rows of length 1.

        Raises:
            ModelError: the model fails over a text, or gives what is no vector of its size.
        """
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            found = np.asarray(
                self._model.encode(
                    list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
                ),
                dtype=np.float32,
            )
        except Exception as error:  # a model of foreign files may raise anything
            why = type(error).__name__
            raise ModelError("model_text_failed", "model_named_hint", model=self._told, why=why) from error
        # One without limits would enter the index, and be near to everything or nothing.
        if found.shape != (len(texts), self.dimension) or not np.isfinite(found).all():
            raise ModelError("model_vectors", "model_named_hint", model=self._told)
        return found


def _loaded(model: str, here: bool) -> Any:
    """The model, without the library's own talk: what went wrong is told in one sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from sentence_transformers import SentenceTransformer

            for name in _TALKATIVE:  # after the import, which sets them
                logging.getLogger(name).setLevel(logging.CRITICAL)
            # A folder is all that there is: nothing that it names is fetched, and none of its programs is run.
            return SentenceTransformer(model, trust_remote_code=False, local_files_only=here)
        except Exception as error:  # damaged files make the libraries raise anything
            if here:
                why = type(error).__name__
                raise ModelError("model_folder_unloadable", "model_named_hint", model=model, why=why) from error
            raise ModelError("model_unloadable", "model_named_hint", model=model) from error


def refuse_foreign_code(folder: Path) -> None:
    """Hold the parts that a folder names against those that come with sentence-transformers.

    Raises:
        ModelError: it names others, or leads out of the folder; or what names them is damaged.
    """
    listed = folder / "modules.json"
    if not listed.is_file():
        if not (folder / "config.json").is_file():
            raise ModelError("model_file_missing", "model_named_hint", path=listed)
        return
    modules = read_json(listed)
    if not isinstance(modules, list) or not modules or not all(isinstance(module, dict) for module in modules):
        raise damaged(listed, "model_why_modules")
    for module in modules:
        kind, place = module.get("type"), module.get("path")
        if not isinstance(kind, str) or not isinstance(place, str) or Path(place).is_absolute() or ".." in place:
            raise damaged(listed, "model_why_modules")
        settings = folder / place / "config.json"
        found = read_json(settings) if settings.is_file() else {}
        activation = found.get("activation_function", "") if isinstance(found, dict) else ""
        if not kind.startswith("sentence_transformers."):
            raise ModelError("model_foreign_code", "model_named_hint", model=folder, name=kind)
        if activation and not _ACTIVATION.fullmatch(str(activation)):
            raise ModelError("model_foreign_code", "model_named_hint", model=folder, name=str(activation))
