"""What the features of ranking are called."""

from __future__ import annotations

from tjqa.messages import Message, literal, message

LABELS = {
    "bias": "feature_bias",
    "lexical": "feature_lexical",
    "dense": "feature_dense",
    "coverage": "feature_coverage",
    "sentence": "feature_sentence",
    "sentences": "feature_sentences",
    "context": "feature_context",
    "kind": "feature_kind",
    "phrase": "feature_phrase",
    "article": "feature_article",
    "article_lexical": "feature_article_lexical",
    "body": "feature_body",
    "byline": "feature_byline",
    "year_missed": "feature_year_missed",
    "place_missed": "feature_place_missed",
    "rare": "feature_rare",
    "rare_sentence": "feature_rare_sentence",
    "soft": "feature_soft",
    "soft_window": "feature_soft_window",
    "soft_focus": "feature_soft_focus",
    "support": "feature_support",
}
"""The catalogue's key of what a person reads for each feature of a passage (`tjqa ask --explain`)."""


def feature_label(name: str) -> Message:
    """What a person reads for a feature; its name for one that has no label."""
    return message(LABELS[name]) if name in LABELS else literal(name)
