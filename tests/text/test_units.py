"""tjqa.text.units: what figures count and what questions ask for."""

from __future__ import annotations

import pytest

from tjqa.retrieval.answer_type import AnswerType
from tjqa.text.normalize import fold
from tjqa.text.numbers import figures
from tjqa.text.units import fits, is_ordinal, small_counts, small_ordinals, unit_class, unit_length


@pytest.mark.parametrize(
    ("text", "measured", "length"),
    [
        ("81.7亿元", "money", 1),
        ("5.2％", "percent", 0),
        ("四成以上", "", 0),
        ("14.8万平方米", "area", 3),
        ("11.3公里", "length", 2),
        ("90 分钟", "time", 3),
        ("3215余人", "people", 2),
        ("24个项目", "count", 1),
        ("54微克/立方米", "density", 6),
        ("13号楼", "", 0),
    ],
)
def test_unit_of_a_figure(text: str, measured: str, length: int) -> None:
    """The unit after a figure says what kind of thing it counts."""
    folded = fold(text)
    figure = next(figures(folded), None)
    if figure is None:
        assert not measured
        return
    assert unit_class(folded, figure) == measured
    if figure.kind == "number":
        assert unit_length(folded, figure.end) == length


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("投了多少亿元?", "money"),
        ("要花多少钱?", "money"),
        ("增速是多少?", "percent"),
        ("占几成?", "percent"),
        ("涨了百分之几?", "percent"),
        ("有多长?", "length"),
        ("要多久?", "time"),
        ("最快几天?", "time"),
        ("多少万平方米?", "area"),
        ("多少人参加?", "people"),
        ("建了几座桥?", "count"),
        ("收入是多少?", ""),
        ("总共投了多少亿?", "large"),
        ("投资额是多少?", "money"),
        ("面积有多大?", "area"),
        ("全长多少?", "length"),
        ("吞吐量是多少万标箱?", "large"),
        ("谁?", ""),
    ],
)
def test_what_a_question_asks_to_be_counted(question: str, asked: str) -> None:
    """The words round 多少 and 几 name the kind of thing."""
    assert AnswerType.of(fold(question)).unit == asked


@pytest.mark.parametrize(
    ("asked", "text", "answers"),
    [
        ("", "30亿元", True),
        ("money", "30亿元", True),
        ("money", "投资30亿", True),  # the unit may go without saying
        ("money", "新建30", False),
        ("money", "30公里", False),
        ("count", "共30", True),
        ("time", "共30", False),
        ("people", "30%", False),
        ("large", "2.5万标箱", True),
        ("large", "20个项目", False),
    ],
)
def test_what_fits(asked: str, text: str, answers: bool) -> None:
    """Only the same kind of thing answers; unknown kinds get the benefit where things are counted one by one."""
    assert fits(asked, text, next(figures(text))) is answers


def test_small_counts_stand_before_a_measure_word() -> None:
    """A single numeral counts where a measure word follows; elsewhere it is part of a word."""
    text = "五条产业链形成三个集群和两大基地,历时十年,票价百元,是全市唯一的示范区;三农工作,一家公司,十五个项目,第二轮"
    found = [text[f.start : f.end + 1] for f in small_counts(text)]
    assert found == ["五条", "三个", "两大", "十年", "百元", "唯一的"]


def test_ranks_answer_which_place() -> None:
    """第四 is no count, but it is what 第几 asks for."""
    assert [f.start for f in small_ordinals("排名第四,第十二")] == [3]


def test_ordinals_count_nothing() -> None:
    """第2轮 numbers a thing, 11号线 and asym-507004 are names."""
    for text, ordinal in (
        ("第2轮", True),
        ("第 2 轮", True),
        ("共2轮", False),
        ("2轮", False),
        ("11号线", True),
        ("asym-507004", True),
    ):
        assert is_ordinal(text, next(figures(text))) is ordinal
