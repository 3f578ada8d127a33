"""tjqa figures: the table on a terminal, the files it writes, what it refuses."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.figure_library import figure_library
from tests.support.helpers import ROOT, FakeEncoder
from tjqa.answers.figures.drawing import bars
from tjqa.answers.figures.words import COLUMNS
from tjqa.answers.figures.workbook import workbook
from tjqa.cli.main import main
from tjqa.config import Settings
from tjqa.text.display import width


@pytest.fixture
def place(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """The library."""
    return figure_library(tmp_path / "资料", tmp_path / "embeddings")


def run(place: Settings, *options: str) -> int:
    """The command."""
    return main(["figures", *options, f"--sources={place.sources}", f"--embeddings={place.embeddings}"])


def test_the_table_is_aligned_and_drawn(place: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a figure under its name, with its source; what differs marked; bars beneath."""
    assert run(place, "粮食产量") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "粮食产量"
    cell = next(line for line in lines if "[主要指标 指标 D5]" in line)
    assert "2023年" in cell and "84.3 万吨" in cell and "≠" in cell
    assert any(line.endswith("[2024年桐江市政府工作报告 第 5 行]") for line in lines)
    assert any("目标" in line and "约 85 万吨" in line for line in lines)
    assert any(line.startswith("2023年 █") and line.endswith("84.3") for line in lines)


def test_json_names_what_the_paper_does(place: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a figure; each field is described."""
    assert run(place, "地区生产总值", "--from", "2023年", "--to", "2023年", "--output", "json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) > 3 and {row["period"] for row in rows} == {"2023"}
    paper = (ROOT / "docs" / "output.md").read_text("utf-8")
    assert all(f"`{name}`" in paper for name in [*rows[0], "agrees", "computed", "before"])


@pytest.mark.parametrize("form", ["csv", "md", "xlsx", "json"])
def test_files_hold_every_figure(
    place: Settings, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the ending of the file's name."""
    target = tmp_path / f"对照.{form}"
    assert run(place, "粮食产量", "--place", "桐江", "--output", str(target)) == 0
    assert capsys.readouterr().out == ""
    if form == "xlsx":
        rows = list(load_workbook(target).active.iter_rows(values_only=True))
        assert rows[0] == tuple(COLUMNS.values())
        assert {row[list(COLUMNS).index("value")] for row in rows[1:]} >= {84.3, 83.9}
    elif form == "csv":
        found = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
        assert {row["text"] for row in found} >= {"84.3", "83.9"} and {row["value"] for row in found} >= {"-1.2"}
    else:
        text = target.read_text("utf-8")
        assert "84.3" in text and "日报.txt" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["粮食产量", "--output", "对照.pdf"], "不会写成"),
        (["粮食产量", "--自", "那年"], "看不懂时间"),
        ([" "], "没有写要对照的指标"),
        (["粮食产量", "--output", "没有的文件夹/对照.csv"], "写不了"),
    ],
)
def test_what_cannot_be_done_is_said(
    place: Settings, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 2 and nothing on standard output."""
    assert run(place, *options) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and said in shown.err


def test_nothing_found_is_said(place: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error; it is no failure."""
    assert run(place, "鲸鱼数量") == 0
    shown = capsys.readouterr()
    assert shown.out == "" and "没有找到" in shown.err


def test_bars_begin_at_zero_and_labels_count_in_cells() -> None:
    """Every bar begins in the same column, whatever stands before it; a fall is drawn otherwise."""
    lines = bars([("二〇二三", Decimal(50), "50"), ("2024", Decimal(100), "100"), ("长" * 30, Decimal(-25), "-25")], 60)
    assert len({width(line[: min(line.index(char) for char in "█░" if char in line)]) for line in lines}) == 1
    counts = [line.count("█") for line in lines]
    assert counts[1] == 2 * counts[0] > 0 and counts[2] == 0
    assert all(width(line) <= 60 for line in lines)


def test_a_workbook_computes_nothing() -> None:
    """A text that begins like a formula stays text, and what XML cannot hold does no harm."""
    raw = workbook("名[称]", ["甲", "数"], [["=1+1\x07", "-3.5"], [None, "2"]], 1)
    sheet = load_workbook(io.BytesIO(raw)).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == ("=1+1�", "s", -3.5)
