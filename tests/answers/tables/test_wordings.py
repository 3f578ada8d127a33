"""Questions as people word them: question words, several things at once, forms, names that say more than the table."""

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

GOODS = [
    ("品名", "规格", "本期价格（元/公斤）", "涨跌（%）"),
    ("白糖", "一级", "7.85", "1.2"),
    ("大豆", "", "5.6", "-0.4"),
    ("鸡蛋", "散装", "9.9", "3.1"),
    ("猪肉", "后腿", "24.8", "-2.2"),
    ("豆油", "一级", "8.35", "0.6"),
]
INCOME = [
    ("指标", "2023年", "比上年增长（%）"),
    ("居民人均可支配收入（元）", "36883", "6.1"),
    ("汽车销量（万辆）", "31.2", "4.5"),
]
LAKE = [
    ("中文名", "青溪湖", "面积", "132.75 km²", "水深", "8.4 m"),
    ("外文名", "Lake Qingxi", "所属地区", "云川省白鹭市", "成湖时间", "1958年"),
    ("别名", "月湖", "主要入湖河流", "青溪、白水", "管理单位", "白鹭市水务局"),
    ("水温", "4至26度", "地理位置", "白鹭市东北", "著名景点", "望湖亭"),
]
WORKS = [
    ("设备", "生产日期", "投运日期", "生产厂家"),
    ("1号水泵", "2011-03", "2012-10", "云川泵业"),
    ("2号水泵", "2014-05", "2015-11", "桐江机电"),
]
GROSS = [
    ("指标:地区生产总值(亿元)", "", ""),
    ("地区", "2022年", "2021年"),
    ("云川省", "129118.6", "124719.5"),
    ("桐江省", "87435.1", "82875.2"),
    ("青溪省", "53734.9", "50091.2"),
]
ACCOUNTS = [("项目", "本期发生额", "上期发生额"), ("研发费用", "1422.3", "1061.1"), ("销售费用", "618.2", "533.3")]
BLOCKS = [
    ("年份", *("地区", "全体居民", "城镇常住居民", "农村常住居民") * 2),
    ("2022", "云岭旗", "null", "null", "null", "白鹭旗", "null", "null", "null"),
    ("2021", "云岭旗", "34164", "45098", "20968", "白鹭旗", "38984", "49594", "21933"),
    ("2020", "云岭旗", "33181", "44654", "19681", "白鹭旗", "37973", "48994", "20244"),
]
WASTE = [
    ("指标", "2024年", "2023年"),
    ("商品房销售面积(万平方米)", "1696.34", "1767.01"),
    ("生活垃圾清运量(万吨)", "25961.2", "25408"),
    ("处理厂数(座)", "696", "648"),
]
AIRPORTS = [
    ("机场", "2018年吞吐量", "同比"),
    ("首阳", "10098", "5.40%"),
    ("天河", "2450", "15.90%"),
    ("凤凰", "2003", "3.20%"),
]
SHARES = [("项目", "本期期末", "本期期初"), ("普通股总股本", "{}", "{}")]


@pytest.fixture
def ask(tmp_path: Path, encoder: FakeEncoder) -> Ask:
    """Asks a library of such tables."""
    folder = tmp_path / "表格"
    folder.mkdir()
    tables = {"2024年3月桐江市商品价格": GOODS, "2023年桐江市指标": INCOME, "青溪湖": LAKE, "水泵": WORKS}
    tables |= {"各旗居民人均可支配收入": BLOCKS, "城市生活垃圾清运情况": WASTE, "国内机场排名2018": AIRPORTS}
    tables |= {"分省年度数据": GROSS, "云川机电2025年1-3月利润表": ACCOUNTS}
    for at in range(1, 4):
        numbers = (str(at * 1_000_000), str(at * 900_000))
        tables[f"公司{at}年报"] = [SHARES[0], ("普通股总股本", *numbers)]
    for name, rows in tables.items():
        (folder / f"{name}.xlsx").write_bytes(as_xlsx({"表": rows}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    return asker(place)


def quotes(answer: Answer) -> list[str]:
    """What the answering cells hold."""
    return [best.quote for best in answer.best] if answer.cells else []


@pytest.mark.parametrize(
    "question",
    [
        "2024年3月进口白糖的价格是多少?",
        "国产大豆的价格是多少",
        "有机鸡蛋价格多少",
        "出口白糖的价格是多少",
        "二级豆油多少钱",
        "特级白糖价格",
        "2023年农村居民人均可支配收入是多少",
        "2023年城镇居民人均可支配收入是多少",
        "2023年新能源汽车销量是多少",
    ],
)
def test_a_name_that_says_more_than_the_table_is_not_answered(ask: Ask, question: str) -> None:
    """What narrows an item or a measure stands neither in heads nor captions nor in the file's name."""
    assert not ask(question).best


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2024年3月白糖的价格是多少?", "7.85"),
        ("一级豆油多少钱", "8.35"),
        ("散装鸡蛋价格多少", "9.9"),
        ("桐江市白糖价格", "7.85"),
        ("全市居民人均可支配收入2023年是多少", "36883"),
        ("2023年汽车销量多少", "31.2"),
    ],
)
def test_what_the_table_says_elsewhere_narrows_nothing(ask: Ask, question: str, value: str) -> None:
    """A word that a cell of the row, the caption or the file's name holds, or that means all of it."""
    assert quotes(ask(question)) == [value]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青溪湖的面积有多大?", "132.75 km²"),
        ("青溪湖是什么时候形成的,成湖时间是哪年?", "1958年"),
        ("青溪湖由哪个单位管理?", "白鹭市水务局"),
        ("1号水泵什么时候投运的?", "2012-10"),
        ("2号水泵的厂家是哪家?", "桐江机电"),
    ],
)
def test_question_words_name_heads(ask: Ask, question: str, value: str) -> None:
    """什么时候 is a day, 哪个单位 a body; the label beside what is filled in says what that is."""
    assert quotes(ask(question)) == [value]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("青溪湖的面积和水深分别是多少?", ["132.75 km²", "8.4 m"]),
        ("1号水泵的生产日期和投运日期是什么时候?", ["2011-03", "2012-10"]),
        ("2024年3月白糖和大豆的价格各是多少?", ["7.85", "5.6"]),
    ],
)
def test_several_things_are_answered_together(ask: Ask, question: str, values: list[str]) -> None:
    """What one cell lacks of the question another one holds."""
    assert quotes(ask(question)) == values


def test_every_table_that_fits_is_told_with_its_file(ask: Ask) -> None:
    """The question does not say of which company: all are told, none as sure, and each names its file."""
    answer = ask("本期期末的普通股总股本是多少?")
    assert quotes(answer) and {*quotes(answer)} == {"1000000", "2000000", "3000000"}
    assert answer.strength == "possible" and all("年报" in (cell.statement or "") for cell in answer.cells)
    assert quotes(ask("公司2年报里本期期初的普通股总股本是多少?"))[0] == "1800000"


INHABITANTS = [
    ("", "桐江", "云川", "白鹭", "合计"),
    *((str(year), f"1 {400 + at}.25", f"8{at}.5", f"4{at}.1", "") for at, year in enumerate(range(1999, 2024))),
]


@pytest.mark.parametrize("corner", ["", "年", "年份", "时间"])
def test_years_under_an_empty_corner_name_their_rows(tmp_path: Path, encoder: FakeEncoder, corner: str) -> None:
    """They are no running numbers, and what stands over them is no unit of the figures beside them."""
    folder = tmp_path / "表格"
    folder.mkdir()
    rows = [(corner, *INHABITANTS[0][1:]), *INHABITANTS[1:]]
    (folder / "人口.xlsx").write_bytes(as_xlsx({"人口": rows}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    ask = asker(place)
    for question, value in (
        ("云川2015年人口是多少", "816.5"),
        ("桐江2001年有多少人", "1 402.25"),
        ("白鹭2020年的人口", "421.1"),
    ):
        answer = ask(question)
        assert answer.state == "found" and answer.cells[0].unit == "", question
        assert answer.best[0].quote == value, question


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("2023年国内生产总值", True),
        ("我国2023年国内生产总值多少", True),
        ("台湾2023年国内生产总值多少", False),
        ("上海2023年国内生产总值", False),
        ("2023年广东的国内生产总值是多少", False),
        ("新疆2023年第一产业增加值", False),
        ("香港2023年第一产业增加值", False),
    ],
)
def test_a_table_of_the_country_says_nothing_of_a_place(
    tmp_path: Path, encoder: FakeEncoder, question: str, found: bool
) -> None:
    """However common the name of the place is."""
    folder = tmp_path / "表格"
    folder.mkdir()
    rows = [
        ("指标", "2022年", "2023年"),
        ("国内生产总值(亿元)", "31234", "33456"),
        ("第一产业增加值(亿元)", "2123", "2234"),
    ]
    (folder / "年度数据.xlsx").write_bytes(as_xlsx({"年度数据": rows}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    assert (asker(place)(question).state == "found") is found


DEBTS = {
    "期末": [("账龄", "期末账面余额"), ("1～2年", "110.5"), ("2～3年", "220.5"), ("3年以上", "330.5")],
    "税": [("项目", "待转销项税", "合计"), ("期末余额", "41.25", "41.25")],
    "资金": [
        ("项目", "经营活动产生的现金流量净额", "投资活动产生的现金流量净额", "筹资活动产生的现金流量净额"),
        ("本期金额", "51.5", "52.5", "53.5"),
        ("上期金额", "61.5", "62.5", "63.5"),
    ],
    "股份": [("股份性质", "期末数", "期末比例(%)"), ("无限售股份", "120", "24.5"), ("有限售股份", "370", "75.5")],
    "绞盘": [
        ("产品", "本期数", "", "上期数", ""),
        ("", "收入", "成本", "收入", "成本"),
        ("绞盘", "1.5", "2.5", "3.5", "4.5"),
        ("踏板", "5.5", "6.5", "7.5", "8.5"),
    ],
    "存货": [("科目", "上年期末", "上上年期末"), ("存货", "17.5", "18.5"), ("其他应收款", "27.5", "28.5")],
    "公司": [("法定代表人", "张松"), ("证券代码", "836270"), ("办公地址", "滨河路5号")],
}


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("期末账龄在1至2年的账面上有多少余额?", ["110.5"]),
        ("账龄2-3年的期末账面余额是多少?", ["220.5"]),
        ("年末账龄1-2年的账面余额是多少?", ["110.5"]),
        ("待转销项税是多少?", ["41.25"]),
        ("经营、投资、筹资活动产生的现金流量净额的本期金额?", ["51.5", "52.5", "53.5"]),
        ("公司的法人代表是谁?", ["张松"]),
        ("期末无限售股份是多少,比例又是多少?", ["120", "24.5"]),
        ("绞盘本期数、上期数的收入和成本分别是多少?", ["1.5", "2.5", "3.5", "4.5"]),
        ("存货的上上年期末是多少?", ["18.5"]),
    ],
)
def test_other_ways_to_write_a_head(tmp_path: Path, encoder: FakeEncoder, question: str, values: list[str]) -> None:
    """Ranges, times of accounts, a table on its side, names of several columns that share their end, a share beside
    its figure, heads of two rows, a head within a longer one."""
    folder = tmp_path / "表格"
    folder.mkdir()
    for name, rows in DEBTS.items():
        (folder / f"{name}.xlsx").write_bytes(as_xlsx({"表": rows}))
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    assert quotes(asker(place)(question)) == values


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2022年云川省GDP多少", ["129118.6"]),
        ("云川省地区生产总值2021年是多少", ["124719.5"]),
        ("桐江省2021年经济总量多少亿元", ["82875.2"]),
        ("2022年云川省和桐江省GDP各多少", ["129118.6", "87435.1"]),
    ],
)
def test_short_names_behind_places(ask: Ask, question: str, values: list[str]) -> None:
    """GDP is 地区生产总值, and the place before it stays a word of its own; 各多少 asks for those named alone."""
    assert sorted(best.quote for best in ask(question).best) == sorted(values)


@pytest.mark.parametrize(
    ("question", "value", "period"),
    [
        ("云川机电2025年一季度研发费用是多少", "1422.3", "2025年1—3月"),
        ("云川机电2024年一季度研发费用是多少", "1061.1", "2024年1—3月"),
    ],
)
def test_what_stood_a_year_before(ask: Ask, question: str, value: str, period: str) -> None:
    """Accounts name two periods 本期 and 上期; the table tells one of them, and the other is not of it."""
    answer = ask(question)
    assert [best.quote for best in answer.best] == [value]
    assert answer.cells[0].period == period


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2020年白鹭旗农村居民人均收入是多少", ["20244"]),
        ("2020年云岭旗农村居民人均收入是多少", ["19681"]),
        ("白鹭旗城里人2021年人均收入多少", ["49594"]),
        ("云岭旗2022年全体居民人均可支配收入", []),
        ("云岭旗21年底全体居民人均可支配收入", ["34164"]),
        ("2024年全国城市生活垃圾清运量是多少", ["25961.2"]),
        ("2018年天河机场吞吐量是多少", ["2450"]),
        ("2018年凤凰机场比上年少了多少万人", []),
        ("2024年商品房销售面积是多少", ["1696.34"]),
        ("2024年商品房均价多少一平", []),
        ("2024年商品房多少钱一平米", []),
    ],
)
def test_blocks_beside_each_other_and_what_tables_leave_out(ask: Ask, question: str, values: list[str]) -> None:
    """A place names the figures behind it and not those of the next block, null is no value, a table of the whole
    country need not say so, a level is no change, an area no price."""
    assert [best.quote for best in ask(question).best] == values


def test_a_block_is_told_with_its_name(ask: Ask) -> None:
    """Who reads the answer sees of which place it is."""
    (cell,) = ask("2020年白鹭旗农村居民人均收入是多少").cells
    assert cell.row_heads == ("2020", "白鹭旗") and cell.column_heads == ("农村常住居民",)
