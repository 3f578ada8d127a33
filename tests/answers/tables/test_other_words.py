"""Tables asked in other words than their own, by periods in a row, and as budgets and lists are laid out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.asked_tables import asker
from tests.support.formats import as_xlsx
from tests.support.helpers import FakeEncoder
from tests.support.tables import cells_of
from tjqa.config import Settings
from tjqa.documents.tables import ColumnKind
from tjqa.engine import build
from tjqa.results import Answer

Ask = Callable[[str], Answer]

ENERGY = [
    ("指标", "2022年", "2021年", "2020年", "2019年"),
    ("能源消费总量(万吨标准煤)", "541", "525", "498", "487"),
    ("云溪建筑业能源消费总量(万吨标准煤)", "83", "96", "93", "91"),
    ("煤油消费量(万吨)", "30", "39", "33", "36"),
    ("国有单位就业人员平均工资(元)", "123", "115", "108", "98"),
    ("城镇集体单位就业人员平均工资(元)", "77", "74", "68", "62"),
    ("国内旅游总花费(亿元)", "204", "291", "222", "572"),
]
FARMS = [
    ("", "粮食产量(吨)", "水稻产量(吨)", "养羊头数(只)", "农用化肥施用量(吨)"),
    *((str(2000 + at), str(900 + 7 * at), str(400 + 5 * at), str(60 + 13 * at % 29), str(300 - at)) for at in range(9)),
]
BUDGET = [
    ("科目编码", "科目编码", "科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"),
    ("201", "", "", "一般公共服务支出", "2106.66", "1503.52", "603.14"),
    ("201", "06", "", "财政事务", "2106.66", "1503.52", "603.14"),
    ("201", "06", "01", "行政运行", "1511.89", "1503.52", "8.37"),
    ("221", "", "", "住房保障支出", "187.19", "187.19", "0"),
]
SIDES = [
    ("收入", "收入", "支出", "支出"),
    ("项目", "决算数", "项目", "决算数"),
    ("财政拨款收入", "2940.05", "公共服务支出", "2106.66"),
    ("事业收入", "11.2", "教育支出", "40.5"),
    ("其他收入", "6.2", "医疗卫生支出", "95.1"),
    ("总计", "2957.45", "总计", "2242.26"),
]
SCHOOLS = [
    ("OBJECTID", "学校名称", "地址", "所在地", "班级数", "招生计划"),
    *(
        (str(at), f"白鹭市第{name}中学", f"环河街{at + 30}号", town, str(10 + at), str(200 + 10 * at))
        for at, (name, town) in enumerate(
            [
                ("一", "石桥区"),
                ("二", "东渡区"),
                ("三", "东渡区"),
                ("四", "西津区"),
                ("五", "石桥区"),
                ("六", "西津区"),
            ],
            1,
        )
    ),
]


@pytest.fixture
def ask(tmp_path: Path, encoder: FakeEncoder) -> Ask:
    """Asks a library of the tables."""
    folder = tmp_path / "表格"
    folder.mkdir()
    tables = {"年度数据": ENERGY, "桐江县农业": FARMS, "石桥镇支出决算表": BUDGET, "白鹭市学校": SCHOOLS}
    for name, rows in tables.items():
        (folder / f"{name}.xlsx").write_bytes(as_xlsx({"表": rows}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    return asker(place)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("21年全国能耗总共多少", ["525"]),
        ("云溪建筑业能耗22年比21年是升还是降", ["83", "96"]),
        ("煤油20年比19年少用了多少", ["33", "36"]),
        ("国有单位18年人均年薪多少", []),
        ("国有单位19年人均年薪多少", ["98"]),
        ("19年国内旅游收入多少", ["572"]),
        ("桐江05年化肥用量", ["295"]),
        ("桐江05年水稻收了多少吨", ["425"]),
        ("桐江05年稻谷产了多少", ["425"]),
        ("白鹭市三中招多少学生", ["230"]),
        ("白鹭市二中有几个班", ["12"]),
        ("白鹭市第二中学在哪个区", ["东渡区"]),
        ("白鹭市第二中学是在石桥区吗", ["东渡区"]),
    ],
)
def test_in_other_words(ask: Ask, question: str, values: list[str]) -> None:
    """Names that mean the same, years in two figures, what was done and how much of it; a place and no number for
    whether it lies somewhere, and no address for how many."""
    assert [best.quote for best in ask(question).best] == values


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("19到22年煤油消费量哪年最多", "39"),
        ("建筑业能源消费总量最少的是哪一年", "83"),
        ("桐江哪年粮食产量最高", "956"),
        ("桐江养羊头数最多的是哪年", "86"),
    ],
)
def test_when_it_was_most(ask: Ask, question: str, value: str) -> None:
    """Along a row whose columns are years, and down a column whose rows are."""
    answer = ask(question)
    assert [best.quote for best in answer.best] == [value] and answer.computed


def test_both_sides_of_a_difference(ask: Ask) -> None:
    """Also where the names of the rows say more than the question; one side alone is not told surely."""
    answer = ask("国有单位和集体单位19年工资差多少")
    assert {best.quote for best in answer.best} == {"98", "62"}
    assert [found.value for found in answer.computed] == ["36"]


def test_what_holds_another_is_not_added_to_it(ask: Ask) -> None:
    """201 | 06 holds 201 | 06 | 01: they make no sum."""
    assert not [found for found in ask("石桥镇财政支出一共多少").computed if found.kind == "total"]


def test_how_many_people_is_no_money(ask: Ask) -> None:
    """亿元 for 多少人."""
    assert not ask("19年国内有多少人出门旅游").best


def test_codes_stand_before_names() -> None:
    """What a code is of names the row, with it."""
    found = {cell.text: cell for cell in cells_of(as_xlsx({"S": BUDGET}), "a.xlsx")}
    assert found["1511.89"].row_heads[-1] == "行政运行" and found["06"].kind is ColumnKind.NAME
    assert found["187.19"].row_heads[-1] == "住房保障支出"


def test_two_blocks_with_heads_of_their_own() -> None:
    """收入 and 支出 beside each other: each figure is of the name on its left."""
    found = {cell.text: cell for cell in cells_of(as_xlsx({"S": SIDES}), "a.xlsx")}
    assert found["2106.66"].row_heads == ("公共服务支出",) and found["2106.66"].column_heads == ("支出", "决算数")
    assert found["11.2"].row_heads == ("事业收入",) and found["11.2"].column_heads == ("收入", "决算数")


def test_a_column_that_counts_the_rows_names_none() -> None:
    """Whatever it is called; places of a ranking and years are no such counts."""
    found = {cell.text: cell for cell in cells_of(as_xlsx({"S": SCHOOLS}), "a.xlsx")}
    assert found["230"].row_heads == ("白鹭市第三中学",)
    ages = [("年龄", "生肖", "人数"), *((str(at), f"{at}属", str(90 + 3 * at)) for at in range(1, 9))]
    assert all(cell.kind is not ColumnKind.NUMBER for cell in cells_of(as_xlsx({"S": ages}), "a.xlsx"))
