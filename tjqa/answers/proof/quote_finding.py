"""Words of a draft in the library: where they stand exactly, widths and blanks apart, else what comes nearest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, islice, pairwise, starmap

from tjqa.answers.proof import parameters
from tjqa.citations.quoted import WIDTHS
from tjqa.documents import Passage, Span
from tjqa.text.sentences import sentences
from tjqa.text.whole_numbers import is_within_number

_NARROW = {**{at: ord(to) for at, to in WIDTHS.items()}, **dict.fromkeys(map(ord, "“”「」『』‘’＂'"), ord('"'))}
"""Code point → the same character in half width, one kind of quotation marks. Width alone: ² is not 2."""

_MOST_BEGINNINGS = 200  # places of a part from which on the next ones are looked for
_PARTING = re.compile(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])")
"""Blanks that part two words or numbers; the first of a run stands for all."""


def narrow(text: str) -> str:
    """A text in half width with one kind of quotation marks; of the same length, and no character for another."""
    return text.translate(_NARROW)


Follows = Callable[[Passage, Passage], bool]
"""Whether the second passage stands in their file right behind the first."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A text in half width without the blanks that say nothing, and where each of its characters stands: 3 50 is not
    350, and two words are not one."""

    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Closed:
        """That of a text."""
        slim = narrow(text)
        parting = {found.start() for found in _PARTING.finditer(slim)}
        places = [at for at, char in enumerate(slim) if not char.isspace() or at in parting]
        return cls("".join(" " if at in parting else slim[at] for at in places), places)

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of it stands in the text."""
        return Span(self.places[start], self.places[end - 1] + 1)


def closed(text: str) -> str:
    """A text in half width without the blanks that say nothing."""
    return Closed.of(text).text


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: `span` in the text of the passage."""

    passage: Passage
    span: Span


def standing(words: str, passages: Iterable[Passage], follows: Follows) -> Place | None:
    """The first place that holds some words, exactly but for widths and blanks. Of what two passages of a file hold
    together the part in the first; they are no more together than they `follow` each other in it."""
    wanted = closed(words)
    if not wanted:
        return None
    of_files: dict[str, list[Passage]] = {}
    for passage in passages:
        of_files.setdefault(passage.path, []).append(passage)
    for held in of_files.values():
        held.sort(key=lambda passage: passage.span)
        texts = [closed(passage.text) for passage in held]
        starts = [0, *accumulate(map(len, texts))]
        whole = "".join(texts)
        at = whole.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            first, last = bisect_right(starts, at) - 1, bisect_left(starts, end) - 1
            here = Closed.of(held[first].text).span(at - starts[first], min(end, starts[first + 1]) - starts[first])
            until = Closed.of(held[last].text).span(0, end - starts[last]).end
            # 215人 does not stand in 3215人, nor what the end of one paragraph and the beginning of another one make.
            cut = is_within_number(held[first].text, here.start) or is_within_number(held[last].text, until)
            if not cut and all(starmap(follows, pairwise(held[first : last + 1]))):
                return Place(held[first], here)
            at = whole.find(wanted, at + 1)
    return None


def in_order(parts: Sequence[str], text: str) -> Span:
    """Which parts of a quotation stand in a text one behind the other, none further from the one before than … may
    stand for: the most of them. `parts` and `text` are `closed`."""
    best = Span(0, 0)
    for first in range(len(parts)):
        for start in islice(_places(parts[first], text), _MOST_BEGINNINGS):
            last, end = first, start + len(parts[first])
            while last + 1 < len(parts):
                following = parts[last + 1]
                at = text.find(following, end, end + parameters.LONGEST_ELISION + len(following))
                if at < 0:
                    break
                last, end = last + 1, at + len(following)
            best = max(best, Span(first, last + 1), key=len)
    return best


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to some words: where it stands, which of their characters differ (spans in the words), which
    of its own do (spans in the passage's text), and the share of the words that is the same."""

    place: Place
    differing: tuple[Span, ...]
    other: tuple[Span, ...]
    share: float


def nearest(words: str, passages: Iterable[Passage]) -> Nearest | None:
    """The stretch of the passages that has most of some words in their order; None where none has
    `parameters.NEAR_QUOTATION` of them."""
    wanted = Closed.of(words)
    best: Nearest | None = None
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted.text)
    for passage in passages:
        for span in _runs(passage.text, len(wanted.text)):
            own = Closed.of(span.of(passage.text))
            matcher.set_seq1(own.text)
            floor = max(parameters.NEAR_QUOTATION, best.share if best is not None else 0.0)
            if not own.text or matcher.quick_ratio() * (len(own.text) + len(wanted.text)) / 2 < floor * len(
                wanted.text
            ):
                continue
            blocks = [block for block in matcher.get_matching_blocks() if block.size]
            share = sum(block.size for block in blocks) / len(wanted.text)
            if blocks and share >= floor and (best is None or share > best.share):
                best = _nearest(passage, span, own, wanted, blocks, share)
    return best


def _runs(text: str, length: int) -> Iterable[Span]:
    """Sentences of a text, and several together where one is shorter than what is looked for."""
    spans = sentences(text)
    for at, first in enumerate(spans):
        end = at
        while end + 1 < len(spans) and spans[end].end - first.start < length:
            end += 1
        yield Span(first.start, spans[end].end)


def _nearest(
    passage: Passage, span: Span, own: Closed, wanted: Closed, blocks: Sequence[Match], share: float
) -> Nearest:
    places = [(block.a, block.b, block.size) for block in blocks]
    first, last = places[0], places[-1]
    # As far before and behind the first and the last common character as the words go on.
    start = max(0, first[0] - first[1])
    end = min(len(own.text), last[0] + last[2] + len(wanted.text) - last[1] - last[2])
    differing, other = [], []
    done_own, done = start, 0
    for a, b, size in [*places, (end, len(wanted.text), 0)]:
        if b > done:
            differing.append(wanted.span(done, b))
        if a > done_own:
            other.append(own.span(done_own, a))
        done_own, done = a + size, b + size
    here = own.span(start, end)
    base = span.start
    return Nearest(
        Place(passage, Span(base + here.start, base + here.end)),
        tuple(differing),
        tuple(Span(base + one.start, base + one.end) for one in other),
        share,
    )
