"""Chances that mean what they say: isotonic regression on answers held out by document, and how reliable that is."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.ranking.linear import Decision, auroc, logistic_weights, weighted

FOLDS = 5
LEAST_OF_STEP = 20
"""Answers that a step of the calibration stands on: of fewer the share is chance."""

BINS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """An answer to be judged: its features and whether it is right (`row`), and the document it belongs to."""

    row: Decision
    document: str

    @property
    def fold(self) -> int:
        """Of the parts that examples are held out in, the one of its document."""
        return int(hashlib.sha256(self.document.encode()).hexdigest(), 16) % FOLDS


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with the log odds that weights fitted without its document give it."""

    example: Example
    log_odds: float

    @property
    def right(self) -> bool:
        """Whether it is right."""
        return self.example.row.answerable


def held_out(examples: Sequence[Example], names: list[str]) -> list[Judged]:
    """Each example judged by weights that were fitted without all examples of its part."""
    judged = []
    for fold in range(FOLDS):
        rest = [one.row for one in examples if one.fold != fold]
        mine = [one for one in examples if one.fold == fold]
        if mine and rest:
            table = logistic_weights(rest, names)
            judged += [Judged(one, weighted(table, one.row.features)) for one in mine]
    return judged


def steps(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """Log odds → share of right ones, rising: pools of adjacent violators (Ayer et al. 1955) of at least
    LEAST_OF_STEP answers, each told at the mean of its log odds. Weighed as the examples are."""
    ordered = sorted(judged, key=lambda one: one.log_odds)
    blocks: list[list[float]] = []  # weight, weighted sum of log odds, of right ones, count
    for one in ordered:
        weight = one.example.row.weight
        blocks.append([weight, weight * one.log_odds, weight * one.right, 1])
        while len(blocks) > 1 and (
            blocks[-2][3] < LEAST_OF_STEP or blocks[-2][2] / blocks[-2][0] >= blocks[-1][2] / blocks[-1][0]
        ):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    if len(blocks) > 1 and blocks[-1][3] < LEAST_OF_STEP:
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    # One more of each kind: of twenty right ones the next need not be right (Laplace). A small step may fall by that.
    shares = [(block[2] + block[0] / block[3]) / (block[0] + 2 * block[0] / block[3]) for block in blocks]
    rising = accumulate(shares, max)
    return [(round(b[1] / b[0], 3), round(share, 4)) for b, share in zip(blocks, rising, strict=True)]


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """The reliability, each part calibrated by the others: chances told and shares right in ten bins, the expected
    calibration error (Naeini, Cooper, Hauskrecht 2015) over all and by set, the area under the ROC curve, and how many
    are told as answers and are right."""
    told: list[tuple[Judged, float]] = []
    for fold in range(FOLDS):
        line = steps([one for one in judged if one.example.fold != fold])
        mine = [one for one in judged if one.example.fold == fold]
        told += [(one, _on(line, one.log_odds)) for one in mine] if line else []
    by_set: dict[str, list[tuple[Judged, float]]] = defaultdict(list)
    for one, chance in told:
        by_set[one.example.row.source].append((one, chance))
    sure = [(one, chance) for one, chance in told if chance >= 0.9]
    return {
        "answers": len(told),
        "right": _share(one.right for one, _ in told),
        "ece": round(error(told), 4),
        "auroc": round(auroc([(chance, one.right) for one, chance in told]), 4),
        "sure": len(sure),
        "sure_right": _share(one.right for one, _ in sure),
        "reliability": bins(told),
        "sets": {
            name: {"answers": len(of), "ece": round(error(of), 4), "right": _share(o.right for o, _ in of)}
            for name, of in sorted(by_set.items())
        },
    }


def bins(told: Sequence[tuple[Judged, float]]) -> list[list[float]]:
    """Of ten bins of chances: from, to, how many (by weight), the mean chance told, the share right."""
    found = []
    for at in range(BINS):
        of = [(one, chance) for one, chance in told if min(int(chance * BINS), BINS - 1) == at]
        if of:
            weight = sum(one.example.row.weight for one, _ in of)
            said = sum(one.example.row.weight * chance for one, chance in of) / weight
            right = sum(one.example.row.weight * one.right for one, _ in of) / weight
            found.append([at / BINS, (at + 1) / BINS, round(weight, 1), round(said, 3), round(right, 3)])
    return found


def error(told: Sequence[tuple[Judged, float]]) -> float:
    """The expected calibration error: how far chance and share lie apart in ten bins, each by its answers."""
    found = bins(told)
    return sum(count * abs(said - right) for _, _, count, said, right in found) / max(sum(row[2] for row in found), 1)


def _on(line: Sequence[tuple[float, float]], log_odds: float) -> float:
    ats: NDArray[np.float64] = np.array([at for at, _ in line])
    return float(np.interp(log_odds, ats, [share for _, share in line]))


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return round(sum(listed) / max(len(listed), 1), 4)
