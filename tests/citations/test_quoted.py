"""tjqa.citations.quoted: what stands in a text stands there as it is written, width and layout apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tjqa.citations.quoted import Likeness, WidthFolded, cuts_number, differences
from tjqa.documents import Span

TEXT = (
    "全年地区生产总值达到186.5亿元，增长7.2%。\n其中，新增就业3215人，同比-3.5%，\n"
    "面积10²平方米。\n三千五百人\t12\t-\t5\n"
)


def stands(quote: str, text: str = TEXT) -> list[str]:
    """What the text has where the quote stands in it, numbers whole."""
    return [span.of(text) for span in WidthFolded(text).places(quote) if not cuts_number(text, span)]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("新增就业3215人", "新增就业3215人"),
        ("新增就业３２１５人", "新增就业3215人"),
        ("186.5亿元,增长7.2%。其中", "186.5亿元，增长7.2%。\n其中"),
        ("增长7.2%。 其中,新增", "增长7.2%。\n其中，新增"),
        ("12 - 5", "12\t-\t5"),
        ("同比-3.5%", "同比-3.5%"),
        ("三千五百人", "三千五百人"),
    ],
)
def test_width_and_layout_may_differ(quote: str, found: str) -> None:
    """Full and half width are the same, and so is a line break beside a Chinese character."""
    assert stands(quote) == [found]


@pytest.mark.parametrize(
    "quote",
    [
        *(
            "新增就业3216人",
            "新增就业3215 0人",
            "面积102平方米",
            "全年地区生產总值",
            "达到186。5亿元",
            "12-5",
            "125",
            "12 -5",
        ),
        *(
            "215人",
            "新增就业321",
            "达到186.5",
            "186.5亿元，增长7.2",
            "同比",
            "3.5%，",
            "千五百人",
            "6.5亿元",
            "三千五",
            "186",
        ),
    ],
)
def test_everything_else_is_another_text(quote: str) -> None:
    """Another character, a cell joined with the next, a number cut: 同比 alone does stand there."""
    assert stands(quote) == (["同比"] if quote == "同比" else [])


@given(st.text("甲乙 \n\t1２，,.-", max_size=30), st.data())
def test_every_slice_stands_where_it_was_taken(text: str, data: st.DataObject) -> None:
    """Whatever a text holds: a slice of it is found at its place, blanks at its ends apart."""
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    folded = WidthFolded(text)
    places = list(folded.places(quote))
    assert bool(places) or not WidthFolded(quote).text or quote != quote.strip()
    for place in places:
        assert WidthFolded(place.of(text)).text == WidthFolded(quote).text
        assert 0 <= place.start < place.end <= len(text)


def test_differences_are_told_character_by_character() -> None:
    """What the quote has, what the text has; width is none."""
    assert differences("新增就业3216人,", "新增就业3215人，") == [("6", "5")]
    assert differences("新增３２１５人", "新增3215人") == []


def test_a_number_is_whole() -> None:
    """A day is one, whatever joins it; a list of figures is none."""
    assert cuts_number("2023-05-01", Span(5, 10))
    assert not cuts_number("项目13,占比", Span(2, 4))
    assert cuts_number("1,300个", Span(2, 5))


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("215人", "新增3 215人"),
        ("新增3", "新增3\u2009215人"),
        ("3.2%", "增速为负3.2%"),
        ("3.2%", "增速–3.2%"),
        ("5度", "气温零下5度"),
        ("5×10", "产量5×10⁴吨"),
        ("占1", "占1/3"),
        ("之一", "三分之一"),
        ("贰仟元", "壹万贰仟元"),
        ("五亿元", "三点五亿元"),
        ("百分之三", "增长百分之三点五"),
        ("用了3", "用了3 万元"),
        ("用了3", "用了3\n亿元"),
        ("用了20", "用了20多万元"),
        ("用了1", "用了1½年"),
        ("1.5", "1.5‱"),
        ("面积100m", "面积100m²"),
        ("面积100", "面积100㎡"),
        ("8", "毛利(8)万元"),
        ("10%", "环比▼10%"),
        ("5伏", "电压±5伏"),
        ("面积1", "面积1'234平方米"),
        ("北纬12", "北纬12°30′"),
        ("199", "价格~~199~~99元"),
        ("价格~~199", "价格~~199~~99元"),
        ("速度100km", "速度100km/h"),
        ("5天", "用时3—5天"),
        ("5天", "用时3至5天"),
        ("5次", "1e5次"),
        ("12345678", "电话022-12345678"),
        ("5元", "价格1·5元"),
        ("编号0x1", "编号0x1F"),
        ("不得超过5", "不得超过5人"),
        ("提高2个", "提高2个百分点"),
        ("投资3.2亿", "投资3.2亿元"),
        ("12届", "第12届"),
        ("1", "面积1〓5公顷"),
        ("5℃", "气温〓5℃"),
    ],
)
def test_no_part_of_a_number_stands_for_it(quote: str, text: str) -> None:
    """However the number is written: in groups, with words for signs and points, as a fraction, by powers of ten."""
    assert stands(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("3元", "统一3元"),
        ("7月", "5月-7月"),
        ("三河", "天津-三河铁路"),
        ("500个", "2023 500个"),
        ("12", "12\t345"),
        ("345", "12\t345"),
        ("3", "3\t万元"),
        ("5个", "共5个"),
        ("多个", "20多个"),
        ("人参加", "5人参加"),
        ("2024年", "(2024年)"),
        ("工作", "5人~~不~~工作"),
        ("12万吨", "产量12万吨。~~旧~~"),
        ("之一", "十大企业之一"),
        ("2023年", "2023年5月"),
    ],
)
def test_what_is_beside_a_number_is_no_part_of_it(quote: str, text: str) -> None:
    """Another number, another cell, a word."""
    assert stands(quote, text) == [quote]


def test_comparing_ends() -> None:
    """Signs that return (啊。啊。) take the square of a length each time; what was compared so far is told."""
    likeness = Likeness("啊。" * 40, 10_000)
    assert likeness.to("全年新增就业3215人。", 0.5) == 0.0
    assert [likeness.to("啊。" * 40, 0.5) for _ in range(4)] == [1.0, 1.0, 0.0, 0.0]
    assert Likeness("新增就业3216人", 10_000).to("新增就业3215人", 0.5) == pytest.approx(8 / 9)
