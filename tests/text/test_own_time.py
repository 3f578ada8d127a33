"""tjqa.text.own_time: 去年 and 今年 from a document's own date; plans."""

from __future__ import annotations

import pytest

from tjqa.text.own_time import OwnYear, asks_for_now, is_plan, years_told


@pytest.mark.parametrize(
    ("title", "published", "text", "years"),
    [
        ("2023年政府工作报告", "2023-01-10", "去年新建13个", {2022}),
        ("政府工作报告", "2023-01-10", "今年计划新建15个,前年9个", {2023, 2021}),
        ("2022年统计公报", "2023-03-01", "上年为8个", {2021}),
        ("2022年统计公报", "2023-03-01", "去年为8个", {2022}),
        ("2021年工作总结", None, "去年新建4个", {2020}),
        ("工作总结", None, "去年新建4个", set()),
        ("2023年政府工作报告", "2023-01-10", "比去年增长3%", set()),
        ("通报", "2021-02-01", "过去一年修路20公里", {2020}),
        ("通报", "2021-02-01", "后年建桥3座", {2023}),
    ],
)
def test_relative_years(title: str, published: str | None, text: str, years: set[int]) -> None:
    """去年 is said on the document's day, 上年 of the year it is about; what a figure is held against tells no year."""
    assert OwnYear.of(title, published).years(text) == years


@pytest.mark.parametrize(
    ("text", "months"),
    [("上个月用电5亿", {(2020, 12)}), ("本月用电5亿", {(2021, 1)}), ("下月停电", {(2021, 2)}), ("比上月增长3%", set())],
)
def test_relative_months(text: str, months: set[tuple[int, int]]) -> None:
    """上月 of January lies in the year before."""
    assert OwnYear.of("通报", "2021-01-05").months(text) == months
    assert not OwnYear.of("2021年通报", None).months(text)


def test_years_told() -> None:
    """What a figure is held against, or counted from, is not what is told."""
    assert years_told("2020年造林8万亩,比2019年增长3%") == {2020}
    assert not years_told("2016年以来造林8万亩,自2017年开始") and not years_told("松政办〔2021〕8号")


def test_plans_and_questions_for_now() -> None:
    """A plan is no longer one when the text says that it was done; a year in figures is not now."""
    assert is_plan("今年计划新建15个") and is_plan("力争修路30公里")
    assert not is_plan("完成计划新建的15个") and not is_plan("新建13个")
    assert asks_for_now("目前有多少公园") and asks_for_now("最新的标准")
    assert not asks_for_now("2019年目前有多少") and not asks_for_now("有多少公园")
