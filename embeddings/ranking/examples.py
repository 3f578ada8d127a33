"""Examples for the decision to answer or to refuse: questions with and without an answer in their library.

What a question finds is what the product finds for it, by the product's own way (`Engine.retrieve`).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from embeddings.ranking.libraries import Library
from embeddings.ranking.linear import Asked, Decision
from embeddings.ranking.near_misses import focus_word, swapped
from tjqa.answers.confidence import confidence_features
from tjqa.answers.sentence_selection import answer_sentences
from tjqa.engine import Engine
from tjqa.retrieval import parameters
from tjqa.retrieval.feature_set import CONFIDENCE
from tjqa.retrieval.near_duplicates import grouped
from tjqa.retrieval.search import Ranked

# What each kind of example weighs in all. The library's own questions and near misses made of them are what the
# product meets; the public sets, many times more, keep the decision sound on other subjects.
_WEIGHTS = {"own": 2400, "own swapped": 680, "": 1200, "swapped": 900, "gone": 1200}


def decisions(library: Library, listed: list[Asked], donors: list[str]) -> Iterator[Decision]:
    """Confidence features of every question, and of what is made of the answerable ones: the same with one thing
    exchanged, and of public ones the same with the documents that answer taken away."""
    rng = random.Random(0)
    engine = library.engine
    for asked in listed:
        if asked.latin:
            continue
        if not asked.answerable or not library.public or any(asked.right):
            yield from decision(library, "", engine.retrieve(asked.text), asked.answerable, asked.text)
        if asked.answerable:
            for text in swapped(engine, asked.text, donors, rng):
                yield from decision(library, "swapped", engine.retrieve(text), False, asked.text)
        if library.public:
            verdicts = zip(asked.hits, asked.right, asked.counts, strict=True)
            gone = {hit.passage.path for hit, right, counts in verdicts if right or not counts}
            rest = without(engine, asked.text, gone, len(asked.hits))
            yield from decision(library, "gone", rest, False, asked.text)


def decision(library: Library, kind: str, ranked: Ranked, answerable: bool, origin: str) -> Iterator[Decision]:
    """The features the product decides by, if it found anything; the question was made of `origin`."""
    hits = ranked.contrast
    sentences = answer_sentences(ranked.matcher, hits)
    if sentences:
        features = CONFIDENCE.named(confidence_features(ranked.matcher, hits, sentences, hits))
        name = kind if library.public else f"own {kind}".strip()
        yield Decision(library.name, name, features, answerable, origin=origin)


def balanced(rows: list[Decision]) -> list[Decision]:
    """The same rows with weights, so that every kind of example weighs what it should in all."""
    counts = Counter(row.kind for row in rows)
    return [replace(row, weight=_WEIGHTS[row.kind] / counts[row.kind]) for row in rows]


def without(engine: Engine, text: str, gone: Collection[str], depth: int) -> Ranked:
    """What a question finds beside the files in `gone`; of `depth` candidates, so that enough are left."""
    ranked = engine.retrieve(text, depth=depth)
    hits = [hit for hit in ranked.hits if hit.passage.path not in gone]
    return replace(ranked, hits=tuple(hits), groups=tuple(grouped(hits, parameters.CONTRAST_HITS)))


def focus_words(libraries: Iterable[Library]) -> list[str]:
    """What the questions of all libraries ask about, to be exchanged."""
    words: set[str | None] = set()
    for library in libraries:
        matchers = [library.engine.understand(probe.text) for probe in library.probes]
        words |= {focus_word(matcher) for matcher in matchers if not matcher.question.is_latin}
    return sorted(word for word in words if word)
