"""Lines that hold the words of a question and say nothing: its echo, a question, a line of contents, an empty form."""

from __future__ import annotations

import re

from tjqa.answers import parameters
from tjqa.retrieval.answer_type import ASKS
from tjqa.text.normalize import fold, squeeze

# 第三章 招标范围……12: dots that lead to a number of a page.
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|-{6,})\s*[(（]?\d{1,4}[)）]?\s*\Z")
# 姓名:____, 年 月 日 with nothing before them, □是 □否: what is to be filled in.
_FORM = re.compile(r"_{3,}|(?<![\d〇一二三四五六七八九十])\s*年\s+月\s+日|□.*□")
# 联系人: 电话: 传真: without any value.
_LABELS = re.compile(r"(?:[^\s:]{1,8}\s*:[\s_]*){2,}")
_ASKED = re.compile(r"[?？][”’」』)）】》\"'\s]*\Z")
_NO_LETTER = re.compile(r"[\W_]")


def is_bare(sentence: str, question: str) -> bool:
    """Whether a sentence cannot answer whatever is asked: it says no more than the question, asks itself, leads to a
    page, or is a form that nobody filled in, labels alone. `question` is folded."""
    folded = fold(sentence).strip()
    if _CONTENTS.search(folded) or _FORM.search(folded) or _LABELS.fullmatch(folded):
        return True
    asks = _ASKED.search(folded) is not None
    return (asks and ASKS.search(folded) is not None) or echo(folded, question) >= parameters.ECHO


def echo(sentence: str, question: str) -> float:
    """How much of a sentence the question says already: the share of its pairs of characters, 0..1. Both folded."""
    said, asked = (_NO_LETTER.sub("", squeeze(text)) for text in (sentence, question))
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    held = {asked[at : at + 2] for at in range(len(asked) - 1)}
    return len(pairs & held) / len(pairs) if pairs else 1.0
