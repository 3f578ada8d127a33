"""What of a question the head of a row or column holds, and how much of the head the question does."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tjqa.answers.tables import parameters
from tjqa.answers.tables.abbreviations import full_names
from tjqa.answers.tables.aspects import ONLY_CHANGE, Aspect
from tjqa.answers.tables.question import CellQuestion, Word
from tjqa.documents import Span
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import whole_period
from tjqa.text.places import short_name
from tjqa.text.ranges import numbers_alone, range_of
from tjqa.text.recurring_times import told_as
from tjqa.text.segmenter import Segmenter
from tjqa.text.units import is_unit

_HAN = re.compile("[\u4e00-\u9fff]+")
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_RANGE = re.compile(r"(?<=[\d年月天岁])[~至到—–](?=\d)")
# What accounts call one and the same time, by the language of their makers.
_SAME_TIMES = (
    ("期末", "年末"),
    ("期初", "年初", "上年年末", "上年末"),
    ("本期", "本年", "当期"),
    ("上期", "上年", "上年同期"),
)
TIME_OF_ACCOUNTS = re.compile(
    "|".join(sorted((name for names in _SAME_TIMES for name in names), key=len, reverse=True))
)
"""A time of accounts."""
_ASKED_LAST = re.compile(r"(?:[是为有叫]|分别|各)*(?:什么|多少|哪[些个里]|谁|几).{0,3}$|[?？。]+$")
_SHORTEST_END = 3  # characters of a head that the question ends in
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.](?!\d)|其中[:、]?)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head. `bare` is the folded one without number, per cent and brackets. `support` is how far it holds
    each word of the question, `share` how much of it the question holds, 0..1; `is_named` that it holds all, `is_asked`
    that it ends in what a question word asks for, `counts` that it is a unit (亿元, 上年=100), `dates` that it is a
    period. `pairs` are its pairs of characters that stand in the question; `is_last` says
    that the question ends in what the head does, question words apart: 处罚依据 of 行政处罚依据."""

    folded: str
    bare: str
    support: tuple[float, ...]
    share: float
    is_named: bool
    is_asked: bool
    counts: bool
    dates: bool
    pairs: frozenset[str]
    is_last: bool

    def or_else(self, other: Head, weight: float) -> Head:
        """This head where it holds as much as another wording of it, which counts `weight` of its own."""
        support = tuple(max(own, weight * one) for own, one in zip(self.support, other.support, strict=True))
        return replace(
            self,
            support=support,
            share=max(self.share, weight * other.share),
            is_asked=self.is_asked or other.is_asked,
        )

    def or_named(self, other: Head) -> Head:
        """This head where it says the same as another wording of it, which counts as much."""
        found = self.or_else(other, 1.0)
        return replace(other, support=found.support, share=found.share, is_asked=found.is_asked)


_APART = re.compile(r"(?:[\u4e00-\u9fff]、){2,}(?=[\u4e00-\u9fff])")
"""Characters of one word set apart: 农、林、牧、渔业."""


def bare_head(text: str) -> str:
    """A head as it stands in the file, folded, without number, per cent and brackets."""
    return _bare(with_ranges(squeeze(fold(text))))


def _bare(folded: str) -> str:
    stripped = _NUMBERED.sub("", folded)
    return (_BRACKETED.sub("", stripped) or stripped).rstrip("%‰") or folded


def with_ranges(folded: str) -> str:
    """A folded text of the same length in which every range has a hyphen: 1~2年 and 1至2年 are 1-2年."""
    return _RANGE.sub("-", folded)


# What is counted: 班 of 有几个班, which a table calls 班级数.
_COUNTED = re.compile(r"(?:多少|几)[个家所名位座条张台辆只头件套]?(?P<thing>[\u4e00-\u9fff]{1,4}?)[?？。]?$")


class HeadReader:
    """Reads heads for one question; each different one once."""

    def __init__(self, question: CellQuestion, segmenter: Segmenter) -> None:
        self._question = question
        self._segmenter = segmenter
        self._asked = with_ranges(question.folded)
        self._pairs = frozenset(self._asked[at : at + 2] for at in range(len(self._asked) - 1))
        self._last = _ASKED_LAST.sub("", self._asked)
        self._numbers = tuple(numbers_alone(self._asked))
        self._range = range_of(self._asked)
        counted = _COUNTED.search(question.folded)
        self._counted = counted["thing"] if counted is not None else ""
        self._times = set(TIME_OF_ACCOUNTS.findall(self._asked))
        self._read: dict[str, Head] = {}

    def of(self, text: str) -> Head:
        """A head as it stands in the file."""
        found = self._read.get(text)
        if found is None:
            folded = with_ranges(squeeze(fold(text)))
            found = self._made(folded)
            if (other := TIME_OF_ACCOUNTS.sub(self._as_asked, folded)) != folded:
                found = found.or_else(self._made(other), parameters.OTHER_TIME_WORD)
            if (timed := told_as(folded, self._asked)) != folded:
                found = found.or_named(self._made(timed))
            if (joined := _APART.sub(lambda run: run[0].replace("、", ""), folded)) != folded:
                found = found.or_else(self._made(joined), 1.0)
            self._read[text] = found
        return found

    def _as_asked(self, time: re.Match[str]) -> str:
        """The word that the question has for a time of accounts, where it has another one than the head."""
        names = next(names for names in _SAME_TIMES if time[0] in names)
        return time[0] if time[0] in self._times else next((name for name in names if name in self._times), time[0])

    def _made(self, folded: str) -> Head:
        bare = _bare(folded)
        support = tuple(_support(word, folded, self._segmenter) for word in self._question.words)
        is_named = len(bare) > 1 and bare in self._asked
        if is_named:
            support = tuple(map(max, support, self._across(bare)))
        if (scaled := self._on_scale(folded)) is not None:
            is_named = True
            support = tuple(
                max(one, float(word.span.start < scaled.end and scaled.start < word.span.end))
                for word, one in zip(self._question.words, support, strict=True)
            )
        end = self._asked_end(bare)
        is_named = is_named or (0 < end < len(bare) - 1 and bare[: len(bare) - end] in self._asked)
        return Head(
            folded,
            bare,
            support,
            1.0 if is_named else self._share(bare),
            is_named,
            end > 0,
            is_unit(bare.strip("()[]【】")),  # （%） in a row of its own
            whole_period(folded) is not None,
            frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) & self._pairs,
            any(self._last.endswith(bare[at:]) for at in range(len(bare) - _SHORTEST_END + 1)),
        )

    def _on_scale(self, folded: str) -> Span | None:
        """Where the question tells the range that a head of a scale is (满五年不到十年 of 满5年不满10年), or a number
        that lies in it; what the head says beside it stands in the question, too."""
        found = range_of(folded) if self._numbers or self._range is not None else None
        if found is None:
            return None
        beside = f"{folded[: found.span.start]} {folded[found.span.end :]}"
        if any(rest not in self._asked for rest in _HAN.findall(beside)):
            return None
        if self._range is not None and self._range.is_same(found):
            return self._range.span
        return next((span for value, unit, span in self._numbers if found.holds(value, unit)), None)

    def _share(self, bare: str) -> float:
        """The share of a head's characters that stand in the question beside one of their neighbours."""
        if len(bare) < 2:
            return float(bare in self._asked) if bare else 0.0
        inside = [False] * len(bare)
        for at in range(len(bare) - 1):
            if bare[at : at + 2] in self._pairs:
                inside[at] = inside[at + 1] = True
        inside[len(bare) - self._asked_end(bare) :] = [True] * self._asked_end(bare)
        return sum(inside) / len(bare)

    def _asked_end(self, bare: str) -> int:
        """How many characters at the end of a head say what a question word asks for: 首飞时间 of 什么时候首飞, all of
        同比 where the change is asked for."""
        is_asked = Aspect.CHANGE in self._question.aspects and self._question.unit in ("", "percent")
        if is_asked and ONLY_CHANGE.fullmatch(bare):
            return len(bare)
        if self._counted and re.fullmatch(rf"{self._counted}[级次位]?总?数量?", bare):
            return len(bare)
        found = (asked.heads.search(bare) for asked in self._question.asked)
        return max((len(one[0]) for one in found if one is not None), default=0)

    def _across(self, bare: str) -> tuple[float, ...]:
        """How far the words of the question are held by a head that it holds whole, also those that were cut across its
        end: 及其他支出 after 损失 is 及其他 of the head and 支出."""
        words = self._question.words
        at = self._asked.find(bare)
        end = at + len(bare)
        # A word that begins before the head says more than it: 农村居民 of 居民人均可支配收入.
        inside = [max(0, min(word.span.end, end) - word.span.start) * (word.span.start >= at) for word in words]
        if not any(part == len(word.span) for part, word in zip(inside, words, strict=True)):
            return (0.0,) * len(words)
        return tuple(part / len(word.span) for part, word in zip(inside, words, strict=True))


def _support(word: Word, text: str, segmenter: Segmenter) -> float:
    asked = word.text
    if asked in "男女" and not re.search(f"(?<![妇子儿孙侄]){asked}", text):
        return 0.0  # 妇女儿童, 子女 tell of no sex
    if asked[0].isascii():
        return float(_holds_token(asked, text) or any(name in text for name in full_names(asked)))
    if (
        asked in text
        or any(name in text for name in full_names(asked))
        or (word.is_place and short_name(asked) == text)
    ):
        return 1.0 if len(asked) > 1 else parameters.SINGLE_CHARACTER
    if len(asked) == 2 and asked[1] == "市" and re.search(f"{asked[0]}[\u4e00-\u9fff]{{2,3}}市", text):
        return parameters.ABBREVIATED  # of a long name its first character
    if len(asked) > 2:
        pairs = [asked[at : at + 2] for at in range(len(asked) - 1)]
        share = sum(pair in text for pair in pairs) / len(pairs)
        if share >= parameters.LEAST_PAIRS:
            return share
        if len(asked) > 3 and len(text) <= 2 * len(asked) and all(char in text for char in asked):
            return parameters.ABBREVIATED  # 法人代表 of 法定代表人
    return parameters.ABBREVIATED if _abbreviates(asked, text, segmenter) else 0.0


def _holds_token(token: str, text: str) -> bool:
    """Whether a text holds a number or a Latin word as a whole: 0 not in 10, p.o in p.o42.5."""
    if token not in text:
        return False
    before, behind = (r"[\d.]", r"\.?\d") if token[0].isdecimal() else ("[a-z]", "[a-z]")
    return re.search(rf"(?<!{before}){re.escape(token)}(?!{behind})", text) is not None


def _abbreviates(asked: str, text: str, segmenter: Segmenter) -> bool:
    """Whether the characters of a short word begin, one by one, words of the text that follow each other: 营收 of
    营业收入, 增速 of 增长速度."""
    if not 2 <= len(asked) <= 4 or not all(char in text for char in asked):
        return False
    begins = [word[0] for word in segmenter.cut(text) if word.strip()]
    return any(begins[at : at + len(asked)] == list(asked) for at in range(len(begins)))
