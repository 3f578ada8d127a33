"""tjqa.retrieval.matching: shares of a question that a text carries."""

from __future__ import annotations

import random

import pytest

from tests.support.helpers import PLAIN
from tests.support.hits import matcher_of
from tjqa.retrieval.features import text_features
from tjqa.retrieval.matching import content_words, longest_common_run
from tjqa.retrieval.question import parse
from tjqa.retrieval.term_positions import TermPositions
from tjqa.text.analyzed import analyze, analyze_all
from tjqa.text.normalize import fold


def test_text_of_the_question_matches_wholly() -> None:
    """A text that holds every term has the whole weight, one that holds none has nothing."""
    asked = matcher_of("全年新增就业人数")
    assert asked.share(asked.matched(fold("全年新增就业人数3215人"))) == pytest.approx(1)
    assert asked.share(asked.matched(fold("水库大坝加固"))) == 0


def test_figures_match_by_value() -> None:
    """A figure in another spelling matches, a figure that only contains its digits does not."""
    asked = matcher_of("增长4%的是什么")
    four = asked.question.terms.index("4%")
    assert asked.matched("增长百分之四")[four]
    assert not asked.matched("增长14%")[four]
    assert not asked.matched("增长4.5%")[four]


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


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("2024年8月螺纹钢价格", "2024年8月下旬螺纹钢3183元", ("2024年8月", "螺纹钢")),
        ("2024年8月螺纹钢价格", "2024年2月螺纹钢3858元", ("2024年", "螺纹钢")),
        ("2024-08-20的螺纹钢", "2024年8月20日,螺纹钢", ("2024-08-20", "螺纹钢")),
        ("8月20日的螺纹钢", "2023年8月20日,螺纹钢", ("8月20日", "螺纹钢")),
        ("2024年8月20日的螺纹钢", "2024年8月,螺纹钢", ("2024年8月", "螺纹钢")),
        ("谁被罚了7万元", "罚款70000元", ("7万",)),
        ("增长百分之四的螺纹钢", "螺纹钢增长4%", ("百分之四", "增长", "螺纹钢")),
    ],
)
def test_what_a_text_holds_is_told_as_people_write_it(question: str, text: str, named: tuple[str, ...]) -> None:
    """No form that only the index knows: @2024-08, =70000, 4%; of a date as much as the text holds."""
    asked = matcher_of(question)
    told = asked.named(asked.matched(fold(text)))
    assert set(named) <= set(told) and not any(word[0] in "@=·" for word in told)


def test_features_are_shares() -> None:
    """Every feature of any passage lies in 0..1, for questions without terms as well."""
    texts = analyze_all(["2021年新增就业3215人。水库4200万立方米。", "。", "\n", "就业"])
    for question in ("全年新增就业多少人", "。?!", "的", "a", "2021年"):
        matcher = matcher_of(question)
        around = matcher.find_all(analyze_all(["年报 2022-01-18"] * 4))
        features = text_features(matcher, matcher.find_all(texts), around)
        assert features.matched.shape == (4, len(matcher.question.terms))
        for name, values in features.values.items():
            assert values.shape == (4,) and (values >= 0).all() and (values <= 1 + 1e-6).all(), name


def test_texts_looked_through_together_are_not_mixed() -> None:
    """Where terms stand in a text is the same whether it is looked through alone or among others."""

    def places(found: TermPositions) -> list[tuple[int, int, int]]:
        return sorted(zip(found.terms.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))

    question = "2021年新增就业多少人,增长4%"
    written = ["新增就业", "就业人数增长4%。新增", "", "2021年新增\n就业3215人;增长百分之四", "新增。就业"]
    together = matcher_of(question).find_all(analyze_all(written))
    for text, found in zip(written, together, strict=True):
        alone = matcher_of(question).find(analyze(text))
        assert found.rows.tolist() == alone.rows.tolist() and found.held.tolist() == alone.held.tolist()
        assert places(found) == places(alone)
    asked = matcher_of(question)
    split = asked.find(analyze("新。增"))
    assert not split.held[asked.question.terms.index("新增")]


def test_support_of_a_question_without_words() -> None:
    """No words, no support; the shape stays that of the texts."""
    assert matcher_of("?").support(["就业", ""]).shape == (2, 0)


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
    asked = matcher_of("PPP项目和APP有多少个")
    held = dict(zip(asked.question.terms, asked.matched("ppp项目,app").tolist(), strict=True))
    assert held["ppp"] and held["app"] and not asked.figure_terms.any()
