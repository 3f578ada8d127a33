"""The screens as pictures; a change in them is looked at before it is accepted (pytest --snapshot-update)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, missing
from tjqa.citations.notebook.excerpt import CheckedExcerpt, Excerpt
from tjqa.config import Settings
from tjqa.errors import SourcesError
from tjqa.messages import literal
from tjqa.reports import SkippedFile
from tjqa.ui.app import TjqaApp
from tjqa.ui.kept.store import Kept
from tjqa.ui.widgets import cards
from tjqa.ui.widgets.lines import HintLine
from tjqa.ui.widgets.notebook_screen import NotebookScreen

pytestmark = pytest.mark.slow

SIZES = [(120, 36), (80, 24), (50, 20)]
Before = Callable[[Pilot[Any]], Awaitable[None]]


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    class Day(date):
        @classmethod
        def today(cls) -> Day:
            return cls(2026, 11, 22)

    monkeypatch.setattr(cards, "date", Day)


async def steady(pilot: Pilot[Any]) -> None:
    """No blinking cursor in the picture."""
    pilot.app.view.input.cursor_blink = False
    await pilot.pause()


async def empty(pilot: Pilot[Any]) -> None:
    """First run."""
    await steady(pilot)
    await ready(pilot)


async def answer(pilot: Pilot[Any]) -> None:
    """An answer with its passages."""
    await empty(pilot)
    await ask(pilot, QUESTION)
    await wait_until(pilot, lambda: "13个" in screen_text(pilot.app))


async def nothing(pilot: Pilot[Any]) -> None:
    """No reliable answer, with the three nearest passages."""
    await empty(pilot)
    await ask(pilot, "火星上有没有生命")
    await wait_until(pilot, lambda: "看最接近的 3 段" in screen_text(pilot.app))


async def no_index(pilot: Pilot[Any]) -> None:
    """No index yet."""
    await steady(pilot)
    await wait_until(pilot, lambda: "按 Enter 建立索引" in screen_text(pilot.app))


async def source(pilot: Pilot[Any]) -> None:
    """The source opened at the cited words."""
    await answer(pilot)
    pilot.app.reading.open_at_hand(1)
    await wait_until(pilot, lambda: "▌" in screen_text(pilot.app) and pilot.app.view.source_panel.is_settled)
    await pilot.pause()


async def library(pilot: Pilot[Any]) -> None:
    """The library panel beside an answer."""
    await answer(pilot)
    await pilot.press("ctrl+t")
    await wait_until(pilot, lambda: "资料库  5 个文件" in screen_text(pilot.app))


async def tree(pilot: Pilot[Any]) -> None:
    """The tree of a document in the library, and a file that could not be read."""
    await answer(pilot)
    await pilot.press("ctrl+t", "down", "right")
    await wait_until(pilot, lambda: "一、2018年工作" in screen_text(pilot.app))
    await pilot.press("down", "down")


async def talking(pilot: Pilot[Any]) -> None:
    """Chips, a follow-up with the line really searched, a marked passage."""
    await empty(pilot)
    await ask(pilot, f"文件:00 自:2019 {QUESTION}")
    await ask(pilot, "那西青呢？")
    await pilot.press("f8")
    await wait_until(pilot, lambda: pilot.app.view.conversation.cards[-1].verdicts)
    pilot.app.query_one(HintLine)._end_notice()
    await pilot.pause()


async def why(pilot: Pilot[Any]) -> None:
    """Why a passage was found."""
    await answer(pilot)
    await pilot.press("f7")
    await wait_until(pilot, lambda: "详情" in screen_text(pilot.app))


async def building(pilot: Pilot[Any]) -> None:
    """An update of the index under way."""
    await answer(pilot)
    pilot.app.engine._backend.gate.clear()
    await pilot.app.commands.run_line("/更新")
    await wait_until(pilot, lambda: "读取与清洗 3/5" in screen_text(pilot.app))


async def reading(pilot: Pilot[Any]) -> None:
    """The source with its outline and a search."""
    await source(pilot)
    app = pilot.app
    await pilot.press("enter")
    await wait_until(pilot, lambda: app.view.column.outline.highlighted is not None)
    app.view.column.find_row.input.cursor_blink = False
    app.studying.find("宝坻区")
    await wait_until(pilot, lambda: app.view.source_panel.finding is not None)
    await pilot.pause()


async def notebook(pilot: Pilot[Any]) -> None:
    """What was kept, under two topics, one of it not as it was."""
    await answer(pilot)
    app = pilot.app
    held = [excerpt(app, number, topic, note) for number, topic, note in KEPT]
    app.push_screen(NotebookScreen(app.texts))
    await wait_until(pilot, lambda: isinstance(app.screen, NotebookScreen))
    app.screen.show(held)
    await pilot.pause()


KEPT = ((1, "北京方向项目", "用在第一节"), (3, "收入", ""), (4, "收入", "与去年比"))


def excerpt(app: TjqaApp, number: int, topic: str, note: str) -> CheckedExcerpt:
    """A passage of the answer, as it is after it was looked up; [3] has changed."""
    found = app.view.conversation.answers[-1].citations[number - 1]
    kept = Excerpt(f"{number:032x}", topic, note, "2026-11-20T10:00:00+08:00", found)
    return CheckedExcerpt(kept, "changed" if number == 3 else "holds", found)


async def helping(pilot: Pilot[Any]) -> None:
    """Help."""
    await empty(pilot)
    await pilot.press("f1")
    await wait_until(pilot, lambda: "按键" in screen_text(pilot.app))


async def settings(pilot: Pilot[Any]) -> None:
    """The settings page."""
    await empty(pilot)
    await pilot.press("f10", "down")
    await wait_until(pilot, lambda: "紧凑显示" in screen_text(pilot.app))


async def choosing(pilot: Pilot[Any]) -> None:
    """Choosing one of the libraries that were open before."""
    await empty(pilot)
    await pilot.press("ctrl+k")
    await type_text(pilot, "县")
    await wait_until(pilot, lambda: "白鹭县" in screen_text(pilot.app))
    pilot.app.screen.query_one(Input).cursor_blink = False
    await pilot.pause()


async def resumable(pilot: Pilot[Any]) -> None:
    """A conversation that can be gone on with, and what is said to a greeting."""
    await answer(pilot)
    await pilot.press("ctrl+n")
    await wait_until(pilot, lambda: "接着上次的对话（1 问）" in screen_text(pilot.app))
    pilot.app.view.input.put("谢谢")
    await pilot.press("enter")
    await wait_until(pilot, lambda: "不客气" in screen_text(pilot.app))
    pilot.app.query_one(HintLine)._end_notice()
    await pilot.pause()


async def selected(pilot: Pilot[Any]) -> None:
    """Documents selected in the library, which is sorted by title."""
    await library(pilot)
    await pilot.press("space", "f3")
    await wait_until(pilot, lambda: "标题▲" in screen_text(pilot.app) and "已选 1 份" in screen_text(pilot.app))


async def no_folder(pilot: Pilot[Any]) -> None:
    """The folder is missing; another one can be chosen."""
    await steady(pilot)
    await wait_until(pilot, lambda: "选择文件夹" in screen_text(pilot.app))


PICTURES = [
    *((before, size) for before in (empty, answer, source, talking, tree, reading, notebook) for size in SIZES),
    *((before, size) for before in (resumable, selected, settings, choosing) for size in SIZES[:2]),
    (no_folder, (80, 24)),
    # At the other sizes, and in English, tests/ui/test_every_state.py goes through all states.
    *((before, (80, 24)) for before in (nothing, no_index, library, why, building, helping)),
]


@pytest.mark.parametrize(("before", "size"), PICTURES, ids=lambda v: v.__name__ if callable(v) else f"{v[0]}x{v[1]}")
def test_screen(snap_compare: Any, before: Before, size: tuple[int, int], tmp_path: Path) -> None:
    """Each screen at each size."""
    errors = {no_index: missing(), no_folder: SourcesError("sources_missing", "sources_hint", folder="/资料")}
    backend = FixedBackend(error=errors.get(before))
    if before is tree:
        backend.engine.unread = (
            SkippedFile("旧文件/1958年水库志.pdf", literal("是扫描件或图片（12 页都没有文字）。")),
        )
    kept = Kept()
    if before in (choosing, no_folder):
        for name in ("青川县", "白鹭县"):
            kept.libraries.remember(Settings(Path("/资料库") / name, tmp_path))
    app = make_app(backend, folder=Path("/资料"), embeddings=tmp_path, kept=kept)
    assert snap_compare(app, terminal_size=size, run_before=before)
