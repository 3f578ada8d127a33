"""tjqa.index: filters, filter_masks: what a line says, what passes, and that nothing that passes is missed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.support.helpers import FakeEncoder, Finished
from tjqa.config import Settings
from tjqa.documents import Passage, Span
from tjqa.engine import Engine
from tjqa.errors import UsageError
from tjqa.index.filter_masks import Selection
from tjqa.index.filters import Filter, passes
from tjqa.index.local import open_index
from tjqa.index.versions import VERSIONS
from tjqa.retrieval.query_syntax import exact_filters, join_filters, merged, split_filters, without

Run = Callable[..., Finished]


@pytest.mark.parametrize(
    ("line", "question", "filters"),
    [
        ("文件:002 项目多少个", "项目多少个", [("file", "002")]),
        ("项目 地区：西青  多少个 自:2023 至:2024",
         "项目 多少个", [("place", "西青"), ("since", "2023"), ("until", "2024")]),
        ('file:"a b.txt" place:西青 from:2023.5 to:2024年6月1日 x',
         "x", [("file", "a b.txt"), ("place", "西青"), ("since", "2023-05"), ("until", "2024-06-01")]),
        ("文件: 002 文件:002 问", "问", [("file", "002")]),
        ("来自:2023的文件多少", "来自:2023的文件多少", []),
        ("消息来自:哪里 自由:什么", "消息来自:哪里 自由:什么", []),
        ("　地区:西青", "", [("place", "西青")]),
        ('"精确词" 在哪', '"精确词" 在哪', []),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(line: str, question: str, filters: list[tuple[str, str]]) -> None:
    """Words of both languages, both colons; inside a question they stay; taken apart twice, the same comes out."""
    found, kinds = split_filters(line)
    assert (found, [(f.kind, f.value) for f in kinds]) == (question, filters)
    assert split_filters(join_filters(found, kinds)) == (found, kinds)


@pytest.mark.parametrize("line", ["文件: ", "自:明年 问", "至:2023-13 问", "自:2023-02-40", '地区:"" 问', "from:20234"])
def test_what_cannot_be_meant_is_told(line: str) -> None:
    """No value, no date: a Chinese sentence with an example."""
    with pytest.raises(UsageError) as told:
        split_filters(line)
    assert told.value.hint


def passage(**changes: object) -> Passage:
    """A made-up passage."""
    fields = {
        "path": "a/报告.txt",
        "title": "臺北縣通報",
        "text": "今年 完成１２项。",
        "page_date": "2023-08-22",
        **changes,
    }
    return Passage(sha256="", span=Span(0, 9), role="body", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([("file", "报告")], True),
        ([("file", "A/报")], True),
        ([("file", "通报")], False),
        ([("file", "通报"), ("file", "报告")], True),
        ([("place", "台北县")], True),
        ([("place", "完成")], True),
        ([("place", "高雄")], False),
        ([("since", "2023")], True),
        ([("since", "2023-09")], False),
        ([("until", "2023")], True),
        ([("until", "2023-08")], True),
        ([("until", "2023-08-21")], False),
        ([("since", "2022"), ("until", "2023-08-22"), ("place", "台北")], True),
        ([("since", "2022"), ("until", "2022-12")], False),
        ([("exact", "今年完成12项")], True),
        ([("exact", "今年"), ("exact", "明年")], False),
    ],
)
def test_what_passes(filters: list[tuple[str, str]], expected: bool) -> None:
    """Parts of paths and of what a passage is about, dates to the filter's precision, words as they are."""
    assert passes([Filter(kind, value) for kind, value in filters], passage()) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (("since", "2023-08-15"), True),
        (("since", "2023-08"), True),
        (("since", "2023-09-01"), False),
        (("until", "2023-08-15"), True),
        (("until", "2023-07-31"), False),
        (("until", "2023"), True),
    ],
)
def test_a_month_passes_when_a_day_of_it_may(filter_: tuple[str, str], expected: bool) -> None:
    """A cover that tells a month and no day."""
    assert passes([Filter(*filter_)], passage(page_date=None, text_date="2023-08")) is expected  # type: ignore[arg-type]


def test_an_undated_passage_passes_no_date() -> None:
    """It is not known to lie between the dates."""
    assert not passes([Filter("until", "2099")], passage(page_date=None))


def test_filters_go_on_and_are_dropped() -> None:
    """A new one replaces those of its kind; dropping exact words leaves them in the question without their marks."""
    old = (Filter("file", "a"), Filter("file", "b"), Filter("since", "2020"))
    assert merged(old, (Filter("file", "c"),)) == (Filter("since", "2020"), Filter("file", "c"))
    exact = exact_filters('"甲乙" 和＂丙丁＂')
    assert [f.value for f in exact] == ["甲乙", "丙丁"]
    assert without('"甲乙" 和＂丙丁＂', old, exact[1]) == ('"甲乙" 和丙丁', old)
    assert without("问", old, old[0]) == ("问", old[1:])


def test_rows_agree_with_the_passages(library: Settings, encoder: FakeEncoder) -> None:
    """Either of two files, and the place, and the words; None without filters; asked again, the same."""
    index = open_index(library.index_dir, VERSIONS)
    selection = Selection(index.segments, index.lexical)
    assert selection.allowed(()) is None
    filters = (Filter("file", "水库"), Filter("file", "报告"), Filter("place", "白鹭"), Filter("exact", "全年"))
    expected = [passes(filters, p) for p in index.passages()]
    assert any(expected) and not all(expected)
    for _ in range(2):
        assert np.array_equal(selection.allowed(filters), expected)


@pytest.mark.slow
def test_filters_act_before_the_best_are_cut(documents: Path, tmp_path: Path, encoder: FakeEncoder) -> None:
    """A passage that a hundred better ones would hide is found when the filter lets only it through."""
    from tjqa.engine import build

    for number in range(100):
        (documents / f"多{number:03}.txt").write_text("全年新增就业三千人。全年新增就业人数创新高。\n" * 9, "utf-8")
    (documents / "远.txt").write_text("云岭毛峰茶叶炒制的锅温说明。\n其中就业一词只出现一次。\n", "utf-8")
    place = Settings(documents, tmp_path / "embeddings")
    build(place)
    engine = Engine.open(place)
    question = "全年新增就业多少人"
    assert "远.txt" not in {c.path for c in engine.ask(question, 10).citations}
    only = engine.ask(question, 10, [Filter("file", "远")])
    assert {c.path for c in only.citations} == {"远.txt"} and only.filters == ("文件:远",)
    exact = engine.ask(f'{question} "只出现一次"', 10)
    assert {c.path for c in exact.citations} == {"远.txt"} and exact.filters == ('"只出现一次"',)
    nothing = engine.ask(question, 10, [Filter("since", "2099")])
    assert (nothing.state, nothing.citations) == ("nothing", ())


@pytest.mark.slow
def test_the_command_line_takes_filters(tjqa: Run) -> None:
    """The same words as in the app; a wrong date is wrong usage."""
    assert tjqa("index").code == 0
    rows = json.loads(tjqa("ask", "--json", "文件:水库 总库容多少").out)
    assert rows["question"] == "总库容多少" and {hit["file"] for hit in rows["hits"]} == {"水利/水库.txt"}
    assert "请放宽后再问" in tjqa("ask", "自:2099 总库容多少").out
    wrong = tjqa("ask", "自:昨天 总库容多少")
    assert wrong.code == 2 and "看不懂日期" in wrong.err
