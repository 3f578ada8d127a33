"""What is offered to be asked instead: the nearest periods, and places."""

from __future__ import annotations

import pytest

from tjqa.answers.offers import other_questions
from tjqa.results import Answer

YEARS = tuple(f"{year}年" for year in range(2008, 2025))


@pytest.mark.parametrize(
    ("question", "lacking", "existing", "offered"),
    [
        ("2030年就业人员多少", "2030年", YEARS, ["2024年就业人员多少", "2023年就业人员多少", "2022年就业人员多少"]),
        ("2007年就业人员多少", "2007年", YEARS[:2], ["2008年就业人员多少", "2009年就业人员多少"]),
        ("2024年6月零售额", "2024年6月", ("2024年1—5月", "2024年5月"), ["2024年5月零售额", "2024年1—5月零售额"]),
        ("2023年三季度利用率", "2023年7—9月", ("2023年", "2023年10—12月"), ["2023年10—12月利用率", "2023年利用率"]),
        ("2023年比2023年怎样", "2023年", YEARS, []),
        ("三年前的就业人员", "2021年", YEARS, []),
    ],
)
def test_the_nearest_periods_are_offered(
    question: str, lacking: str, existing: tuple[str, ...], offered: list[str]
) -> None:
    """Those as long as the one asked for first, in the place of it as the question writes it."""
    answer = Answer(question, "nothing", 0.0, (), (), 0.0, lacking_periods=(lacking,), existing_periods=existing)
    assert [asked for _, asked in other_questions(answer)] == offered


def test_places_are_offered() -> None:
    """In the place of the one that nothing is there of."""
    question = "东丽区的收入是多少"
    answer = Answer(question, "nothing", 0.0, (), (), 0.0, lacking_place="东丽区", existing_places=("西青区",))
    assert other_questions(answer) == [("西青区", "西青区的收入是多少")]
