"""Days and months as texts and names of files write them."""

from __future__ import annotations

import pytest

from tjqa.text.days import day_of_name, days, without_days, without_last_day
from tjqa.text.normalize import fold


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2023年8月22日至9月1日", ["2023-08-22"]),
        ("2023 年 8 月 22 日", ["2023-08-22"]),
        ("２０２３．８．２２", ["2023-08-22"]),
        ("二〇二三年八月二十二日,二零二四年一月", ["2023-08-22", "2024-01"]),
        ("2023年8月,2023/9/1", ["2023-08", "2023-09-01"]),
        ("2023年13月、2023年2月30日、1899年1月1日", []),
    ],
)
def test_days_of_a_text(said: str, found: list[str]) -> None:
    """In order, where they stand; what no calendar has is none."""
    folded = fold(said)
    assert [day.iso for day in days(folded)] == found
    assert all(folded[day.start : day.end].strip() for day in days(folded))


def test_what_is_left_without_days() -> None:
    """Months stay unless they are asked for."""
    assert without_days("于2023年8月22日和2023年9月") == "于和2023年9月"
    assert without_days("于2023年8月22日和2023年9月", months=True) == "于和"


def test_days_in_names() -> None:
    """One complete day; several are none."""
    assert day_of_name("通知20230822") == day_of_name("通知_2023-08-22") == "2023-08-22"
    assert day_of_name("2023-08-01至2023-08-22") is None
    assert without_last_day("条例(2019-03-24)") == "条例" and without_last_day("2019年年报") == "2019年年报"
