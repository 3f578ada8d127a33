"""What each figure of a sentence is said to be of, by the words right before it: 出口额45亿元,进口额30亿元 tells two
things, and the figure of one does not bear out the other. 石桥镇、白水镇人口分别为3万人、5万人 tells two in order.

Works on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tjqa.answers.proof.facts import letters
from tjqa.answers.proof.values import BOUND_BEFORE, Quantity

_STOP = re.compile(r"[,:;。!?\n](?!\d)|[;。!?\n]")
_IN_ORDER = re.compile("(?:分别|依次)")
_ITEM_END = re.compile("、|以及|[和与及]")
_NEXT = re.compile(r"\s*(?:、|,|以及|[和与及])\s*[^\d,、。;]{0,4}")
_MOST_BETWEEN = 6  # characters between 分别 and the first figure: 为, 达到, 比上年增长
# Before a measure it says whose or when, and narrows nothing.
_SUBJECT = re.compile(r".*[省市县区镇乡村州旗国年月]|其中|全年|累计|")
_LEAST = 2


def labels_of(folded: str, quantities: Sequence[Quantity]) -> list[str]:
    """The letters right before each figure in its clause, "" where another figure or nothing stands there."""
    found = []
    for one in quantities:
        ends = [stop.end() for stop in _STOP.finditer(folded, 0, one.span.start)]
        ends += [other.span.end for other in quantities if other.span.end <= one.span.start]
        found.append(BOUND_BEFORE.sub("", letters(folded[max(ends, default=0) : one.span.start])))
    for match in _IN_ORDER.finditer(folded):
        _put_in_order(folded, match, quantities, found)
    return found


def _put_in_order(folded: str, match: re.Match[str], quantities: Sequence[Quantity], labels: list[str]) -> None:
    """Give each of the figures behind 分别 the item of its place in the list before."""
    start = max((stop.end() for stop in _STOP.finditer(folded, 0, match.start())), default=0)
    items = [letters(item) for item in _ITEM_END.split(folded[start : match.start()])]
    behind = sorted(
        (at for at, one in enumerate(quantities) if one.span.start >= match.end()),
        key=lambda at: quantities[at].span.start,
    )[: len(items)]
    if len(items) < _LEAST or len(behind) < len(items) or not all(items):
        return
    if quantities[behind[0]].span.start - match.end() > _MOST_BETWEEN:
        return
    for one, other in pairwise(behind):
        if not _NEXT.fullmatch(folded[quantities[one].span.end : quantities[other].span.start]):
            return
    last, kind = items[-1], items[0][-1]
    cut = last.rfind(kind) + 1 or min(len(items[0]), len(last))  # 白水镇人口: the name ends as the first one does
    measure = last[cut:]
    for at, item in zip(behind, [*items[:-1], last[:cut]], strict=True):
        labels[at] = item + measure


def told_of(mine: str, labels: Sequence[str], at: int) -> int | None:
    """Which figure of a sentence is said to be of what `mine` is, where the one at `at` is said to be of another thing;
    None where it is not, or no figure there is."""
    if len(mine) < _LEAST or len(labels[at]) < _LEAST or _is_one(mine, labels[at]):
        return None
    return next((other for other, label in enumerate(labels) if other != at and _is_one(mine, label)), None)


def _is_one(one: str, other: str) -> bool:
    """Whether two labels end alike, the longer one with no more before than whose it is."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST and long.endswith(short) and _SUBJECT.fullmatch(long[: -len(short)]) is not None
