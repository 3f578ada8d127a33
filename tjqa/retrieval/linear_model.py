"""Learned weights: fitted by embeddings/ranking/fit.py on public question sets, shipped as ranking.json."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, float]]:
    tables: Mapping[str, Mapping[str, float]] = json.loads(Path(__file__).with_name("ranking.json").read_text("utf-8"))
    return tables


def weights(table: str) -> Mapping[str, float]:
    """Feature → weight of one of the fitted models: "passage" (also _plain, _latin), "sentence", "confidence"; and the
    two thresholds."""
    return _tables()[table]


def score(table: str, parts: Mapping[str, float]) -> float:
    """Weighted sum of the features in `parts`; a feature "bias" is always 1."""
    return sum(weight * (1.0 if name == "bias" else parts[name]) for name, weight in weights(table).items())


def probability(log_odds: float) -> float:
    """The logistic function, 0..1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def log_odds(probability: float) -> float:
    """The inverse of `probability`, finite at both ends."""
    clipped = min(max(probability, 1e-12), 1 - 1e-12)
    return math.log(clipped / (1 - clipped))
