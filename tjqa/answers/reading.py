"""The best passages are read together with the question, and put in order by what the reading says beside the ranking.

The reader is optional: without it (`--fast`, a damaged folder) the order stays that of the ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from tjqa.answers import parameters
from tjqa.answers.reader.reader import Reader, Reading
from tjqa.documents import Passage
from tjqa.errors import ModelError
from tjqa.messages import Message, message
from tjqa.results import Contribution
from tjqa.retrieval import parameters as of_ranking
from tjqa.retrieval.feature_set import CANDIDATE, READ
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import log_odds, probability, scores, weights
from tjqa.retrieval.search import Ranked, different_groups, explained
from tjqa.retrieval.stages import is_left_out


class PassageReader(Protocol):
    """What reads passages: `tjqa.answers.reader.reader.Reader`."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What each passage says to the question, in the order given."""


@dataclass(frozen=True, slots=True)
class Read:
    """Ranked passages in the order after reading, and what was read, by row of the hit; nothing where no reader was."""

    ranked: Ranked
    readings: Mapping[int, Reading]


def read_and_order(reader: PassageReader | None, ranked: Ranked) -> Read:
    """The first `READ_DEPTH` hits read and ordered anew, the others below them as they were."""
    if reader is None or not ranked.hits:
        return Read(ranked, {})
    # Not further than candidates are ranked whatever `k` is: what is first must not depend on how many are asked for.
    depth = min(parameters.READ_DEPTH, of_ranking.RERANK_DEPTH)
    first, rest = ranked.hits[:depth], ranked.hits[depth:]
    found = reader.read(ranked.question.text, [hit.passage for hit in first])
    values = np.stack([read_features(hit, reading) for hit, reading in zip(first, found, strict=True)])
    sums = scores("read", READ, values).tolist()
    read = [replace(hit, score=probability(score)) for hit, score in zip(first, sums, strict=True)]
    verbatim = CANDIDATE.column("verbatim")  # who pastes a sentence wants that sentence
    read.sort(key=lambda hit: (-hit.features[verbatim], -hit.score, hit.row))
    least = min(hit.score for hit in read)
    hits = (*read, *(replace(hit, score=min(hit.score, least)) for hit in rest))
    groups = tuple(different_groups(hits, ranked.different))
    readings = {hit.row: reading for hit, reading in zip(first, found, strict=True)}
    return Read(replace(ranked, hits=hits, groups=groups), readings)


def read_features(hit: Hit, reading: Reading) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What orders a hit that was read, shape (features,) in the columns of `feature_set.READ`."""
    return READ.row({"ranking": log_odds(hit.score), "reader": relevance(reading), "reader_span": reading.confidence})


def relevance(reading: Reading) -> float:
    """The log odds that a passage answers, kept within what training saw."""
    most = parameters.MOST_RELEVANCE
    return max(-most, min(most, log_odds(reading.relevance)))


def explained_hit(hit: Hit, read: Read) -> Hit:
    """The hit with what the features of ranking and what reading added to its log odds, largest first."""
    hit = explained(hit, read.ranked.table, read.ranked.matcher)
    if (reading := read.readings.get(hit.row)) is None:
        return hit
    table = weights("read")
    ranked = [replace(told, value=told.value * table["ranking"]) for told in hit.contributions]
    added = table["reader"] * relevance(reading) + table["reader_span"] * reading.confidence + table["bias"]
    told = [*ranked, Contribution("reader", message("feature_reader"), added)]
    return replace(hit, contributions=tuple(sorted(told, key=lambda one: -abs(one.value))))


class OptionalReader:
    """The reader of a library, opened when the first passage is read, or none.

    Args:
        folders: of the reader and of the encoder that it shares files with; None leaves it out.
    """

    def __init__(self, folders: tuple[Path, Path] | None) -> None:
        self._folders = folders
        self._reader: Reader | None = None
        self._hurdle: Message | None = None

    def read(self, ranked: Ranked) -> tuple[Read, Message | None]:
        """The hits read and ordered anew; else as they were, and why they were not read if they should have been. What
        failed once is not tried again for every question."""
        if self._folders is None or self._hurdle is not None or is_left_out("reading"):
            return Read(ranked, {}), self._hurdle
        try:
            return read_and_order(self._opened(*self._folders), ranked), None
        except ModelError as error:
            self._hurdle = message("reader_left_out", why=error.message)
            return Read(ranked, {}), self._hurdle

    def _opened(self, folder: Path, encoder: Path) -> Reader:
        if self._reader is None:
            self._reader = Reader(folder, encoder)
        return self._reader
