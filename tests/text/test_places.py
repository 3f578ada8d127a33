"""tjqa.text.places: where a text names a place."""

from __future__ import annotations

import pytest

from tjqa.text.places import namesakes, speaks_of


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("从天津南站出发", "津南", False),
        ("天津市津南区", "津南", True),
        ("从天津南站到津南区", "津南", True),
        ("上海淀山湖边", "海淀", False),
        ("河南京山站", "南京", False),
        ("陕西安康市", "西安", False),
        ("到西安去", "西安", True),
        ("全白鹭县", "白鹭", True),  # no dictionary knows it
        ("没有提到", "津南", False),
    ],
)
def test_a_name_within_another_name_is_none(text: str, name: str, expected: bool) -> None:
    """A place is spoken of where its name begins a word, not where two other places happen to meet."""
    assert speaks_of(text, name) is expected


def test_namesakes_are_other_places() -> None:
    """双塔区 is not 双塔县; where the name itself or the name alone is told, nothing is mistaken."""
    assert namesakes("双塔县有多少小学", "双塔区有小学十六所") == ["双塔区"]
    assert namesakes("云岭乡种茶多少", "云岭镇种茶三千亩") == ["云岭镇"]
    assert namesakes("双塔县有多少小学", "双塔区十六所,双塔县九所") == []
    assert namesakes("双塔县有多少小学", "双塔有小学九所") == []
    assert namesakes("双塔县有多少小学", "城区有小学十六所") == []
    assert namesakes("北京市有多少公园", "北京区域内公园众多") == []


def test_the_whole_area_is_no_name() -> None:
    """全市 and 全区 name no place: no report is another's namesake by them."""
    assert namesakes("2022年全市新增就业多少人", "2022年全区新增就业三万人") == []
