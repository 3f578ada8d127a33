"""Unanswerable questions made from answerable ones: another subject, place or unit than the document speaks of.

Questions whose documents are taken away teach a model to refuse what is far from everything. What people ask in vain
is mostly near: the right district and year, another measure; the right measure, another district. So one thing of an
answerable question is exchanged for one that its library does not hold.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from tjqa.engine import Engine
from tjqa.retrieval import parameters
from tjqa.retrieval.matching import Matcher
from tjqa.text.numbers import figures
from tjqa.text.places import place_names

_UNITS = {"time": "分钟", "length": "公里", "area": "亩", "mass": "吨", "money": "亿元", "people": "人", "count": "家"}
# Places all over the country; those a library holds are not taken.
_PLACES = [
    *("延庆区", "铜梁区", "余杭区", "吴江区", "南海区", "黄陂区", "章丘区", "长安区"),
    *("闽侯县", "巴南区", "赣州市", "遵义市", "绵阳市", "温州市", "洛阳市", "大同市"),
]


def focus_word(matcher: Matcher) -> str | None:
    """The word of several characters that a question most asks about: a rare one near its question word; None when
    there is none."""
    asked_at = matcher.question.answer_type.asked_at
    if asked_at is None:
        return None
    gaps = np.array([asked_at.gap(span) for span in matcher.word_spans], dtype=np.float32)
    focus = matcher.word_weights * np.exp2(-gaps / parameters.FOCUS_REACH)
    ranked = sorted(zip(focus.tolist(), matcher.words, strict=True), reverse=True)
    return next((word for weight, word in ranked if weight > 0 and len(word) > 1), None)


def swapped(engine: Engine, text: str, donors: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Up to four variants of a question that its library does not answer; `donors` are words to put in place of what
    it asks about."""
    matcher = engine.understand(text)
    question = matcher.question
    word = focus_word(matcher)
    strangers = [d for d in rng.sample(donors, min(len(donors), 40)) if d not in text and _is_strange(engine, d)]
    if word and strangers:
        yield question.folded.replace(word, strangers[0])
    place = next(iter(place_names(question.content, engine.segmenter)), None)
    elsewhere = [p for p in rng.sample(_PLACES, len(_PLACES)) if _is_strange(engine, p[:2])]
    if place and elsewhere:
        yield question.folded.replace(place, elsewhere[0])
    year = next((f for f in figures(question.folded) if f.kind == "date" and len(f.forms[0]) == 5), None)
    if year:
        other = rng.choice([y for y in range(1990, 2030) if abs(y - int(year.forms[0][1:])) > 1])
        yield f"{question.folded[: year.start]}{other}年{question.folded[year.end :]}"
    asked = question.answer_type
    if asked.unit in _UNITS and asked.unit_at is not None:
        unit = rng.choice([u for name, u in _UNITS.items() if name not in (asked.unit, "count", "people")])
        yield f"{question.folded[: asked.unit_at.start]}多少{unit}{question.folded[asked.unit_at.end :]}"


def _is_strange(engine: Engine, word: str) -> bool:
    """Whether no passage holds the word or, were it cut otherwise, its first pair of characters."""
    return not any(engine.holds([word, f"·{word[:2]}"]))
