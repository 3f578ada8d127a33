"""A refusal says that the cell which is asked for is blank, and which one it is; nothing beside it answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.answers.wording import beside
from tjqa.cli.answer_fields import answer_fields
from tjqa.engine import Engine

PROJECTS = """项目,投资额（万元）,开工日期,负责人
青河大桥,3500,2021年3月,张三
云溪水库,,2022年5月,李四
白鹭学校,880,,王五
柳湾医院,—,2023年1月,
石桥公路,6000,2020年9月,赵六
"""
PEOPLE = """表1 各县常住人口(万人)

地区        2021年      2022年      2023年
青禾市      12.5        13.1        14.2
云溪县                  8.7         9.9
石桥县      6.1                     6.9
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A library of two tables with blank cells."""
    folder: Path = tmp_path_factory.mktemp("blanks")
    return engine_of({"项目.csv": PROJECTS, "人口.txt": PEOPLE}, folder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云溪水库投资额是多少万元", "“项目.csv”的表里有“云溪水库”、“投资额（万元）”这一格，但是空的。"),
        ("白鹭学校什么时候开工", "“项目.csv”的表里有“白鹭学校”、“开工日期”这一格，但是空的。"),
        ("柳湾医院的负责人是谁", "“项目.csv”的表里有“柳湾医院”、“负责人”这一格，但是空的。"),
        ("柳湾医院投资额是多少", "“项目.csv”的表里有“柳湾医院”、“投资额（万元）”这一格，写的是“—”，没有数。"),
        (
            "2021年云溪县常住人口是多少",
            "“人口.txt”的表“表1 各县常住人口(万人)”里有“云溪县”、“2021年”这一格，但是空的。",
        ),
        ("石桥县2022年有多少万人", "“人口.txt”的表“表1 各县常住人口(万人)”里有“石桥县”、“2022年”这一格，但是空的。"),
    ],
)
def test_a_blank_cell_is_told(engine: Engine, question: str, told: str) -> None:
    """Its table and file, its row and its column; a dash is told as what stands there."""
    answer = engine.ask(question)
    assert not answer.best
    assert told in beside(answer)[0]


@pytest.mark.parametrize(
    ("question", "value"),
    [("石桥公路投资额是多少", "6000"), ("云溪县2022年常住人口是多少", "8.7"), ("白鹭学校的负责人是谁", "王五")],
)
def test_a_cell_with_a_value_answers(engine: Engine, question: str, value: str) -> None:
    """Also in a row or a column with blank cells."""
    assert [best.quote for best in engine.ask(question).best] == [value]


@pytest.mark.parametrize("question", ["2020年云溪县常住人口是多少", "云溪水库的库容是多少", "松岭医院的投资额是多少"])
def test_what_the_table_lacks_is_not_told_as_blank(engine: Engine, question: str) -> None:
    """Another period, another column, another row: there is no such cell."""
    answer = engine.ask(question)
    assert not answer.best
    assert answer.blank_cell is None


def test_fields_of_a_blank_cell(engine: Engine) -> None:
    """What `ask --json` writes of it."""
    told = json.loads(json.dumps(answer_fields(engine.ask("柳湾医院投资额是多少"), 1)))
    assert told["blank_cell"] == {
        "path": "项目.csv", "table": "", "row_heads": ["柳湾医院"], "column_heads": ["投资额（万元）"], "mark": "—",
    }  # fmt: skip
