"""tjqa.text.ranges: what rows of scales are named by, and which of them a number lies in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tjqa.text.ranges import numbers_alone, range_of


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("满1年不满10年", "[1", "10)", "年"),
        ("10年≤n<20年", "[10", "20)", "年"),
        ("n≥20年", "[20", "", "年"),
        ("1年以上不满10年", "[1", "10)", "年"),
        ("不满1年", "", "1)", "年"),
        ("未满十八周岁", "", "18)", "岁"),
        ("已满20年", "[20", "", "年"),
        ("30分钟以内(不含)", "", "30)", "分钟"),
        ("迟到30分钟(含)至60分钟(不含)", "[30", "60)", "分钟"),
        ("10天(含)以下", "", "10]", "天"),
        ("10天以上(不含)", "(10", "", "天"),
        ("100-500万元", "[1000000", "5000000]", "元"),
        ("超过3000元", "(3000", "", "元"),
        ("50岁及以上", "[50", "", "岁"),
        ("工龄二十年以上", "[20", "", "年"),
        ("满五年不到十年", "[5", "10)", "年"),
    ],
)
def test_ranges_are_read(text: str, low: str, high: str, unit: str) -> None:
    """Their ends, each in it or not: 以上 and 以内 hold the number, 不满 and 超过 do not, and 含 decides."""
    found = range_of(text)
    assert found is not None and found.unit == unit
    assert (found.low is None, found.high is None) == (not low, not high)
    if found.low is not None:
        assert (Decimal(low[1:]), low[0] == "[") == (found.low, found.has_low)
    if found.high is not None:
        assert (Decimal(high[:-1]), high[-1] == "]") == (found.high, found.has_high)


@pytest.mark.parametrize(
    "text", ["2024年1-2月平均", "第3条", "65岁", "2023年", "法定年假", "1—6月", "二十年", "5-3天", ""]
)
def test_what_is_no_range(text: str) -> None:
    """Months of a year, mere numbers, ends the wrong way round."""
    assert range_of(text) is None


@pytest.mark.parametrize(
    ("text", "held", "beyond"),
    [
        ("满1年不满10年", "9.5", "10"),
        ("10天(含)以下", "10", "10.5"),
        ("超过3000元", "3001", "3000"),
        ("不满1年", "0", "1"),
    ],
)
def test_what_lies_in_one(text: str, held: str, beyond: str) -> None:
    """Of the same unit only."""
    found = range_of(text)
    assert found is not None
    assert found.holds(Decimal(held), found.unit) and not found.holds(Decimal(beyond), found.unit)
    assert not found.holds(Decimal(held), "斤")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("累计干了十二年,年假是几天", [(12, "年")]),
        ("病假休了八天,工资按几折算", [(8, "天")]),
        ("迟到四十分钟怎么处理", [(40, "分钟")]),
        ("干满五年不到十年的", []),
        ("2024年罚了三万元", [(30000, "元")]),
    ],
)
def test_numbers_alone(text: str, numbers: list[tuple[int, str]]) -> None:
    """Those of a range and years are none."""
    assert [(int(value), unit) for value, unit, _ in numbers_alone(text)] == numbers
