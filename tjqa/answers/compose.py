"""Hits and sentences → the citations of an answer, re-read from the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tjqa.answers import parameters
from tjqa.answers.reader.reader import Reading
from tjqa.answers.sentence_selection import Sentence, shorten
from tjqa.answers.span_extraction import mark
from tjqa.citations.library import Library
from tjqa.documents import Span
from tjqa.results import Citation
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.near_duplicates import Group


def cite_sentences(
    library: Library,
    matcher: Matcher,
    hits: Sequence[Hit],
    sentences: Sequence[Sentence],
    readings: Mapping[int, Reading],
) -> tuple[Citation, ...]:
    """The answering sentences, each cut down to what is read at a glance, with the answer marked inside it, by its form
    or, where that tells nothing, by the reader; also those whose file no longer holds them."""
    limit = limit_of(sentences)
    found = [(hits[sentence.hit], sentence) for sentence in sentences]
    return tuple(_cite_sentence(library, matcher, hit, one, limit, readings.get(hit.row)) for hit, one in found)


def _cite_sentence(
    library: Library, matcher: Matcher, hit: Hit, sentence: Sentence, limit: int, reading: Reading | None
) -> Citation:
    text, start = hit.passage.text, hit.passage.span.start
    shown = shown_span(matcher, hit, sentence, limit, reading)
    searched = sentence.span if sentence.within else shown  # another clause may hold a figure, too
    read = _inside(reading, searched)
    found = mark(matcher, searched.of(text)) or ([read] if read else [])
    if sentence.within and not found:
        found = [Span(0, len(searched))]
    marks = tuple(Span(start + searched.start + m.start, start + searched.start + m.end) for m in found)
    return library.cite(sentence.hit + 1, hit, Span(start + shown.start, start + shown.end), marks)


def shown_span(matcher: Matcher, hit: Hit, sentence: Sentence, limit: int, reading: Reading | None) -> Span:
    """What is shown of an answering sentence, at most `limit` characters of it, as a stretch of its passage."""
    if sentence.within:
        return sentence.within
    read = _inside(reading, sentence.span)
    piece = shorten(matcher, sentence.span.of(hit.passage.text), limit, read)
    return Span(sentence.span.start + piece.start, sentence.span.start + piece.end)


def limit_of(sentences: Sequence[Sentence]) -> int:
    """Characters of each of some answering sentences."""
    return parameters.MAX_ANSWER if len(sentences) < 2 else parameters.MAX_OF_TWO


def _inside(reading: Reading | None, span: Span) -> Span | None:
    """Where in a sentence the reader's span stands, if it does so as a whole and is more likely than all others."""
    if reading is None or reading.confidence < parameters.MARKED_SPAN:
        return None
    read = Span(reading.start, reading.end)
    return _within(read, span) if len(read) and span.covers(read) else None


def _within(read: Span, span: Span) -> Span:
    return Span(read.start - span.start, read.end - span.start)


def cite_group(library: Library, number: int, group: Group) -> Citation:
    """The passage of a group as citation `number`, with its copies elsewhere as its other places."""
    best = library.cite(number, group.hit, group.hit.passage.span)
    copies = [
        replace(
            library.cite(number, copy.hit, copy.hit.passage.span),
            figures_differ=copy.figures_differ,
            words_differ=copy.words_differ,
        )
        for copy in group.others
    ]
    return replace(best, also=tuple(copy for copy in copies if copy.unchanged))
