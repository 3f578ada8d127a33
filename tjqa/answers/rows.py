"""Which figure of a row a question asks for: 石桥镇和白水镇产量分别为1.5万吨和2.5万吨 gives the second for 白水镇.

Marked alone the other one would be told as its answer; where it is not clear which is asked for, all of the row are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjqa.documents import Span

_IN_TURN = re.compile(r"(?:分别|依次)[^,;:。!?\d]*$")
_CLAUSE = re.compile(r"[,;:。!?\n]")
_AND = re.compile(r"以及|[、和与及]")
_NEXT = re.compile(r"\s*(?:[、,]\s*(?:和|与|以?及)?|和|与|以?及)\s*")
_SEVERAL = re.compile(r"分别|各|以及|[和与、及]")
_LEAST = 2  # characters that a thing of a row shares with the question: one is shared by chance


def asked_of_row(folded: str, figures: Sequence[Span], chosen: Span, question: str) -> Span:
    """The figure that a question asks for, where the chosen one stands in a row behind 分别; else the chosen one.

    Args:
        folded: the sentence.
        figures: its figures with their units, in order.
        chosen: one of them.
        question: folded.
    """
    row = next((row for row in _rows(folded, figures) if chosen in row), [])
    if len(row) < 2:
        return chosen
    before = folded[: row[0].start]
    word = max(before.rfind("分别"), before.rfind("依次"))
    starts = [found.end() for found in _CLAUSE.finditer(before, 0, word)]
    items = [item.strip() for item in _AND.split(before[max(starts, default=0) : word])]
    if len(items) == len(row) and not _SEVERAL.search(question):
        shared = [_ending(items[0], question), *(_beginning(item, question) for item in items[1:])]
        most = max(shared)
        if most >= _LEAST and shared.count(most) == 1:
            return row[shared.index(most)]
    return Span(row[0].start, row[-1].end)


def _rows(folded: str, figures: Sequence[Span]) -> list[list[Span]]:
    rows: list[list[Span]] = []
    for figure in figures:
        if rows and _NEXT.fullmatch(folded[rows[-1][-1].end : figure.start]):
            rows[-1].append(figure)
        elif _IN_TURN.search(folded[: figure.start]):
            rows.append([figure])
    return rows


def _beginning(item: str, question: str) -> int:
    """How much of the beginning of an item the question holds; no part of a number counts."""
    fitting = (at for at in range(len(item), 0, -1) if item[:at] in question and not _cuts_number(item, at))
    return next(fitting, 0)


def _ending(item: str, question: str) -> int:
    fitting = (at for at in range(len(item)) if item[at:] in question and not _cuts_number(item, at))
    return len(item) - next(fitting, len(item))


def _cuts_number(item: str, at: int) -> bool:
    return 0 < at < len(item) and item[at - 1].isdigit() and (item[at].isdigit() or item[at] in "年月")
