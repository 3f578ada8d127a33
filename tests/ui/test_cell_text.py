"""How a card tells cells of tables."""

from __future__ import annotations

import pytest

from tjqa.documents import Span
from tjqa.results import AnswerCell, Citation
from tjqa.ui.widgets.cell_text import cell_with_mark


def citation(quote: str) -> Citation:
    """A citation of a cell."""
    return Citation(1, "价格.xlsx", "0" * 64, Span(3, 3 + len(quote)), 1, 1, quote, "价格", None, 0.9)


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("白糖 · 价格：4000.3 元/吨", "4000.3"),
        ("5%以上 · 5%：5%", "5%"),
        ("名称\t一：甲\n乙", "甲\n乙"),
    ],
)
def test_the_value_is_marked_in_its_line(statement: str, value: str) -> None:
    """The last one, where a head holds the same; line breaks do not move it."""
    text, ((start, end, _),) = cell_with_mark(AnswerCell((), (), "", "", "", "", statement), citation(value))
    assert "\n" not in text
    assert len(text[start:end]) == len(value)
    assert text.endswith(text[start:end]) or text[end:].startswith(" ")
