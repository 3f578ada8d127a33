"""tjqa.retrieval.named_document: a name that only one document opens with says which document is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

REST = "\n\n".join(
    f"第{number}条 {text}"
    for number, text in enumerate(
        (
            "员工应当爱护办公设备，下班前关闭电源。",
            "员工因公外出的，填写外出登记表。",
            "会议室由行政部统一安排，使用后恢复原状。",
            "员工的奖惩由人事部提出，报总经理批准。",
        ),
        4,
    )
)


def handbook(opening: str, hours: str, more: str = "") -> str:
    """A handbook that says who it is of at its beginning only."""
    first = f"第一条 {opening}员工在工作期间遵守本手册。"
    return f"员工手册\n\n{first}\n\n第二条 公司的工作时间为{hours}。\n\n第三条 {more}\n\n{REST}\n"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Two handbooks of the same form; one alone grants a day off."""
    day = "青年节员工放假半天。"
    texts = {
        "手册甲.txt": handbook("云峰科技由王启明创立。", "十点至十九点", "员工每月可以在家办公两天。"),
        "手册乙.txt": handbook("鲜禾物流由周文海创立。", "八点半至十七点半", day),
    }
    return engine_of(texts, tmp_path_factory.mktemp("named"))


@pytest.mark.parametrize(
    ("question", "path", "told"),
    [
        ("云峰的工作时间是几点到几点", "手册甲.txt", "十点至十九点"),
        ("鲜禾的工作时间是几点到几点", "手册乙.txt", "八点半至十七点半"),
        ("云峰科技工作时间是几点到几点", "手册甲.txt", "十点至十九点"),
        ("鲜禾的员工工作时间是几点到几点", "手册乙.txt", "八点半至十七点半"),
    ],
)
def test_the_document_that_opens_with_the_name_is_asked(engine: Engine, question: str, path: str, told: str) -> None:
    """Its passage is the first; that the quote itself does not name it is said."""
    answer = engine.ask(question)
    assert answer.citations[0].path == path and told in answer.citations[0].quote
    assert answer.quoted is None or told in answer.quoted
    assert answer.strength != "answer" or answer.quoted is None
    assert answer.corrected == ""


@pytest.mark.parametrize("question", ["云峰青年节放假半天吗", "云峰科技青年节放多久的假"])
def test_what_another_document_grants_is_doubtful(engine: Engine, question: str) -> None:
    """The other handbook's day off is none of this one's."""
    answer = engine.ask(question)
    assert answer.strength != "answer"
    assert not answer.best or any("云峰" in word for word in answer.unsaid)


def test_the_opening_itself_does_not_hide_what_stands_behind(engine: Engine) -> None:
    """It holds the name, and nothing of what is asked; where it answers, it does."""
    answer = engine.ask("云峰科技每月可以在家办公几天")
    assert answer.citations[0].path == "手册甲.txt" and "在家办公两天" in answer.citations[0].quote
    founder = engine.ask("云峰科技由谁创立")
    assert founder.quoted is not None and "王启明" in founder.quoted and "云峰" not in "".join(founder.unsaid)


def test_the_rows_of_a_table_name_no_document(model: Path, tmp_path: Path) -> None:
    """第二产业 is what is asked, in whatever file alone it stands."""
    table = "指标,2020年,2021年\n第二产业增加值(亿元),384255,447138\n第三产业增加值(亿元),553977,609680\n"
    texts = {"年度.csv": table, "手册.txt": handbook("云峰科技由王启明创立。", "十点至十九点")}
    answer = engine_of(texts, tmp_path).ask("2021年第二产业增加值")
    assert [one.quote for one in answer.best] == ["447138"] and answer.unsaid == ()


def test_a_place_names_no_document(model: Path, tmp_path: Path) -> None:
    """石桥镇 stands in the opening of the county's report, and the county's figure is none of the town's."""
    report = "工作报告\n\n会议在石桥镇召开。\n\n全县粮食产量二十万吨。\n"
    texts = {"报告.txt": report, "手册.txt": handbook("", "八点至十七点")}
    answer = engine_of(texts, tmp_path).ask("石桥镇粮食产量多少")
    assert answer.strength != "answer"


def test_with_one_document_there_is_no_other(model: Path, tmp_path: Path) -> None:
    """All that is asked is asked of it."""
    engine = engine_of({"手册.txt": handbook("云峰科技由王启明创立。", "十点至十九点")}, tmp_path)
    answer = engine.ask("工作时间是几点到几点")
    assert answer.quoted is not None and "十点至十九点" in answer.quoted and not answer.unsaid
