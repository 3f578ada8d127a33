"""What an answer says of something beside what is asked about: of another day, of 进口 where 出口 is asked for.

Nothing says that 王建国 is not 王建军 but the character that differs. So a word of the question that an answer lacks
counts where another one stands in its place, before or behind the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.text.entities import begins_like_a_person
from tjqa.text.periods import Dated, Period, periods

_DEPUTY = "副"
_GROUPS = (
    "早晚",
    "上下",
    "左右",
    "男女",
    "新旧",
    "前后",
    "内外",
    "东西南北",
    "首末",
    "进出入",
    "高低",
    "春夏秋冬",
    "甲乙丙丁",
)
_SIDES = "东西南北"
# 不得 says what 不能 asks, and 可以…吗 is answered by 不得.
_MODALS = frozenset(["可以", "能够", "可能", "应当", "应该", "必须", "不能", "不得", "不可", "不准", "不许", "不应"])
_FUNCTION = re.compile("[的了是在和与及或被把将对从到至于由为以之其这那个有也都就还又并等着过给跟]")
_OPPOSITES = {char: group.replace(char, "") for group in _GROUPS for char in group}


def is_of_another_time(asked: str, told: str, around: str) -> bool:
    """Whether the folded words that answer tell of other days or months than a folded question asks about, as exactly,
    and neither they nor what stands around them of a stretch that has a day in common with those."""
    wanted, found = _finer(asked), _finer(told)
    exact = {one.exactness for one in wanted}
    if not any(other.exactness in exact for other in found):
        return False
    return not any(_meet(one, other) for one in wanted for other in (*found, *_finer(around)))


def missed_times(asked: str, told: str) -> Iterator[str]:
    """The days and months of a folded question, as it writes them, that a folded text has no day in common with."""
    held = _finer(told)
    for dated in _dated(asked):
        if dated.period.exactness > 0 and not any(_meet(dated.period, one) for one in held):
            yield dated.span.of(asked).strip(" ,")


def untold_times(asked: str, told: str, around: str) -> Iterator[str]:
    """The months of a folded question, as it writes them, of which the folded words that answer tell more, fewer or
    others (1—5月 for 5月), where neither they nor what stands around them tells these."""
    held = [*_finer(told), *_finer(around)]
    for dated in _dated(asked):
        wanted = dated.period
        said = [one for one in _finer(told) if one.exactness == 1]
        if wanted.exactness < 2 and said and not any(_is_same(wanted, one) for one in held):
            yield dated.span.of(asked).strip(" ,")


def contrasted(matcher: Matcher, hit: Hit, told: str) -> Iterator[str]:
    """The words of the question that the folded words which answer lack, and another stands in the place of."""
    asked = matcher.question.folded
    around = f"{hit.context.folded}\n{hit.text.folded}"
    yield from _opposed(asked, told)
    named = set(matcher.segmenter.cut(hit.context.folded))  # as a word: there is no 出口 in 进出口
    ends = list(accumulate(map(len, matcher.segmenter.cut(told)), initial=0))
    for span, word in zip(matcher.word_spans, matcher.words, strict=True):
        if lacks_office(asked, told, word):
            yield word
        # A name that the sentences before it tell is what it speaks of: 二期 of the 展览中心 beside a 会议中心.
        is_told = word in told or word in named or (len(word) > 2 and word in hit.text.folded)
        if len(word) < 2 or is_told or word in _MODALS or not _is_word(matcher, word):
            continue
        behind, before = asked[span.end : span.end + 2], asked[max(0, span.start - 2) : span.start]
        starts = [at - len(word) for at in _places(told, behind)] + [at + 2 for at in _places(told, before)]
        others = [told[at : at + len(word)] for at in starts if at in ends and at + len(word) in ends]
        nowhere = word not in around
        if nowhere and begins_like_a_person(word):
            others += [told[at : at + len(word)] for at in _places(told, word[:2])]
        whole = [told[ends[bisect_left(ends, at) - 1] : at] for at in _places(told, behind) if at] if nowhere else []
        if any(_is_beside(word, other) for other in others) or any(len(one) > 1 and one not in asked for one in whole):
            yield word


def _is_word(matcher: Matcher, word: str) -> bool:
    """Whether jieba knows a word; what it made up itself may be one (离港), but none with a function word in it
    (签了)."""
    return not matcher.segmenter.is_made_up(word) or not _FUNCTION.search(word)


def _opposed(asked: str, told: str) -> Iterator[str]:
    """Pairs of characters of the question, the first of which has an opposite that stands in its place (晚高峰 and
    早高峰), and its sides of a place that is told without one (青溪东站 and 青溪站)."""
    for at, (char, further) in enumerate(pairwise(asked)):
        if char not in _OPPOSITES or not "\u4e00" <= further <= "\u9fff" or char + further in told:
            continue
        if any(other + further in told and other + further not in asked for other in _OPPOSITES[char]):
            yield asked[at : at + 2]
    for before, char, behind in zip(asked, asked[1:], asked[2:], strict=False):
        if char in _SIDES and before + behind in told and before + char + behind not in told:
            yield before + char + behind


def lacks_office(asked: str, told: str, word: str) -> bool:
    """Whether a word stands in what answers only behind 副, and not so in the question."""
    deputy = f"{_DEPUTY}{word}"
    return deputy in told and deputy not in asked and word not in told.replace(deputy, "")


def _is_beside(word: str, other: str) -> bool:
    """Whether two words of one length differ, and share a character at its place: 出口 and 进口."""
    return len(other) == len(word) and other != word and any(a == b for a, b in zip(word, other, strict=True))


def _places(text: str, piece: str) -> Iterator[int]:
    """Where two Chinese characters stand in a text."""
    if len(piece) < 2 or not all("\u4e00" <= char <= "\u9fff" for char in piece):
        return
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _dated(folded: str) -> Iterable[Dated]:
    return (one for one in periods(folded) if one.spelled or one.period.exactness > 0)


def _finer(folded: str) -> list[Period]:
    """The stretches of a text that are told in days or months."""
    return [one.period for one in _dated(folded) if one.period.exactness > 0]


def _meet(one: Period, other: Period) -> bool:
    """Whether two stretches have a day in common, where neither or one tells its year."""
    same_year = not one.year or not other.year or one.year == other.year
    return same_year and one.first <= other.last and other.first <= one.last


def _is_same(one: Period, other: Period) -> bool:
    same_year = not one.year or not other.year or one.year == other.year
    return same_year and (one.first, one.last) == (other.first, other.last)
