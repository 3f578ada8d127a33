"""Sentences whose figures are of something else than what stands nearest, or of nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.answers.figures.figure import Figure, Standing
from tjqa.config import Settings
from tjqa.engine import Engine, build


def figures_of(folder: Path, text: str, measure: str, title: str = "情况通报") -> tuple[Figure, ...]:
    """The figures of a measure in a library of one sentence."""
    (folder / "资料").mkdir()
    (folder / "资料" / "通报.txt").write_text(f"{title}\n\n{text}\n", "utf-8")
    place = Settings(folder / "资料", folder / "embeddings")
    build(place)
    return Engine.open(place).figures(measure).figures


@pytest.mark.parametrize(
    ("text", "measure", "found"),
    [
        (
            "青山镇和白水镇2023年粮食产量分别为1.5万吨和2.5万吨。",
            "粮食产量",
            {("青山镇", "2023", "1.5"), ("白水镇", "2023", "2.5")},
        ),
        (
            "2023年云溪县青山镇、白水镇、黑石镇粮食产量分别达到1万吨、2万吨、3万吨。",
            "粮食产量",
            {("青山镇", "2023", "1"), ("白水镇", "2023", "2"), ("黑石镇", "2023", "3")},
        ),
        (
            "2023年云溪县、丰水县分别实现财政收入11亿元和22亿元。",
            "财政收入",
            {("云溪县", "2023", "11"), ("丰水县", "2023", "22")},
        ),
        (
            "2023年云溪县、丰水县财政收入依次增长5%、6%。",
            "财政收入",
            {("云溪县", "2023", "5"), ("丰水县", "2023", "6")},
        ),
        (
            "2022年、2023年云溪县财政收入分别为11亿元、22亿元。",
            "财政收入",
            {("云溪县", "2022", "11"), ("云溪县", "2023", "22")},
        ),
        (
            "云溪县2023年一季度和二季度财政收入分别为11亿元、22亿元。",
            "财政收入",
            {("云溪县", "2023-01/2023-03", "11"), ("云溪县", "2023-04/2023-06", "22")},
        ),
        ("2023年云溪县财政收入、财政支出分别为11亿元、22亿元。", "财政支出", {("云溪县", "2023", "22")}),
        ("2023年云溪县财政收入、财政支出分别为11亿元、22亿元。", "财政收入", {("云溪县", "2023", "11")}),
        (
            "2023年云溪县城镇、农村居民人均可支配收入分别为4万元、2万元。",
            "农村居民人均可支配收入",
            {("云溪县", "2023", "2")},
        ),
    ],
)
def test_figures_in_a_row_are_each_of_one_of_the_row(
    tmp_path: Path, encoder: FakeEncoder, text: str, measure: str, found: set[tuple[str, str, str]]
) -> None:
    """The second is of the second, be they places, times or measures."""
    figures = figures_of(tmp_path, text, measure)
    assert {(figure.place, figure.period, figure.text) for figure in figures} == found


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("青山镇、白水镇和黑石镇2023年粮食产量分别为1.5万吨和2.5万吨。", "粮食产量"),
        ("青山镇、白水镇2022年、2023年粮食产量分别为1万吨、2万吨、3万吨、4万吨。", "粮食产量"),
        ("青山镇、白水镇2023年粮食产量分别为1万吨、2亿元。", "粮食产量"),
        ("青山林场和白水林场2023年粮食产量分别为1.5万吨和2.5万吨。", "粮食产量"),
        ("青山镇和白水镇2023年粮食产量共4万吨。", "粮食产量"),
        ("2022年和2023年云溪县财政收入共33亿元。", "财政收入"),
        ("2023年云溪县财政收入和财政支出共33亿元。", "财政支出"),
    ],
)
def test_a_row_that_is_not_clear_tells_nothing(tmp_path: Path, encoder: FakeEncoder, text: str, measure: str) -> None:
    """More of the ones than of the others, other units, no words for places; or one figure for all of the row."""
    assert figures_of(tmp_path, text, measure) == ()


@pytest.mark.parametrize(
    "text",
    [
        "若云溪县2023年粮食产量达到20万吨,每亩奖励100元。",
        "2023年,如果云溪县粮食产量达到20万吨,每亩奖励100元。",
        "只要云溪县2023年粮食产量达到20万吨,就给予奖励。",
        "2023年粮食产量20万吨的乡镇有三个。",
        "2023年云溪县未能实现粮食产量20万吨。",
        "2023年云溪县没有完成粮食产量20万吨。",
        "网传云溪县2023年粮食产量20万吨的说法不实。",
        "有人称云溪县2023年粮食产量20万吨,这一说法是谣言。",
        "云溪县2023年粮食产量20万吨的消息有误。",
        "2023年除青山镇外,丰水县其他各镇粮食产量20万吨。",
    ],
)
def test_what_is_not_so_is_no_value(tmp_path: Path, encoder: FakeEncoder, text: str) -> None:
    """Supposed, not reached, denied, only heard of; or of what is left of a place."""
    assert figures_of(tmp_path, text, "粮食产量") == ()


@pytest.mark.parametrize(
    ("text", "place", "standing"),
    [
        ("2023年云溪县未能完成粮食产量20万吨的目标。", "云溪县", Standing.PLAN),
        ("2023年目前云溪县粮食产量20万吨。", "云溪县", Standing.TOLD),
        ("2023年若羌县粮食产量20万吨。", "若羌县", Standing.TOLD),
        ("若羌县2023年粮食产量20万吨。", "若羌县", Standing.TOLD),
    ],
)
def test_a_goal_is_a_goal_and_a_name_is_a_name(
    tmp_path: Path, encoder: FakeEncoder, text: str, place: str, standing: Standing
) -> None:
    """A goal that was missed was one; no place begins with the word before it, unless it is called so."""
    (figure,) = figures_of(tmp_path, text, "粮食产量")
    assert (figure.place, figure.standing, figure.text) == (place, standing, "20")


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("云溪县2023年公报", "2023年云溪县经济向好。全市粮食产量为150万吨,云溪县占8%。", ""),
        ("云溪县2023年公报", "2023年我省粮食产量为150万吨。", ""),
        ("云溪县2023年公报", "全市经济向好,2023年粮食产量为150万吨。", ""),
        ("云溪县2023年公报", "2023年全县粮食产量为150万吨。", "云溪县"),
        ("桐江市2023年公报", "2023年全市粮食产量为150万吨。", "桐江市"),
        ("云溪县2023年公报", "2023年全国粮食产量为150万吨。", "全国"),
    ],
)
def test_the_whole_city_is_not_the_county(
    tmp_path: Path, encoder: FakeEncoder, title: str, text: str, place: str
) -> None:
    """全市 in a report of a county is another place, which the report does not name."""
    figures = figures_of(tmp_path, text, "粮食产量", title)
    assert [(figure.place, figure.text) for figure in figures] == [(place, "150")]
