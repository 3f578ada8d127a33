"""Examples for reading, choosing and judging answers: the product's own way, up to where a table decides."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from embeddings.ranking.calibration import Example
from embeddings.ranking.examples import focus_words, without
from embeddings.ranking.kept_readings import KeptReadings
from embeddings.ranking.libraries import Library, Probe
from embeddings.ranking.linear import Asked, Decision
from embeddings.ranking.near_misses import swapped
from tjqa.answers.compose import limit_of, shown_span
from tjqa.answers.parameters import SENTENCE_DEPTH
from tjqa.answers.read_sentences import answer_features
from tjqa.answers.reader.reader import Reading
from tjqa.answers.reading import Read, read_and_order, read_features
from tjqa.answers.sentence_selection import Sentence, weigh
from tjqa.answers.strength import UNREAD, chosen_sentences, strength_features, table_for
from tjqa.retrieval.feature_set import ANSWER, READ, STRENGTH
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.search import Ranked
from tjqa.text.normalize import fold, squeeze

GONE_EVERY = 2
"""Of so many public questions one is asked again with its documents taken away."""

MOST_SWAPPED = 1
"""Near misses made of one of the library's own questions."""

LONG_ANSWER = 12
"""Characters of an answer from which on a part of it is enough: where it begins and ends is a matter of taste."""

UNANSWERABLE = 0.2
"""The share of questions without an answer among those that people ask, as in the gold set; the examples hold more of
them, so each counts less."""

LIST_SHARE = 0.6
"""Of the parts of an answer, how many must be there, as `tjqa eval` counts lists."""


def read_choices(library: Library, reader: KeptReadings) -> Iterator[Asked]:
    """The passages of every answerable question that would be read, with what orders them; right ones hold the
    answer."""
    for probe in library.probes:
        if not probe.answerable:
            continue
        ranked = library.engine.retrieve(probe.text, 10)
        read = _read(ranked, reader)
        hits = [hit for hit in ranked.hits if hit.row in read]
        verdicts = [probe.judge(hit.passage) for hit in hits]
        features = [READ.named(read_features(hit, read[hit.row])) for hit in hits]
        yield Asked(
            library.name,
            library.weight,
            ranked.question.is_latin,
            features,
            [right for right, _ in verdicts],
            [counts for _, counts in verdicts],
        )


def sentence_choices(library: Library, reader: KeptReadings) -> Iterator[Asked]:
    """The sentences of the first passages after reading; right ones hold an answer in a right passage."""
    for probe in library.probes:
        if not probe.answerable:
            continue
        read = read_and_order(reader, library.engine.retrieve(probe.text, 10))
        hits = read.ranked.contrast[:SENTENCE_DEPTH]
        readings = [read.readings.get(hit.row, UNREAD) for hit in hits]
        matcher = read.ranked.matcher
        found = weigh(matcher, hits)
        is_right = [probe.judge(hit.passage)[0] for hit in hits]
        right = [is_right[s.hit] and _holds(probe, s.span.of(hits[s.hit].passage.text)) for s in found]
        features = [ANSWER.named(answer_features(matcher, hits, readings, sentence)) for sentence in found]
        yield Asked(library.name, library.weight, read.ranked.question.is_latin, features, right, [True] * len(found))


def examples(
    library: Library, libraries: Sequence[Library], reader: KeptReadings | None
) -> Iterator[tuple[str, Example]]:
    """Answers with their table: to each question, with the reader, if one is given, and without; to public ones also
    with the documents taken away that answer, to the library's own also with one thing exchanged."""
    rng = random.Random(0)
    donors = focus_words(libraries) if not library.public else []
    for number, probe in enumerate(library.probes):
        ranked = library.engine.retrieve(probe.text, 10)
        yield from _answers(library, probe, ranked, reader)
        if not probe.answerable:
            continue
        if not library.public:
            for text in list(swapped(library.engine, probe.text, donors, rng))[:MOST_SWAPPED]:
                other = replace(probe, text=text, answerable=False)
                yield from _answers(library, other, library.engine.retrieve(text, 10), reader)
        elif number % GONE_EVERY == 0:
            gone = {hit.passage.path for hit in ranked.hits if _counts_out(probe, hit)}
            rest = without(library.engine, probe.text, gone, 2 * len(ranked.hits))
            yield from _answers(library, replace(probe, answerable=False), rest, reader)


def as_asked(listed: Sequence[Example]) -> list[Example]:
    """The same examples, those without an answer weighed so that they are `UNANSWERABLE` of all."""
    answerable = sum(one.row.kind != "unanswerable" for one in listed)
    others = len(listed) - answerable
    weight = UNANSWERABLE / (1 - UNANSWERABLE) * answerable / max(others, 1)
    return [
        replace(one, row=replace(one.row, weight=weight)) if one.row.kind == "unanswerable" else one for one in listed
    ]


def _counts_out(probe: Probe, hit: Hit) -> bool:
    right, counts = probe.judge(hit.passage)
    return right or not counts


def _answers(
    library: Library, probe: Probe, ranked: Ranked, reader: KeptReadings | None
) -> Iterator[tuple[str, Example]]:
    ways = [Read(ranked, {})] if reader is None else [read_and_order(reader, ranked), Read(ranked, {})]
    for read in ways:
        hits, matcher = read.ranked.contrast, read.ranked.matcher
        if not hits:
            continue
        sentences = chosen_sentences(matcher, hits, read.readings)
        features = strength_features(matcher, hits, sentences, hits, read.readings)
        right = probe.answerable and _is_right(probe, read, hits, sentences)
        row = Decision(library.name, "asked" if probe.answerable else "unanswerable", STRENGTH.named(features), right)
        document = f"{library.name.partition('.')[0]}/{probe.document or probe.text}"
        yield table_for(matcher, bool(read.readings)), Example(row, document)


def _is_right(probe: Probe, read: Read, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> bool:
    """Whether what is shown holds the answer, out of a passage that answers."""
    shown = []
    for sentence in sentences:
        hit = hits[sentence.hit]
        reading = read.readings.get(hit.row)
        span = shown_span(read.ranked.matcher, hit, sentence, limit_of(sentences), reading)
        shown.append(span.of(hit.passage.text))
    return any(probe.judge(hits[s.hit].passage)[0] for s in sentences) and _holds(probe, "\n".join(shown))


def _holds(probe: Probe, text: str) -> bool:
    """Whether a text holds an answer: of questions with evidence all its parts, or most."""
    shown = squeeze(fold(text))
    held = [_is_said(squeeze(fold(answer)), shown) for answer in probe.answers]
    if probe.all_parts:
        return bool(held) and sum(held) >= LIST_SHARE * len(held)
    return any(held)


def _is_said(answer: str, shown: str) -> bool:
    """Whether a text says an answer: whole, or of one as long as a clause a run of `LONG_ANSWER` characters."""
    size = min(len(answer), LONG_ANSWER)
    return any(answer[at : at + size] in shown for at in range(len(answer) - size + 1))


def _read(ranked: Ranked, reader: KeptReadings) -> Mapping[int, Reading]:
    return read_and_order(reader, ranked).readings
