"""Days of the week, parts of the day, numbered weeks, terms and lessons, however they are spelled."""

from __future__ import annotations

import pytest

from tjqa.text.recurring_times import are_other_times, recurring_times, told_as


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("周二", [{2}]),
        ("星期二", [{2}]),
        ("礼拜天", [{7}]),
        ("周2", [{2}]),
        ("周一至周五", [{1, 2, 3, 4, 5}]),
        ("周一、三、五", [{1, 3, 5}]),
        ("周末", [{6, 7}]),
        ("工作日", [{1, 2, 3, 4, 5}]),
        ("周二上午", [{2}, {2}]),
        ("第三周", [{3}]),
        ("第3-5周", [{3, 4, 5}]),
        ("第1学期", [{1}]),
        ("下学期", [{2}]),
        ("第1、2节", [{1, 2}]),
    ],
)
def test_times_are_told(text: str, held: list[set[int]]) -> None:
    """Each with which it is, or which it holds."""
    assert [set(one.held) for one in recurring_times(text)] == held


@pytest.mark.parametrize("text", ["周年庆", "周一个月", "周边", "一周岁", "第二周年", "每周一次", "上海", "周三围"])
def test_what_only_looks_like_one(text: str) -> None:
    """A word that begins alike."""
    assert list(recurring_times(text)) == []


@pytest.mark.parametrize(
    ("asked", "told", "other"),
    [
        ("周二谁出诊", "星期三", True),
        ("周二谁出诊", "礼拜二", False),
        ("周三几点开放", "周一至周五", False),
        ("周六几点开放", "周一至周五", True),
        ("下午的气温", "上午", True),
        ("第二周的安排", "第3周", True),
        ("第二学期学时", "下学期", False),
        ("谁出诊", "星期三", False),
        ("周二谁出诊", "上午", False),
    ],
)
def test_another_time_of_the_kind(asked: str, told: str, other: bool) -> None:
    """Only a kind that both tell can differ."""
    assert are_other_times(asked, told) is other


def test_a_head_is_told_as_it_is_asked() -> None:
    """Where it holds the time."""
    assert told_as("星期二客流", "周二的客流") == "周二客流"
    assert told_as("周一至周五", "星期三几点") == "星期三"
    assert told_as("星期一客流", "周二的客流") == "星期一客流"
