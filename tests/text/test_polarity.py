"""tjqa.text.polarity: what a text says and what it denies."""

from __future__ import annotations

import pytest

from tjqa.text.polarity import leaves_out, says, turned


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("两个小区未通过验收", "通过", (False, True)),
        ("其余全部通过验收", "通过", (True, False)),
        ("三批次不合格,其余合格", "合格", (True, True)),
        ("没有能够通过", "通过", (False, True)),
        ("未按期完成", "完成", (False, True)),
        ("商品不得退换", "退换", (False, True)),
        ("违者不准上车", "上车", (False, True)),
        ("道路维修", "通过", (False, False)),
    ],
)
def test_says_and_denies(text: str, word: str, found: tuple[bool, bool]) -> None:
    """A word behind 未, 不, 没有 is denied, with a helping word between, too."""
    assert says(text, word) == found


def test_the_opposite_is_no_answer() -> None:
    """Either way round; a text that says both, or nothing of it, is not turned."""
    assert turned("哪些小区通过验收", "甲小区未通过验收", ["通过"])
    assert turned("哪些小区未通过验收", "乙小区通过验收", ["通过"])
    assert not turned("哪些小区未通过验收", "甲小区未通过验收", ["通过"])
    assert not turned("哪些小区通过验收", "甲未通过,乙通过", ["通过"])
    assert not turned("哪些小区通过验收", "甲小区在改造", ["通过", "验收"])
    assert not turned("病假不超过多少天", "超过三天须有证明", ["病假", "超过"])


@pytest.mark.parametrize("text", ["不含税三十元", "除周一外每天开放", "不包括乡村", "扣除物价因素"])
def test_what_is_left_out(text: str) -> None:
    """不含, 除…外 and their like."""
    assert leaves_out(text)
    assert not leaves_out("含税三十元")
