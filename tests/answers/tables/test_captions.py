"""The name of a table says what its figures are: asked for another measure, they are no sure answer."""

from __future__ import annotations

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

ROWS = (
    ("青禾市", "312.5", "313.1"),
    ("云溪县", "28.1", "28.7"),
    ("石桥县", "46.1", "46.5"),
    ("白鹭县", "55.5", "55.8"),
)


def table(name: str) -> str:
    """One of counties over two years."""
    rows = "".join(f"| {' | '.join(row)} |\n" for row in ROWS)
    return f"# 青禾市统计资料\n\n{name}\n\n| 地区 | 2021年 | 2022年 |\n| --- | --- | --- |\n{rows}"


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Engine]:
    """A library for each table, which so is always the nearest."""
    names = ("年末常住人口(万人)", "农村居民人均可支配收入(元)", "规模以上工业总产值(亿元)")
    return {
        name: engine_of({"资料.md": table(f"表3 各县{name}")}, tmp_path_factory.mktemp(f"captions{at}"))
        for at, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("年末常住人口(万人)", "2022年云溪县出生人口是多少"),
        ("年末常住人口(万人)", "云溪县2022年死亡人口是多少"),
        ("农村居民人均可支配收入(元)", "云溪县2022年农村居民人均消费支出是多少"),
        ("规模以上工业总产值(亿元)", "云溪县2022年规模以上工业增加值是多少"),
        ("规模以上工业总产值(亿元)", "云溪县2022年农业总产值是多少"),
    ],
)
def test_another_measure_is_no_sure_answer(engines: dict[str, Engine], name: str, question: str) -> None:
    """However much the two have in common."""
    assert engines[name].ask(question).strength != "answer"


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("年末常住人口(万人)", "云溪县2022年常住人口多少万人"),
        ("年末常住人口(万人)", "云溪县2022年有多少人口"),
        ("农村居民人均可支配收入(元)", "云溪县2022年农村居民人均可支配收入是多少"),
        ("规模以上工业总产值(亿元)", "云溪县2022年工业总产值是多少"),
    ],
)
def test_the_same_measure_is_one(engines: dict[str, Engine], name: str, question: str) -> None:
    """Named whole or in part."""
    answer = engines[name].ask(question)
    assert (answer.strength, answer.best[0].quote) == ("answer", "28.7")
