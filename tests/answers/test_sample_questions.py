"""Sample questions are such as people write, come from the documents and are answered by them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.helpers import PLAIN
from tests.support.ui_standin import found_answer
from tjqa.answers.sample_questions import good_samples, sample_questions
from tjqa.documents import Passage, Span
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.sources import read_source
from tjqa.results import Answer


def passage(path: str, text: str, title: str = "标题", date: str | None = None) -> Passage:
    """A body passage that starts its file."""
    return Passage(path, "0" * 64, Span(0, len(text)), text, "body", title, text_date=date)


def made(*passages: Passage, limit: int = 9) -> list[str]:
    """The questions made of passages."""
    return [sample.text for sample in sample_questions(passages, PLAIN, limit)]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("全年形势很好,城镇居民人均可支配收入39540元,增长6.5%。", "城镇居民人均可支配收入是多少元？"),
        ("形势很好,规模以上工业增加值实现同比增长4.3%,好于预期。", "规模以上工业增加值增长了百分之几？"),
        ("形势很好,常住人口城镇化率达到85%。", "常住人口城镇化率是百分之几？"),
        ("形势很好,科技型中小企业累计达到410家。", "科技型中小企业有多少家？"),
        ("形势很好,公路通车里程1230公里。", "公路通车里程是多少公里？"),
        ("形势很好,一般公共预算收入完成102亿元。", "一般公共预算收入是多少亿元？"),
    ],
)
def test_a_figure_is_asked_for_by_its_unit(text: str, question: str) -> None:
    """As it is written in Chinese, with a mark of full width; the figure does not stand in it."""
    assert made(passage("a.txt", text)) == [question]


def test_place_and_year_come_first() -> None:
    """Those of the document; the year it is of, not the one it was written in, and of a place only once."""
    title = "白鹭县2019年政府工作报告"
    one = passage("a.txt", "2018年,全县一般公共预算收入完成102亿元。", title, "2019-01-09")
    assert made(one) == ["白鹭县2018年一般公共预算收入是多少亿元？"]
    named = passage("a.txt", "2018年,白鹭县粮食总产量达到102万吨。", title, "2019-01-09")
    assert made(named) == ["2018年白鹭县粮食总产量是多少万吨？"]


@pytest.mark.parametrize(
    "text",
    [
        "天气晴朗。",
        "第3号线2公里。",
        "形势很好,预计地区生产总值为2%。",
        "形势很好,为企业解决资金需求120万元。",
        "形势很好,新签约落地外地项目13个。",
        "形势很好,白鹭中学等学校29所。",
        "形势很好,其中规模以上企业118家。",
        "形势很好,力争一般公共预算收入102亿元。",
    ],
)
def test_what_nobody_would_ask_so_is_not_asked(text: str) -> None:
    """No figure, a plan, what goes on from what stands before it; 新… without a place in front."""
    assert made(passage("a.txt", text)) == []


def test_files_take_turns() -> None:
    """One question a file first, so that the samples show the whole library."""
    texts = [passage(f"{n}.txt", "城镇就业人数达到120万人。") for n in (1, 1, 2)]
    assert [sample.source.path for sample in sample_questions(texts, PLAIN, 2)] == ["1.txt", "2.txt"]
    assert len(made(*texts, limit=3)) == 3


def test_only_what_is_answered_is_offered() -> None:
    """From the passage it was made of, and surely; each that was tried in vain is told as such."""
    texts = [passage(f"{n}.txt", f"城镇就业人数达到120万人,第{n}名。") for n in range(6)]

    def ask(question: str) -> Answer:
        tried.append(question)
        answer = found_answer(question)
        best = replace(answer.best[0], path=f"{len(tried) - 1}.txt", span=Span(0, 10))
        return replace(answer, best=(best,), confidence=0.9 if len(tried) in (2, 4) else 0.5)

    tried: list[str] = []
    assert list(good_samples(texts[:1], PLAIN, ask, 2)) == [None]
    texts = [replace(one, text=one.text.replace("城镇", f"城{'甲乙丙丁戊己'[n]}")) for n, one in enumerate(texts)]
    tried.clear()
    found = list(good_samples(texts, PLAIN, ask, 2))
    assert found == [None, "城乙就业人数有多少万人？", None, "城丁就业人数有多少万人？"]


@pytest.mark.parametrize(
    ("head", "asked"), [("2022", "2022年早籼米是多少元/千克？"), ("2022年", "2022年早籼米是多少元/千克？")]
)
def test_a_year_over_a_column_is_asked_for_as_a_year(tmp_path: Path, head: str, asked: str) -> None:
    """Not as a thing that the row has: 早籼米的2022."""
    (tmp_path / "价格.csv").write_text(f"单位：元/千克,,\n品种,{head},产地\n早籼米(元/千克),16.56,本县\n", "utf-8")
    source = read_source(tmp_path, tmp_path / "价格.csv")
    assert made(*pack(source, clean(source))) == [asked]
