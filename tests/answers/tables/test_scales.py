"""tjqa.answers.tables.heads: a number is answered by the row of a scale that it lies in."""

from __future__ import annotations

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

LEAVE = """工作年限,法定年休假,福利年休假
1年≤N<10年,5天,2天
10年≤N<20年,10天,3天
N≥20年,15天,0天
"""
LATE = """情形,处理
迟到30分钟以内（不含）,扣20元
迟到30分钟（含）至60分钟（不含）,视为事假半天
迟到60分钟以上,视为旷工
"""
FEES = """货值金额,收费标准
100万元以下,1.5%
100-500万元,1.1%
500万元以上,0.8%
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Three scales."""
    texts = {"年休假.csv": LEAVE, "考勤.csv": LATE, "收费.csv": FEES}
    return engine_of(texts, tmp_path_factory.mktemp("scales"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("工作年限十二年的法定年休假是几天", "10天"),
        ("工作年限二十年以上的福利年休假是几天", "0天"),
        ("工作年限9年的法定年休假有几天", "5天"),
        ("迟到四十分钟怎么处理", "视为事假半天"),
        ("迟到60分钟怎么处理", "视为旷工"),
        ("迟到10分钟怎么处理", "扣20元"),
        ("货值金额300万元的收费标准是多少", "1.1%"),
        ("货值金额八百万元的收费标准是多少", "0.8%"),
    ],
)
def test_the_row_that_a_number_lies_in_answers(engine: Engine, question: str, told: str) -> None:
    """In digits or numerals, at its ends as the row says."""
    assert [one.quote for one in engine.ask(question).best] == [told]


@pytest.mark.parametrize("question", ["工作年限十二个月的法定年休假是几天", "2012年法定年休假是几天"])
def test_another_unit_or_a_year_lies_in_none(engine: Engine, question: str) -> None:
    """Neither is the answer of a row of years told for sure."""
    assert engine.ask(question).strength != "answer"
