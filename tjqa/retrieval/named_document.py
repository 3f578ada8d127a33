"""A question that names its document by a word that only the opening of that document holds: who asks 云峰公司几点上班
means the handbook that begins with that name and says 公司 from then on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tjqa.documents import Passage, Span
from tjqa.encoders.base import Encoder
from tjqa.index.base import CandidateQuery, Index
from tjqa.index.filters import Filter
from tjqa.retrieval import parameters
from tjqa.retrieval.asked_times import times, without
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.text.normalize import fold
from tjqa.text.places import is_place
from tjqa.text.segmenter import AREAS, Segmenter
from tjqa.text.terms import terms

_LINK = re.compile(r"\A(?:的|里面?|中|那[份本个篇家]|这[份本个篇家])+")


@dataclass(frozen=True, slots=True)
class Named:
    """The word of a folded question that names a document, the path of that, and what the question is without it."""

    word: str
    path: str
    rest: str


def named_document(
    index: Index, encoder: Encoder, segmenter: Segmenter, matcher: Matcher, best: Hit, filters: Sequence[Filter]
) -> Named | None:
    """The document that a question means by a telling word that its `best` hit lacks, or holds as the opening does that
    it is a part of, where one document alone opens with it; None where there is none such. Places name what documents
    speak of, and are no such words: what is true of a county is not of its towns."""
    if len(index.sources) < 2 or any(one.kind == "file" for one in filters):
        return None
    held = f"{best.text.folded}\n{best.context.folded}\n{fold(best.passage.path)}"
    for word in _telling(matcher):
        if word in held and best.passage not in (_opening(index, best.passage.path) or ()):
            continue
        paths = {passage.path for passage in _holding(index, encoder, segmenter, word)}
        if len(paths) > parameters.MOST_NAMING_FILES:
            continue
        openings = {path: _opening(index, path) for path in sorted(paths)}
        naming = {path: told for path, one in openings.items() if one and word in (told := _told(one))}
        if len(naming) != 1:
            continue
        ((path, told),) = naming.items()
        asked, name = matcher.question.folded, _whole_name(matcher, word, told)
        rest = asked[: name.start] + _LINK.sub("", asked[name.end :])
        if len(rest.strip()) > 1:
            return Named(word, path, rest)
    return None


def _whole_name(matcher: Matcher, word: str, opening: str) -> Span:
    """The place of a word in the question with those beside it that stand beside it in the opening, too: 云峰|科技."""
    asked, spans = matcher.question.folded, matcher.word_spans
    at = matcher.words.index(word)
    begin, end = at, at + 1
    is_part = [not is_verb and len(one) > 1 for one, is_verb in zip(matcher.words, matcher.verbs, strict=True)]
    while end < len(spans) and is_part[end] and asked[spans[begin].start : spans[end].end] in opening:
        end += 1
    while begin > 0 and is_part[begin - 1] and asked[spans[begin - 1].start : spans[end - 1].end] in opening:
        begin -= 1
    return Span(spans[begin].start, spans[end - 1].end)


def _telling(matcher: Matcher) -> Iterator[str]:
    """The words of a question that may be names, the rarest first."""
    rarity, asked = matcher.segmenter.rarity, matcher.question.folded
    spoken = without(asked, times(asked))  # what is asked of a document stands behind its name
    found = {
        word
        for word, is_verb in zip(matcher.words, matcher.verbs, strict=True)
        if len(word) > 1
        and not is_verb
        and word[-1] not in AREAS
        and not is_place(word)
        and 0 <= spoken.find(word) <= parameters.BEFORE_NAME
    }
    telling = [word for word in found if rarity(word) >= parameters.NAMING_WORD and not word.isascii()]
    yield from sorted(telling, key=lambda word: (-rarity(word), word))[: parameters.MOST_NAMING_WORDS]


def _holding(index: Index, encoder: Encoder, segmenter: Segmenter, word: str) -> list[Passage]:
    any_vector = np.zeros(index.dimension, dtype=np.float32)
    any_vector[0] = 1.0  # stores want one, and as many rows by it as a question does
    query = CandidateQuery(terms(word, segmenter), any_vector, parameters.CANDIDATES, parameters.CANDIDATES)
    found = index.fetch(index.retrieve(encoder, query).rows.tolist())
    return [passage for passage in found if word in fold(f"{passage.title}\n{passage.section}\n{passage.text}")]


def _opening(index: Index, path: str) -> list[Passage] | None:
    """What a document opens with, None where it says no more than that: nothing is hidden behind it then. Rows of a
    table say nothing of whose it is."""
    summary = index.summary(path)
    if summary is None or summary.passages <= parameters.OPENING_PASSAGES:
        return None
    return [one for one in index.passages_of(path)[: parameters.OPENING_PASSAGES] if one.table is None]


def _told(opening: Sequence[Passage]) -> str:
    return "\n".join(fold(f"{one.title}\n{one.section}\n{one.text}") for one in opening)
