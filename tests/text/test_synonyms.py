"""tjqa.text.synonyms: names of the same thing."""

from __future__ import annotations

import pytest

from tjqa.text.normalize import fold
from tjqa.text.synonyms import defined, name_edges, same_names


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("人均GDP是多少", ("gdp", "地区生产总值")),
        ("地区生产总值多少", ("地区生产总值", "GDP")),
        ("医共体有几个", ("医共体", "医疗卫生共同体")),
        ("双减政策", ("双减", "减轻义务教育阶段学生作业负担和校外培训负担")),
        ("十四五期间修路多少", ("十四五", "第十四个五年")),
        ("第十三个五年规划", ("第十三个五年", "十三五")),
        ("居民消费价格指数", ("居民消费价格指数", "CPI")),
    ],
)
def test_both_ways(question: str, pair: tuple[str, str]) -> None:
    """Short for long and long for short."""
    assert pair in list(same_names(fold(question)))


@pytest.mark.parametrize("question", ["GDPR是什么", "十五日内", "修路多少公里"])
def test_parts_of_other_words_are_no_names(question: str) -> None:
    """GDP in GDPR is none."""
    assert not list(same_names(fold(question)))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("青禾市大数据管理局(以下简称“市数管局”)成立", ("青禾市大数据管理局", "市数管局")),
        ("《青禾市停车管理办法》（以下简称《停车办法》）", ("青禾市停车管理办法", "停车办法")),
        ("云岭毛峰,又称云雾茶,产于山中", ("云岭毛峰", "云雾茶")),
        ("白鹭洲(原名沙洲)面积三亩", ("白鹭洲", "沙洲")),
        ("城乡公交一体化（简称：公交一体化）", ("城乡公交一体化", "公交一体化")),
    ],
)
def test_what_a_text_defines(text: str, pair: tuple[str, str]) -> None:
    """以下简称, 又称, 原名."""
    assert pair in list(defined(text))


def test_what_every_document_defines_is_no_name() -> None:
    """条例 and 公司 are called so everywhere."""
    assert not list(defined("《青禾市停车条例》(以下简称《条例》)"))
    assert not list(defined("青禾建设有限公司(以下简称公司)"))


def test_where_names_begin_and_end() -> None:
    """What everyone knows as one name is not cut across: no 某省地区 in 某省地区生产总值."""
    assert {2, 8} <= name_edges("云川地区生产总值多少")
    assert name_edges("云川有多少人") == set()
