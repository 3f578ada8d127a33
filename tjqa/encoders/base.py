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

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from tjqa.documents import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into unit vectors; equal `name` means equal vectors for equal texts."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1; a text without any known character gives zeros."""
        ...


@runtime_checkable
class QuestionEncoder(Protocol):
    """An encoder that tells questions from passages: `encode` is for passages."""

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Like `Encoder.encode`, of questions."""
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

    def token_places(self, text: str) -> list[Span]:
        """Where each token of `text` stands in it, in the order of `token_ids`."""
        ...

    def token_rows(self, ids: NDArray[Any]) -> NDArray[np.float32]:
        """(len(ids), dimension) vectors of tokens; their length is the token's weight."""
        ...

    def sums(self, ids: NDArray[Any], sizes: NDArray[Any]) -> NDArray[np.float32]:
        """The summed token vectors of texts, (len(sizes), dimension): `sizes` of `ids` belong to each text."""
        ...
