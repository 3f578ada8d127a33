"""Cells of tables answer questions: the right one, with its heads, or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from tests.support.asked_tables import GOODS, PERIODS, asker, change, price, table_library
from tests.support.helpers import FakeEncoder
from tjqa.answers.tables import parameters
from tjqa.answers.wording import beside
from tjqa.citations.export import export
from tjqa.citations.export_reading import read_export
from tjqa.citations.verification import check_export
from tjqa.cli import main
from tjqa.config import Settings
from tjqa.results import Answer

Ask = Callable[[str], Answer]


@pytest.fixture
def place(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """A library of tables."""
    return table_library(tmp_path / "表格", tmp_path / "embeddings")


@pytest.fixture
def ask(place: Settings) -> Ask:
    """Asks it."""
    return asker(place)


def test_a_cell_answers_with_its_heads_unit_period_and_place(ask: Ask) -> None:
    """The value of that good and period alone, an exact slice, told with what it is."""
    answer = ask("2023年5月中旬白糖的价格是多少?")
    (cell,), (best,) = answer.cells, answer.best
    assert best.quote == price(3, 1)
    assert PERIODS[1] in best.path
    assert (cell.row_heads[-1], cell.column_heads, cell.unit) == (GOODS[3], ("本期价格（元）",), "元/吨")
    assert (cell.period, cell.address, best.place) == ("2023年5月中旬", "C7", "价格 C7")
    assert answer.text is not None and answer.text.endswith(f"：{price(3, 1)} 元/吨")
    assert answer.citations[best.number - 1].span.covers(best.span)


@pytest.mark.parametrize(
    "question",
    ["2017年云岭镇有多少学校", "2017年云岭镇的海拔是多少", "白鹭镇2019年有几家医院", "2016年石桥镇有多少亩耕地"],
)
def test_a_thing_that_no_column_is_of(ask: Ask, question: str) -> None:
    """The row is there and its only kind of figure is another: that is no answer."""
    assert not ask(question).best


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("5月下旬铜杆多少钱一吨", [price(0, 2)]),
        ("2023年5月11日至20日散装水泥的价格", [price(2, 1)]),
        ("铜价2023年七月上旬是多少", [price(0, 3)]),
        ("2023年5月中旬白糖比上期涨跌多少元", [change(3, 1)]),
        ("2023年5月中旬白糖的价格跌了百分之几", ["0.31"]),
        ("2023年5月下旬的上一旬菜籽粕的价格是多少", [price(4, 1)]),
        ("2023年5月中旬水泥多少钱", [price(1, 1), price(2, 1)]),
        ("2023年5月上旬和2023年7月上旬白糖的价格各是多少", [price(3, 0), price(3, 3)]),
        ("2017年云岭镇常住人口是多少", ["90"]),
        ("2019年白鹭镇和石桥镇的常住人口分别是多少", ["150", "41"]),
        ("2016年各镇常住人口合计是多少万人", ["253"]),
    ],
)
def test_the_cell_that_is_asked_for(ask: Ask, question: str, values: list[str]) -> None:
    """Whatever way the period, the good and the measure are named; of two things the question names, both."""
    assert sorted(best.quote for best in ask(question).best) == sorted(values)


@pytest.mark.parametrize(
    ("question", "values", "count"),
    [
        ("2019年有多少个镇的常住人口超过90", ["150", "97"], "2"),
        ("2019年常住人口超过90的有几个镇", ["150", "97"], "2"),
        ("2017年哪些镇的常住人口低于100", ["90", "44"], "2"),
        ("2019年哪些镇的常住人口在97以上", ["150", "97"], "2"),
        ("2019年有几个镇的常住人口超过500", ["150"], "0"),
        ("2023年5月中旬哪些产品的价格高于0.4万元", [price(at, 1) for at in (3, 4)], "2"),
        ("2023年5月中旬有多少种产品的价格高于3000元", [price(at, 1) for at in (2, 3, 4)], "3"),
    ],
)
def test_rows_that_meet_a_condition_are_shown_and_counted(
    ask: Ask, question: str, values: list[str], count: str
) -> None:
    """With every cell that the count rests on, sums apart; where none does, with the nearest one."""
    answer = ask(question)
    assert sorted(best.quote for best in answer.best) == sorted(values)
    (computed,) = answer.computed
    assert (computed.operation, computed.value, len(computed.of)) == ("count", count, len(values))


@pytest.mark.parametrize(
    "question",
    [
        "2019年有多少个镇的常住人口超过90万人",  # the table's unit is not told
        "2023年5月中旬有多少种产品的价格高于3000公顷",
    ],
)
def test_what_counts_in_another_unit_is_held_against_nothing(ask: Ask, question: str) -> None:
    """Nor what counts in a unit that nobody knows: no count."""
    assert ask(question).computed == ()


@pytest.mark.parametrize(
    "question",
    [
        "2019年白鹭镇女性常住人口是多少",
        "2019年白鹭镇农村常住人口是多少",
        "2017年云岭镇户籍常住人口有多少万人",
    ],
)
def test_what_narrows_a_measure_and_stands_nowhere_is_not_passed_over(ask: Ask, question: str) -> None:
    """The whole does not answer for a part."""
    assert ask(question).best == ()


@pytest.mark.parametrize(
    ("question", "lacking", "existing"),
    [
        ("2018年白鹭镇常住人口是多少", "2018年", ("2016年", "2017年", "2019年")),
        ("2023年6月上旬白糖的价格是多少", "2023年6月上旬", PERIODS),
        ("2022年5月上旬白糖多少钱", "2022年5月上旬", PERIODS),
    ],
)
def test_a_neighbours_period_never_answers(ask: Ask, question: str, lacking: str, existing: tuple[str, ...]) -> None:
    """It is refused, and told which periods there are."""
    answer = ask(question)
    assert answer.best == () and answer.text is None
    assert answer.lacking_periods == (lacking,)
    assert answer.existing_periods == existing
    assert lacking in beside(answer)[0] and existing[0] in beside(answer)[0]


@pytest.mark.parametrize(
    "question",
    [
        "2023年5月中旬豆油的价格是多少",
        "2023年5月上旬白银多少钱",
        "2017年大河镇常住人口是多少",
        "2017年白鹭镇财政收入是多少",
    ],
)
def test_a_neighbours_item_place_or_measure_never_answers(ask: Ask, question: str) -> None:
    """What stands in no table is refused."""
    assert ask(question).best == ()


def test_two_cells_compared_are_told_as_worked_out(ask: Ask) -> None:
    """Both cells are cited; the difference is no quotation."""
    answer = ask("白糖的价格从2023年5月上旬到2023年7月上旬涨了多少")
    (computed,) = answer.computed
    assert [best.quote for best in answer.best] == [price(3, 0), price(3, 3)]
    assert (computed.operation, computed.value, computed.of) == ("difference", "111", (2, 1))
    assert "不是原文" in computed.statement.text()
    assert (answer.quoted or "").split("\n") == [price(3, 0), price(3, 3)]


def test_growth_in_per_cent_is_worked_out(ask: Ask) -> None:
    """From 120 to 150 it is a quarter."""
    answer = ask("白鹭镇常住人口从2016年到2019年增长了百分之几")
    assert {one.operation: one.value for one in answer.computed} == {"difference": "30", "growth": "25%"}


@pytest.mark.parametrize(
    ("question", "value", "head"),
    [
        ("2019年哪个镇的常住人口最多", "150", "白鹭镇"),
        ("2017年常住人口最少的是哪个镇", "44", "石桥镇"),
        ("2023年5月中旬哪种产品的价格最高", price(4, 1), GOODS[4]),
    ],
)
def test_the_extreme_of_a_column(ask: Ask, question: str, value: str, head: str) -> None:
    """The row of sums is none of those compared."""
    answer = ask(question)
    assert [(best.quote, cell.row_heads[-1]) for best, cell in zip(answer.best, answer.cells, strict=True)] == [
        (value, head)
    ]
    assert answer.computed[0].operation == "extreme"


def test_cells_survive_an_export_and_forged_ones_do_not(ask: Ask, place: Settings) -> None:
    """A digit, a row and a column beside: each is found out."""
    answer = ask("2023年5月中旬白糖的价格是多少?")
    text = export([answer], "json", date(2024, 1, 2))
    assert check_export(read_export(text), place.sources).faults == ()
    best = answer.best[0]
    for old, new in (
        (f'"quote": "{best.quote}"', f'"quote": "9{best.quote[1:]}"'),
        ("价格 C7", "价格 C8"),
        ("价格 C7", "价格 D7"),
    ):
        assert old in text
        assert check_export(read_export(text.replace(old, new, 1)), place.sources).faults, new


def test_many_periods_are_counted_from_the_first_to_the_last(ask: Ask) -> None:
    """More than eight are not named one by one."""
    answer = ask("2018年5月中旬白糖的价格是多少?")
    many = replace(answer, existing_periods=tuple(f"{year}年" for year in range(2001, 2021)))
    (said,) = [said for said in beside(many) if "2018年5月中旬" in said]
    assert "20 期，从2001年到2020年" in said and "2009年" not in said
    assert "等" not in beside(replace(answer, existing_periods=("2001年",)))[0]


@pytest.mark.parametrize("kind", ["md", "json", "csv"])
def test_a_cell_is_whole_wherever_it_is_written(ask: Ask, place: Settings, kind: Literal["md", "json", "csv"]) -> None:
    """It stands between others on its line, but no sentence goes on there: no … beside it, no sign of a cut."""
    answer = ask("2023年5月中旬白糖的价格是多少?")
    assert answer.best[0].cut == (False, False)
    text = export([answer], kind, date(2024, 1, 2))
    assert answer.best[0].quote in text and f"…{answer.best[0].quote}" not in text
    assert check_export(read_export(text), place.sources).faults == ()


def test_markdown_says_what_a_cell_is(ask: Ask, place: Settings) -> None:
    """Its heads stand beside its number, as the documents have them: others are a forgery."""
    text = export([ask("2023年5月中旬白糖的价格是多少?")], "md", date(2024, 1, 2))
    line = next(line for line in text.split("\n") if line.startswith("[1] 答句"))
    assert " · 白糖（一级） · 本期价格（元） · " in line
    forged = text.replace(line, line.replace("白糖", "红糖"))
    assert check_export(read_export(forged), place.sources).faults


def test_tables_that_fit_as_well_are_told_beside(ask: Ask) -> None:
    """A question without a period means any of them, and is told so."""
    answer = ask("菜籽粕的价格是多少")
    assert len({best.path for best in answer.best}) > 1
    assert answer.cells[0].is_rival is False and answer.cells[1].is_rival is True
    assert "哪一份" in beside(answer)[0]


def test_the_command_prints_and_writes_cells(place: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """The line to read names sheet and cell; in JSON every cell is the slice of its file."""
    at = [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    assert main(["ask", "2023年5月中旬白糖的价格是多少?", *at]) == 0
    assert f"2023年5月中旬：{price(3, 1)} 元/吨(价格 C7)  [1]" in capsys.readouterr().out
    assert main(["ask", "2023年5月中旬白糖的价格是多少?", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["cut"] is False
    assert main(["ask", "白糖的价格从2023年5月上旬到2023年7月上旬涨了多少", "--json", *at]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(cell["text"], cell["cell"], cell["unit"]) for cell in answer["cells"]] == [
        (price(3, 0), "C7", "元/吨"),
        (price(3, 3), "C7", "元/吨"),
    ]
    assert [cell["end"] - cell["start"] for cell in answer["cells"]] == [len(price(3, 0)), len(price(3, 3))]
    assert answer["computed"] == [{"operation": "difference", "value": "111", "of": [2, 1]}]
    assert main(["ask", "2018年白鹭镇常住人口是多少", "--json", *at]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["abstained"], answer["lacking_periods"]) == (True, ["2018年"])


def test_of_a_long_table_the_rows_found_are_looked_at(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """They answer for themselves; which of all rows is the highest they cannot tell."""
    monkeypatch.setattr(parameters, "MOST_PASSAGES", 0)
    assert [best.quote for best in ask("2017年云岭镇常住人口是多少").best] == ["90"]
    assert ask("2019年哪个镇的常住人口最多").computed == ()
