"""A cell beside the one that is asked for is no answer, be it of another row or of another column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.asked_tables import asker
from tests.support.formats import as_xlsx
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import build
from tjqa.results import Answer

Ask = Callable[[str], Answer]

TABLES = {
    "青禾市统计": """指标,2022年,2023年
死亡人口,131,132
农业产值,141,142
营业成本,151,152
重工业增加值,161,162
城镇调查失业率,5.1,5.2
企业所得税,171,172
人均可支配收入,181,182
公司法定代表人数,7,8
""",
    "云川市户口": "指标,2022年,2023年\n年末常住人口,191,192\n",
    "各省年末常住人口": "地区,2022年,2023年\n云中省,211,212\n白鹭省,221,222\n",
    "白鹭县决算2023年": """科目,2023年预算数(万元),2022年决算数(万元)
教育支出,700,650
卫生支出,300,280
""",
    "石桥县2023年5月月报": """指标,1-5月累计(万元),比上年同期增长(%)
发电量产值,5010,5.1
零售额,6020,6.2
""",
    "云岭县2024年3月月报": "指标,本月止累计(万元),同比增长(%)\n进出口额,5010,5.1\n用电额,6020,6.2\n",
    "白鹭县学校": "学校,一年级(人),二年级(人)\n第一小学,41,42\n第三小学,51,52\n",
    "桐江县学位": "学院,硕士(人),博士(人)\n理学院,120,30\n文学院,90,20\n",
    "桐江县招生": "学校,2023年计划(人),2023年录取(人)\n第一中学,500,480\n实验中学,600,590\n",
    "桐江县税收2023年": "指标,实际数(万元),完成预算(%)\n车船税,9100,95.2\n房产税,3100,101.3\n",
    "桐江县药价": "药品,规格,单价(元)\n阿莫西林,0.25g,12\n阿莫西林,0.5g,20\n头孢,0.5g,30\n",
    "云川公司工资": "工号,姓名,工资(元)\n20230001,张三,9000\n20230002,李四,8000\n20230005,王五,7000\n",
    "青溪县人口": "乡镇,男(人),女(人)\n云中镇,510,490\n水下镇,620,610\n",
    "青溪县收支2023年": "村,收入(万元),支出(万元)\n大柳村,#N/A,59\n小柳村,,57\n新柳村,45,\n老柳村,46,47\n",
}


@pytest.fixture
def ask(tmp_path: Path, encoder: FakeEncoder) -> Ask:
    """Asks a library of such tables."""
    folder = tmp_path / "表格"
    folder.mkdir()
    for name, rows in TABLES.items():
        cells = [row.split(",") for row in rows.splitlines()]
        (folder / f"{name}.xlsx").write_bytes(as_xlsx({"表": cells}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    return asker(place)


@pytest.mark.parametrize(
    "question",
    [
        "青禾市2023年出生人口是多少",
        "2022年青禾市工业产值多少",
        "青禾市2023年营业收入是多少",
        "青禾市轻工业增加值2022年多少",
        "青禾市2023年城镇登记失业率是多少",
        "青禾市个人所得税2022年多少",
        "白鹭县第二小学一年级多少人",
    ],
)
def test_another_row_of_the_kind(ask: Ask, question: str) -> None:
    """What a row says in the place of the word that is asked for makes it another thing."""
    assert not ask(question).best


@pytest.mark.parametrize(
    "question",
    [
        "白鹭县2023年教育支出决算数多少",
        "白鹭县2022年教育支出预算数多少",
        "石桥县2023年5月发电量产值多少",
        "云岭县2024年3月进出口额多少",
        "白鹭县第一小学三年级多少人",
        "桐江县理学院本科多少人",
        "桐江县第一中学2023年报名多少人",
        "桐江县2023年车船税预算数多少",
        "桐江县阿莫西林1g单价多少",
        "张三的工号是多少",
    ],
)
def test_another_column(ask: Ask, question: str) -> None:
    """Period and unit alone make no column the one that is asked for."""
    assert not ask(question).best


@pytest.mark.parametrize("question", ["大柳村收入多少", "小柳村收入多少", "新柳村支出多少"])
def test_an_empty_cell_is_not_answered_by_its_neighbour(ask: Ask, question: str) -> None:
    """The column is there, and nothing in the row below it."""
    assert not ask(question).best


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青禾市2023年死亡人口是多少", "132"),
        ("青禾市2023年人均收入是多少", "182"),
        ("2023年云川市常驻人口是多少", "192"),
        ("2022年白鹭常驻人口有多少", "221"),
        ("青禾市2022年公司法人代表有多少", "7"),
        ("白鹭县2023年教育支出预算数多少", "700"),
        ("白鹭县2022年教育支出决算数是多少", "650"),
        ("石桥县2023年1-5月零售额是多少", "6020"),
        ("云岭县2024年3月进出口额累计多少", "5010"),
        ("云岭县2024年3月进出口额同比增长多少", "5.1"),
        ("石桥县零售额同比增长多少", "6.2"),
        ("白鹭县第一小学二年级多少人", "42"),
        ("桐江县第一中学2023年录取了多少人", "480"),
        ("桐江县阿莫西林0.5g单价多少", "20"),
        ("青溪县云中镇男性多少人", "510"),
        ("老柳村收入多少", "46"),
        ("工号20230002的工资是多少", "8000"),
        ("张三的工资是多少", "9000"),
    ],
)
def test_what_is_there_is_still_found(ask: Ask, question: str, value: str) -> None:
    """The same tables asked for what they hold, also by another name of it."""
    assert [best.quote for best in ask(question).best] == [value]
