"""Figures of tables that were edited after they were indexed: never told as those of something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.formats import as_xlsx
from tests.support.helpers import REPORT, FakeEncoder
from tjqa.answers.figures.figure import FigureTable
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.results import Answer

PARKS = "县名,公园数量(个),路灯(盏)\n云岭县,12,310\n白鹭县,15,420\n青山县,18,530\n"
COUNTIES: list[list[object]] = [
    ["单位:亿元", None, None],
    ["县名", "财政收入", "财政支出"],
    ["云岭县", 12.4, 31],
    ["白鹭县", 15.7, 42],
]


@dataclass(frozen=True)
class Place:
    """A library of one file, indexed."""

    settings: Settings
    file: Path

    def ask(self, question: str) -> Answer:
        """In a library opened anew."""
        return Engine.open(self.settings).ask(question)

    def figures(self, measure: str) -> FigureTable:
        """Of a measure, in a library opened anew."""
        return Engine.open(self.settings).figures(measure)


def indexed(folder: Path, name: str, raw: bytes) -> Place:
    """A library of one file."""
    settings = Settings(folder / "资料", folder / "embeddings", fast=True)
    settings.sources.mkdir()
    file = settings.sources / name
    file.write_bytes(raw)
    build(settings)
    return Place(settings, file)


def csv_file(rows: str) -> bytes:
    """A table as text."""
    return rows.encode()


def book(rows: list[list[object]], sheet: str = "2023年") -> bytes:
    """A table as a workbook."""
    return as_xlsx({sheet: rows})


_EXCHANGED = PARKS.replace("云岭", "某某").replace("白鹭", "云岭").replace("某某", "白鹭")
_SPENT_FIRST: list[list[object]] = [COUNTIES[0], ["县名", "财政支出", "财政收入"], *COUNTIES[2:]]
_THOUSANDS: list[list[object]] = [["单位:万元", None, None], *COUNTIES[1:]]
CHANGED: dict[str, tuple[str, bytes, bytes]] = {
    "heads of rows exchanged": ("公园.csv", csv_file(PARKS), csv_file(_EXCHANGED)),
    "another figure beside it": ("公园.csv", csv_file(PARKS), csv_file(PARKS.replace("15,420", "15,421"))),
    "head of the column": ("收入.xlsx", book(COUNTIES), book(_SPENT_FIRST)),
    "unit above the table": ("收入.xlsx", book(COUNTIES), book(_THOUSANDS)),
    "name of the sheet": ("收入.xlsx", book(COUNTIES), book(COUNTIES, "2022年")),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_figure_whose_heads_changed_is_no_answer(tmp_path: Path, encoder: FakeEncoder, what: str) -> None:
    """It stands where it stood; what it is the figure of may be another thing by now: that is said, no answer given."""
    name, before, after = CHANGED[what]
    measure = "公园数量" if name == "公园.csv" else "财政收入"
    question = f"白鹭县{measure}多少"
    place = indexed(tmp_path, name, before)
    told = place.ask(question)
    assert told.cells and told.best[0].unchanged and not told.withheld_files
    assert any("白鹭" in figure.place for figure in place.figures(measure).figures)
    place.file.write_bytes(after)
    answer = place.ask(question)
    assert not answer.best and not answer.cells and answer.withheld_files == (name,)
    table = place.figures(measure)
    assert not any("白鹭" in figure.place for figure in table.figures) and table.gone
    build(place.settings)
    assert place.ask(question).citations[0].unchanged


EDITED: dict[str, Callable[[str], str]] = {
    "a row below": lambda rows: f"{rows}东湖县,40,120\n",
    "a row of the same figure above": lambda rows: rows.replace("云岭县", "东湖县,15,330\n云岭县"),
    "another row": lambda rows: rows.replace("青山县,18", "青山县,19"),
    "a row less": lambda rows: rows.replace("云岭县,12,310\n", ""),
}


@pytest.mark.parametrize("what", EDITED)
def test_a_figure_whose_row_is_as_it_was_is_cited_where_it_stands_now(
    tmp_path: Path, encoder: FakeEncoder, what: str
) -> None:
    """In its own row, not at the same figure of another one; what is the highest of all is not known any more."""
    place = indexed(tmp_path, "公园.csv", csv_file(PARKS))
    assert place.ask("哪个县公园数量最多").computed
    text = EDITED[what](PARKS)
    place.file.write_text(text, "utf-8")
    answer = place.ask("白鹭县公园数量多少")
    (best,) = answer.best
    assert best.edited and best.span.of(text) == best.quote == "15"
    assert text[: best.span.start].endswith("白鹭县,")
    assert {*answer.edited_files, *answer.changed_files} == {"公园.csv"}
    (figure,) = [one for one in place.figures("公园数量").figures if one.place == "白鹭县"]
    assert text[: figure.citation.span.start].endswith("白鹭县,")
    highest = place.ask("哪个县公园数量最多")
    assert not highest.computed and not highest.best and highest.withheld_files == ("公园.csv",)


@pytest.mark.parametrize("year", ["2020年", "今年"])
def test_a_figure_of_a_sentence_is_not_told_of_another_year(tmp_path: Path, encoder: FakeEncoder, year: str) -> None:
    """The year stands in the heading, which was changed; the sentence was not."""
    place = indexed(tmp_path, "报告.txt", REPORT.encode())
    assert "2021" in [figure.period for figure in place.figures("新增就业").figures]
    place.file.write_text(REPORT.replace("2021年工作回顾", f"{year}工作回顾"), "utf-8")
    table = place.figures("新增就业")
    assert "2021" not in [figure.period for figure in table.figures] and table.gone
