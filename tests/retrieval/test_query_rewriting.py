"""tjqa.retrieval.query_rewriting: what a follow-up keeps of the question before and what it replaces."""

from __future__ import annotations

import pytest

from tests.support.helpers import PLAIN
from tjqa.retrieval import parameters
from tjqa.retrieval.query_rewriting import is_followup, rewrite

WRITTEN = "白鹭县 云岭镇 云岭毛峰"
INCOME = "白鹭县2018年城镇居民人均可支配收入是多少？"


@pytest.mark.parametrize(
    "line",
    [
        "那云岭呢？",
        "那么，北京呢",
        "2019年呢？",
        "2019年？",
        "2019年",
        "就业呢",
        "那人口是多少？",
        "去年呢！",
        "那北京市的人口呢",
    ],
)
def test_follow_ups_are_known(line: str) -> None:
    """那…, …呢, or nothing but a time."""
    assert is_followup(line)


@pytest.mark.parametrize(
    "line",
    [
        "那些项目有多少",
        "那么多项目从哪里来",
        "那曲市人口多少",
        "那坡县在哪里",
        "白鹭县2019年收入多少？",
        "呢",
        "那",
        "",
        "?",
        "那" + "北京" * parameters.MAX_FOLLOWUP,
    ],
)
def test_other_questions_stand_for_themselves(line: str) -> None:
    """那 that points, places that begin with 那, nothing said, and lines long enough to say what they are about."""
    assert not is_followup(line)


@pytest.mark.parametrize(
    ("line", "before", "whole"),
    [
        ("那北京呢？", INCOME, "北京2018年城镇居民人均可支配收入是多少？"),
        ("那云岭呢？", INCOME, "云岭2018年城镇居民人均可支配收入是多少？"),
        ("2019年呢？", INCOME, "白鹭县2019年城镇居民人均可支配收入是多少？"),
        ("去年？", INCOME, "白鹭县去年城镇居民人均可支配收入是多少？"),
        ("北京市2020年呢", INCOME, "北京市2020年城镇居民人均可支配收入是多少？"),
        ("地区生产总值呢", INCOME, "白鹭县2018年地区生产总值是多少？"),
        ("那北京的人口呢？", INCOME, "北京2018年人口是多少？"),
        ("那人口是多少？", INCOME, "白鹭县2018年人口是多少"),
        ("北京和上海呢", INCOME, "北京和上海2018年城镇居民人均可支配收入是多少？"),
        ("2019年呢", "新增就业多少人", "2019年新增就业多少人"),
        ("那北京呢", "新增就业多少人", "北京新增就业多少人"),
        ("书记呢", "北京市市长是谁？", "北京市书记是谁？"),
        ("那上海呢", "北京市市长是谁？", "上海市市长是谁？"),
        ("竣工呢", "北京地铁哪年开工", "北京地铁竣工是什么时候？"),
    ],
)  # fmt: skip
def test_the_whole_question(line: str, before: str, whole: str) -> None:
    """Place, time and thing asked for are replaced one by one; the rest is kept."""
    assert rewrite(line, before, lambda text: text in WRITTEN or text == "上海市", PLAIN) == whole


def test_a_common_word_before_an_area_is_no_place() -> None:
    """就业市场 stands in many documents; 就业 is still a thing asked for."""
    assert rewrite("就业呢", INCOME, lambda text: True, PLAIN) == "白鹭县2018年就业是多少？"


def test_follow_ups_follow_each_other() -> None:
    """The line searched is what the next one leans on."""
    first = rewrite("那北京呢？", INCOME, lambda text: False, PLAIN)
    assert rewrite("2019年呢？", first, lambda text: False, PLAIN) == "北京2019年城镇居民人均可支配收入是多少？"
