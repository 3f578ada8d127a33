"""核稿 in the app: the panel with its list, opening sources, in both languages, and drafts that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from tests.support.ui_pilot import make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import FixedBackend, FixedEngine
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.proof_panel import ProofPanel

DRAFT = """2021年,全县新增就业3215人。

一般公共预算收入完成13.8亿元,增长5.1%。石桥水库始建于1958年,总库容4200万立方米。

我们应当更加努力。月球基地接待游客77万人次。
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft of which a figure differs and another is nowhere."""
    path = tmp_path / "稿.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def real(library: Settings) -> FixedBackend:
    """A backend with the real engine of a small library."""
    return FixedBackend(cast("FixedEngine", Engine.open(library)))


async def typed(pilot: Pilot[Any], line: str) -> None:
    """Type a command and send it."""
    pilot.app.view.input.focus()
    pilot.app.view.input.value = line
    await pilot.press("enter")


def panel(app: Any) -> ProofPanel:
    """The newest panel."""
    return list(app.query(ProofPanel))[-1]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_a_draft_is_proofed_and_a_source_opened(library: Settings, draft: Path, size: tuple[int, int]) -> None:
    """Faults first, Enter opens the file at what the library says, the command alone comes back to the list."""
    app = make_app(real(library), folder=library.sources)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await typed(pilot, f"/核稿 {draft}")
        await wait_until(pilot, lambda: "数字不同" in screen_text(app))
        screen = screen_text(app)
        assert "13.8亿元" in screen and "原文 12.8亿元" in screen and "没有找到" in screen and "3215" not in screen
        assert "原文 12.8亿元 · 2021年白鹭县政府工作报告" in screen
        await wait_until(pilot, lambda: app.focused is panel(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.focused is app.view.reader)
        source = app.view.source_panel.source
        assert source is not None and source.span is not None
        assert "12.8亿元" in source.span.of(source.view.text)
        await typed(pilot, "/核稿")
        await wait_until(pilot, lambda: app.focused is panel(app) and not app.view.is_shown("source"))
        await pilot.press("space")
        await wait_until(pilot, lambda: "3215人" in screen_text(app) or panel(app).shows_all)
        assert len(panel(app).findings) == len(panel(app).report.findings) > len(panel(app).report.faults)  # type: ignore[union-attr]


async def test_the_cursor_moves_and_what_is_nowhere_has_no_source(library: Settings, draft: Path) -> None:
    """Down to the last fault, not beyond; Enter on one that was not found says so."""
    app = make_app(real(library), folder=library.sources)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await typed(pilot, f'/核稿 "{draft}"')
        await wait_until(pilot, lambda: panel(app).report is not None and app.focused is panel(app))
        for _ in range(9):
            await pilot.press("down")
        last = panel(app).findings[panel(app).cursor]
        assert last is panel(app).report.faults[-1] and not last.number  # type: ignore[union-attr]
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有原文可开" in screen_text(app))
        assert not app.view.is_shown("source")
        for _ in range(9):
            await pilot.press("up")
        assert panel(app).cursor == 0


async def test_in_english(library: Settings, draft: Path) -> None:
    """The panel speaks English, the documents are not translated."""
    app = make_app(real(library), folder=library.sources, preferences=Preferences(language="en"))
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await typed(pilot, f"/proof {draft}")
        await wait_until(pilot, lambda: "another figure" in screen_text(app))
        assert "the source has 12.8亿元" in screen_text(app) and "not found" in screen_text(app)
        await typed(pilot, "/语言 zh")
        await wait_until(pilot, lambda: "数字不同" in screen_text(app))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("没有.txt", None, "找不到稿子"),
        ("空.txt", b" \n", "稿子里没有文字"),
        ("图.svg", b"<svg", "不是读得了的"),
        ("坏.docx", b"PK\x03\x04 no", "坏.docx"),
    ],
)
async def test_what_is_no_draft_is_told(
    library: Settings, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    """In the panel; the app goes on, with the path of what is not there in the input, to be mended."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    app = make_app(real(library), folder=library.sources)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await typed(pilot, f"/核稿 {tmp_path / name}")
        await wait_until(pilot, lambda: panel(app).error is not None)
        await wait_until(pilot, lambda: told in screen_text(app))
        # What is not there may have been mistyped.
        assert app.view.input.value == (f"/核稿 {tmp_path / name}" if content is None else "")


async def test_without_a_file_it_asks_for_one() -> None:
    """And a draft without faults says that there are none."""
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await typed(pilot, "/核稿")
        await wait_until(pilot, lambda: "请写上稿子的文件名" in screen_text(app))
        await typed(pilot, "/核稿 任何.txt")
        await wait_until(pilot, lambda: "没有不符的地方" in screen_text(app))
        await type_text(pilot, "宝坻")
        assert app.view.input.value == "宝坻"


async def test_a_proof_is_cancelled(library: Settings, tmp_path: Path) -> None:
    """Esc ends it, the panel says so, and the next question is answered."""
    long = tmp_path / "长稿.txt"
    long.write_text("".join(f"全年新增就业{n}人。" for n in range(1000, 4000)), "utf-8")
    app = make_app(real(library), folder=library.sources)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await typed(pilot, f"/核稿 {long}")
        await wait_until(pilot, lambda: "Esc 取消" in screen_text(app), settled=False)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "稿子没有核完" in screen_text(app))
        assert panel(app).report is None
        await typed(pilot, "全年新增就业多少人")
        await wait_until(pilot, lambda: "3215人" in screen_text(app))
