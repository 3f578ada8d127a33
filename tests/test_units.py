"""tjqa.units: what figures count and what questions ask for."""

from __future__ import annotations

import pytest

from tjqa.figures import figures
from tjqa.text import fold
from tjqa.units import asked_class, fits, is_ordinal, unit_class, unit_length


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
        ("谁?", ""),
    ],
)
def test_what_a_question_asks_to_be_counted(question: str, asked: str) -> None:
    """The words round 多少 and 几 name the kind of thing."""
    assert asked_class(fold(question)) == asked


def test_what_fits() -> None:
    """Only the same kind of thing answers; unknown kinds get the benefit where things are counted one by one."""
    assert fits("", "money") and fits("money", "money") and fits("count", "")
    assert not fits("money", "length") and not fits("time", "") and not fits("people", "percent")


def test_ordinals_count_nothing() -> None:
    """第2轮 numbers a thing, 11号线 and asym-507004 are names."""
    for text, ordinal in (("第2轮", True), ("共2轮", False), ("2轮", False), ("11号线", True), ("asym-507004", True)):
        assert is_ordinal(text, next(figures(text))) is ordinal
