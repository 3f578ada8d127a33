"""What heads and texts of a cell come to, taken together."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.answers.tables import parameters
from tjqa.answers.tables.contrast import is_size
from tjqa.answers.tables.grid import is_figure
from tjqa.answers.tables.heads import Head
from tjqa.documents.tables import Cell


def timeliness(period: str) -> float:
    """What a cell gains or loses by its period."""
    if period == "untold":
        return -parameters.UNTOLD_PERIOD
    return parameters.SAME_PERIOD if period == "same" else 0.0


def goes_on(word: str, name: str, context: str) -> bool:
    """Whether a word is a name and, behind it, what the context says."""
    rest = word[len(name) :]
    return len(rest) > 1 and word.startswith(name) and rest in context


def shares(row_heads: Sequence[Head], column_heads: Sequence[Head]) -> tuple[float, float]:
    """How much of the heads of a row and of a column the question holds, 0..1: of a row the innermost counts most."""
    row = (max(head.share for head in row_heads) + row_heads[-1].share) / 2 if row_heads else 0.0
    naming = [head for head in column_heads if not head.counts] or column_heads
    column = sum(head.share for head in naming) / len(naming) if naming else 0.0
    return row, column


def pairs(heads: Sequence[Head]) -> frozenset[str]:
    """The pairs of characters of the question that heads hold."""
    return frozenset().union(*(head.pairs for head in heads))


def named_whole(heads: Sequence[Head]) -> frozenset[str]:
    """The heads that the question holds whole, periods apart."""
    return frozenset(head.bare for head in heads if head.is_named and not head.dates)


def may_name(text: str) -> bool:
    """Whether a cell may say what its row or column is: a short text and no figure."""
    return 0 < len(text.strip()) <= parameters.LONGEST_KEY and not is_figure(text)


def tells_row(cell: Cell) -> bool:
    """Whether a cell may say which row it is: its name, or the size of what it is of (0.5g)."""
    return may_name(cell.text) or is_size(cell.text)
