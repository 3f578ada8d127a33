"""Two things told in one sentence: the figure of one does not bear out the other; neither does what was struck out."""

from __future__ import annotations

import pytest

from tjqa.answers.proof.report import FactKind, Verdict
from tjqa.config import Settings
from tjqa.engine import Engine, build

TOLD = (
    "云溪县年度通报\n\n云溪县出口额45亿元,进口额30亿元。\n云溪县小麦产量12万吨,玉米产量8万吨。\n"
    "青山镇、白水镇和黑石镇人口分别为3万人、5万人和8万人。\n男职工和女职工分别为410人和590人。\n"
    "一季度、二季度税收分别为11亿元、22亿元。\n云溪县水库库容为10⁴立方米,池塘面积为3215¹公顷。\n"
    "县长李明表示,“我们不能放弃这片土地,要坚持走绿色发展的道路”。\n"
)
PAGE = "<meta charset=utf-8><p>丰水县新建公园<del>12</del>15个,取消了原定的环湖赛跑活动安排。</p>"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Of a report and a page."""
    place = tmp_path_factory.mktemp("资料")
    (place / "甲.txt").write_text(TOLD, "utf-8")
    (place / "乙.html").write_text(PAGE, "utf-8")
    settings = Settings(place, tmp_path_factory.mktemp("索引"))
    build(settings)
    return Engine.open(settings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("云溪县进口额45亿元。", ["30亿元"]),
        ("云溪县出口额30亿元。", ["45亿元"]),
        ("云溪县小麦产量8万吨,玉米产量12万吨。", ["12万吨", "8万吨"]),
        ("青山镇人口为5万人。", ["3万人"]),
        ("白水镇人口为8万人。", ["5万人"]),
        ("男职工为590人。", ["410人"]),
        ("二季度税收为11亿元。", ["22亿元"]),
        ("云溪县水库库容为104立方米。", ["10⁴立方米"]),
        ("丰水县新建公园12个。", ["15个"]),
    ],
)
def test_the_figure_of_another_thing_is_told(engine: Engine, text: str, said: list[str]) -> None:
    """With what its own is in the same sentence; 10⁴ is no 104."""
    found = [one for one in engine.proof(text).findings if one.kind is FactKind.FIGURE]
    assert [(one.verdict, one.said) for one in found] == [(Verdict.DIFFERS, one) for one in said]


@pytest.mark.parametrize(
    "text",
    [
        "云溪县进口额30亿元。",
        "云溪县小麦产量12万吨,玉米产量8万吨。",
        "青山镇人口为3万人。",
        "白水镇人口5万人。",
        "黑石镇人口达到8万人。",
        "女职工为590人。",
        "二季度税收为22亿元。",
        "云溪县水库库容为10⁴立方米。",
        "云溪县水库库容为10000立方米。",
        "池塘面积为3215公顷。",
        "丰水县新建公园15个。",
    ],
)
def test_its_own_figure_holds(engine: Engine, text: str) -> None:
    """However the sentence tells two things."""
    found = [one for one in engine.proof(text).findings if one.kind is FactKind.FIGURE]
    assert found and all(one.verdict is Verdict.HOLDS for one in found)


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        ("我们不能……要坚持走绿色发展的道路", ["holds", "holds"]),
        ("不能放弃这片土地……绿色发展的道路", ["holds", "holds"]),
        ("我们……放弃这片土地……", ["holds"]),
        ("他们绝……放弃这片土地", ["not_found", "holds"]),
        ("要坚持走绿色发展的道路……我们不能放弃这片土地", ["holds", "other_place"]),
        ("不能放弃这片土地……取消了原定的环湖赛跑活动安排", ["other_place", "holds"]),
        ("绿色发展的道路……我们", ["holds", "not_found"]),
    ],
)
def test_parts_of_a_quotation_stand_together(engine: Engine, words: str, verdicts: list[str]) -> None:
    """In one document, in their order; the short ones, too."""
    found = [one for one in engine.proof(f"县长李明表示,“{words}”。").findings if one.kind is FactKind.QUOTATION]
    assert sorted(one.verdict.value for one in found) == sorted(verdicts)
