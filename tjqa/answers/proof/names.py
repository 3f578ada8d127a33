"""Names put in place of others: in a clause that was taken from a sentence of the library nearly as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tjqa.answers.proof import parameters
from tjqa.answers.proof.facts import letters
from tjqa.documents import Span
from tjqa.text.entities import begins_like_a_person
from tjqa.text.places import is_place
from tjqa.text.segmenter import HAN, Segmenter

_LATIN = re.compile(r"[a-z][a-z0-9.+-]*")
_LONGEST_NAME = 12
_TIMES = re.compile(r"[年月日号旬季今去明前本当上下同期]")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Words of a draft's clause and those that stand in their place in a sentence of the library, both folded."""

    mine: Span
    other: Span


def exchanged(mine: str, other: str, segmenter: Segmenter) -> Iterator[Exchanged]:
    """The names of a clause `mine` that have another name in their place in `other`, where the rest is nearly the same;
    spans as of these texts."""
    matcher = SequenceMatcher(None, other, mine, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    known = len(letters(mine))
    same = sum(len(letters(mine[block.b : block.b + block.size])) for block in blocks)
    if not known or same / known < parameters.NEAR_COPY:
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace":
            continue
        own, theirs = _word(mine, Span(c, d), segmenter), _word(other, Span(a, b), segmenter)
        if own is None or theirs is None or max(len(own), len(theirs)) > _LONGEST_NAME:
            continue
        if own.of(mine) != theirs.of(other) and _is_exchange(own.of(mine), theirs.of(other), segmenter):
            yield Exchanged(own, theirs)


def _word(text: str, changed: Span, segmenter: Segmenter) -> Span | None:
    """The whole words that a change touches."""
    start = end = at = 0
    found = False
    for word in segmenter.cut(text):
        if at < changed.end and changed.start < at + len(word):
            start, end, found = (start if found else at), at + len(word), True
        at += len(word)
    return Span(start, end) if found else None


def _is_exchange(mine: str, other: str, segmenter: Segmenter) -> bool:
    """Whether one of two words is a name, and neither a figure, a time or a word of the language that a writer may
    choose for another."""
    if any(char.isdigit() for char in mine + other) or _TIMES.search(mine + other):
        return False
    if not (_is_letters(mine) and _is_letters(other)):
        return False
    return is_name(mine, segmenter) or is_name(other, segmenter)


def _is_letters(word: str) -> bool:
    return re.fullmatch(rf"[{HAN}a-z0-9·.+-]+", word) is not None


def is_name(word: str, segmenter: Segmenter) -> bool:
    """Whether a word may be a proper name: a place, a word in Latin letters, or one that no dictionary knows and that
    begins like a person's."""
    if _LATIN.fullmatch(word) or is_place(word):
        return True
    return 2 <= len(word) <= 3 and begins_like_a_person(word) and segmenter.is_made_up(word)
