"""tjqa.text.lay_words: what people say, in the words of laws and papers."""

from __future__ import annotations

import pytest

from tjqa.text.lay_words import official
from tjqa.text.segmenter import Segmenter


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("老板不给工钱怎么办", "用人单位不给工资怎么办"),
        ("房东不退押金能起诉吗", "出租人不退押金能提起诉讼吗"),
        ("酒后开车撞了人判几年", "饮酒后驾驶机动车发生交通事故处几年有期徒刑"),
        ("城里人和农村人收入差多少", "城镇居民和农村居民收入差多少"),
    ],
)
def test_official_words(asked: str, meant: str) -> None:
    """All of them at once, the longest first."""
    assert official(asked, Segmenter(), lambda word: True) == meant


@pytest.mark.parametrize(
    "asked", ["公司机构改革了几次", "店铺被打折的商品有哪些", "用人单位的老板是谁", "地区生产总值是多少"]
)
def test_what_only_looks_like_a_lay_word(asked: str) -> None:
    """Across words there is none, nor where the official word stands beside it."""
    assert official(asked, Segmenter(), lambda word: True) == asked


def test_only_what_the_documents_write() -> None:
    """In a folder of news a boss is a boss."""
    assert official("老板的房子", Segmenter(), {"房屋"}.__contains__) == "老板的房屋"
