"""Learned weights: fitted by embeddings/ranking/fit.py on public question sets, shipped as ranking.json."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.retrieval.feature_set import FeatureSet

Tables = Mapping[str, Mapping[str, float]]
"""Table → feature → weight."""

RANKING = Path(__file__).with_name("ranking.json")

ANSWERING = Path(__file__).with_name("answering.json")
"""The tables of what is done with ranked passages: reading, choosing, how strong an answer is; fitted by
embeddings/ranking/fit_answers.py, after those of RANKING."""

PROVENANCE = "fitted_on"
"""The key of ranking.json that tells what the tables were fitted on; it is no table."""

_TOLD = (PROVENANCE, "report")  # for people

_on_trial: list[Tables] = []


def read_tables(path: Path = RANKING) -> Tables:
    """The tables of a file in the format of ranking.json, without what they were fitted on."""
    content: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8"))
    return {name: table for name, table in content.items() if name not in _TOLD}


@lru_cache(maxsize=1)
def _shipped() -> Tables:
    return {**read_tables(RANKING), **read_tables(ANSWERING)}


@contextmanager
def tables_on_trial(tables: Tables) -> Iterator[None]:
    """Everything in the block ranks by these tables instead of the shipped ones. For fitting, where the tables found
    first decide what the later ones see; `tables` may be filled while the block runs."""
    _on_trial.append(tables)
    try:
        yield
    finally:
        _on_trial.pop()


def weights(table: str) -> Mapping[str, float]:
    """Feature → weight of one of the fitted models: "passage" (also _plain, _latin), "sentence", "confidence"; and the
    two thresholds."""
    return (_on_trial[-1] if _on_trial else _shipped())[table]


def contributions(table: str, features: FeatureSet, values: NDArray[Any]) -> NDArray[np.float64]:
    """What each feature adds to the score of each row by the weights of a table (log odds); `values` and what comes
    back have shape (rows, features)."""
    return np.asarray(values * features.weights(weights(table)))


def scores(table: str, features: FeatureSet, values: NDArray[Any]) -> NDArray[np.float64]:
    """The weighted sum of each row of `values`, (rows, features): its log odds, shape (rows,).

    Not `values @ weights`: that gives equal rows other last digits by where they stand, and equal scores keep the order
    of the index.
    """
    return np.asarray(contributions(table, features, values).sum(axis=1))


def probability(log_odds: float) -> float:
    """The logistic function, 0..1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def log_odds(probability: float) -> float:
    """The inverse of `probability`, finite at both ends."""
    clipped = min(max(probability, 1e-12), 1 - 1e-12)
    return math.log(clipped / (1 - clipped))
