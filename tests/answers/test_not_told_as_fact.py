"""tjqa.answers.not_told_as_fact: a figure that is supposed, heard of, denied or of a larger area is no sure answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of

NO_FACT = (
    ("若全镇茶叶产量达到20万吨，就能带动八千户增收。", "石桥镇茶叶产量是多少吨"),
    ("如果全镇新增就业超过3000人，将另建一所学校。", "石桥镇新增就业多少人"),
    ("网传石桥镇洪灾造成30人死亡，这一说法不实。", "石桥镇洪灾造成多少人死亡"),
    ("据传石桥镇茶厂亏损500万元。", "石桥镇茶厂亏损多少万元"),
    ("石桥镇茶厂未能完成全年产值8000万元。", "石桥镇茶厂全年产值是多少"),
    ("石桥镇没有实现全年招商12亿元。", "石桥镇全年招商多少亿元"),
    ("石桥镇茶园面积为5万亩，该数据有误。", "石桥镇茶园面积是多少亩"),
)
FACT = (
    ("石桥镇茶叶产量达到20万吨，带动八千户增收。", "石桥镇茶叶产量是多少吨", "20万吨"),
    ("洪灾造成3人死亡，没有人失踪。", "石桥镇洪灾造成多少人死亡", "3人"),
    ("石桥镇茶厂全年产值8000万元，没有完成的订单结转明年。", "石桥镇茶厂全年产值是多少", "8000万元"),
    ("参观每批不能超过40人。", "参观每批不能超过多少人", "40人"),
    ("若羌镇的茶园面积为5万亩。", "若羌镇茶园面积是多少亩", "5万亩"),
)
WHOLE = (
    ("全市粮食产量20万吨，同比增长3%。", "云溪县粮食产量多少万吨", "云溪县"),
    ("2023年，全省出口额45亿元。", "云溪县2023年出口额多少亿元", "云溪县"),
    ("全县茶园面积5万亩。", "石桥镇茶园面积多少亩", "石桥镇"),
)


@pytest.mark.parametrize(("told", "question"), NO_FACT)
def test_a_figure_that_is_not_so_is_told_with_its_doubt(model: Path, tmp_path: Path, told: str, question: str) -> None:
    """It stands before the reader as something that is not the case, or is refused."""
    text = f"石桥镇情况通报\n\n{told}有关部门表示将继续做好工作。\n"
    answer = engine_of({"通报.txt": text}, tmp_path).ask(question)
    assert answer.strength != "answer"
    assert not answer.best or answer.lacks_kind == "fact" or answer.unsaid


@pytest.mark.parametrize(("told", "question", "figure"), FACT)
def test_a_figure_beside_such_words_is_a_fact(
    model: Path, tmp_path: Path, told: str, question: str, figure: str
) -> None:
    """What is denied behind it, a bound and a name that begins like a conjunction cast no doubt."""
    text = f"石桥镇情况通报\n\n{told}有关部门表示将继续做好工作。\n"
    answer = engine_of({"通报.txt": text}, tmp_path).ask(question)
    assert answer.lacks_kind != "fact"
    assert answer.quoted is not None and figure in answer.quoted


@pytest.mark.parametrize(("told", "question", "place"), WHOLE)
def test_a_figure_of_the_whole_is_not_that_of_a_part(
    model: Path, tmp_path: Path, told: str, question: str, place: str
) -> None:
    """In a document of the part that quotes the whole's figure, too."""
    text = f"{place}情况通报\n\n{place}召开会议。{told}{place}将继续做好工作。\n"
    answer = engine_of({"通报.txt": text}, tmp_path).ask(question)
    assert answer.strength != "answer"
    assert not answer.best or place in answer.unsaid


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("云溪县粮食产量20万吨，全市第三。", "云溪县粮食产量多少万吨"),
        ("全县粮食产量20万吨。", "云溪县粮食产量多少万吨"),
        ("云溪县和全市粮食产量分别为20万吨、300万吨。", "云溪县粮食产量多少万吨"),
    ],
)
def test_the_part_beside_the_whole_answers(model: Path, tmp_path: Path, told: str, question: str) -> None:
    """A rank in the whole, the area's own whole and a sentence that names both cast no doubt."""
    text = f"云溪县情况通报\n\n{told}\n云溪县将继续做好工作。\n"
    answer = engine_of({"通报.txt": text}, tmp_path).ask(question)
    assert answer.best and "云溪县" not in answer.unsaid and answer.lacks_kind != "fact"
