"""tjqa.answers.proof.values: figures with their units, and the rule of rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tjqa.answers.proof.values import Quantity, holds, is_one_kind, quantities
from tjqa.text.normalize import fold


def only(text: str) -> Quantity:
    """The one figure of a text."""
    (found,) = quantities(fold(text))
    return found


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("增长5.2%", "5.2", "%"),
        ("增长百分之五点二", "5.2", "%"),
        ("提高２个百分点", "2", "个百分点"),
        ("完成1,234.5亿元", "123450000000", "元"),
        ("1.15万人", "11500", "人"),
        ("30多万人", "300000", "人"),
        ("500余家", "500", "家"),
        ("三千二百户", "3200", "户"),
        ("3亿千瓦", "300000000", "千瓦"),
        ("约八成", "80", "%"),
        ("七成半", "75", "%"),
        ("第十二条", "12", "条"),
    ],
)
def test_figures_are_read_in_single_units(text: str, value: str, base: str) -> None:
    """However they are written."""
    found = only(text)
    assert (found.value, found.base) == (Decimal(value), base)


@pytest.mark.parametrize("text", ["2023年8月22日", "上半年", "1—8月", "三成为主", "没有数字", "建成立交桥"])
def test_dates_and_words_are_no_figures(text: str) -> None:
    """Times are looked up as such."""
    assert not list(quantities(fold(text)))


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ("1.2万亿元", "12034亿元"),
        ("近2万亿元", "19800亿元"),
        ("约八成", "79.6%"),
        ("八成", "84.9%"),
        ("5.2%", "5.23%"),
        ("12万人", "123456人"),
        ("约1200人", "1234人"),
        ("1200人左右", "1234人"),
        ("超过1200人", "1234人"),
        ("1200多人", "1234人"),
        ("30多万人", "34.2万人"),
        ("不足100家", "97家"),
        ("逾1.2万亿元", "12034亿元"),
    ],
)
def test_what_rounding_gives_holds(told: str, source: str) -> None:
    """And is said to be rounded; without the same number."""
    assert holds(only(told), only(source)) == (True, True)


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ("1230人", "1234人"),  # an integer that does not say that it rounds
        ("1.3万亿元", "12034亿元"),
        ("近2万亿元", "20100亿元"),  # it is more
        ("近2万亿元", "15000亿元"),
        ("约八成", "74%"),
        ("5.3%", "5.23%"),
        ("超过1200人", "1190人"),
        ("超过1200人", "1300人"),
        ("94%以上", "95%以上"),
        ("不足100家", "101家"),
        ("5.23%", "约5%"),  # the library says it less exactly
        ("1.2034万亿元", "1.2万亿元"),
    ],
)
def test_what_rounding_does_not_give_differs(told: str, source: str) -> None:
    """On either side of the rule."""
    assert holds(only(told), only(source))[0] is False


@pytest.mark.parametrize(
    ("told", "source"), [("11500万元", "1.15亿元"), ("３２１５人", "3,215人"), ("百分之五", "5%"), ("约5%", "约5%")]
)
def test_the_same_number_is_not_rounded(told: str, source: str) -> None:
    """Scale, width and marks of thousands say nothing."""
    assert holds(only(told), only(source)) == (True, False)


def test_units_of_one_kind() -> None:
    """Counting words stand for each other, money and per cent for nothing else; points are not per cent."""
    assert is_one_kind("家", "个") and is_one_kind("人", "名") and is_one_kind("元", "")
    assert not is_one_kind("元", "美元") and not is_one_kind("%", "个百分点") and not is_one_kind("%", "")
    assert not is_one_kind("亩", "平方米")


@pytest.mark.parametrize("text", ["9" * 200 + "元", "0元", "0.0%", "," * 50, "万亿亿万", "1.2.3.4元"])
def test_odd_figures_break_nothing(text: str) -> None:
    """They are figures or none."""
    found = list(quantities(fold(text), small=True))
    assert all(holds(one, other) for one in found for other in found)
