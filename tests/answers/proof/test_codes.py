"""tjqa.answers.proof.codes and slots: a code is the same as a whole or is another one; so are words of a few."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.answers.proof.codes import codes_of
from tjqa.answers.proof.report import FactKind, Verdict
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.text.normalize import fold

DOCUMENTS = {
    "空气.txt": "青禾市空气质量\n\n青禾市PM2.5年均浓度为31微克每立方米。\n",
    "设备.txt": "设备清单\n\n压缩机型号KB3-75的排气量为12立方米。断路器DW15-630的额定电流为630安。\n",
    "出行.txt": "白鹭县出行\n\nCZ3101航班起飞时间为9时25分。G1234次列车票价为553元。办公电话是0571-88886666。\n",
    "考生.txt": "考生成绩\n\n身份证号330106197503120011的考生笔试成绩86分。白鹭县邮政编码为310000,区号0571。\n",
    "收购.txt": "粮食收购\n\n一等小麦收购价每斤1.32元。早籼稻最低收购价为每斤1.26元。\n",
    "合同.txt": "供货合同\n\n甲方应在收到发票后15日内付款。语文考试时间为6月16日上午9时。\n",
}


@pytest.fixture
def engine(tmp_path: Path, encoder: FakeEncoder) -> Engine:
    """Of a library of names and numbers."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, "utf-8")
    place = Settings(folder, tmp_path / "索引")
    build(place)
    return Engine.open(place)


@pytest.mark.parametrize(
    ("text", "mine", "said"),
    [
        ("青禾市PM10年均浓度为31微克每立方米。", "PM10", "PM2.5"),
        ("压缩机型号KB3-90的排气量为12立方米。", "KB3-90", "KB3-75"),
        ("断路器DW15-400的额定电流为630安。", "DW15-400", "DW15-630"),
        ("CZ3102航班起飞时间为9时25分。", "CZ3102", "CZ3101"),
        ("CZ3101航班起飞时间为10时25分。", "10时25分", "9时25分"),
        ("G1235次列车票价为553元。", "G1235", "G1234"),
        ("办公电话是0571-88886667。", "0571-88886667", "0571-88886666"),
        ("身份证号330106197503120012的考生笔试成绩86分。", "330106197503120012", "330106197503120011"),
        ("白鹭县邮政编码为310001,区号0571。", "310001", "310000"),
        ("二等小麦收购价每斤1.32元。", "二等", "一等"),
        ("晚籼稻最低收购价为每斤1.26元。", "晚籼", "早籼"),
        ("乙方应在收到发票后15日内付款。", "乙方", "甲方"),
        ("语文考试时间为6月16日下午9时。", "下午9时", "上午9时"),
    ],
)
def test_another_one_in_its_place_is_told(engine: Engine, text: str, mine: str, said: str) -> None:
    """With what stands there; at the beginning of the draft and behind a line end."""
    for draft in (text, f"粮食和出行。\n{text}"):
        report = engine.proof(draft)
        assert [(one.text, one.verdict, one.said) for one in report.faults] == [(mine, Verdict.DIFFERS, said)]


@pytest.mark.parametrize("text", [text.split("\n\n")[1] for text in DOCUMENTS.values()])
def test_what_is_as_it_stands_there_holds(engine: Engine, text: str) -> None:
    """Also with its words written in full width or capitals otherwise."""
    assert engine.proof(text).faults == ()
    assert engine.proof(text.replace("KB", "ＫＢ").replace("PM", "pm")).faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "CZ3101航班起飞时间为9:25。",
        "CZ3101航班起飞时间为上午9点25分。",
        "语文考试时间为6月16日9时。",
        "甲方应在收到发票后15日内付款。",
    ],
)
def test_other_ways_to_write_it_are_no_difference(engine: Engine, text: str) -> None:
    """A time of the day by figures, with or without its part of the day."""
    assert engine.proof(text).faults == ()


def test_a_part_of_the_day_is_a_time(engine: Engine) -> None:
    """Told once, though it has two signs; a sentence that is no copy is not held against it."""
    (fault,) = engine.proof("语文考试时间为6月16日下午。").faults
    assert (fault.kind, fault.text, fault.said) == (FactKind.DATE, "下午", "上午")
    assert engine.proof("下午的语文课上,大家谈了考试以后想做的种种事情。").faults == ()


def test_a_number_that_is_nowhere_is_told(engine: Engine) -> None:
    """Though it has no unit; not a single digit, nor what numbers a line."""
    (fault,) = engine.proof("白鹭县邮政编码为310000,区号0571,另有编号7788。").faults
    assert (fault.text, fault.verdict) == ("7788", Verdict.NOT_FOUND)
    for text in ("77.一等小麦收购价每斤1.32元。", "见表77-12，一等小麦收购价每斤1.32元(77)。"):
        assert engine.proof(text).faults == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PM2.5和KB3-75", ["pm2.5", "kb3-75"]),
        ("GDP1.2万亿元", []),
        ("2023-05-06,3-5人,100-200公里,2022-2023年", []),
        ("下午3时半,15:30,12小时,3点要求", ["下午3时半", "15:30"]),
        ("耕地1234567公顷,1,234,567元", []),
        ("国发〔2023〕17号", []),
    ],
)
def test_what_a_code_is(text: str, found: list[str]) -> None:
    """No figure with its unit, no day, no number of a document."""
    assert [code.text for code in codes_of(fold(text))] == found


def test_times_of_the_day_are_compared() -> None:
    """下午3时 is 15:00, and 3时 may be; 上午3时 is not."""
    afternoon, figures, bare, morning = (codes_of(one)[0] for one in ("下午3时", "15:00", "3时", "上午3时"))
    assert afternoon.is_same(figures) and afternoon.is_same(bare) and morning.is_same(bare)
    assert not morning.is_same(afternoon) and not morning.is_same(figures)
