"""The encoder of an index: the static model or any sentence-transformer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tjqa.config import shipped
from tjqa.encoders.base import Encoder, QuestionEncoder
from tjqa.encoders.contextual import ContextualEncoder
from tjqa.encoders.identity import (
    FAST,
    contextual_name,
    is_contextual,
    is_folder,
    is_static,
    static_name,
    transformer_name,
)
from tjqa.encoders.static import StaticEncoder
from tjqa.encoders.transformer import TransformerEncoder
from tjqa.encoders.trial import prove

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def meaning_dimension(encoder: Encoder) -> int:
    """How many values `encode_meaning` gives."""
    return encoder.meaning if isinstance(encoder, StaticEncoder) else encoder.dimension


def encode_meaning(encoder: Encoder, texts: Sequence[str], crosslingual: bool = False) -> NDArray[np.float32]:
    """(n, meaning_dimension) unit rows for use beside a word index; `crosslingual` for questions in another language.

    Of the default model the token vectors alone: presence repeats what BM25 knows, better. Found in the first five
    beside BM25, of 7 questions in other words: 6 with these vectors, 3 with presence among them (an earlier model).
    Across languages the company of words is left out: English words stand beside English ones. With it 0.49, without
    it 0.70 of the English questions of a Chinese set had the right passage first.
    """
    import numpy as np

    if isinstance(encoder, QuestionEncoder):
        return encoder.encode_questions(texts)
    if not isinstance(encoder, StaticEncoder):
        return encoder.encode(texts)
    vectors = encoder.encode_meaning(texts)
    if crosslingual:
        vectors[:, encoder.head :] = 0
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def load_encoder(model: str | None, default_dir: Path) -> Encoder:
    """The encoder for `--model`: None and "fast" are the default model; a folder in its format is run without torch,
    too.

    Raises:
        ModelError: the model is missing, damaged or cannot be fetched.
    """
    if model == FAST:
        model = None
    folder = default_dir if model is None else Path(model)
    if model is None or is_static(folder):
        if not _came_with_tjqa(folder):
            prove(str(folder), static_name(folder), is_static=True)
        return StaticEncoder(folder)
    if is_contextual(folder):
        prove(str(folder), contextual_name(folder), is_static=False)
        return ContextualEncoder(folder)
    if is_folder(model):
        prove(model, transformer_name(model), is_static=False)
    return TransformerEncoder(model)


def _came_with_tjqa(folder: Path) -> bool:
    """Whether this is the model that came with the program, as trusted as the program itself."""
    return folder == shipped("embeddings/model", "model")
