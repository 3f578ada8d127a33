"""A neighbour in running text (another day, person, part of the year, the opposite) is no sure answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.answers.contrasts import is_of_another_time, untold_times
from tjqa.engine import Engine
from tjqa.text.normalize import fold

FILES = {
    "降雨.txt": "降雨通报\n\n2024年7月6日青溪县降雨量为22毫米。有关部门将继续做好工作。\n",
    "客流.txt": "客流\n\n2024年4月上旬南湖机场旅客18万人次。第12周产量为350台。\n",
    "工作.txt": "白鹭区工作总结\n\n2023年上半年,白鹭区新建口袋公园12个。白鹭区第三中学在校学生1820人。\n",
    "外贸.txt": "货物贸易情况\n\n2023年白鹭区进口总额45.2亿元。\n",
    "任免.txt": "人事任免\n\n任命王建国为白鹭区水务局副局长。王建国联系电话为022-10002000。\n",
    "税收.txt": "云岭县税收\n\n云岭县2024年1-5月税收为7.7亿元。税前利润为3200万元。\n",
    "路.txt": "青禾大道\n\n青禾大道东段长2.3公里。早高峰车速为每小时22公里。\n",
    "设备.txt": "设备清单\n\n压缩机型号KB3-75的排气量为12立方米。数学试卷共24题。\n",
    "车站.txt": "客运\n\n青溪站日均发送旅客1.2万人次。到港航班120架次。\n",
}


@pytest.fixture(scope="module")
def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One library of all the files, with the shipped model."""
    return engine_of(FILES, tmp_path_factory.mktemp("contrasts"))


@pytest.mark.parametrize(
    "question",
    [
        "2024年7月7日青溪县降雨量多少",
        "7月5日青溪县降雨量多少",
        "2024年4月中旬南湖机场旅客多少",
        "第13周产量多少",
        "2023年下半年白鹭区新建口袋公园多少个",
        "压缩机型号KB3-90的排气量多少",
    ],
)
def test_another_time_or_number_is_refused(engine: Engine, question: str) -> None:
    """As exactly told, and another."""
    assert engine.ask(question).strength == "none"


@pytest.mark.parametrize(
    ("question", "missing"),
    [("2024年7月7日青溪县降雨量多少", "2024年7月7日"), ("2023年下半年白鹭区新建口袋公园多少个", "2023年下半年")],
)
def test_a_time_that_is_refused_is_named(engine: Engine, question: str, missing: str) -> None:
    """Who is told nothing else looks for a slip."""
    assert missing in engine.ask(question).missing


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("2023年白鹭区出口总额多少", "出口"),
        ("王建军的联系电话是多少", "王建军"),
        ("白鹭区水务局局长是谁", "局长"),
        ("2024年5月云岭县税收多少", "2024年5月"),
        ("税后利润多少", "税后"),
        ("晚高峰车速多少", "晚高"),
        ("语文试卷共多少题", "语文"),
        ("青溪东站日均发送旅客多少", "溪东站"),
        ("离港航班多少架次", "离港"),
    ],
)
def test_what_stands_in_its_place_is_told(engine: Engine, question: str, unsaid: str) -> None:
    """It is no sure answer, and what it lacks is named."""
    answer = engine.ask(question)
    assert answer.strength != "answer"
    assert not answer.best or any(unsaid in one for one in answer.unsaid)


@pytest.mark.parametrize(
    "question",
    [
        "2024年7月6日青溪县降雨量多少",
        "7月青溪县降雨量多少",
        "2023年上半年白鹭区新建口袋公园多少个",
        "2023年白鹭区进口总额多少",
        "王建国的联系电话是多少",
        "白鹭区水务局副局长是谁",
        "2024年1-5月云岭县税收多少",
        "早高峰车速多少",
        "压缩机KB3-75的排气量多少",
    ],
)
def test_what_is_asked_for_is_told_without_a_doubt(engine: Engine, question: str) -> None:
    """The same words lack nothing."""
    answer = engine.ask(question)
    assert answer.best and not answer.unsaid


@pytest.mark.parametrize(
    ("asked", "told", "around", "other"),
    [
        ("7月7日降雨量", "7月6日降雨量22毫米", "", True),
        ("7月7日降雨量", "7月6日至8日降雨量22毫米", "", False),
        ("7月7日降雨量", "7月6日降雨量22毫米", "2024年7月7日", False),
        ("7月降雨量", "7月6日降雨量22毫米", "", False),
        ("2023年7月降雨量", "2024年7月降雨量", "", True),
        ("三季度收入", "四季度收入", "", True),
        ("三季度收入", "7-9月收入", "", False),
        ("去年收入", "四季度收入", "", False),
    ],
)
def test_another_time(asked: str, told: str, around: str, other: bool) -> None:
    """Days against days, months against months; a year alone is no finer time."""
    assert is_of_another_time(fold(asked), fold(told), fold(around)) is other


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("5月税收", "1-5月税收7亿元", ["5月"]),
        ("1-6月税收", "1-5月税收7亿元", ["1-6月"]),
        ("5月税收", "5月税收1亿元,1-5月税收7亿元", []),
        ("5月比赛", "5月12日比赛,三百人参加", []),
    ],
)
def test_more_or_fewer_months(asked: str, told: str, untold: list[str]) -> None:
    """A sum over months is not that of one of them; an event lies within its month."""
    assert list(untold_times(fold(asked), fold(told), "")) == untold
