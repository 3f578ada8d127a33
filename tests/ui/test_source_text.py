"""tjqa.ui.text.source_text: rows that stay positions of the file."""

from __future__ import annotations

import pytest

from tests.support.ui_standin import BAODI, XIQING, FixedEngine, found_answer, read
from tjqa.documents import Dropped, DropReason, Span
from tjqa.results import SourceView
from tjqa.ui.text.source_text import SourceText


def test_rows_are_ranges_of_the_file() -> None:
    """Every row is a slice, every line number is right, in a line of 12,901 characters too."""
    text = read(XIQING)
    source = SourceText(SourceView(XIQING, text, Span(0, 0), "", ()))
    lines = text.split("\n")
    for row in source.rows(46):
        assert source.shown[row.start : row.end].strip() in source.shown.split("\n")[row.line - 1]
    assert source.rows()[-1].line == len(lines) == source.lines


def test_the_row_of_a_citation_shows_its_first_character() -> None:
    """Opening at a character lands on the row that shows it."""
    best = found_answer().best[0]
    source = SourceText(FixedEngine().view(best), best.marks)
    rows = source.rows(46)
    row = rows[source.row_of(best.marks[0].start)]
    assert "13个" in source.shown[row.start : row.end]
    assert [source.is_cited(r) for r in rows].count(True) == 6


def test_dropped_rows_carry_their_reason_once() -> None:
    """The reason stands on the last row of the dropped span."""
    source = SourceText(FixedEngine().view_source(BAODI))
    rows = source.rows(70)
    dropped = [row for row in rows if source.is_dropped(row)]
    assert [row.line for row in dropped] == [2, 3]
    assert [source.reason_after(row) for row in dropped] == [None, "导航"]
    assert source.reason_after(rows[0]) is None


def test_a_row_partly_dropped_is_not_marked_as_dropped() -> None:
    """Only what is wholly left out gets the sign."""
    view = SourceView("a", "正文广告正文", Span(0, 0), "", (Dropped(Span(2, 4), DropReason.ADVERTISING),))
    source = SourceText(view)
    assert not source.is_dropped(source.rows(40)[0])
    assert [d.reason for d in source.dropped_in(0, 6)] == ["广告"]
    assert not source.dropped_in(4, 6)


def test_a_changed_file_shows_the_stored_quote_and_trusts_no_span() -> None:
    """Old spans would light up the wrong words."""
    view = SourceView("a", "新的内容\n第二行", Span(0, 3), "旧的引文", (Dropped(Span(0, 2), "x"),), changed=True)
    source = SourceText(view, (Span(0, 2),), (Span(0, 3),), "引文：旧的引文")
    rows = source.rows(40)
    assert source.span is None and not source.marks and not source.cited and not source.dropped
    assert "旧的引文" in source.shown[rows[0].start : rows[0].end]
    assert [row.line for row in rows] == [-1, 0, 1, 2]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_numbers_count_newlines_only(newline: str) -> None:
    """As citations do: a carriage return or a Unicode line separator is no line of its own."""
    text = newline.join(["一", "二\u2028二", "三"])
    source = SourceText(SourceView("a", text, Span(0, 0), "", ()))
    assert [row.line for row in source.rows(40)] == [1, 2, 3]
