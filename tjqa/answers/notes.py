"""What there is to say beside an answer: how the question was read, what its passages lack, which files changed.

The words are wording.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.answers.confidence import held_terms, texts_of
from tjqa.answers.sentence_selection import Sentence
from tjqa.results import NEAREST, Answer, Hit, LackingKind
from tjqa.retrieval.matching import Matcher
from tjqa.text.normalize import fold
from tjqa.text.segmenter import Segmenter

# Common words (开始, 大概) are no reason for a refusal; jieba counts them in the thousands.
_TELLING = 0.3


def missing(matcher: Matcher, hits: Sequence[Hit]) -> list[str]:
    """The telling words, years, months and places of the question that none of the nearest passages holds, as they
    stand in it."""
    texts = texts_of(hit.passage for hit in hits[:NEAREST])
    held = held_terms(matcher, texts)
    lacking = zip(matcher.question.terms, held, matcher.figure_terms, strict=True)
    words = [
        t
        for t, is_held, is_figure in lacking
        if not (is_held or is_figure) and t[0] != "·" and _tells(t, matcher.segmenter)
    ]
    words = list(dict.fromkeys([*_unspoken(matcher, texts, held), *words]))
    return [
        _as_typed(matcher.question.text, word)
        for word in words
        if not any(word != longer and word in longer for longer in words)
    ]


def _as_typed(text: str, word: str) -> str:
    """A folded word as the question writes it: PPP, 體育."""
    at = fold(text).find(word)
    return text[at : at + len(word)] if at >= 0 else word


def unsaid(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[str]:
    """The years, months and places of the question that neither the passages of the answer nor their titles and dates
    hold."""
    texts = texts_of(hits[sentence.hit].passage for sentence in sentences)
    return _unspoken(matcher, texts, held_terms(matcher, texts))


def _unspoken(matcher: Matcher, texts: Sequence[str], held: NDArray[np.bool_]) -> list[str]:
    lacking = zip(matcher.question.terms, matcher.years & ~held, strict=True)
    years = [f"{term[1:]}年" for term, lacks in lacking if lacks]
    return [*years, *(f"{month}月" for month in matcher.missed_months(texts)), *matcher.missed_names(texts)]


def _tells(word: str, segmenter: Segmenter) -> bool:
    return len(word) > 1 and segmenter.rarity(word) >= _TELLING


def noted(
    answer: Answer, asked: str, matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence], folder: Path
) -> Answer:
    """The answer with what is to be said beside it: that slips in the question `asked` were corrected; of a refusal,
    which words of it the nearest `hits` lack, else that they lack a figure or a date to answer with; of an answer,
    which years and places its `sentences` do not speak of; which cited files of `folder` no longer hold the quote."""
    question = matcher.question
    refused = not answer.best and bool(hits) and not question.is_latin
    lacking = missing(matcher, hits) if refused else []
    spoken = bool(answer.best and sentences) and not question.is_latin
    names = sorted({c.path for c in answer.citations if not c.unchanged})
    gone = [name for name in names if not (folder / name).exists()]
    return replace(
        answer,
        corrected=question.text if question.text != asked else "",
        missing=tuple(lacking),
        lacks_kind=_lacking_kind(matcher, hits) if refused and not lacking else "",
        unsaid=tuple(unsaid(matcher, hits, sentences)) if spoken else (),
        changed_files=tuple(name for name in names if name not in gone),
        gone_files=tuple(gone),
    )


def _lacking_kind(matcher: Matcher, hits: Sequence[Hit]) -> LackingKind:
    if not matcher.counted or any(matcher.holds_kind(hit.passage.text) for hit in hits[:NEAREST]):
        return ""
    return "date" if matcher.question.kind == "when" else "number"
