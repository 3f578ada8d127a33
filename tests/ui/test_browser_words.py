"""In a browser files are downloads, and what is said speaks of the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION
from tjqa.ui.controllers import sharing
from tjqa.ui.services import AppServices


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the browser was handed, as if the app ran in one."""
    found: list[tuple[str, str]] = []

    def deliver(self: Any, file: Any, *, save_filename: str) -> str:
        found.append((save_filename, file.read().decode("utf-8")))
        return "key"

    monkeypatch.setattr(AppServices, "is_in_browser", True)
    monkeypatch.setattr("textual.app.App.deliver_binary", deliver)
    monkeypatch.setattr(sharing, "helpers", list)
    return found


async def test_an_export_is_a_download(
    delivered: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the name typed, without its folders; nothing is written beside the server."""
    monkeypatch.chdir(tmp_path)
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await type_text(pilot, "/导出 ../子/问答.md")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "已交给浏览器下载：问答.md" in screen_text(app))
        assert [name for name, _ in delivered] == ["问答.md"] and "13个" in delivered[0][1]
        assert list(tmp_path.iterdir()) == []
        await type_text(pilot, "/导出 问答.doc")
        await pilot.press("enter")
        await wait_until(pilot, lambda: ".md .json 或 .csv" in screen_text(app))
        assert len(delivered) == 1


async def test_what_is_copied_goes_to_the_browser(delivered: list[tuple[str, str]]) -> None:
    """And no word of a terminal."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: "已发送给浏览器" in screen_text(app))
        assert "终端" not in screen_text(app)
