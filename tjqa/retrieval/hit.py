"""A passage found for a question, with what was made of it on the way: ranking, answering and citing look at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Passage, Span
from tjqa.results import Contribution
from tjqa.retrieval.term_positions import TermPositions
from tjqa.text.analyzed import AnalyzedText


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """A sentence of a passage's text, and how near it comes to the question by late interaction, 0..1 (0 for a model
    without token vectors)."""

    span: Span
    similarity: float


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A retrieved passage.

    `row` is its row in the index, `score` lies in 0..1. `features` are those it is ranked by, shape (features,), in the
    columns of `feature_set.CANDIDATE`. `found` tells where the question's terms stand in its text, `around` where in
    its context (title, section, publisher, date). `word_support` is how far it supports each word of the question,
    0..1, shape (words,). `contributions` are what each feature added to the score, `matched` the question's words
    it holds; both are filled in for what is shown.
    """

    row: int
    passage: Passage
    score: float
    features: NDArray[np.float32]
    found: TermPositions
    around: TermPositions
    sentences: tuple[SentenceMatch, ...]
    word_support: NDArray[np.float32]
    contributions: tuple[Contribution, ...] = ()
    matched: tuple[str, ...] = ()

    @property
    def text(self) -> AnalyzedText:
        """The passage's text, folded and cut into sentences."""
        return self.found.text

    @property
    def context(self) -> AnalyzedText:
        """Its title, section, publisher and date, folded."""
        return self.around.text

    @property
    def held(self) -> NDArray[np.bool_]:
        """Which of the question's terms its text or its context holds, shape (terms,)."""
        return self.found.held | self.around.held
