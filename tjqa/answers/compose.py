"""Hits and sentences → the citations of an answer, re-read from the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tjqa.answers import parameters
from tjqa.answers.sentence_selection import Sentence, shorten
from tjqa.answers.span_extraction import mark
from tjqa.citations.library import Library
from tjqa.documents import Span
from tjqa.results import Citation
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.near_duplicates import Group


def cite_sentences(
    library: Library, matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]
) -> tuple[Citation, ...]:
    """The answering sentences, each cut down to what is read at a glance, with the answer marked inside it; also
    those whose file no longer holds them."""
    limit = parameters.MAX_ANSWER if len(sentences) < 2 else parameters.MAX_OF_TWO
    return tuple(_cite_sentence(library, matcher, hits[s.hit], s, limit) for s in sentences)


def _cite_sentence(library: Library, matcher: Matcher, hit: Hit, sentence: Sentence, limit: int) -> Citation:
    text = sentence.span.of(hit.passage.text)
    piece = shorten(matcher, text, limit)
    start = hit.passage.span.start + sentence.span.start + piece.start
    marks = tuple(Span(start + m.start, start + m.end) for m in mark(matcher, piece.of(text)))
    return library.cite(sentence.hit + 1, hit, Span(start, start + len(piece)), marks)


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
