"""What is said beside an answer: of several reasons that hold the one that helps, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tjqa.answers.wording import remarks
from tjqa.results import Answer, BlankCell

REFUSAL = Answer("问", "nothing", 0.0, (), (), 0.001)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replace(REFUSAL, missing=("月球", "开户行")), ["最接近的段落里没有“月球”、“开户行”。"]),
        (
            replace(REFUSAL, missing=("2024年6月",), lacking_periods=("2024年6月",), existing_periods=("2024年5月",)),
            ["查到的表格里有2024年5月的，没有2024年6月的。"],
        ),
        (
            replace(REFUSAL, missing=("2024年", "白酒"), lacking_periods=("2024年6月",), existing_periods=("2023年",)),
            ["查到的表格里有2023年的，没有2024年6月的。", "最接近的段落里没有“白酒”。"],
        ),
        (
            replace(REFUSAL, missing=("东丽区",), lacking_place="东丽区", existing_places=("西青区",)),
            ["最接近的段落说的是西青区，没有说到“东丽区”。"],
        ),
        (
            replace(
                REFUSAL,
                missing=("2023年三季度", "白酒"),
                lacking_periods=("2023年7—9月",),
                existing_periods=("2023年",),
            ),
            ["查到的表格里有2023年的，没有2023年7—9月的。", "最接近的段落里没有“白酒”。"],
        ),
        (
            replace(REFUSAL, lacking_periods=("2030年",), existing_periods=tuple(f"{y}年" for y in range(2008, 2025))),
            ["查到的表格里有 17 期，从2008年到2024年，没有2030年的。"],
        ),
        (replace(REFUSAL, missing=("东丽区",), lacking_place="东丽区"), ["最接近的段落里没有“东丽区”。"]),
        (
            replace(REFUSAL, missing=("白酒",), blank_cell=BlankCell("表.csv", "产量", ("甲县",), ("2023年",), "")),
            ["“表.csv”的表“产量”里有“甲县”、“2023年”这一格，但是空的。"],
        ),
    ],
)
def test_what_there_is_instead_is_said_and_said_once(answer: Answer, said: list[str]) -> None:
    """A period, a place or a cell that is told of is not told once more among the missing words."""
    assert [one.text() for one in remarks(answer)] == said
