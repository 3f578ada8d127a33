"""Weights of the ranking features."""

PASSAGE_WEIGHTS = {
    "lexical": 1.0,
    "dense": 0.0,
    "coverage": 0.3,
    "sentence": 0.5,
    "sentences": 0.0,
    "context": 0.0,
    "kind": 0.05,
    "phrase": 0.2,
}


def passage_score(parts: dict[str, float]) -> float:
    """Weighted sum of the features."""
    return sum(weight * parts[name] for name, weight in PASSAGE_WEIGHTS.items())
