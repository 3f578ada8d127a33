"""Slips of the input method in a question: a wrong character of the same sound, two characters in the wrong order.

Pinyin input gives homophones (招赏 for 招商). Suspect is a rare character that stands alone, or a word that neither
jieba's dictionary nor the library knows. It is replaced only when a character of the same sound makes it part of a
word that the library holds: a question in good Chinese is never touched. pypinyin (0.15 s) is imported when there is
a suspect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from tjqa.retrieval import parameters
from tjqa.text.places import is_place
from tjqa.text.segmenter import Segmenter

Known = Callable[[Sequence[str]], Sequence[bool]]
"""Which of some index terms (words, or pairs of characters marked with ·) the library holds."""

_NO_SLIPS = frozenset("是的了在有和不")
"""What nobody types for something else, though jieba makes words up with it: in 市长是谁 it sees 长是."""

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")

# Sounds that many speakers, and so typists, do not keep apart.
_SAME_SOUND = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([aei])ng$"), r"\1n"))


def corrected(content: str, known: Known, segmenter: Segmenter) -> str:
    """`content` (a folded question whose question words are blanked out) with its slips put right; the same length."""
    for run in list(_RUN.finditer(content)):
        content = content[: run.start()] + _correct_run(run[0], known, segmenter) + content[run.end() :]
    return content


def _correct_run(run: str, known: Known, segmenter: Segmenter) -> str:
    for i in list(_suspects(run, known, segmenter)):
        fixes = [*_homophones_at(run, i), *_swapped_at(run, i)]
        # All pairs at once, before any sentence is cut, which costs a hundred times more.
        pairs = known([pair for fixed in fixes for pair in (f"·{fixed[i - 1 : i + 1]}", f"·{fixed[i : i + 2]}")])
        likely = (fixed for n, fixed in enumerate(fixes) if pairs[2 * n] or pairs[2 * n + 1])
        run = next((fixed for fixed in likely if _completes_a_word(fixed, run, known, segmenter)), run)
    return run


def _suspects(run: str, known: Known, segmenter: Segmenter) -> Iterator[int]:
    start = 0
    for word in segmenter.cut(run):
        if len(word) == 1:
            if segmenter.rarity(word) >= parameters.SUSPECT_CHARACTER:
                yield start
        elif segmenter.is_made_up(word) and not is_place(word) and not all(known([word, *_pairs(word)])):
            held = known(_pairs(run))
            yield from (
                i
                for i in range(start, start + len(word))
                if run[i] not in _NO_SLIPS and not any(held[max(0, i - 1) : i + 1])
            )
        start += len(word)


def _homophones_at(run: str, i: int) -> Iterator[str]:
    for char in _by_sound().get(_sound(run[i]), ()):
        if char != run[i]:
            yield run[:i] + char + run[i + 1 :]


def _swapped_at(run: str, i: int) -> Iterator[str]:
    if i + 1 < len(run):
        yield run[:i] + run[i + 1] + run[i] + run[i + 2 :]


def _completes_a_word(fixed: str, run: str, known: Known, segmenter: Segmenter) -> bool:
    """Whether the change makes a word of several characters that the library holds."""
    changed = [i for i, (a, b) in enumerate(zip(fixed, run, strict=True)) if a != b]
    start = 0
    for word in segmenter.cut(fixed):
        end = start + len(word)
        if len(word) > 1 and changed and start <= changed[0] and changed[-1] < end:
            return all(known([word, *_pairs(word)]))
        start = end
    return False


def _pairs(text: str) -> list[str]:
    return [f"·{text[i : i + 2]}" for i in range(len(text) - 1)]


def sound_alike(one: str, other: str) -> bool:
    """Whether two texts are read alike, so that one may be a slip for the other: 常驻 for 常住."""
    return len(one) == len(other) and all(map(_are_read_alike, one, other))


def _are_read_alike(one: str, other: str) -> bool:
    return one == other or _sound(one) == _sound(other)


def _sound(char: str) -> str:
    """The most common reading of a character without its tone."""
    from pypinyin import Style, lazy_pinyin

    sound = lazy_pinyin(char, style=Style.NORMAL)[0]
    for pattern, plain in _SAME_SOUND:
        sound = pattern.sub(plain, sound)
    return sound


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    """Sound → the common characters (GB 2312 level 1) read so."""
    table: dict[str, str] = {}
    for lead in range(0xB0, 0xD8):
        for char in bytes(b for trail in range(0xA1, 0xFF) for b in (lead, trail)).decode("gb2312", "ignore"):
            sound = _sound(char)
            table[sound] = table.get(sound, "") + char
    return table
