"""The panel of figures: asked by a command and from an answer, aligned, opened at the source, cancelled, exported."""

from __future__ import annotations

import csv
import io
import threading
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.support.figure_library import figure_library
from tests.support.helpers import PLAIN, FakeEncoder
from tests.support.ui_pilot import ask, ready, screen_text, wait_until
from tjqa.answers.figures.asking import measures_of
from tjqa.answers.figures.figure import FiguresAsked
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.results import AnswerCell
from tjqa.ui.app import TjqaApp
from tjqa.ui.background.engine_thread import RealBackend
from tjqa.ui.controllers.figures import parsed
from tjqa.ui.history import History
from tjqa.ui.preferences import Preferences

SIZES = [(120, 36), (80, 24)]


@pytest.fixture
def place(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """A library with tables and sentences of several measures."""
    return figure_library(tmp_path / "资料", tmp_path / "embeddings")


def app_of(place: Settings, **preferences: Any) -> TjqaApp:
    """The app on the true engine."""
    settings = Settings(place.sources, place.embeddings, fast=True)
    return TjqaApp(settings, RealBackend(), History(None), Preferences(**preferences))


async def command(pilot: Pilot[Any], line: str) -> None:
    """Type a command and wait until its table is there."""
    app = pilot.app
    app.view.input.value = line
    app.view.input.focus()
    await pilot.press("enter")
    await wait_until(pilot, lambda: app.view.figures_panel.table is not None)


@pytest.mark.parametrize("size", SIZES)
async def test_a_command_shows_the_figures_aligned_and_drawn(place: Settings, size: tuple[int, int]) -> None:
    """Under their name, the values of a column ending in one column of the screen; bars; ≠ where they differ."""
    app = app_of(place)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await command(pilot, "/对照 粮食产量")
        shown = screen_text(app)
        assert "指标对照  粮食产量" in shown and "≠" in shown and "目标" in shown and app.focused is app.figures.panel
        rows = [line for line in shown.splitlines() if "84.3 万吨" in line or "83.9 万吨" in line]
        assert len({cell_len(row[: row.index(" 万吨")]) for row in rows}) == 1 and len(rows) >= 2
        await pilot.press("end", "pagedown", "pagedown")
        await wait_until(pilot, lambda: "█" in screen_text(app))


async def test_a_cell_opens_where_it_stands(place: Settings) -> None:
    """Enter on a figure: its file beside it, at the very cell; Escape closes the one, then the other."""
    app = app_of(place)
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await command(pilot, "/对照 粮食产量")
        panel = app.view.figures_panel
        while panel.chosen is None or panel.chosen.citation.path != "主要指标.xlsx":
            await pilot.press("down")
        wanted = panel.chosen
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        opened = app.view.source_panel.source
        assert opened is not None and opened.view.path == "主要指标.xlsx"
        assert opened.view.text[opened.view.span.start : opened.view.span.end] == wanted.text
        await pilot.press("escape")
        await wait_until(pilot, lambda: not app.view.is_shown("source"))
        assert app.focused is panel
        await pilot.press("escape")
        await wait_until(pilot, lambda: not app.view.is_shown("figures"))
        assert app.focused is app.view.input


async def test_places_and_periods_narrow_it(place: Settings) -> None:
    """Written behind the measure; what is no period is told in the panel."""
    app = app_of(place)
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await command(pilot, "/对照 地区生产总值 地区:桐江 自：2023年 至:2023年")
        assert {figure.period for figure in app.view.figures_panel.table.figures} == {"2023"}
        assert "地区：桐江 自：2023年 至：2023年" in screen_text(app)
        app.view.input.value = "/对照 粮食产量 自:那年"
        app.view.input.focus()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "看不懂时间" in screen_text(app))
        await command(pilot, "/对照 鲸鱼数量")
        await wait_until(pilot, lambda: "没有找到“鲸鱼数量”的数" in screen_text(app))
        assert "地区：" not in screen_text(app).splitlines()[1]
        await command(pilot, "/对照 粮食产量 地区:青州")
        await wait_until(pilot, lambda: "只找了 地区：青州" in screen_text(app))


def test_options_are_read_in_any_order() -> None:
    """Chinese and English, either colon; what is left is the measure."""
    wanted = parsed("自:2020年 粮食 产量 地区：甲市、乙县 至：2024年")
    assert wanted == FiguresAsked("粮食 产量", ("甲市", "乙县"), "2020年", "2024年")
    assert parsed("output place:A,B from:2020 to:2021") == FiguresAsked("output", ("A", "B"), "2020", "2021")
    assert parsed("比例 1:100 图") == FiguresAsked("比例 1:100 图")


async def test_an_answer_with_a_figure_opens_its_measure(place: Settings) -> None:
    """Ctrl+B: the measure of the question, whatever its place and time; again, it closes."""
    app = app_of(place)
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: "请写明指标" in screen_text(app))
        card = await ask(pilot, "2023年桐江市粮食产量是多少?")
        assert card.answer is not None and card.answer.best
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: app.view.figures_panel.table is not None)
        assert app.view.figures_panel.table.measure == "粮食产量" and len(app.view.figures_panel.table.figures) > 2
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: not app.view.is_shown("figures"))


async def test_collecting_is_cancelled(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """How far it is stands in the panel; Escape ends it, and the next question is answered."""
    going, gate = threading.Event(), threading.Event()
    true = Engine.figures

    def slow(self: Engine, measure: str, places: Any, since: Any, until: Any, step: Any) -> Any:
        step(200, 9000)
        going.set()
        gate.wait(30)
        step(400, 9000)
        return true(self, measure, places, since, until, step)

    app = app_of(place)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        monkeypatch.setattr(Engine, "figures", slow)
        app.view.input.value = "/对照 粮食产量"
        await pilot.press("enter")
        await wait_until(pilot, lambda: going.is_set() and "看了 200 段，共 9,000 段" in screen_text(app))
        await pilot.press("escape")
        gate.set()
        await wait_until(pilot, lambda: "已取消" in screen_text(app))
        assert app.view.figures_panel.table is None
        await pilot.press("escape")
        card = await ask(pilot, "2023年桐江市粮食产量是多少?")
        assert card.answer is not None


@pytest.mark.parametrize("form", ["csv", "xlsx", "md", "json"])
async def test_the_table_is_written_to_a_file(place: Settings, tmp_path: Path, form: str) -> None:
    """By the name typed; never over an older file."""
    app = app_of(place)
    target = tmp_path / f"表.{form}"
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await command(pilot, "/对照 粮食产量")
        app.figures.do(f"导出 {target}")
        await wait_until(pilot, target.exists)
        raw = target.read_bytes()
        app.figures.do(f"导出 {target}")
        await wait_until(pilot, lambda: "同名文件" in screen_text(app))
        assert target.read_bytes() == raw
        if form == "csv":
            rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
            assert len(rows) == len(app.view.figures_panel.table.figures)
        app.figures.do("导出 表.pdf")
        await wait_until(pilot, lambda: "不会写成" in screen_text(app))


async def test_in_english_too(place: Settings) -> None:
    """Heads, kinds, remarks and hints; names and sources as they are written."""
    app = app_of(place, language="en")
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await command(pilot, "/figures 粮食产量 from:2022 to:2024")
        shown = screen_text(app)
        assert "Figures  粮食产量" in shown and "period" in shown and "source" in shown and "≠" in shown
        assert "choose" in shown and "数值" not in shown and "出处" not in shown


def test_what_an_answer_is_of() -> None:
    """The words of its question without places and times, then what its cell is called."""
    cell = AnswerCell(("化工", "石蜡(58#半)"), ("本期价格(元)",), "元", "2024年3月", "表", "C5", "", "", (), 0)
    assert measures_of("2024年3月石蜡的价格是多少?", (cell,), PLAIN) == ["石蜡价格", "石蜡(58#半)", "本期价格(元)"]
    place = AnswerCell(("北京",), ("2023年",), "亿元", "2023年", "表", "C5", "", "", (), 0)
    assert measures_of("北京去年粮食产量?", (place,), PLAIN) == ["粮食产量"]


async def test_an_edited_file_has_its_new_figures_shown(place: Settings) -> None:
    """The table that is shown follows the index, and stays where it is; one that is closed is collected when asked."""
    app = app_of(place, follow=False)
    report = place.sources / "公报.txt"
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await command(pilot, "/对照 粮食产量")
        panel = app.view.figures_panel
        before = panel.table
        await pilot.press("down")
        chosen = panel.chosen
        report.write_text(report.read_text("utf-8").replace("粮食产量84.3万吨", "粮食产量77.7万吨"), "utf-8")
        app.engine.catch_up(build(place))
        await wait_until(pilot, lambda: panel.table is not before)
        assert "77.7 万吨" in screen_text(app) and app.focused is panel
        assert chosen is not None and panel.chosen is not None and panel.chosen.citation.path == chosen.citation.path
        await pilot.press("escape")
        await wait_until(pilot, lambda: not app.view.is_shown("figures"))
        report.write_text(report.read_text("utf-8").replace("77.7", "66.6"), "utf-8")
        app.engine.catch_up(build(place))
        await wait_until(pilot, lambda: panel.table is None)
