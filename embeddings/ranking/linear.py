"""Weights of linear models over named features, found by gradient (scipy's L-BFGS)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tjqa.retrieval.hit import Hit


@dataclass(frozen=True, slots=True)
class Decision:
    """An example for answering or refusing: the library it comes from, whether and how it was made of another question
    ("", "swapped", "gone"; with "own" before it for a library with questions of its own), its confidence features, what
    it counts, and the question that it was made of."""

    source: str
    kind: str
    features: dict[str, float]
    answerable: bool
    weight: float = 1.0
    origin: str = ""


@dataclass
class Asked:
    """A question with the judged candidates: features, whether each holds the answer, whether it counts at all."""

    source: str
    weight: float
    latin: bool
    features: list[dict[str, float]]
    right: list[bool]
    counts: list[bool]
    text: str = ""
    hits: list[Hit] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    answerable: bool = True


def softmax_weights(asked: list[Asked], names: list[str], ridge: float = 5.0) -> dict[str, float]:
    """Weights that maximise Σ weight · log P(a right candidate), P softmax over the candidates that count."""
    sets = []
    for a in asked:
        counts = np.array(a.counts, dtype=bool)
        right = np.array(a.right, dtype=bool)[counts]
        if right.any() and not right.all():
            sets.append((np.array([[f[n] for n in names] for f in a.features])[counts], right, a.weight))
    scale = np.concatenate([x for x, _, _ in sets]).std(axis=0) + 1e-6

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = ridge * float(w @ w), 2 * ridge * w
        for x, right, weight in sets:
            z = x / scale
            s = z @ w
            e = np.exp(s - s.max())
            total -= weight * float(np.log(e[right].sum() / e.sum()))
            gradient -= weight * ((e[right] @ z[right]) / e[right].sum() - (e @ z) / e.sum())
        return total, gradient

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x / scale
    return {n: round(float(v), 4) for n, v in zip(names, best, strict=True)}


def first_right(asked: list[Asked], fitted: Mapping[str, float]) -> float:
    """Share of questions whose first candidate that counts is right."""
    good = total = 0
    for a in asked:
        pairs = [
            (weighted(fitted, f), r)
            for f, r, c in zip(a.features, a.right, a.counts, strict=True) if c
        ]  # fmt: skip
        total += 1
        good += bool(pairs) and max(pairs, key=lambda p: p[0])[1]
    return good / max(total, 1)


def logistic_weights(rows: list[Decision], names: list[str]) -> dict[str, float]:
    """Logistic regression (L2) on standardised features, folded back to raw weights and a bias."""
    x = np.array([[row.features[n] for n in names] for row in rows])
    y = np.array([row.answerable for row in rows], dtype=float)
    weight = np.array([row.weight for row in rows])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        s = z @ w
        value = float(weight @ (np.logaddexp(0, s) - y * s)) + float(w[:-1] @ w[:-1])
        gradient = z.T @ (weight * (1 / (1 + np.exp(-s)) - y)) + 2 * np.append(w[:-1], 0.0)
        return value, gradient

    best = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    raw = best[:-1] / scale
    fitted = {n: round(float(v), 4) for n, v in zip(names, raw, strict=True)}
    return {**fitted, "bias": round(float(best[-1] - raw @ mean), 4)}


def held_out(rows: list[Decision], names: list[str], kind: str, folds: int = 8) -> list[tuple[float, bool]]:
    """Log odds and answer of each row of a kind, by weights fitted without its question and all that was made of it:
    few examples fitted with eleven weights look better than the next ones will."""
    origins = sorted({row.origin for row in rows if row.kind == kind})
    judged = []
    for fold in range(folds):
        left_out = set(origins[fold::folds])
        fitted = logistic_weights([row for row in rows if row.origin not in left_out], names)
        judged += [
            (weighted(fitted, row.features), row.answerable)
            for row in rows
            if row.kind == kind and row.origin in left_out
        ]
    return judged


def calibrated(asked: list[Asked], fitted: dict[str, float]) -> dict[str, float]:
    """The same ranking, scaled and shifted so that the logistic of the sum reads as relevance.

    Right and wrong candidates weigh the same in total: 0.5 is a passage as typical of the one kind as of the other.
    (Unbalanced, it would be the chance of being right among forty candidates: small even for the best.)
    """
    judged = [
        ({"sum": weighted(fitted, f)}, right)
        for a in asked
        for f, right, counts in zip(a.features, a.right, a.counts, strict=True)
        if counts
    ]
    share = sum(right for _, right in judged) / len(judged)
    rows = [
        Decision("", "", features, right, 0.5 / share if right else 0.5 / (1 - share)) for features, right in judged
    ]
    line = logistic_weights(rows, ["sum"])
    return {**{n: round(w * line["sum"], 4) for n, w in fitted.items()}, "bias": line["bias"]}


def weighted(table: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum; the feature "bias" is always 1."""
    return sum(w * (1.0 if n == "bias" else features[n]) for n, w in table.items())


def fairest(pairs: list[tuple[float, bool]], kept: float) -> float:
    """The score from which on pairs of (score, is positive) are best called positive: of the scores that keep a share
    of `kept` of the positives, the one with the highest sum of positives kept and negatives refused (Youden 1950). It
    lies in the middle between two scores; the lowest one when none keeps enough."""
    scores = sorted({score for score, _ in pairs})
    cuts = [(a + b) / 2 for a, b in pairwise(scores)] or scores
    yes = np.array([score for score, is_positive in pairs if is_positive])
    no = np.array([score for score, is_positive in pairs if not is_positive])
    fair = [cut for cut in cuts if (yes >= cut).mean() >= kept] or cuts[:1]
    return max(fair, key=lambda cut: (yes >= cut).mean() + (no < cut).mean())


def auroc(pairs: list[tuple[float, bool]]) -> float:
    """Area under the ROC curve of (score, is positive), by ranks; 0.5 when one class is missing."""
    ranks = np.argsort(np.argsort([p for p, _ in pairs])) + 1
    yes = np.array([y for _, y in pairs], dtype=bool)
    if yes.all() or not yes.any():
        return 0.5
    return float((ranks[yes].sum() - yes.sum() * (yes.sum() + 1) / 2) / (yes.sum() * (~yes).sum()))
