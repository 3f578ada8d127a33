"""Hits and matchers made by hand, without an index."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.support.helpers import PLAIN
from tjqa.documents import Passage, Span, context
from tjqa.retrieval.feature_set import CANDIDATE
from tjqa.retrieval.hit import Hit, SentenceMatch
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.question import parse
from tjqa.text.analyzed import analyze


def matcher_of(question: str) -> Matcher:
    """A matcher whose terms all weigh the same."""
    parsed = parse(question, PLAIN)
    return Matcher(parsed, np.ones(len(parsed.terms), dtype=np.float32), PLAIN)


def hit_of(matcher: Matcher, text: str, row: int = 0, path: str = "甲.txt", start: int = 0, **fields: Any) -> Hit:
    """A hit on a passage that begins at character `start` of its file, the better the smaller its row; all its ranking
    features are 0. `fields` are further ones of the passage."""
    span = Span(start, start + len(text))
    passage = Passage(path, "0" * 64, span, text, "body", fields.pop("title", "标题"), **fields)
    analyzed = analyze(text)
    return Hit(
        row=row,
        passage=passage,
        score=0.9 - row / 10,
        features=np.zeros(len(CANDIDATE), dtype=np.float32),
        found=matcher.find(analyzed),
        around=matcher.find(analyze(context(passage))),
        sentences=tuple(SentenceMatch(span, 0.0) for span in analyzed.spans),
        word_support=np.zeros(len(matcher.words), dtype=np.float32),
    )
