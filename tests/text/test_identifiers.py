"""tjqa.text.identifiers: a number or sign that names a thing, and its neighbours."""

from __future__ import annotations

import pytest

from tjqa.text.identifiers import identifiers, others, unnamed
from tjqa.text.normalize import fold


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("青发改〔2023〕17号文件", "号", {"17", "2023/17"}),
        ("青发改(2023)第 17 号", "号", {"17", "2023/17"}),
        ("按19号文办理", "号", {"19"}),
        ("12路末班车", "路", {"12"}),
        ("十五路公交", "路", {"15"}),
        ("D型水泵", "型", {"d"}),
        ("地铁3号线", "号线", {"3"}),
        ("第十二条 违者处罚", "条", {"12"}),
        ("第3标段", "标段", {"3"}),
        ("二期工程", "期", {"2"}),
        ("附件1", "附件", {"1"}),
        ("KB-200每分钟印35页", "kb", {"200"}),
        ("第三医院", "医院", {"3"}),
        ("压缩机KB3-75的排气量", "kb", {"3-75"}),
        ("PM2.5年均浓度", "pm", {"2.5"}),
        ("5A级景区", "级", {"5a"}),
        ("一等小麦", "等", {"1"}),
        ("5月8日14时水位", "时", {"14"}),
        ("上午召开", "午", {"上"}),
        ("周六营业额", "星期", {"6"}),
        ("“十四五”期间", "五", {"4"}),
        ("20世纪80年代", "年代", {"80"}),
        ("2023—2024学年", "学年", {"2023-2024"}),
        ("60岁以上老人", "岁", {"60"}),
        ("电话13300001111", "11位", {"13300001111"}),
    ],
)
def test_what_is_named_by_number(text: str, kind: str, numbers: set[str]) -> None:
    """Whatever the figures and brackets, the same thing has the same number."""
    assert identifiers(fold(text))[kind] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "5月19号召开",
        "全长19公里",
        "中山路口",
        "电话号码",
        "投资3.5亿元",
        "过了几期",
        "2023年",
        "甲、乙等二十个",
        "每周三次",
        "12小时",
        "产量1234567吨",
        "十五日内",
    ],
)
def test_what_counts_names_nothing(text: str) -> None:
    """Days, measures and words that only look like it."""
    assert not identifiers(fold(text))


@pytest.mark.parametrize(
    ("asked", "text", "named"),
    [
        ("〔2023〕19号文件规定多少", "根据〔2023〕17号文件", {"17号", "2023/17号"}),
        ("〔2022〕17号文件规定多少", "根据〔2023〕17号文件", {"17号", "2023/17号"}),
        ("〔2023〕17号文件规定多少", "根据〔2023〕17号文件,〔2022〕8号废止", set()),
        ("〔2023〕17号文件规定多少", "17号文规定四元", set()),
        ("15路几点", "12路22点,18路21点", {"12路", "18路"}),
        ("15路几点", "末班车22点", set()),
        ("几点收车", "12路22点", set()),
        ("D型水泵功率", "B型7千瓦", {"b型"}),
        ("第二条规定了什么", "第三条 夜间不得鸣笛", {"3条"}),
        ("KB3-90的排气量", "KB3-75的排气量", {"3-75kb"}),
        ("KB3的排气量", "KB3-75的排气量", set()),
        ("PM10浓度", "PM2.5浓度", {"2.5pm"}),
        ("第13周产量", "第12周产量", {"12周"}),
        ("下午开什么会", "上午9时开会", {"上午"}),
        ("十四五修路多少", "十三五修路320公里", {"3五"}),
    ],
)
def test_a_neighbour_is_another_thing(asked: str, text: str, named: set[str]) -> None:
    """Only where one of the kind is named and not the one that is asked for."""
    assert others(fold(asked), fold(text)) == named


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("条例第九十九条是什么", "第九条 委员会履行职责", ["第九十九条"]),
        ("条例第九条是什么", "第九条 委员会履行职责", []),
        ("条例第九十九条是什么", "委员会履行职责", ["第九十九条"]),
        ("津发〔2020〕88号文件", "津发〔2021〕88号", ["津发〔2020〕88号"]),
        ("津发〔2020〕88号文件", "津发〔2020〕88号", []),
        ("请问津政办发〔2020〕88号", "没有文号", ["津政办发〔2020〕88号"]),
        ("第三医院在哪里", "在城北", []),
    ],
)
def test_what_is_cited_is_told_as_it_is_written(asked: str, text: str, said: list[str]) -> None:
    """The numbers of documents with whose they are, articles, chapters and sections."""
    assert list(unnamed(fold(asked), fold(text))) == [fold(one) for one in said]
