"""Examples for the decision to answer or to refuse: questions with and without an answer in their library."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from embeddings.ranking.libraries import Library
from embeddings.ranking.linear import Asked, Decision
from embeddings.ranking.near_misses import focus_word, swapped
from tjqa.answers.confidence import confidence_features
from tjqa.answers.sentence_selection import DEPTH, answer_sentences
from tjqa.results import Hit
from tjqa.retrieval.linear_model import probability, score
from tjqa.retrieval.question import parse
from tjqa.retrieval.search import matcher_for, rank, table_for

# What each kind of example weighs in all. The library's own questions and near misses made of them are what the
# product meets; the public sets, many times more, keep the decision sound on other subjects.
_WEIGHTS = {"own": 2400, "own swapped": 680, "": 1200, "swapped": 900, "gone": 1200}


def decisions(library: Library, listed: list[Asked], donors: list[str]) -> Iterator[Decision]:
    """Confidence features of every question, and of what is made of the answerable ones: the same with one thing
    exchanged, and of public ones the same with the documents that answer taken away."""
    rng = random.Random(0)
    index, encoder, segmenter = library.engine._index, library.engine._encoder, library.engine.segmenter
    for asked in listed:
        if asked.latin:
            continue
        if not asked.answerable or not library.public or any(asked.right):
            yield from _decision(library, "", asked.text, ranked_hits(library, asked), asked.answerable, asked.text)
        if asked.answerable:
            for text in swapped(index, asked.text, donors, rng, segmenter):
                hits = rank(index, encoder, matcher_for(index, parse(text, segmenter), segmenter), DEPTH)
                yield from _decision(library, "swapped", text, hits, False, asked.text)
        if library.public:
            verdicts = zip(asked.hits, asked.right, asked.counts, strict=True)
            gone = {hit.passage.path for hit, right, counts in verdicts if right or not counts}
            rest = ranked_hits(library, asked, gone)
            yield from _decision(library, "gone", asked.text, rest, False, asked.text)


def _decision(
    library: Library, kind: str, text: str, hits: list[Hit], answerable: bool, origin: str
) -> Iterator[Decision]:
    """The features the product decides by, if it found anything; the question was made of `origin`."""
    segmenter = library.engine.segmenter
    matcher = matcher_for(library.engine._index, parse(text, segmenter), segmenter)
    sentences = answer_sentences(matcher, hits)
    if sentences:
        features = confidence_features(matcher, hits, sentences)
        yield Decision(
            library.name, kind if library.public else f"own {kind}".strip(), features, answerable, origin=origin
        )


def balanced(rows: list[Decision]) -> list[Decision]:
    """The same rows with weights, so that every kind of example weighs what it should in all."""

    counts = Counter(row.kind for row in rows)
    return [replace(row, weight=_WEIGHTS[row.kind] / counts[row.kind]) for row in rows]


def ranked_hits(library: Library, asked: Asked, gone: Collection[str] = ()) -> list[Hit]:
    """The hits the product would show, without those of the files in `gone`."""
    table = table_for(parse(asked.text, library.engine.segmenter), library.engine._encoder)
    kept = [replace(h, score=probability(score(table, h.features))) for h in asked.hits if h.passage.path not in gone]
    return sorted(kept, key=lambda h: -h.score)[:10]


def focus_words(libraries: Iterable[Library]) -> list[str]:
    """What the questions of all libraries ask about, to be exchanged."""
    words: set[str | None] = set()
    for library in libraries:
        index, segmenter = library.engine._index, library.engine.segmenter
        questions = [parse(probe.text, segmenter) for probe in library.probes]
        words |= {focus_word(index, question, segmenter) for question in questions if not question.is_latin}
    return sorted(word for word in words if word)
