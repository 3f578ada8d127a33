"""tjqa.text.indicators: what statistics call the same."""

from __future__ import annotations

from collections import Counter

import pytest

from tjqa.text.indicators import INDICATORS, as_told, indicators_in
from tjqa.text.normalize import fold


@pytest.mark.parametrize(
    ("asked", "told", "written"),
    [
        ("建筑业能耗是多少", ["建筑业能源消费总量(万吨标准煤)"], "建筑业能源消费总量是多少"),
        ("地方财政一般预算收入", ["地方一般公共预算收入(亿元)"], "一般公共预算收入"),
        ("出生率多少", ["人口出生率(‰)", "出生率"], "出生率多少"),
        ("进出口总额", ["出口总额", "进口总额"], "进出口总额"),
        ("2020年so2排放", ["二氧化硫排放量"], "2020年二氧化硫排放"),
        ("cod浓度", ["化学需氧量", "co"], "化学需氧量浓度"),
        ("执业医师多少人", ["执业（助理）医师(人)"], "执业医师多少人"),
        ("旅游收入多少", ["国内旅游总花费(亿元)"], "旅游收入多少"),
        ("计划工期多少天", ["建设工期(天)"], "计划工期多少天"),
        ("工期多长", ["面积"], "工期多长"),
    ],
)
def test_in_the_words_of_a_table(asked: str, told: list[str], written: str) -> None:
    """Only where it has no name of the question's own; 出口总额 in 进出口总额 is none, nor co in cod."""
    assert as_told(asked, told) == written


def test_the_longest_name_at_each_place() -> None:
    """Whatever is held in it."""
    assert list(indicators_in("2020年能源消费总量和公共财政预算收入")) == ["能源消费总量", "公共财政预算收入"]


def test_every_name_is_of_one_group() -> None:
    """A name of two groups would say two things."""
    many = Counter(fold(name) for group in INDICATORS for name in {*map(fold, group)})
    assert not [name for name, count in many.items() if count > 1]
