"""What is said beside an answer: how the question was read, what its passages lack, which files changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tjqa.answers import Sentence
from tjqa.confidence import missing, unsaid
from tjqa.matching import Matcher
from tjqa.question import Question
from tjqa.records import NEAREST, Citation, Hit


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
