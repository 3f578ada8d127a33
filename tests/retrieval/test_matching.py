"""tjqa.retrieval.matching: shares of a question that a text carries."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.support.helpers import PLAIN
from tjqa.documents import Span
from tjqa.retrieval.features import text_features
from tjqa.retrieval.matching import Matcher, content_words, longest_common_run
from tjqa.retrieval.question import parse
from tjqa.retrieval.term_positions import TermPositions
from tjqa.text.analyzed import analyze, analyze_all
from tjqa.text.normalize import fold


def matcher(question: str) -> Matcher:
    """A matcher whose terms all weigh the same."""
    parsed = parse(question, PLAIN)
    return Matcher(parsed, np.ones(len(parsed.terms), dtype=np.float32), PLAIN)


def test_text_of_the_question_matches_wholly() -> None:
    """A text that holds every term has the whole weight, one that holds none has nothing."""
    asked = matcher("全年新增就业人数")
    assert asked.share(asked.matched(fold("全年新增就业人数3215人"))) == pytest.approx(1)
    assert asked.share(asked.matched(fold("水库大坝加固"))) == 0


def test_figures_match_by_value() -> None:
    """A figure in another spelling matches, a figure that only contains its digits does not."""
    asked = matcher("增长4%的是什么")
    four = asked.question.terms.index("4%")
    assert asked.matched("增长百分之四")[four]
    assert not asked.matched("增长14%")[four]
    assert not asked.matched("增长4.5%")[four]


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("新增就业多少人", "新增就业3215人", True),
        ("新增就业多少人", "新增就业任务完成", False),
        ("2021年新增就业多少人", "2021年新增就业", False),  # its only figure is the question's own
        ("水库哪一年建成", "始建于1958年", True),
        ("水库哪一年建成", "库容4200万立方米", False),
        ("重点产业有哪些", "茶叶、水产、旅游", True),
    ],
)
def test_answers_kind(question: str, text: str, answers: bool) -> None:
    """A text answers a question of a kind when it holds a new thing of that kind."""
    prepared = analyze(text)
    found = tuple(figure for group in prepared.figures for figure in group)
    assert bool(matcher(question).answers_kind(prepared.folded, Span(0, len(text)), found)) is answers


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("去年新增就业十个月共多少万人", ["去年", "新增", "就业"]),
        ("白鹭十条是什么文件", ["白鹭"]),
        ("茶叶卖到了哪个城市", ["茶叶", "卖到"]),
    ],
)
def test_words_that_say_something(question: str, words: list[str]) -> None:
    """Measures, figures and the kind of thing asked for need not stand in an answer."""
    parsed = parse(question, PLAIN)
    assert [span.of(parsed.folded) for span in content_words(parsed, PLAIN)] == words


def test_astray_words_stand_beside_another_figure() -> None:
    """A word whose clause has no figure that can answer is not what the figure counts."""
    asked = matcher("西青区地区生产总值是多少亿元")
    in_clause, in_sentence = asked.astray("地区生产总值增长2%,公共预算收入102亿元。", "西青区年报")
    assert in_clause > 0.3 and in_sentence == 0
    assert min(asked.astray("地区生产总值增长2%。公共预算收入102亿元。", "西青区年报")) > 0.3
    assert asked.astray("地区生产总值102亿元;公共预算收入增长2%。", "西青区年报") == (0, 0)
    assert asked.astray("地区生产总值增长。", "西青区年报") == (0, 0)  # no figure at all: another feature says so


def test_missed_months() -> None:
    """A month asked for and none or another one in the text."""
    asked = matcher("2020年5月出口增长多少")
    assert asked.missed_months(["2020年4月出口增长17%", "四月"]) == [5]
    assert asked.missed_months(["4月增长17%,五月增长20%"]) == asked.missed_months(["发布日期2020-05-03"]) == []
    assert matcher("五个月出口增长多少").missed_months(["出口增长17%"]) == []


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("形成了几个集群?", "形成三个集群", True),
        ("形成了几个集群?", "落实四个要求", False),
        ("形成了几个集群?", "形成三个百亿级产业集群", True),
        ("示范区有几个?", "全市唯一的示范区", True),
        ("要多久?", "工期十年", True),
        ("年产多少辆自行车?", "基地等15个项目", False),
        ("年产多少辆自行车?", "年产自行车30万台", True),
        ("有几家企业?", "4个企业落户", True),
        ("排名第几?", "排名第四", True),
        ("排名第几?", "共4家企业", False),
        ("第几轮?多少人参加?", "第2轮活动", False),
        ("建于哪一年?", "始建于1773 年", True),
        ("建于哪一年?", "建于12世纪", True),
        ("建于哪一年?", "有1200年历史", False),
        ("获得某大学的什么学位?", "共30人", False),  # 多大 stands in 某大
        ("谁提出的?", "艾萨克·牛顿提出", True),
    ],
)
def test_what_kind_of_thing_answers(question: str, text: str, answers: bool) -> None:
    """Numerals of one character, ranks, years long past, centuries and foreign names are seen as what they are."""
    asked, prepared = matcher(question), analyze(text)
    assert asked.answers_kind(prepared.folded, prepared.spans[0], prepared.figures[0]) == answers


def test_missed_names_may_be_short() -> None:
    """The text may leave out the word for the kind of area, not the name."""
    asked = matcher("白鹭县与于田县新增就业多少人")
    assert asked.missed_names(["白鹭新增就业3215人"]) == ["于田县"]
    assert asked.missed_names(["白鹭县新增就业", "于田也是"]) == []


def test_features_are_shares() -> None:
    """Every feature of any passage lies in 0..1, for questions without terms as well."""
    texts = analyze_all(["2021年新增就业3215人。水库4200万立方米。", "。", "\n", "就业"])
    for question in ("全年新增就业多少人", "。?!", "的", "a", "2021年"):
        features, matched = text_features(matcher(question), texts, analyze_all(["年报 2022-01-18"] * 4))
        assert matched.shape == (4, len(parse(question, PLAIN).terms))
        for name, values in features.items():
            assert values.shape == (4,) and (values >= 0).all() and (values <= 1 + 1e-6).all(), name


def test_texts_looked_through_together_are_not_mixed() -> None:
    """Where terms stand in a text is the same whether it is looked through alone or among others."""

    def places(found: TermPositions) -> list[tuple[int, int, int]]:
        return sorted(zip(found.terms.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))

    question = "2021年新增就业多少人,增长4%"
    written = ["新增就业", "就业人数增长4%。新增", "", "2021年新增\n就业3215人;增长百分之四", "新增。就业"]
    together = matcher(question).find_all(analyze_all(written))
    for text, found in zip(written, together, strict=True):
        alone = matcher(question).find(analyze(text))
        assert found.rows.tolist() == alone.rows.tolist() and found.held.tolist() == alone.held.tolist()
        assert places(found) == places(alone)
    asked = matcher(question)
    split = asked.find(analyze("新。增"))
    assert not split.held[asked.question.terms.index("新增")]


def test_support_of_a_question_without_words() -> None:
    """No words, no support; the shape stays that of the texts."""
    assert matcher("?").support(["就业", ""]).shape == (2, 0)


def test_prepared_figures_belong_to_their_sentences() -> None:
    """Each sentence keeps the figures that stand in it."""
    prepared = analyze("增长7.2%。新增3215人,投资３.６亿元。完成。")
    assert [[f.forms[0] for f in found] for found in prepared.figures] == [["7.2%"], ["=3215", "=360000000"], []]


def test_longest_common_run_is_that_of_all_substrings() -> None:
    """The fast count equals the one by trying every substring."""
    rng = random.Random(2)
    for _ in range(300):
        a, b = ("".join(rng.choices("天津区", k=rng.randrange(0, 9))) for _ in range(2))
        runs = [a[i:j] for i in range(len(a)) for j in range(i, len(a) + 1)]
        assert longest_common_run(a, b) == max((len(run) for run in runs if run in b), default=0)


def test_a_word_of_latin_letters_is_looked_for_as_a_word() -> None:
    """PPP and APP end like percentage points and are found all the same."""
    asked = matcher("PPP项目和APP有多少个")
    held = dict(zip(asked.question.terms, asked.matched("ppp项目,app").tolist(), strict=True))
    assert held["ppp"] and held["app"] and not asked.figure_terms.any()
