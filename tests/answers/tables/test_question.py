"""What a question says of the cell that it asks for."""

from __future__ import annotations

import pytest

from tests.support.helpers import PLAIN
from tjqa.answers.tables.question import CellQuestion, cell_question
from tjqa.answers.tables.relative_periods import resolved
from tjqa.retrieval.question import parse


def asked(text: str) -> CellQuestion:
    """A question taken apart."""
    return cell_question(parse(text, PLAIN), PLAIN)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("2024年3月下旬的上一旬", "2024年3月中旬"),
        ("2024年1月上旬的上一旬", "2023年12月下旬"),
        ("2024年2月下旬的下一旬", "2024年3月上旬"),
        ("2024年1月的上个月", "2023年12月"),
        ("2023年四季度的下一季度", "2024年1—3月"),
        ("2023年5月的上年同期", "2022年5月"),
        ("2023年的上一年", "2022年"),
        ("2023年的上个月", "2023年的上个月"),
    ],
)
def test_relative_periods_are_told_as_what_they_are(told: str, meant: str) -> None:
    """Steps of the length of the period itself, over the end of a year too; another step is left as it is."""
    assert resolved(f"{told}铜杆的价格") == f"{meant}铜杆的价格"


def test_the_day_of_publication_is_no_period_of_a_figure() -> None:
    """2024年3月24日公布的 says which document, not of when its figures are."""
    question = asked("2024年3月24日公布的铜杆价格是多少")
    assert (question.published, question.periods) == ("2024-03-24", ())
    assert asked("2024年13月54日公布的铜杆价格是多少").published == ""


def test_a_later_period_is_of_the_year_told_before() -> None:
    """2024年1月中旬和7月上旬."""
    assert [str(one) for one in asked("2024年1月中旬和7月上旬铜杆的价格").periods] == [
        "2024-01-11/2024-01-20",
        "2024-07-01/2024-07-10",
    ]


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("铜杆的价格从2024年1月到2024年3月涨了多少", "difference"),
        ("2024年3月铜杆的价格比上期涨了多少", "look"),
        ("哪个镇的人口最多", "highest"),
        ("哪种产品跌得最多", "lowest"),
        ("最大起飞重量是多少", "look"),
        ("各镇人口合计是多少", "total"),
        ("有多少个镇的人口超过10万人", "select"),
        ("哪些镇的人口不足5000人", "select"),
        ("账龄在3年以上的余额有哪些", "look"),
        ("人口超过10万人的白鹭镇面积是多少", "look"),
    ],
)
def test_what_is_to_be_done(text: str, operation: str) -> None:
    """A superlative inside a name is none."""
    assert asked(text).operation == operation


def test_words_that_ask_weigh_nothing() -> None:
    """What is left is what heads must hold; 铜价 is 铜."""
    assert [word.text for word in asked("请问你知道2024年3月铜价是多少元吗").words] == ["铜"]


@pytest.mark.parametrize(
    ("text", "words", "lost"),
    [
        ("账面上有多少余额", "余额", "额"),
        ("全市有多少人口", "人口", "口"),
        ("有多少吨粮食", "粮食", "吨"),
        ("用了多少度电", "电", "度电"),
    ],
)
def test_a_word_that_begins_with_a_unit_stays_whole(text: str, words: str, lost: str) -> None:
    """余 and 人 are units behind 多少 only where they are no part of a word."""
    found = [word.text for word in asked(text).words]
    assert lost not in found and (words in found or words == "电")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024年5月锌锭产量比上年同期涨了多少", {"锌锭", "产量"}),
        ("2024年5月锌锭产量与去年同期相比增长多少", {"锌锭", "产量", "增长"}),
        ("2024年5月锌锭价格比上个月跌了多少", {"锌锭", "价格"}),
        ("去年锌锭产了多少", {"去年", "锌锭"}),
        ("2020年锌锭产量跟2019年比少了多少", {"锌锭", "产量"}),
    ],
)
def test_what_it_is_measured_against_is_no_name(text: str, words: set[str]) -> None:
    """The kind of change says it, and a verb of one character with 了 says that something was done."""
    assert {word.text for word in asked(text).words} == words


def test_a_basis_that_is_named_stays() -> None:
    """Without a change being asked for, 上年 is a word as others."""
    assert "上年" in "".join(word.text for word in asked("锌锭和上年结转的金额").words)
