"""Lines that hold the words of a question and say nothing: its echo, a question, a line of contents, an empty form."""

from __future__ import annotations

import re

from tjqa.answers import parameters
from tjqa.documents import Span
from tjqa.retrieval.answer_type import ASKS
from tjqa.text.normalize import fold, squeeze

# 第三章 招标范围……12: dots that lead to a number of a page.
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|-{6,})\s*[(（]?\d{1,4}[)）]?\s*\Z")
# 姓名:____, 年 月 日 with nothing before them, □是 □否: what is to be filled in.
_FORM = re.compile(r"_{3,}|(?<![\d〇一二三四五六七八九十])\s*年\s+月\s+日|□.*□")
# 联系人: 电话: 传真: without any value.
_LABELS = re.compile(r"(?:[^\s:]{1,8}\s*:[\s_]*){2,}")
_TICKED = re.compile(r"(?=.*[□☐])(?=.*[√☑✓✔■])(?:[□☐√☑✓✔■]\s*[^\s□☐√☑✓✔■]{1,12}\s*){2,8}")
_PICKED = re.compile(r"[√☑✓✔■]\s*[^\s□☐√☑✓✔■]{1,12}")
_NUMBER_ALONE = re.compile(  # 【16】, 第十七条, (三): a number of the text itself
    r"\W*(?:第\s*[\d〇零一二三四五六七八九十百千]+\s*[章节条款项编篇]|[【\[(〔]\s*[\d〇一二三四五六七八九十百]+\s*[】\])〕])\W*"
)
_ASKED = re.compile(r"[?？][”’」』)）】》\"'\s]*\Z")
_NO_LETTER = re.compile(r"[\W_]")


def is_bare(sentence: str, question: str) -> bool:
    """Whether a sentence cannot answer whatever is asked: it says no more than the question, asks itself, leads to a
    page, or is a form that nobody filled in, labels or a number of an article alone. `question` is folded."""
    folded = fold(sentence).strip()
    if _CONTENTS.search(folded) or _FORM.search(folded):
        return True
    if _LABELS.fullmatch(folded) or _NUMBER_ALONE.fullmatch(folded):
        return True
    asks = _ASKED.search(folded) is not None
    return (asks and ASKS.search(folded) is not None) or echo(folded, question) >= parameters.ECHO


def ticked(text: str, span: Span) -> Span | None:
    """A stretch with the line of boxes below it, of which one is ticked (是否审计 / □是 √否); of boxes with the line
    above them; None where there are none."""
    own = _line_of(text, span)
    if _TICKED.fullmatch(own.of(text).strip()) and own.start:
        return Span(_line_of(text, Span(own.start - 1, own.start - 1)).start, own.end)
    if own.end >= len(text):
        return None
    below = _line_of(text, Span(own.end + 1, own.end + 1))
    return Span(span.start, below.end) if _TICKED.fullmatch(below.of(text).strip()) else None


def picked(text: str, boxes: Span) -> Span:
    """The first box that is ticked in a line of them, with its words: ☑否."""
    found = _PICKED.search(text, boxes.start, boxes.end)
    return Span(*found.span()) if found is not None else boxes


def _line_of(text: str, span: Span) -> Span:
    end = text.find("\n", max(span.end - 1, span.start))
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def echo(sentence: str, question: str) -> float:
    """How much of a sentence the question says already: the share of its pairs of characters, 0..1. Both folded."""
    said, asked = (_NO_LETTER.sub("", squeeze(text)) for text in (sentence, question))
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    held = {asked[at : at + 2] for at in range(len(asked) - 1)}
    return len(pairs & held) / len(pairs) if pairs else 1.0
