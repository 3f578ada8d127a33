"""tjqa.answers.following: an answer on the screen, after the documents changed and the index caught up with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.formats import as_xlsx
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.messages import message
from tjqa.results import Answer, Computed

Rows = list[list[object]]
HEADS: list[object] = ["县名", "财政收入", "财政支出"]
CLOUD: list[object] = ["云岭县", 12.4, 31]
HERON: list[object] = ["白鹭县", 15.7, 42]
KNOWN = [HEADS, CLOUD, HERON]


def asked(folder: Path) -> tuple[Settings, Answer]:
    """A library of one workbook, and what was answered from it."""
    place = Settings(folder / "资料", folder / "embeddings", fast=True)
    place.sources.mkdir()
    write(place, KNOWN)
    answer = Engine.open(place).ask("白鹭县财政收入多少")
    assert [cell.statement for cell in answer.cells] == ["白鹭县 · 财政收入 · 2023年：15.7"]
    return place, answer


def write(place: Settings, rows: Rows, sheet: str = "2023年") -> Engine:
    """The workbook with other rows, and the library once it knows them."""
    (place.sources / "收入.xlsx").write_bytes(as_xlsx({sheet: rows}))
    build(place)
    return Engine.open(place)


CHANGED: dict[str, tuple[Rows, str]] = {
    "columns exchanged": ([["县名", "财政支出", "财政收入"], CLOUD, HERON], "2023年"),
    "names exchanged": ([HEADS, ["白鹭县", 12.4, 31], ["云岭县", 15.7, 42]], "2023年"),
    "the figure of another row": ([HEADS, ["云岭县", 15.7, 31], ["白鹭县", 12.4, 42]], "2023年"),
    "another figure beside it": ([HEADS, CLOUD, ["白鹭县", 15.7, 43]], "2023年"),
    "another year on the tab": (KNOWN, "2022年"),
    "a unit above": ([["单位:万元", None, None], *KNOWN], "2023年"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_figure_of_something_else_stands_no_more(tmp_path: Path, encoder: FakeEncoder, what: str) -> None:
    """The answer that was given is no longer sure, and the file is named; though the figure stands somewhere."""
    place, answer = asked(tmp_path)
    now = write(place, *CHANGED[what]).followed(answer)
    assert [best.unchanged for best in now.best] == [False]
    assert now.strength == "possible" and now.changed_files == ("收入.xlsx",)


def test_a_row_that_is_as_it_was_is_found_again(tmp_path: Path, encoder: FakeEncoder) -> None:
    """Below another one; what was worked out from all rows is no answer any more."""
    place, answer = asked(tmp_path)
    engine = write(place, [HEADS, ["青山县", 99, 1], CLOUD, HERON])
    (best,) = engine.followed(answer).best
    assert best.unchanged and best.place == "2023年 B4" and best.heads == ("白鹭县", "财政收入")
    highest = Computed("extreme", "15.7", (1,), message("mcp_no_more"))
    assert not engine.followed(replace(answer, computed=(highest,))).best[0].unchanged
