"""How strong an answer is, and the reader that helps to tell it: shown, switched off, damaged."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.support.helpers import ROOT
from tjqa import config
from tjqa.answers.bare_lines import echo, is_bare
from tjqa.answers.strength import calibrated
from tjqa.answers.wording import warnings
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.retrieval.linear_model import log_odds, tables_on_trial, weights
from tjqa.retrieval.query_syntax import split_filters
from tjqa.retrieval.stages import PARTS, STAGES, Part, Stages
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.card_text import answer_rows
from tjqa.ui.widgets.passage_text import CardView

QUESTION = "石桥水库总库容多少"


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("第三章 招标范围……………12", True),
        ("第三章 招标范围......12", True),
        ("姓名:____ 性别:____", True),
        ("填表日期:   年   月   日", True),
        ("石桥水库的总库容是多少?", True),  # asks itself
        ("石桥水库总库容", True),  # says no more than the question
        ("石桥水库总库容4200万立方米。", False),
        ("总库容4200万立方米", False),
        ("2020年3月开工……历时十九个月", False),
        ("2024 年 5 月 6 日", False),
        ("联系人： 电话： 传真：", True),
        ("联系人：张三 电话：", False),
    ],
)
def test_lines_that_say_nothing(line: str, bare: bool) -> None:
    """The question's echo, another question, a line of contents and an empty form never answer; figures do."""
    assert is_bare(line, QUESTION) is bare


def test_echo_is_a_share() -> None:
    """All of a line, some of it, none; a line without letters says nothing at all."""
    assert echo("总库容", QUESTION) == 1
    assert 0 < echo("总库容4200万", QUESTION) < 1
    assert echo("云岭毛峰", QUESTION) == 0
    assert echo("——", QUESTION) == 1


def test_calibration_rises_between_its_steps() -> None:
    """Between two steps a line, beyond them the last step; without steps the logistic function."""
    steps = {"x_calibration": {"-1.0": 0.2, "1.0": 0.8}, "y_calibration": {}}
    with tables_on_trial(steps):
        assert [calibrated("x", at) for at in (-9, -1, 0, 1, 9)] == pytest.approx([0.2, 0.2, 0.5, 0.8, 0.8])
        assert calibrated("y", 0) == 0.5


@pytest.mark.parametrize("table", ["strength", "strength_latin", "strength_fast", "strength_latin_fast"])
def test_shipped_calibration_never_falls(table: str) -> None:
    """A surer answer is never told as less likely."""
    steps = sorted((float(at), share) for at, share in weights(f"{table}_calibration").items())
    assert steps and all(0 < share < 1 for _, share in steps)
    assert [share for _, share in steps] == sorted(share for _, share in steps)


def test_strength_is_told_with_its_doubt(seed_library: Settings) -> None:
    """An answer, a possible one, none: by its confidence; a possible one says so on its card, and only that one."""
    engine = Engine.open(seed_library)
    view = CardView(100, False, Texts(), date(2026, 1, 2))
    seen = set()
    for question in (
        "西青区一般公共预算收入完成多少",
        "西青区的区长叫什么名字",
        "双城绿色生态屏障区有多大",
        "火星上有几家饭店",
    ):
        answer = engine.ask(question)
        seen.add(answer.strength)
        card = "\n".join(row.content.plain for row in answer_rows(answer, view))
        assert (view.texts("check_source") in card) is (answer.strength == "possible")
        assert (answer.text is None) is (answer.strength == "none")
    assert "none" in seen and len(seen) > 1


def test_without_the_reader_no_file_of_it_is_opened(seed_library: Settings, tmp_path: Path) -> None:
    """Fast answers come without the reader, whatever is wrong with its folder, and say nothing of it."""
    fast = Settings(seed_library.sources, seed_library.embeddings, fast=True)
    answer = Engine.open(fast).ask("西青区一般公共预算收入完成多少")
    assert answer.strength != "none" and answer.hurdle is None
    assert "reader" not in {one.name for one in answer.citations[0].contributions}


@pytest.mark.parametrize("fault", ["missing", "cut", "other"])
def test_a_damaged_reader_is_told_and_done_without(
    seed_library: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """A folder that is not there, half a file, another file: the answer is that without the reader, and says so."""
    folder, encoder = tmp_path / "reader", ROOT / "embeddings" / "encoder"
    if fault != "missing":
        shutil.copytree(ROOT / "embeddings" / "reader", folder)
        weights_file = folder / "reader.safetensors"
        raw = weights_file.read_bytes()
        weights_file.write_bytes(raw[: len(raw) // 2] if fault == "cut" else raw[:-1] + bytes([raw[-1] ^ 1]))
    monkeypatch.setattr("tjqa.engine.reader_dirs", lambda: (folder, encoder))
    question = "西青区一般公共预算收入完成多少"
    engine = Engine.open(seed_library)
    answer = engine.ask(question)
    assert answer.hurdle is not None and answer.hurdle.key == "reader_left_out"
    assert answer.hurdle in warnings(answer)
    plain = Engine.open(Settings(seed_library.sources, seed_library.embeddings, fast=True)).ask(question)
    assert (answer.text, answer.confidence) == (plain.text, plain.confidence)
    assert engine.ask(question).hurdle == answer.hurdle  # told with every answer, tried only once


def test_reading_adds_up(seed_library: Settings) -> None:
    """What the features and the reader added to a passage's rank is its score, in log odds; the first has the most."""
    answer = Engine.open(seed_library).ask("西青区一般公共预算收入完成多少")
    for citation in answer.citations[:3]:
        assert {"reader", "lexical"} <= {one.name for one in citation.contributions}
        added = sum(one.value for one in citation.contributions)
        assert added == pytest.approx(log_odds(citation.score), abs=0.01)


def test_stages_are_timed_in_order(seed_library: Settings) -> None:
    """Every stage that ran has its time, in the order a question goes through them; one that is left out has none."""
    engine = Engine.open(seed_library)
    times = engine.ask("西青区一般公共预算收入完成多少").milliseconds
    assert list(times) == list(STAGES)
    assert all(value >= 0 for value in times.values())


@pytest.mark.parametrize("part", PARTS)
def test_a_question_is_answered_without_any_part(seed_library: Settings, part: Part) -> None:
    """Each part can be left out for measuring: passages are found all the same, each an exact slice of its file."""
    answer = Engine.open(seed_library).ask("西青区一般公共预算收入完成多少", stages=Stages(frozenset({part})))
    assert answer.citations
    for citation in (*answer.best, *answer.citations):
        text = (seed_library.sources / citation.path).read_text("utf-8-sig")
        assert citation.span.of(text) == citation.quote or citation.quote in text


def test_settings_say_fast() -> None:
    """By the option or by the environment; 0 and nothing mean no."""
    assert config.settings("x", fast=True, environ={}).fast
    assert config.settings("x", environ={"TJQA_FAST": "1"}).fast
    assert not config.settings("x", environ={"TJQA_FAST": "0"}).fast
    assert not config.settings("x", environ={}).fast


def test_no_hits_are_not_read(seed_library: Settings) -> None:
    """A question that finds nothing needs no reader."""
    wanted, filters = split_filters("文件:没有这个文件 预算收入")
    answer = Engine.open(seed_library).ask(wanted, filters=filters)
    assert (answer.strength, answer.confidence, answer.citations) == ("none", 0.0, ())
