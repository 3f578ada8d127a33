"""The app follows its folder by itself: quietly, beside questions, and what is on the screen follows too."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.helpers import REPORT
from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, SAMPLES, FixedBackend, FixedEngine
from tjqa.config import Settings
from tjqa.engine import build
from tjqa.errors import IndexLocked, SourcesError, TjqaError
from tjqa.messages import literal
from tjqa.ui import app as app_module
from tjqa.ui.app import TjqaApp
from tjqa.ui.background.engine_thread import RealBackend
from tjqa.ui.background.messages import FolderChanged, FollowingFailed
from tjqa.ui.controllers import following
from tjqa.ui.history import History
from tjqa.ui.preferences import Preferences, load

SIZE = (120, 36)


class QuietWatch:
    """Tells nothing: the test posts what it would."""

    def __init__(self, settings: Settings, stopped: threading.Event) -> None:
        self._stopped = stopped

    def changes(self) -> Iterator[tuple[str, ...] | None]:
        """Until it is stopped."""
        self._stopped.wait(60)
        yield from ()


@asynccontextmanager
async def followed(
    monkeypatch: pytest.MonkeyPatch, backend: FixedBackend, preferences: Preferences | None = None
) -> AsyncIterator[tuple[Any, Pilot[Any]]]:
    """The app on the fixed engine, ready, following what the test posts."""
    monkeypatch.setattr(app_module, "watch_of", QuietWatch)
    app = make_app(backend, preferences=preferences or Preferences())
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        yield app, pilot


async def test_a_change_is_taken_in_without_a_word_but_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """No panel, nothing in the conversation, nothing in the top bar; one line names what changed."""
    backend = FixedBackend()
    backend.gate.clear()
    async with followed(monkeypatch, backend) as (app, pilot):
        app.post_message(FolderChanged(("年报.txt", "月报.txt")))
        await wait_until(pilot, lambda: backend.builds == [False])
        await ask(pilot, QUESTION)
        assert not app.view.build_panels and "正在更新索引" not in screen_text(app)
        backend.gate.set()
        await wait_until(pilot, lambda: "索引已更新：年报.txt、月报.txt" in screen_text(app))
        assert not app.query("Note") and not app.state.is_building


async def test_after_an_update_no_samples_are_tried_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take longer than the update itself, and what is on the screen would wait for them."""
    backend = FixedBackend()
    tried: list[int] = []
    sampling = backend.engine.sampling

    def counted(count: int = 3) -> Iterator[str | None]:
        tried.append(count)
        return sampling(count)

    monkeypatch.setattr(backend.engine, "sampling", counted)
    async with followed(monkeypatch, backend) as (app, pilot):
        await wait_until(pilot, lambda: SAMPLES[0] in screen_text(app))
        app.post_message(FolderChanged(("年报.txt",)))
        await wait_until(pilot, lambda: "索引已更新：年报.txt" in screen_text(app))
        await ask(pilot, QUESTION)  # after what the engine's thread does by itself
        await app.commands.do("clear")
        await wait_until(pilot, lambda: SAMPLES[0] in screen_text(app))
    assert len(tried) == 1


async def test_what_changes_meanwhile_is_taken_in_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """One build after the other, never two; of many documents three are named."""
    backend = FixedBackend()
    backend.gate.clear()
    async with followed(monkeypatch, backend) as (app, pilot):
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: len(backend.builds) == 1)
        for name in ("乙.txt", "丙.txt", "丁.txt", "戊.txt"):
            app.post_message(FolderChanged((name,)))
        await pilot.pause()
        assert len(backend.builds) == 1
        backend.gate.set()
        await wait_until(pilot, lambda: len(backend.builds) == 2 and not app.state.is_building)
        assert "等 4 份" in screen_text(app) or "等 5 份" in screen_text(app)


async def test_nothing_changed_nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was only touched."""
    backend = FixedBackend()
    backend.report = {"unchanged": True}
    async with followed(monkeypatch, backend) as (app, pilot):
        before = screen_text(app)
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: backend.builds and not app.state.is_building)
        await pilot.pause()
        assert screen_text(app) == before


async def test_what_changed_before_the_app_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is taken in at once; what still differs afterwards is not tried for ever."""
    backend = FixedBackend(FixedEngine(stale=("旧.txt",)))
    async with followed(monkeypatch, backend) as (app, pilot):
        await wait_until(pilot, lambda: "索引已更新：旧.txt" in screen_text(app))
        await ask(pilot, QUESTION)
        await ask(pilot, QUESTION)
        assert backend.builds == [False]


async def test_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is watched, nothing built: the bar says that documents changed."""
    backend = FixedBackend(FixedEngine(stale=("旧.txt",)))
    async with followed(monkeypatch, backend, Preferences(follow=False)) as (app, pilot):
        app.post_message(FolderChanged(("甲.txt",)))
        await ask(pilot, QUESTION)
        assert backend.builds == [] and not app.following.is_on
        assert "1 个文件有改动" in screen_text(app)
        app.following.switch(True)  # as the settings do
        await wait_until(pilot, lambda: app.following.is_on)
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: backend.builds == [False])
        app.following.switch(False)
        assert not app.following.is_on


async def test_an_index_at_which_another_program_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is waited for without a word."""
    monkeypatch.setattr(following, "LOCKED", 0.05)
    backend = FixedBackend()
    backend.build_error = IndexLocked("index_locked", "index_locked_hint")
    async with followed(monkeypatch, backend) as (app, pilot):
        before = screen_text(app)
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: len(backend.builds) >= 2)
        assert screen_text(app) == before
        backend.build_error = None
        await wait_until(pilot, lambda: "索引已更新：甲.txt" in screen_text(app))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SourcesError("sources_missing", "sources_hint", folder="资料"), "先用原有索引回答"),
        (TjqaError(literal("磁盘已满。")), "没能自动更新索引：磁盘已满。"),
    ],
)
async def test_what_goes_wrong_is_said_once(monkeypatch: pytest.MonkeyPatch, error: TjqaError, said: str) -> None:
    """A folder that was unmounted, a full disk: questions are answered as before."""
    backend = FixedBackend()
    backend.build_error = error
    async with followed(monkeypatch, backend) as (app, pilot):
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: said in screen_text(app))
        app.view.notice("别的话")
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: len(backend.builds) == 2 and not app.state.is_building)
        assert "别的话" in screen_text(app)
        await ask(pilot, QUESTION)
        assert "13个" in screen_text(app)


async def test_a_folder_that_is_gone_or_cannot_be_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are said; nothing is built of what is not there."""
    backend = FixedBackend()
    async with followed(monkeypatch, backend) as (app, pilot):
        app.post_message(FolderChanged(None))
        await wait_until(pilot, lambda: "资料文件夹现在不在" in screen_text(app))
        app.post_message(FollowingFailed(SourcesError(literal("无法留意。"))))
        await wait_until(pilot, lambda: "没能自动更新索引：无法留意。" in screen_text(app))
        assert backend.builds == [] and not app.following.is_on


async def test_asked_for_meanwhile_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quiet build becomes the one that was asked for: its bar is shown, and what came of it told."""
    backend = FixedBackend()
    backend.gate.clear()
    async with followed(monkeypatch, backend) as (app, pilot):
        app.post_message(FolderChanged(("甲.txt",)))
        await wait_until(pilot, lambda: len(backend.builds) == 1)
        await pilot.press("escape")
        assert not backend.cancelled  # what nobody sees nobody cancels
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: bool(app.view.build_panels))
        backend.gate.set()
        await wait_until(pilot, lambda: "索引已更新：5 个文件" in screen_text(app))
        assert backend.builds == [False] and not app.view.build_panels


async def test_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is in the language at hand."""
    backend = FixedBackend()
    async with followed(monkeypatch, backend, Preferences(language="en")) as (app, pilot):
        app.post_message(FolderChanged(("a.txt",)))
        await wait_until(pilot, lambda: "Index updated: a.txt" in screen_text(app))


def test_the_setting(tmp_path: Path) -> None:
    """`follow = false` of [ui]; anything but true and false is named."""
    path = tmp_path / "config.toml"
    path.write_text("[ui]\nfollow = false\n")
    assert load(path) == Preferences(follow=False)
    path.write_text('[ui]\nfollow = "no"\n')
    assert load(path).follow and "ui.follow" in load(path).problems[0]


@pytest.mark.slow
async def test_edited_in_the_folder_read_in_the_app(model: Path, documents: Path, tmp_path: Path) -> None:
    """With the real watch, index and engine: the new figure answers; the panel and the cards follow their quotes, and
    say of the one that is gone that it is."""
    settings = Settings(documents, tmp_path / "embeddings", fast=True)
    build(settings)
    app = TjqaApp(settings, RealBackend(), History(None), Preferences())
    report = documents / "报告.txt"
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: app.state.page.kind == "ready", 60)
        await wait_until(pilot, lambda: app.following.is_on, 60)
        first = await ask(pilot, "白鹭县全年新增就业多少人")
        assert first.answer is not None and "3215人" in str(first.answer.quoted)
        await pilot.press("1", "enter")
        await wait_until(pilot, lambda: app.view.source_panel.source is not None)
        line = first.answer.best[0].line

        report.write_text("关于印发报告的通知\n\n" + REPORT)
        await wait_until(pilot, lambda: "索引已更新：报告.txt" in screen_text(app), 60)
        await wait_until(pilot, lambda: first.answer.best[0].line == line + 2, 60)
        source = app.view.source_panel.source
        await wait_until(pilot, lambda: "关于印发报告的通知" in app.view.source_panel.source.view.text, 60)
        source = app.view.source_panel.source
        assert not source.view.changed and source.span is not None
        assert "3215人" in source.span.of(source.view.text)
        assert "原文已改动" not in screen_text(app)

        report.write_text(REPORT.replace("3215", "3299"))
        await wait_until(pilot, lambda: not first.answer.best[0].unchanged, 60)
        await wait_until(pilot, lambda: app.view.source_panel.source.view.changed, 60)
        assert "引用的话已不在其中" in screen_text(app)
        await pilot.press("escape")
        again = await ask(pilot, "白鹭县全年新增就业多少人")
        assert again.answer is not None and "3299人" in str(again.answer.quoted)
        assert again.answer.best[0].unchanged and not again.answer.edited_files
