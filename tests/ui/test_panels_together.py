"""Panels beside and over each other: nothing that has the focus is out of sight, and Escape leads back step by step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.figure_library import figure_library
from tests.support.helpers import FakeEncoder
from tests.support.ui_pilot import ask, ready, screen_text, wait_until
from tjqa.config import Settings
from tjqa.ui.app import TjqaApp
from tjqa.ui.background.engine_thread import RealBackend
from tjqa.ui.history import History
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.proof_panel import ProofPanel

SIZES = [(160, 40), (120, 36), (80, 24)]


@pytest.fixture
def place(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """A library with tables and sentences of several measures."""
    return figure_library(tmp_path / "资料", tmp_path / "embeddings")


def app_of(place: Settings) -> TjqaApp:
    """The app on the true engine."""
    settings = Settings(place.sources, place.embeddings, fast=True)
    return TjqaApp(settings, RealBackend(), History(None), Preferences(follow=False))


async def command(pilot: Pilot[Any], line: str) -> None:
    """Send a line from the input."""
    pilot.app.view.input.focus()
    pilot.app.view.input.value = line
    await pilot.press("enter")


async def figures(pilot: Pilot[Any]) -> None:
    """Show a table of figures."""
    await command(pilot, "/对照 粮食产量")
    await wait_until(pilot, lambda: pilot.app.view.figures_panel.table is not None)


def is_seen(app: Any) -> bool:
    """Whether what has the focus is on the screen."""
    return app.focused is not None and bool(app.focused.region) and app.focused.region.overlaps(app.screen.region)


def draft_in(folder: Path) -> Path:
    """A draft with a wrong figure of 主要指标.xlsx."""
    path = folder / "稿.txt"
    path.write_text("2021年,粮食产量12.3万吨。\n", "utf-8")
    return path


@pytest.mark.parametrize("size", SIZES)
async def test_every_panel_opened_over_others_is_seen(place: Settings, size: tuple[int, int]) -> None:
    """Figures, their source, the library, the figures again: each is on the screen when it has the focus."""
    app = app_of(place)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await figures(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        assert is_seen(app)
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert app.view.is_library_focused and is_seen(app) and "筛选标题" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is app.view.reader and is_seen(app) and not app.view.is_shown("library")
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is app.view.figures_panel and is_seen(app)
        await pilot.press("ctrl+t", "ctrl+b")
        await pilot.pause()
        assert app.focused is app.view.figures_panel and is_seen(app) and "指标对照" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is app.view.input and app.view.is_at_rest


@pytest.mark.parametrize("size", SIZES)
async def test_a_document_of_the_library_leads_back_to_its_row(place: Settings, size: tuple[int, int]) -> None:
    """Escape closes the document and goes on in the list, then closes the list."""
    app = app_of(place)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+t", "down", "enter")
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.focused is app.view.reader)
        assert is_seen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.view.is_library_focused and is_seen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.view.is_at_rest


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("over", ["figures", "library"])
async def test_what_is_asked_is_seen(place: Settings, size: tuple[int, int], over: str) -> None:
    """A question or a draft sent while a panel stands where the conversation does: the panel gives way."""
    app = app_of(place)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await (figures(pilot) if over == "figures" else pilot.press("ctrl+t"))
        app.view.input.focus()
        card = await ask(pilot, "粮食产量是多少？")
        assert card.region and not app.view.is_shown(over)
        await (figures(pilot) if over == "figures" else pilot.press("ctrl+t"))
        await command(pilot, f"/核稿 {draft_in(place.embeddings)}")
        await wait_until(pilot, lambda: isinstance(app.focused, ProofPanel))
        assert is_seen(app) and not app.view.is_shown(over)


@pytest.mark.parametrize("size", SIZES)
async def test_a_proof_is_gone_back_to_and_put_away(place: Settings, size: tuple[int, int]) -> None:
    """From a source Escape leads back to the finding; a new conversation holds neither proof nor figures."""
    app = app_of(place)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await command(pilot, f"/核稿 {draft_in(place.embeddings)}")
        await wait_until(pilot, lambda: isinstance(app.focused, ProofPanel) and bool(app.focused.findings))
        panel = app.focused
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is panel and is_seen(app)
        await figures(pilot)
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: not app.query(ProofPanel))
        assert not app.view.is_shown("figures") and app.view.first_page.display
        await command(pilot, "/核稿")
        await wait_until(pilot, lambda: "请写上稿子的文件名" in screen_text(app))


async def test_another_library_has_other_figures(place: Settings, tmp_path: Path) -> None:
    """Figures and proofs of the library that was open before are put away with it: their places are not in this one."""
    app = app_of(place)
    other = tmp_path / "别的"
    other.mkdir()
    (other / "甲.txt").write_text("别的资料。\n", "utf-8")
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await command(pilot, f"/核稿 {draft_in(place.embeddings)}")
        await wait_until(pilot, lambda: isinstance(app.focused, ProofPanel))
        await figures(pilot)
        await command(pilot, f"/打开 {other}")
        await wait_until(pilot, lambda: app.state.settings.sources == other)
        assert app.view.figures_panel.table is None and not app.view.is_shown("figures") and not app.query(ProofPanel)
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: "请写明指标" in screen_text(app))


async def test_figures_of_an_answer_of_another_library(place: Settings) -> None:
    """They are not looked for among the documents at hand; the window to choose a library leaves the focus alone."""
    app = app_of(place)
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        card = await ask(pilot, "粮食产量是多少？")
        assert card.answer is not None
        card.answer = replace(card.answer, library="/别的")
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: "先打开那个资料库再对照" in screen_text(app))
        assert not app.view.is_shown("figures")
        await figures(pilot)
        await pilot.press("ctrl+k")
        await wait_until(pilot, lambda: app.screen is not app.view.main)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)
        assert app.focused is app.view.figures_panel
