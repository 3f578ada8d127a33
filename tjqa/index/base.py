"""What a question needs of an index, wherever it lies: on this machine (`tjqa.index.local`) or on a server.

Everything else (reading the question, ranking, choosing the answer, citing) is the same for both, so that both rank
alike: a store finds candidates and says what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Passage
from tjqa.encoders.base import Encoder
from tjqa.index.filters import Filter
from tjqa.index.meaning_search import Meanings
from tjqa.index.tokens import Tokens
from tjqa.messages import Message
from tjqa.reports import SourceState, SourceSummary


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate rows with the score of each leg, same order, shape (n,): BM25, and the cosine with the question; by
    the model that reads context, too, where every candidate has such a vector."""

    rows: NDArray[np.int64]
    lexical: NDArray[np.float32]
    dense: NDArray[np.float32]
    meaning: NDArray[np.float32] | None = None

    def some(self, chosen: NDArray[np.int64]) -> Candidates:
        """Those of some of the candidates."""
        meaning = self.meaning[chosen] if self.meaning is not None else None
        return Candidates(self.rows[chosen], self.lexical[chosen], self.dense[chosen], meaning)


@dataclass(frozen=True, slots=True)
class CandidateQuery:
    """What to look for: index terms and a unit vector (d,), how many candidates of each, among which passages; `text`
    is the question for the model that reads context."""

    terms: Sequence[str]
    query: NDArray[np.float32]
    by_words: int
    by_vectors: int
    filters: Sequence[Filter] = ()
    text: str = ""


class Index(Protocol):
    """An index that can be asked. `model` is the identity of the model that made the vectors, `requested_model` what
    --model named; `due` says why it should be made again, if it should. Row numbers are the store's own, those of
    `retrieve` good until the next `retrieve`."""

    @property
    def built(self) -> str:
        """When it was last written, ISO."""
        ...

    @property
    def model(self) -> str:
        """The identity of its model."""
        ...

    @property
    def requested_model(self) -> str | None:
        """What --model named; None for the default model."""
        ...

    @property
    def made_for(self) -> str:
        """The folder of its documents, with links resolved; "" where that is not noted."""
        ...

    @property
    def dimension(self) -> int:
        """Values of a vector."""
        ...

    @property
    def sources(self) -> Sequence[SourceState]:
        """Its files as they were when indexed."""
        ...

    @property
    def due(self) -> Message | None:
        """Why it should be made again; None when it should not."""
        ...

    @property
    def unsettled(self) -> Message | None:
        """Why it may not be whole just now: it is being written, or that was interrupted; None when it is whole."""
        ...

    def __len__(self) -> int:
        """How many passages it holds."""
        ...

    @property
    def meanings(self) -> Meanings | None:
        """Vectors of the model that reads context, as far as there are any; None where it is kept without."""
        ...

    def holds(self, terms: Sequence[str]) -> list[bool]:
        """Whether any passage holds each term."""
        ...

    def term_idf(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """idf of each term; one that no passage holds has the highest."""
        ...

    def retrieve(self, encoder: Encoder, wanted: CandidateQuery) -> Candidates:
        """The best rows by words and the best by vectors, each scored by both."""
        ...

    def fetch(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of some rows."""
        ...

    def tokens(self, rows: Sequence[int], encoder: Encoder) -> Tokens | None:
        """The tokens of some rows; None when the model has none."""
        ...

    def mentions(self, text: str) -> bool:
        """Whether a text stands in any passage or title, as written."""
        ...

    def passages(self) -> Iterator[Passage]:
        """Every passage, files in path order, passages in file order."""
        ...

    def passages_of(self, path: str) -> Sequence[Passage]:
        """The passages of one file, in file order."""
        ...

    def summaries(self) -> tuple[SourceSummary, ...]:
        """What it holds of each file, in path order."""
        ...

    def summary(self, path: str) -> SourceSummary | None:
        """What it holds of one file."""
        ...
