"""tjqa.text.short_years: 21年 is 2021年, and 10年 mostly how long."""

from __future__ import annotations

import pytest

from tjqa.text.short_years import with_full_years


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("21年全国能耗多少", "2021年全国能耗多少"),
        ("云溪05年粮食产量", "云溪2005年粮食产量"),
        ("20年比19年少用了多少", "2020年比2019年少用了多少"),
        ("03到21年哪年最多", "2003年到2021年哪年最多"),
        ("14-23年哪年最少", "2014年-2023年哪年最少"),
        ("23年12月的失业率", "2023年12月的失业率"),
        ("从21年底到22年底", "从2021年底到2022年底"),
        ("22年3季度", "2022年3季度"),
    ],
)
def test_years(asked: str, written: str) -> None:
    """At the beginning, after a name, in a range, before a month."""
    assert with_full_years(asked) == written


@pytest.mark.parametrize(
    "asked",
    [
        "工作10年工资多少",
        "贷款20年利率多少",
        "租了10年可以买吗",
        "10年期国债",
        "20年以上工龄",
        "10年后能卖吗",
        "5到10年有期徒刑",
        "有期徒刑3年以上10年以下",
        "70年产权",
        "有效期20年",
        "2021年",
        "1年",
        "满15年退休",
        "没有这样的字",
    ],
)
def test_lengths_of_time(asked: str) -> None:
    """What lasts, what is counted in years, and single figures stay as they are."""
    assert with_full_years(asked) == asked
