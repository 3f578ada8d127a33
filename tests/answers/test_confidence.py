"""tjqa.answers.confidence: when to answer and when to say that nothing was found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.helpers import PLAIN, FakeEncoder
from tjqa.answers.confidence import confidence_features
from tjqa.answers.notes import missing, unsaid
from tjqa.answers.strength import Decision, decide
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.index.local import open_index
from tjqa.index.versions import VERSIONS
from tjqa.results import NEAREST
from tjqa.retrieval.feature_set import CONFIDENCE
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.question import parse
from tjqa.retrieval.search import matcher_for, rank


@pytest.fixture
def ask(library: Settings, encoder: FakeEncoder):  # type: ignore[no-untyped-def]
    """Finds the hits of a question in the sample documents."""
    index = open_index(library.index_dir, VERSIONS)

    def find(text: str) -> tuple[Matcher, list[Hit]]:
        matcher = matcher_for(index, parse(text, PLAIN), PLAIN)
        return matcher, rank(index, encoder, matcher, 10)

    return find


def features(found: tuple[Matcher, list[Hit]]) -> dict[str, float]:
    """The confidence features of hits."""
    matcher, hits = found
    return CONFIDENCE.named(confidence_features(matcher, hits, decide(matcher, hits).sentences))


def test_near_misses_show_in_the_features(ask) -> None:  # type: ignore[no-untyped-def]
    """Another subject, place, year or unit than the documents speak of is seen by the feature that is for it."""
    known = features(ask("白鹭县2021年新增就业多少人"))
    assert known["place_missed"] == known["year_missed"] == known["unfit"] == known["month_missed"] == 0
    assert features(ask("白鹭县2021年新增专利多少人"))["worst"] > known["worst"]
    assert features(ask("延庆区2021年新增就业多少人"))["place_missed"] == 1
    assert features(ask("白鹭县2015年新增就业多少人"))["year_missed"] == 1
    assert features(ask("白鹭县第37届运动会在哪里办"))["figure_missed"] == 1
    assert features(ask("白鹭县2021年11月新增就业多少人"))["month_missed"] == 1
    assert features(ask("云岭毛峰每年采多少吨"))["unfit"] == 1
    assert features(ask("白鹭县三期水库2021年新增就业多少人"))["number_missed"] == 1
    assert features(ask("杀青的锅温由谁保持"))["unfit_name"] == 1


def test_a_clear_match_stands_out(ask) -> None:  # type: ignore[no-untyped-def]
    """What answers comes nearer to the question than what is beside it; of what answers nothing, nothing stands out."""
    clear, vague = features(ask("白鹭县2021年新增就业多少人")), features(ask("火星探测器何时发射"))
    assert clear["dense_lead"] > vague["dense_lead"]


def test_the_verdict_does_not_hang_on_how_many_are_shown(library: Settings) -> None:
    """One hit shown or ten: a question is held against the same passages."""
    engine = Engine.open(library)
    for text in ("白鹭县2021年新增就业多少人", "水库哪一年建成", "火星探测器何时发射"):
        few, many = engine.ask(text, 1), engine.ask(text, 10)
        if few.best == many.best[:1]:
            assert few.strength == many.strength
            assert few.confidence == pytest.approx(many.confidence)


@pytest.mark.parametrize("text", ["。", "的", "2021年", "abc", "水库" * 100, "白鹭县和水库分别怎么样"])
def test_any_question_has_finite_confidence(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    """Whatever is asked, the confidence is a probability."""
    matcher, hits = ask(text)
    assert 0 <= decide(matcher, hits).confidence <= 1
    assert decide(matcher, []) == Decision(0.0, [])


def test_missing_words_are_those_no_shown_passage_holds(ask) -> None:  # type: ignore[no-untyped-def]
    """The whole word that is not there is named, not its parts nor what the passages do hold."""
    matcher, hits = ask("白鹭县的常住人口有多少?")
    assert missing(matcher, hits) == ["常住人口"]
    assert missing(*ask("白鹭县新增就业多少人?")) == []
    assert missing(*ask("于田县2015年11月新增就业多少人?")) == ["2015年11月", "于田县"]
    assert missing(*ask("赵六是谁?")) == ["赵六"]
    assert missing(*ask("白鹭县第九十九条规定了什么?")) == ["第九十九条"]
    assert missing(*ask(" ＰＰＰ項目有多少個?")) == ["ＰＰＰ"]
    assert len(hits) >= NEAREST
    named = [replace(hit, passage=replace(hit.passage, path="常住人口/2021年报告.txt")) for hit in hits]
    assert missing(matcher, named) == []  # what a file is called is said, too


def test_unsaid_are_years_and_whole_places(ask) -> None:  # type: ignore[no-untyped-def]
    """The year and the place that are not where the answer stands are named as they were asked for."""
    matcher, hits = ask("于田县2015年新增就业多少人?")
    assert unsaid(matcher, hits, decide(matcher, hits).sentences) == ["2015年", "于田县"]
    matcher, hits = ask("白鹭县2021年新增就业多少人?")
    assert unsaid(matcher, hits, decide(matcher, hits).sentences) == []


def test_a_refusal_says_what_is_missing(library: Settings) -> None:
    """A question about something else is refused, with the words that were not found, and the nearest passages."""
    answer = Engine.open(library).ask("火星探测器的发射窗口在哪天?")
    assert answer.state == "weak" and answer.text is None
    assert "探测器" in answer.missing and answer.citations


def test_a_refusal_says_that_no_figure_answers(tmp_path: Path) -> None:
    """Every word of the question is there, the figure it asks for is not."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "甲.txt").write_text("云岭县年报\n\n云岭县新建水库,明显改善灌溉。\n", "utf-8")
    place = Settings(tmp_path / "docs", tmp_path / "index")
    build(place)
    engine = Engine.open(place)
    assert engine.ask("云岭县新建了几座水库?").lacks_kind == "number"
    assert engine.ask("云岭县新建水库是在几月?").lacks_kind == "date"
