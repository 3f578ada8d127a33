"""tjqa excerpts: listing and exporting, exit codes, what is said of wrong usage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tjqa
from tests.citations.notebook.library import REPORT, library, quote
from tjqa.cli.main import main
from tjqa.config import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A library without an index, with three excerpts."""
    place = Settings(library(tmp_path / "资料"), tmp_path / "index")
    book = tjqa.notebook(place)
    for words, topic, note in (("5200人", "就业", "好句"), ("13个", "", ""), ("104%", "就业", "")):
        assert book.add(quote(book, place.sources, words), topic, note) is not None
    return place


def run(settings: Settings, *arguments: str) -> int:
    """The exit code."""
    return main(["excerpts", *arguments, f"--sources={settings.sources}", f"--embeddings={settings.embeddings}"])


def test_listing(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """By topic, in the reader's order, with title, place and note; nothing heavy, no index."""
    assert run(settings) == 0
    shown = capsys.readouterr()
    lines = [line.strip() for line in shown.out.splitlines()]
    assert [line for line in lines if line[:2] in ("1.", "2.")] == ["1. …5200人…", "2. …104%…", "1. …13个…"]
    assert (
        lines[0] == "就业"
        and "未分类" in lines
        and "备注：好句" in lines
        and "《甲区工作报告》 · 报告.txt 第 2 行" in lines
    )
    assert "3 条与原文相符" in shown.err


def test_what_does_not_hold_gives_exit_code_1(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """It is marked in the list, named on stderr where a file is written, and told as a state in JSON."""
    (settings.sources / "报告.txt").write_text(REPORT.replace("13个", "14个"), encoding="utf-8")
    assert run(settings) == 1
    assert capsys.readouterr().out.count("✗ 与摘下时不同") == 1
    output = settings.sources.parent / "摘录.md"
    assert run(settings, "--output", str(output)) == 1
    shown = capsys.readouterr()
    assert "「13个」✗ 与摘下时不同" in shown.err and "2 条与原文相符，1 条" in shown.err and shown.out == ""
    assert output.read_text("utf-8").count("✗ 与摘下时不同") == 1
    assert run(settings, "--json") == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["state"] for row in rows] == ["holds", "holds", "changed"]
    assert run(settings, "--topic", "就业") == 0


def test_a_topic_alone(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Of one that is not there those that are are named."""
    assert run(settings, "--topic", "就业") == 0
    assert "未分类" not in capsys.readouterr().out
    assert run(settings, "--topic", "没有") == 2
    assert "现有的主题：就业、未分类" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["md", "docx", "bib", "ris", "json", "MD"])
def test_every_form_is_written(settings: Settings, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The ending tells which."""
    output = settings.sources.parent / f"摘录.{form}"
    assert run(settings, "--output", str(output)) == 0
    assert output.stat().st_size > 100 and capsys.readouterr().out == ""


def test_wrong_usage(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown form, a place that cannot be written, two forms at once, no folder."""
    for arguments, said in (
        (("--output", "x.pdf"), ".docx"),
        (("--output", "没有后缀"), ".docx"),
        (("--output", str(settings.sources.parent / "没有" / "x.md")), "不存在"),
        (("--output", "x.md", "--json"), "--json"),
    ):
        assert run(settings, *arguments) == 2
        assert said in capsys.readouterr().err
    gone = Settings(settings.sources.parent / "没有", settings.embeddings)
    assert run(gone) == 3


def test_an_empty_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says how quotes are kept."""
    place = Settings(library(tmp_path / "资料"), tmp_path / "index")
    assert run(place) == 0
    assert "F12" in capsys.readouterr().err
    assert run(place, "--topic", "就业") == 2
