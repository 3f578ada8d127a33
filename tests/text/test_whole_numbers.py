"""tjqa.text.whole_numbers: where a text can be cut without cutting a number, and what keeps to it."""

from __future__ import annotations

import pytest

from tjqa.documents import Span
from tjqa.ingest import parameters
from tjqa.ingest.units import parted
from tjqa.text.sentences import sentences
from tjqa.text.whole_numbers import before_cut, before_run, cuts, is_within_number, is_within_run


@pytest.mark.parametrize(
    "told",
    [
        *("面积1,|234公顷", "面积1|,234公顷", "面积2，|345公顷", "面积12,\n|345人", "面积1,234,|567人", "价格3~|5元"),
        *("面积1\u200b|234", "面积1\u00ad|234", "面积1\ufeff|234"),
        *("比例1:|5000", "开馆8：|30", "日期2023/|05/06", "编号A-|2023-15", "型号KB3|-75", "库容1.|234亿"),
    ],
)
def test_a_run_is_whole(told: str) -> None:
    """Digits with the commas that group them, and what else is written as one."""
    at = told.index("|")
    assert is_within_run(told.replace("|", ""), at)


@pytest.mark.parametrize(
    "told",
    [
        *(
            "有3个,|5个在建",
            "项目13,|占比",
            "2023,|500个",
            "项目3,|5个",
            "项目12,|3456个",
            "第1、|2项",
            "人口12\n|345人",
        ),
        *("人口12\n|345人", "见A区,|B区", "abc-|def", "1,234|公顷", "公顷|1,234", "面积12,\n\n|345人", "1\x1b|234"),
    ],
)
def test_other_marks_part_numbers(told: str) -> None:
    """A comma that groups no digits, a line that ends without one, letters without a digit."""
    at = told.index("|")
    assert not is_within_run(told.replace("|", ""), at)


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ("人口|12|万人", {4}),
        ("限|5|人", {2}),
        ("限5|人参加|", set()),
        ("面积|100m|²", {6}),
        ("▼|10%|", {1}),
        ("(|8|)万元", {1, 2}),
        ("~~|199|~~99元", {2, 5}),
        ("~~199~~|99元|", set()),
        ("第|12届|", {1}),
        ("有3个,|5个|在建", set()),
    ],
)
def test_what_is_left_away(told: str, ends: set[int]) -> None:
    """Which ends of a stretch leave a part of a number away, its sign, its unit or its mark."""
    before, words, _ = told.split("|")
    text = told.replace("|", "")
    assert cuts(text, Span(len(before), len(before) + len(words))) == ends


def test_cut_before_a_unit() -> None:
    """A stretch that has to end somewhere ends before a number rather than between it and its unit."""
    text = "青禾市人口为3215人"
    assert before_cut(text, len(text) - 1) == text.index("3")
    assert before_cut(text, len(text)) == len(text)


def test_cut_before_a_number() -> None:
    """Where a text has to be cut; a run of digits that is longer than any number is cut where it is."""
    text = "青禾市耕地面积为1,234公顷"
    assert before_run(text, text.index("34")) == text.index("1,")
    assert before_run(text, 3) == 3
    assert before_run(text, text.index("34"), text.index("1,")) == text.index("34")
    assert before_run("9" * 500, 300) == 300
    assert before_run("增长三千五百人", 4) == 2


def test_a_line_that_breaks_in_a_number_ends_no_sentence() -> None:
    """Behind the comma that groups its digits; every other line end does."""
    for end in ("\n", "\r\n"):
        text = f"全市人口12,{end}345人。"
        assert sentences(text) == [Span(0, len(text))]
    assert len(sentences("全市人口12\n345人。")) == 2
    assert len(sentences("全市人口12,\n3456人。")) == 2
    assert len(sentences("全市人口12,\n\n345人。")) == 2


def test_long_sentences_are_parted_beside_numbers() -> None:
    """Though the mark nearest to the middle stands in one, or there is none but those."""
    for text in ("耕地1,234公顷" * 300, "3" * 20 + "面积12,345" * 200, "库容三千五百" * 400):
        parts = parted(text, Span(0, len(text)))
        assert len(parts) > 1 and max(map(len, parts)) <= parameters.LONGEST_PASSAGE
        for part in parts[1:]:
            assert not is_within_run(text, part.start) and not is_within_number(text, part.start)
