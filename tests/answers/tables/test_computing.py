"""tjqa.answers.tables.computing: which cells are figures."""

from __future__ import annotations

import pytest

from tjqa.answers.tables.computing import figure_of
from tjqa.documents import Span
from tjqa.documents.tables import Cell, ColumnKind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3215", "3215"),
        ("1,234.5亿元", "1234.5"),
        ("-2.5%", "-2.5"),
        ("3215¹", None),
        ("10⁴", None),
        ("3215 ①", None),
        ("~~120~~15", None),
        ("~~120~~", None),
    ],
)
def test_a_mark_behind_a_figure_is_no_digit_of_it(text: str, value: str | None) -> None:
    """Folded they look the same; what is struck out is no figure either."""
    cell = Cell(text, Span(0, len(text)), "B2", (), (), ColumnKind.VALUE, False, None, None, None, None)
    found = figure_of(cell)
    assert (None if found is None else str(found)) == value
