"""What is said beside an answer: how the question was read, what its passages lack, which files changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.answers.confidence import held_terms, texts_of
from tjqa.answers.sentence_selection import Sentence
from tjqa.results import NEAREST, Citation, Hit
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.question import Question
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


def put_right(asked: str, parsed: Question) -> str:
    """That slips in the question were corrected."""
    return f"问题里像有错字,已按“{parsed.text}”检索。" if parsed.text != asked else ""


def not_found(matcher: Matcher, hits: Sequence[Hit]) -> str:
    """Which words of the question the nearest passages lack, else that they lack a figure or a date to answer with."""
    if not hits or matcher.question.is_latin:
        return ""
    if words := missing(matcher, hits):
        return f"最接近的段落里没有{_listed(words)}。"
    if matcher.counted and not any(matcher.holds_kind(hit.passage.text) for hit in hits[:NEAREST]):
        return f"最接近的段落里没有写明所问的{'日期' if matcher.question.kind == 'when' else '数字'}。"
    return ""


def not_said(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> str:
    """Which years and places of the question the answer does not speak of."""
    words = unsaid(matcher, hits, sentences) if sentences and not matcher.question.is_latin else []
    return f"注意:引文和它的标题、日期里没有{_listed(words)}。" if words else ""


def _listed(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words[:5])


def changed(citations: Sequence[Citation], folder: Path) -> str:
    """Which cited files no longer hold the quote, and whether they are still there."""
    names = sorted({c.path for c in citations if not c.unchanged})
    if not names:
        return ""
    gone = [name for name in names if not (folder / name).exists()]
    edited = [name for name in names if name not in gone]
    told = f"原文已改动:{'、'.join(edited)}。" if edited else ""
    told += f"原文已移走或删除:{'、'.join(gone)}。" if gone else ""
    return f"{told}引文是建立索引时的文字,请运行 tjqa index 更新。"
