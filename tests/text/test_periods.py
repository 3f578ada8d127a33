"""tjqa.text.periods: the same stretch of time is the same period, however it is written."""

from __future__ import annotations

import pytest

from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods, whole_period, wordings


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024年3月中旬", "2024-03-11/2024-03-20"),
        ("2024年三月中旬", "2024-03-11/2024-03-20"),
        ("24年3月中旬", "2024-03-11/2024-03-20"),
        ("2024年3月11日至20日", "2024-03-11/2024-03-20"),
        ("2024年3月11日—20日", "2024-03-11/2024-03-20"),
        ("3月中旬", "--03-11/--03-20"),
        ("2024年2月21日至29日", "2024-02-21/2024-02-31"),
        ("2024年2月下旬", "2024-02-21/2024-02-31"),
        ("2024年4月21日至30日", "2024-04-21/2024-04-31"),
        ("2024-03-24", "2024-03-24"),
        ("2024年3月24日", "2024-03-24"),
        ("2024年3月份", "2024-03"),
        ("二〇二四年三月", "2024-03"),
        ("2023年四季度", "2023-10/2023-12"),
        ("2023年第四季度", "2023-10/2023-12"),
        ("2023年10—12月", "2023-10/2023-12"),
        ("1—5月", "--01/--05"),
        ("上半年", "--01/--06"),
        ("2023年前三季度", "2023-01/2023-09"),
        ("2024年前五个月", "2024-01/2024-05"),
        ("2024年前11个月", "2024-01/2024-11"),
        ("2023年1-9月", "2023-01/2023-09"),
        ("全年", "--01/--12"),
        ("2019年", "2019"),
        ("2019", "2019"),
        ("2019年度", "2019"),
        ("2016—2020年", "2016/2020"),
    ],
)
def test_periods_however_written(text: str, wanted: str) -> None:
    """Tens of days as days, quarters as months, the end of a month as its last day; what is written is read again."""
    found = whole_period(fold(text))
    assert found is not None
    assert str(found) == wanted
    assert Period.read(wanted) == found


@pytest.mark.parametrize(
    "text",
    ["1至2年", "16-20岁", "5个月", "最近20年", "5月份以来三年", "12.5", "一、营业收入", "20世纪", "2019.5亿元", ""],
)
def test_what_is_no_period(text: str) -> None:
    """Ages, spans of years, figures."""
    assert whole_period(fold(text)) is None


def test_periods_in_a_name() -> None:
    """Each with its place; a date in figures is told apart from one that is spelled out."""
    name = "155_2024年3月中旬价格_2024-03-24"
    found = list(periods(name))
    assert [(dated.span.of(name), dated.spelled) for dated in found] == [("2024年3月中旬", True), ("2024-03-24", False)]


def test_wordings_are_the_same_period() -> None:
    """Whatever a period is called, it is that period."""
    for text in (
        "2024-03-11/2024-03-20",
        "2024-02",
        "2023-10/2023-12",
        "2023-01/2023-06",
        "2016/2020",
        "2024-03-24",
        "2019",
    ):
        assert {str(whole_period(fold(words))) for words in wordings(Period.read(text))} == {text}
