"""tjqa.answers.constraints: what a question lays down and passages do not meet."""

from __future__ import annotations

import pytest

from tests.support.hits import hit_of, matcher_of
from tjqa.answers.constraints import (
    astray,
    is_of_another_person,
    missed_months,
    missed_names,
    misses_number,
    places_instead,
    withholds_name,
)
from tjqa.retrieval.matching import Matcher
from tjqa.text.analyzed import analyze, analyze_all


def lost(matcher: Matcher, text: str, context: str) -> tuple[float, float]:
    """What is astray in a passage, by clauses and by sentences."""
    found = astray(matcher, analyze(text), analyze(context))
    return found.clause, found.sentence


def months(matcher: Matcher, texts: list[str]) -> list[int]:
    """The months that texts miss."""
    return missed_months(matcher.question, analyze_all(texts))


def test_astray_words_stand_beside_another_figure() -> None:
    """A word whose clause has no figure that can answer is not what the figure counts."""
    asked = matcher_of("西青区地区生产总值是多少亿元")
    in_clause, in_sentence = lost(asked, "地区生产总值增长2%,公共预算收入102亿元。", "西青区年报")
    assert in_clause > 0.3 and in_sentence == 0
    assert min(lost(asked, "地区生产总值增长2%。公共预算收入102亿元。", "西青区年报")) > 0.3
    assert lost(asked, "地区生产总值102亿元;公共预算收入增长2%。", "西青区年报") == (0, 0)
    assert lost(asked, "地区生产总值增长。", "西青区年报") == (0, 0)  # no figure at all: another feature says so


def test_missed_months() -> None:
    """A month asked for and none or another one in the text."""
    asked = matcher_of("2020年5月出口增长多少")
    assert months(asked, ["2020年4月出口增长17%", "四月"]) == [5]
    assert months(asked, ["4月增长17%,五月增长20%"]) == months(asked, ["发布日期2020-05-03"]) == []
    assert months(matcher_of("五个月出口增长多少"), ["出口增长17%"]) == []


def test_missed_names_may_be_short() -> None:
    """The text may leave out the word for the kind of area, not the name."""
    asked = matcher_of("白鹭县与于田县新增就业多少人")
    assert missed_names(asked, [analyze("白鹭新增就业3215人")]) == ["于田县"]
    assert missed_names(asked, analyze_all(["白鹭县新增就业", "于田也是"])) == []


def test_missed_numbers() -> None:
    """Another 期 than the one asked for, however its number is written; a question without one misses none."""
    question = matcher_of("白鹭县三期水库何时开工").question
    assert misses_number(question, analyze_all(["二期水库开工"]))
    assert not misses_number(question, analyze_all(["第3期水库开工"]))
    assert not misses_number(matcher_of("水库何时开工").question, analyze_all(["二期水库开工"]))


@pytest.mark.parametrize(
    ("question", "text", "not_given"),
    [
        ("云岭县教育局局长是谁?", "云岭县科技局局长王小明介绍。", True),
        ("云岭县教育局局长是谁?", "云岭县教育局局长王小明介绍。", False),
        ("云岭基金的管理人是谁?", "云岭基金规模50亿元。", True),
        ("云岭县的县长是谁?", "云岭县县委书记王小明出席。", True),
        ("科技局副局长叫什么名字?", "科技局局长王小明出席。", True),
        ("与茶厂合作的药企叫什么名字?", "茶厂与某大型药企签约。", True),
        ("与茶厂合作的药企叫什么名字?", "茶厂与白鹭药企签约,解决某些问题。", False),
        ("茶厂产值是多少?", "某茶厂产值3亿元。", False),
    ],
)
def test_a_name_that_the_text_does_not_give(question: str, text: str, not_given: bool) -> None:
    """Another body's head, another office, a name withheld."""
    assert withholds_name(matcher_of(question), [analyze(text)]) is not_given


@pytest.mark.parametrize("question", ["李四是谁?", "谁是王小明", "请问局长赵六是什么人?", "云岭县的诸葛林是哪位"])
def test_another_person_than_the_one_asked_for(question: str) -> None:
    """Nobody is known by a text that speaks of namesakes in part: 李宁, 小明."""
    matcher = matcher_of(question)
    hits = [hit_of(matcher, "李宁体育中心由王建军主持开馆,高小明、赵书宏和诸葛亮参加。")]
    assert is_of_another_person(matcher, hits)
    assert not is_of_another_person(matcher, [*hits, hit_of(matcher, "李四、王小明、赵六、诸葛林到场。")])
    assert not is_of_another_person(matcher, [hit_of(matcher, "他是云岭人。", path="李四王小明赵六诸葛林的简历.txt")])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("李四是谁", "李 四,男,云岭县人。"),
        ("李四是谁", "李某负责云岭茶厂。"),
        ("李四是谁", "云岭县教育局李局长介绍。"),
        ("张国华是谁", "張國華主持會議。"),
        ("王小平是谁", "小平同志到云岭考察。"),
        ("卡尔·林德是谁", "林德是云岭茶厂的顾问。"),
        ("施工方是谁", "由白鹭集团承建。"),
        ("董事长是谁", "王建军主持白鹭集团。"),
        ("云岭马拉松冠军是谁", "王建军第一个到达。"),
        ("方案是谁写的", "王建军执笔。"),
    ],
)
def test_the_person_asked_for_written_otherwise(question: str, text: str) -> None:
    """Blanks, traditional characters, an office or a part in place of the name; and what is no name at all."""
    matcher = matcher_of(question)
    assert not is_of_another_person(matcher, [hit_of(matcher, text)])


def test_the_places_that_passages_are_of_instead() -> None:
    """Of the kind that is asked for, the nearest first; none where the question lacks none, or where two are asked."""
    matcher = matcher_of("津南区2018年收入是多少")
    hits = [hit_of(matcher, "收入39540元。", title=f"{place}政府工作报告") for place in ("西青区", "宝坻区", "蓟县")]
    assert places_instead(matcher, hits) == ("津南区", ("西青区", "宝坻区"))
    assert places_instead(matcher, [*hits, hit_of(matcher, "津南的收入。")]) == ("", ())
    both = matcher_of("津南区和北辰区2018年收入是多少")
    of_kinds = [
        hit_of(matcher, "收入39540元。", title="粤港澳大湾区、各市县区年报"),
        hit_of(matcher, "收入。", title="县区收入"),
    ]
    assert places_instead(matcher, of_kinds) == ("", ())
    city = matcher_of("清河市的房价是多少")
    assert places_instead(city, [hit_of(city, "涨0.1%。", title="70个大中城市商品住宅销售价格")]) == ("", ())
    assert places_instead(both, [hit_of(both, "收入39540元。", title="西青区政府工作报告")]) == ("", ())
