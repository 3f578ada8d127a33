"""tjqa.answers.told_times: a report dated 2021 that says 去年 tells of 2020."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

FILES = {
    "修路.txt": "通报\n2021-02-01\n\n去年云溪县修建公路20公里。有关部门将继续做好工作。\n",
    "游客.txt": "通报\n2021-02-01\n\n上一年度丰水县接待游客30万人次。有关部门将继续做好工作。\n",
    "公园.txt": "通报\n2021-02-01\n\n前年南湖县建成公园4个。有关部门将继续做好工作。\n",
    "建桥.txt": "通报\n2021-02-01\n\n明年外浦县计划建桥3座。有关部门将继续做好工作。\n",
    "招商.txt": "通报\n2021-02-01\n\n过去一年东岭县招商引资12亿元。有关部门将继续做好工作。\n",
    "用电.txt": "通报\n2021-02-01\n\n上个月内江县用电5亿千瓦时。有关部门将继续做好工作。\n",
    "造林.txt": "通报\n2021-02-01\n\n2019年中川县造林8万亩,比2018年增长3%。有关部门将继续做好工作。\n",
}


@pytest.fixture(scope="module")
def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One library of all the files, with the shipped model."""
    return engine_of(FILES, tmp_path_factory.mktemp("told_times"))


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("云溪县2021年修建公路多少公里", "2021年"),
        ("丰水县2021年接待游客多少", "2021年"),
        ("南湖县2021年建成公园几个", "2021年"),
        ("外浦县2021年计划建桥几座", "2021年"),
        ("东岭县2021年招商引资多少", "2021年"),
        ("内江县2021年2月用电多少", "2月"),
        ("中川县2021年造林多少", "2021年"),
    ],
)
def test_a_sentence_of_another_year_is_not_sure(engine: Engine, question: str, unsaid: str) -> None:
    """The day on the head of its document is not the year that it tells of."""
    answer = engine.ask(question)
    assert answer.strength != "answer"
    assert unsaid in answer.unsaid


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("云溪县2020年修建公路多少公里", "20公里"),
        ("丰水县2020年接待游客多少", "30万人次"),
        ("南湖县2019年建成公园几个", "4个"),
        ("外浦县2022年计划建桥几座", "3座"),
        ("东岭县2020年招商引资多少", "12亿元"),
        ("中川县2019年造林多少", "8万亩"),
    ],
)
def test_asked_for_the_year_it_means_it_answers(engine: Engine, question: str, answer: str) -> None:
    """As the document counts."""
    found = engine.ask(question)
    assert found.strength == "answer" and answer in (found.text or "")
