"""Rows held against each other, ranks before names, names in two columns, the sexes: how tables of places are asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.asked_tables import asker
from tests.support.formats import as_xlsx
from tests.support.helpers import FakeEncoder
from tests.support.tables import cells_of
from tjqa.answers.tables.operations import extreme_at, is_between, operation_asked, without_operation
from tjqa.config import Settings
from tjqa.documents.tables import ColumnKind
from tjqa.engine import build
from tjqa.results import Answer

Ask = Callable[[str], Answer]

PORTS = [
    ("2018年排名", "港口", "", "2018年吞吐量", "同比"),
    ("1", "青溪", "石桥", "5291", "6.2%"),
    ("2", "云川", "白鹭", "4935", "8.2%"),
    ("3", "桐江", "东渡", "4709", "5.3%"),
    ("4", "云川", "西津", "2450", "15.9%"),
]
PEOPLE = [
    ("指标:年末常住人口(万人)", "", ""),
    ("地区", "2024年", "2023年"),
    ("云川省", "6539", "6568"),
    ("桐江省", "5834", "5838"),
    ("青溪省", "10080", "10123"),
    ("石桥省", "9785", "9815"),
]
CLUBS = [
    ("协会名称", "会员(人)", "男性(人)", "女性(人)", "会员性别比(女=100)"),
    ("书法家协会", "853", "733", "120", "610.83"),
    ("舞蹈家协会", "776", "260", "516", "50.39"),
    ("音乐家协会", "1123", "609", "514", "118.48"),
]


@pytest.fixture
def ask(tmp_path: Path, encoder: FakeEncoder) -> Ask:
    """Asks a library of the three tables."""
    folder = tmp_path / "表格"
    folder.mkdir()
    tables = {"港口排名-2018": PORTS, "分省数据": PEOPLE, "云川市文联会员性别统计2021年": CLUBS}
    for name, rows in tables.items():
        (folder / f"{name}.xlsx").write_bytes(as_xlsx({"表": rows}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    return asker(place)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("云川省和桐江省2024年哪个人口多", ["6539", "5834"]),
        ("2024年青溪省和石桥省人口谁更少", ["9785", "10080"]),
        ("云川和桐江2024年哪个省人口多", ["6539", "5834"]),
        ("2024年哪个省人口最多", ["10080"]),
        ("2024年石桥省人口多少", ["9785"]),
    ],
)
def test_two_rows_held_against_each_other(ask: Ask, question: str, values: list[str]) -> None:
    """The one that has more first, the other behind it; 多少 asks for a figure."""
    assert [best.quote for best in ask(question).best] == values


def test_two_columns_of_one_row_are_both_told(ask: Ask) -> None:
    """Where the question names one row alone, no other row is held against it."""
    assert {best.quote for best in ask("青溪省人口2024年和2023年哪个多").best} == {"10080", "10123"}


def test_both_sides_are_told_as_compared(ask: Ask) -> None:
    """With how many rows were held against each other."""
    answer = ask("云川省和桐江省2024年哪个人口多")
    assert [cell.statement for cell in answer.cells] == ["云川省 · 2024年：6539 万人", "桐江省 · 2024年：5834 万人"]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("青溪石桥港口2018年吞吐量是多少", ["5291"]),
        ("云川西津港口2018年吞吐量", ["2450"]),
        ("云川白鹭2018年排名第几", ["2"]),
        ("云川西津2018年比上年增长多少", ["15.9%"]),
        ("云川东渡港口2018年吞吐量是多少", []),
    ],
)
def test_a_name_in_two_columns(ask: Ask, question: str, values: list[str]) -> None:
    """Under one head stand city and port; a rank before them names no row; a head that tells only a change is asked for
    by it. The city of one port and the port of another are none."""
    assert [best.quote for best in ask(question).best] == values


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("书法家协会女会员有多少人", ["120"]),
        ("舞蹈家协会男会员多少人", ["260"]),
        ("音乐家协会会员有多少人", ["1123"]),
        ("书法家协会会员男女性别比是多少", ["610.83"]),
    ],
)
def test_the_sexes(ask: Ask, question: str, values: list[str]) -> None:
    """女会员 are the 女性 of a club and not its 会员, and no ratio to a hundred women."""
    assert [best.quote for best in ask(question).best] == values


def test_a_name_in_two_columns_is_not_told_as_missing(ask: Ask) -> None:
    """A refusal says what the row does not hold, and not the name that its cells hold together."""
    answer = ask("青溪石桥港口2018年旅客吞吐量是多少")
    assert not answer.best and answer.missing == ("旅客",)


def test_ranks_and_names_of_rows() -> None:
    """What kind each column is of, and what names each cell."""
    found = {cell.text: cell for cell in cells_of(as_xlsx({"S": PORTS}), "a.xlsx")}
    assert found["5291"].row_heads == ("青溪", "石桥") and found["石桥"].kind is ColumnKind.NAME
    assert found["4"].kind is ColumnKind.VALUE and found["4"].row_heads == ("云川", "西津")


@pytest.mark.parametrize(
    ("question", "operation", "between", "rest"),
    [
        ("甲省和乙省哪个人口多", "highest", True, "甲省和乙省哪个人口|"),
        ("甲乙谁的客流更少?", "lowest", True, "甲乙谁的客流|||"),
        ("甲省和乙省谁跌得多", "lowest", True, "甲省和乙省谁跌得|"),
        ("哪个镇人口多少", "look", False, "哪个镇人口多少"),
        ("哪座桥多高", "look", False, "哪座桥多高"),
        ("哪个镇人口最多", "highest", False, "哪个镇人口||"),
        ("甲比乙多多少", "difference", False, "甲比乙多多少"),
    ],
)
def test_operations(question: str, operation: str, between: bool, rest: str) -> None:
    """By the words of the language."""
    assert (operation_asked(question), is_between(question), without_operation(question)) == (operation, between, rest)
    assert (extreme_at(question) is not None) == (operation in ("highest", "lowest"))
