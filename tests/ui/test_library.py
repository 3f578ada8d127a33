"""The library panel: the tree of a document, opened by keys and mouse; files that could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.support.ui_pilot import make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import BAODI, XIQING, FixedBackend, FixedEngine
from tjqa.messages import literal
from tjqa.reports import SkippedFile
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.library_listing import MOST_NODES

SIZES = [(120, 36), (80, 24)]
BAD = SkippedFile("扫描/旧志.pdf", literal("是扫描件或图片（12 页都没有文字）。"))


def unread_engine() -> FixedEngine:
    """An engine whose library has a file that could not be read."""
    engine = FixedEngine()
    engine.unread = (BAD,)
    return engine


async def opened(pilot: Pilot[Any], count: int = 5) -> OptionList:
    """The panel with its filter in focus."""
    await ready(pilot)
    await pilot.press("ctrl+t")
    await wait_until(pilot, lambda: f"资料库  {count} 个文件" in screen_text(pilot.app))
    found: OptionList = pilot.app.view.library_panel.query_one(OptionList)
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_right_opens_the_tree_and_left_closes_it(size: tuple[int, int]) -> None:
    """From the filter and from the list; nothing else is opened, and the tree is read only then."""
    engine = FixedEngine()
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=size) as pilot:
        options = await opened(pilot)
        assert engine.outlined == []
        await type_text(pilot, "西青")
        await pilot.press("right")
        await wait_until(pilot, lambda: "一、2018年工作" in screen_text(app))
        assert engine.outlined == [XIQING] and not app.view.is_shown("source")
        assert "▾" in screen_text(app)
        options.focus()
        await pilot.press("down", "down")
        await wait_until(pilot, lambda: "· 第 3 行 · 5,718" in screen_text(app))
        await pilot.press("left")
        await wait_until(pilot, lambda: "一、2018年工作" not in screen_text(app))
        assert app.view.library_panel.highlighted == XIQING and "▸" in screen_text(app)


async def test_the_end_of_the_list_is_a_key_away() -> None:
    """Below the documents stand the files that were not read; of what is typed End and Home are the filter's."""
    app = make_app(FixedBackend(unread_engine()))
    async with app.run_test(size=(80, 24)) as pilot:
        options = await opened(pilot)
        first = options.highlighted
        await pilot.press("end")
        assert options.highlighted == options.option_count - 1 > first
        await wait_until(pilot, lambda: "旧志.pdf" in screen_text(app))
        await pilot.press("home")
        assert options.highlighted == first
        await pilot.press("pagedown")
        assert options.highlighted > first
        await pilot.press("pageup")
        assert options.highlighted == first
        await type_text(pilot, "西青")
        before = options.highlighted
        await pilot.press("home", "end")
        assert options.highlighted == before


async def test_arrows_still_move_in_the_filter() -> None:
    """As long as there is somewhere to go."""
    engine = FixedEngine()
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot)
        await type_text(pilot, "西青")
        await pilot.press("left", "right", "left", "left")
        assert app.focused.cursor_position == 0
        assert engine.outlined == [] and app.view.library_panel.highlighted == XIQING


@pytest.mark.parametrize("size", SIZES)
async def test_enter_opens_a_document_and_its_parts(size: tuple[int, int]) -> None:
    """The document with its tree, then the source at the part chosen in it, what is left out among them."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        options = await opened(pilot)
        await type_text(pilot, BAODI)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        assert app.view.source_panel.source.span is None
        await pilot.press("escape")
        await wait_until(pilot, lambda: "× 相关推荐  994 字" in screen_text(app))
        options.focus()
        await pilot.press("end", "enter")
        await wait_until(pilot, lambda: app.view.source_panel.source.span is not None)
        view = app.view.source_panel.source.view
        assert len(view.span) > 994 and view.span.of(view.text) == view.text[view.span.start : view.span.end]
        await wait_until(pilot, lambda: "▌" in screen_text(app))


async def test_a_click_opens_and_the_sign_only_unfolds() -> None:
    """Mouse: on the sign before a title the tree alone, elsewhere the document too, on a part that part."""
    app = make_app()
    async with app.run_test(size=SIZES[0]) as pilot:
        options = await opened(pilot)
        await pilot.click(options, offset=(1, 2))  # below the year: the second document
        await wait_until(pilot, lambda: "一、2018年工作" in screen_text(app))
        assert not app.view.is_shown("source")
        row = next(y for y, line in enumerate(screen_text(app).split("\n")) if "▾" in line)
        await pilot.click(options, offset=(1, row - options.region.y))
        await wait_until(pilot, lambda: "一、2018年工作" not in screen_text(app))
        await wait_until(pilot, lambda: options.scroll_offset.y == 0)
        await pilot.click(options, offset=(8, 2))
        await wait_until(pilot, lambda: app.view.is_shown("source") and "一、2018年工作" in screen_text(app))
        row = next(y for y, line in enumerate(screen_text(app).split("\n")) if "二、2019年工作" in line)
        await pilot.click(options, offset=(10, row - options.region.y))
        await wait_until(pilot, lambda: app.view.source_panel.source.span is not None)
        source = app.view.source_panel.source
        assert source.view.span.of(source.view.text).startswith("二、2019年工作")


async def test_typing_goes_on_while_a_tree_is_read() -> None:
    """It is read in the engine's thread; what comes of it when it was closed meanwhile is not shown."""
    engine = FixedEngine()
    engine.readable.clear()
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot)
        await pilot.press("right")
        await wait_until(pilot, lambda: "正在读取" in screen_text(app))
        await type_text(pilot, "宝坻")
        await wait_until(pilot, lambda: "资料库  1 个文件" in screen_text(app))
        await pilot.press("right")
        engine.readable.set()
        await wait_until(pilot, lambda: "× 相关推荐" in screen_text(app))
        assert len(engine.outlined) == 2
        await pilot.press("backspace", "backspace")
        await wait_until(pilot, lambda: "资料库  5 个文件" in screen_text(app))
        assert screen_text(app).count("▾") == 1


async def test_a_document_that_is_gone_says_so_in_its_place(tmp_path: Path) -> None:
    """No tree, but the reason and what to do."""
    (tmp_path / "甲.txt").write_text("一、甲\n\n县里新建了一座图书馆。\n")
    app = make_app(FixedBackend(FixedEngine(folder=tmp_path)))
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, 1)
        (tmp_path / "甲.txt").unlink()
        await pilot.press("right")
        await wait_until(pilot, lambda: "打不开：不存在" in screen_text(app))


async def test_an_endless_tree_is_shown_in_part(tmp_path: Path) -> None:
    """The rest is counted, and where to see it is said."""
    (tmp_path / "甲.txt").write_text("".join(f"一、第{n}件\n\n县里新建了一座图书馆。\n\n" for n in range(3000)))
    app = make_app(FixedBackend(FixedEngine(folder=tmp_path)))
    async with app.run_test(size=SIZES[0]) as pilot:
        options = await opened(pilot, 1)
        await pilot.press("right")
        await wait_until(pilot, lambda: options.option_count > MOST_NODES)
        assert options.option_count == MOST_NODES + 3  # the year, the document, what is not shown
        assert "tjqa sources" in str(options.get_option_at_index(MOST_NODES + 2).prompt).replace("\n", "")


@pytest.mark.parametrize(("language", "said"), [("zh", "没有读入：是扫描件或图片"), ("en", "Not read: 是扫描件")])
async def test_unread_files_are_listed_with_their_reason(language: Any, said: str) -> None:
    """Below the documents, counted, found by the filter; Enter opens nothing and says why, → has no tree to open."""
    app = make_app(FixedBackend(unread_engine()), preferences=Preferences(language=language))
    async with app.run_test(size=SIZES[0]) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: ("1 个没读入" if language == "zh" else "1 not read") in screen_text(app))
        await type_text(pilot, "旧志")
        await wait_until(pilot, lambda: said in screen_text(app))
        assert app.view.library_panel.highlighted == BAD.path
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: f"{BAD.path} 读不出来" in screen_text(app))
        assert app.engine._backend.engine.outlined == [] and not app.view.is_shown("source")


async def test_a_new_index_closes_the_tree() -> None:
    """What was read of the old one is not shown as the new one's."""
    app = make_app()
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot)
        await pilot.press("right")
        await wait_until(pilot, lambda: "▾" in screen_text(app))
        app.engine.reopen()
        await wait_until(pilot, lambda: "▾" not in screen_text(app))
