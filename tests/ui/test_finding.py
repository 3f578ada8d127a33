"""tjqa.ui.text.finding and the places of tjqa.ui.text.source_text: where words stand, what numbers say."""

from __future__ import annotations

import pytest

from tests.support.ui_standin import XIQING, read
from tjqa.documents import Span
from tjqa.results import SourceView
from tjqa.text.normalize import fold
from tjqa.ui.text import finding as finding_module
from tjqa.ui.text.finding import Finding
from tjqa.ui.text.source_text import SourceText
from tjqa.ui.widgets.find_row import line_named

NOWHERE = Span(0, 0)


def whole(text: str, span: Span = NOWHERE, changed: bool = False) -> SourceText:
    """A document of this text, opened at a span."""
    view = SourceView("甲.txt", text, span, span.of(text), (), changed)
    return SourceText(view, preface="旧的引文" if changed else "")


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("國內生產總值，国内生产总值", "国内生产总值", [(0, 6), (7, 13)]),
        ("ＧＤＰ增长，gdp 增长", "GDP", [(0, 3), (6, 9)]),
        ("面積½與1/2", "½", [(2, 3)]),
        ("哈哈哈哈", "哈哈", [(0, 2), (2, 4)]),
        ("没有", "有没有", []),
        ("空白 处处", "  ", []),
        ("空白 处处", "", []),
        ("", "词", []),
    ],
)
def test_words_are_found_whatever_their_form(text: str, wanted: str, found: list[tuple[int, int]]) -> None:
    """Positions are those of the text as it is."""
    finding = Finding(text, wanted)
    assert [(start, start + finding.length) for start in finding.starts] == found
    assert (finding.current is None) is (not found)


def test_going_round_the_matches() -> None:
    """From a place on, to the next, round both ends; with none nothing happens."""
    finding = Finding("一项二项三项", "项")
    finding.start_from(2)
    assert finding.current == (3, 4)
    finding.step(1)
    finding.step(1)
    assert finding.current == (1, 2)
    finding.step(-1)
    assert finding.current == (5, 6)
    finding.start_from(6)
    assert finding.current == (1, 2)
    nothing = Finding("一项", "两")
    nothing.start_from(1)
    nothing.step(1)
    assert nothing.current is None and nothing.within(0, 9) == []


def test_matches_that_reach_into_a_row() -> None:
    """A match that a row breaks is marked in both rows."""
    finding = Finding("甲乙丙丁甲乙丙丁", "乙丙丁")
    finding.step(1)
    assert finding.within(0, 2) == [(1, 4, False)]
    assert finding.within(2, 6) == [(1, 4, False), (5, 8, True)]
    assert finding.within(4, 5) == []


def test_a_long_document_is_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million characters: what is done at each key is a plain search."""
    text = "天津市西青区的十六个字一行不多。" * 62_500
    folded: list[int] = []
    monkeypatch.setattr(finding_module, "fold", lambda given: folded.append(len(given)) or fold(given))
    for wanted in ("西", "西青", "西青区"):
        finding = Finding(text, wanted)
    finding.start_from(500_000)
    assert finding.count == 62_500
    assert [start for start, _, _ in finding.within(500_000, 500_032)] == [500_003, 500_019]
    assert folded == [1_000_000, 1, 2, 3]


def test_numbers_before_rows() -> None:
    """A line's number on its first row; within a long line a character's, at the top and where the citation begins."""
    text = "第一行\n" + "长" * 450 + "\n第三行"
    cited = Span(4 + 300, 4 + 310)
    source = whole(text, cited)
    rows = source.rows(100)
    assert source.number_width == len("2+450")
    assert [source.number(row, False) for row in rows] == ["1", "2", *[""] * 5, "2+301", "", "", "3"]
    assert source.number(rows[6], True) == "2+251"
    assert source.number(rows[2], True) == "2"  # not far into the line
    assert source.number(rows[10], True) == "3"


def test_a_preface_has_no_numbers() -> None:
    """What is shown above a changed file is no part of it; lines are still found by their numbers."""
    source = whole("甲乙\n丙丁", changed=True)
    assert [source.number(row, False) for row in source.rows(40)] == ["", "", "1", "2"]
    place = source.place_of_line(2)
    assert place is not None and source.shown[place:] == "丙丁"


def test_lines_are_found_by_their_numbers() -> None:
    """In the seed with a line of 12,901 characters, too; beyond the end there is none."""
    source = whole(read(XIQING))
    at = source.place_of_line(3, 489)
    assert at is not None
    assert read(XIQING)[:at].count("\n") == 2 and at - read(XIQING).rindex("\n", 0, at) == 489
    assert source.place_of_line(0) is None and source.place_of_line(source.lines + 1) is None
    assert source.place_of_line(source.lines, 10**9) is not None
    assert whole("").place_of_line(1) == 0


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (":123", (123, 1)),
        ("：3+489", (3, 489)),
        (" : 7 ", (7, 1)),
        (":", None),
        ("123", None),
        (":12:3", None),
        (":-1", None),
        (f":{'9' * 30}", None),
        ("第:3", None),
    ],
)
def test_a_line_is_named_after_a_colon(typed: str, named: tuple[int, int] | None) -> None:
    """Full-width signs, too; everything else is looked for."""
    assert line_named(typed) == named
