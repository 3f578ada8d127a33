"""tjqa.text.numbers: one written form for each number, percentage and date."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from tjqa.text.normalize import fold
from tjqa.text.numbers import figures, is_form, numbers_of, value_of, whole_number


def forms(text: str) -> list[tuple[str, ...]]:
    """The forms of every figure of a text."""
    return [figure.forms for figure in figures(fold(text))]


@pytest.mark.parametrize(
    "spellings",
    [
        ("5.2%", "5.2％", "５．２%", "百分之五点二", "百分之5.2", "5.20%", "5.2 %"),
        ("1.15万", "11500", "11,500", "一万一千五百", "1.15 万"),
        ("3.6亿", "360000000", "360,000,000", "三亿六千万"),
        ("2000万亿", "2000000000000000"),
        ("1.3个百分点", "一点三个百分点"),
        ("2023年8月22日", "2023-08-22", "2023.8.22", "2023/8/22", "二〇二三年八月二十二日", "2023 年 8 月 22 号"),
        ("2021年9月", "二○二一年九月"),
        ("2019年", "二〇一九年"),
        ("8月22日", "八月二十二日"),
        ("十七", "17"),
    ],
)
def test_spellings_of_one_figure_agree(spellings: tuple[str, ...]) -> None:
    """However it is written, a figure has the same forms."""
    expected = forms(spellings[0])
    assert len(expected) == 1
    for spelling in spellings:
        assert forms(spelling) == expected, spelling


@pytest.mark.parametrize("text", ["面积1〓5公顷", "面积〓 5公顷", "面积5 〓公顷", "共三〓五万人"])
def test_beside_what_was_not_read_there_is_no_figure(text: str) -> None:
    """Nobody knows the number that it is a part of; others of the sentence are figures."""
    assert forms(text) == []
    assert forms(f"{text},共8户") == [("=8",)]


def test_date_contains_its_parts() -> None:
    """A full date can be met by its year, its month and its day of the year."""
    assert forms("2023年8月22日") == [("@2023", "@2023-08", "@2023-08-22", "@08-22")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3亿千瓦", ["=300000000"]),  # 千 belongs to the unit
        ("增长14%", ["14%"]),
        ("十三五规划", []),  # a name
        ("一定", []),
        ("三五成群", []),  # "a few"
        ("千万不要", []),
        ("1773 年", ["@1773"]),
        ("有1200年历史", ["=1200"]),
        ("v2.0", []),
        ("建成2019", ["=2019", "@2019"]),
    ],
)
def test_what_is_a_figure(text: str, expected: list[str]) -> None:
    """Units and names are not taken for parts of numbers."""
    assert [form for group in forms(text) for form in group] == expected


@pytest.mark.parametrize(
    ("han", "value"),
    [
        ("三千二百", 3200),
        ("十七", 17),
        ("二〇二四", 2024),
        ("五点二", "5.2"),
        ("两万零五", 20005),
        ("一亿三千万", 130000000),
    ],
)
def test_value_of_numerals(han: str, value: int | str) -> None:
    """Chinese numerals have their value."""
    assert value_of(han) == Decimal(value)


@pytest.mark.parametrize("han", ["半", "几", "五点半", "两万几", "一半"])
def test_what_only_sounds_like_a_numeral_has_no_value(han: str) -> None:
    """Half and some are counted with, but are no number that can be compared."""
    assert value_of(han) is None


def test_places_are_exact_and_do_not_overlap() -> None:
    """A figure ends with its last character, not with the blanks after it."""
    text = "投资3.6 亿元,增长5.2 %  \n 2021年9月1日启用,共17 个"
    assert [text[f.start : f.end] for f in figures(text)] == ["3.6 亿", "5.2 %", "2021年9月1日", "17"]


def test_any_run_of_digits_is_survived() -> None:
    """Noise made of digits, numerals and marks raises nothing and stays in order."""
    rng = random.Random(7)
    for _ in range(2000):
        text = "".join(rng.choices("0123456789零一二十百千万亿点年月日.,-/%个百分点 之", k=rng.randrange(1, 40)))
        last = 0
        for figure in figures(text):
            assert last <= figure.start < figure.end <= len(text)
            assert figure.forms
            last = figure.end


def test_whole_numbers_are_bounded() -> None:
    """What is typed as a number may be thousands of digits, which int() refuses with an exception."""
    assert [whole_number(text) for text in ("0", "12", "１２", "٣", "9" * 25)] == [0, 12, 12, 3, 10**25 - 1]
    assert not any(whole_number(text) for text in ("", "²", "-1", "1.5", "9" * 26, "9" * 4400))


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["9", "亿", "一亿", "九", "百分之九", "9,999"])
def test_endless_figures_do_no_harm(unit: str) -> None:
    """Some hundred thousand digits in a file must not stop the build."""
    assert all(len(form) < 40 for group in forms(unit * 60_000) for form in group)


@pytest.mark.parametrize(
    ("han", "value"),
    [
        ("三千二", 3200),
        ("一百五", 150),
        ("两万五", 25000),
        ("一百零五", 105),
        ("二十五", 25),
        ("十五", 15),
        ("三亿二", 320_000_000),
    ],
)
def test_numerals_as_spoken(han: str, value: int) -> None:
    """A last digit without 零 is of the next smaller unit."""
    assert value_of(han) == value


def test_what_a_text_numbers() -> None:
    """Phases, rounds, batches and sessions by their numbers, however written; a plan for a long time has none."""
    assert numbers_of(fold("启动二期建设,第2轮筛查和第十七届会议")) == {"2期", "2轮", "17届"}
    assert numbers_of(fold("一期4.19平方公里,分三批")) == {"1期", "3批"}
    assert numbers_of(fold("长期规划,五年")) == set()


def test_a_year_before_a_range_of_months() -> None:
    """2024年1—10月 begins with a year."""
    assert ("@2024",) in forms("2024年1—10月")


@pytest.mark.parametrize("term", ["@2021", "=3.5", "5.2%", "3pp"])
def test_written_forms(term: str) -> None:
    """Terms of figures are known as such."""
    assert is_form(term)


@pytest.mark.parametrize("term", ["ppp", "app", "3gpp", "投资", "a@b"])
def test_words_are_no_written_forms(term: str) -> None:
    """Words that end like a unit are words."""
    assert not is_form(term)
