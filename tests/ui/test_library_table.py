"""The library as a table: a row a document, sorted by its heads or a key, selected documents asked alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, FixedEngine
from tjqa.index.filters import Filter
from tjqa.messages import literal
from tjqa.reports import SkippedFile, SourceSummary
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.library_table import TableHead

SIZES = [(120, 36), (100, 30), (80, 24)]
WIDE, USUAL = SIZES[0], SIZES[2]

DOCUMENTS = (
    ("c.txt", (("白鹭县工作报告", "2024-01-23"),), 12),
    ("a[/]b.txt", (("安山县招商公告", "2023-08-22"),), 1200),
    ("合集.html", (("旧闻一则", "2019-01-09"), ("新药园区开工", "2025-07-08")), 125),
    ("d.txt", (("", None),), 3),
)


def engine() -> FixedEngine:
    """Four documents of three years, one without title and date, one that changed, and a file that was not read."""
    made = FixedEngine(stale=("c.txt",))
    one = made.sources()[0]
    summaries = tuple(replace(one, path=path, articles=articles, passages=count) for path, articles, count in DOCUMENTS)

    def sources() -> tuple[SourceSummary, ...]:
        return summaries

    made.sources = sources  # type: ignore[method-assign]
    made.unread = (SkippedFile("坏文件.pdf", literal("不是完好的 PDF")),)
    return made


async def opened(pilot: Pilot[Any]) -> OptionList:
    """The library is open."""
    await ready(pilot)
    await pilot.press("f2")
    await wait_until(pilot, lambda: re.search("(资料库|Library)  4 ", screen_text(pilot.app)))
    found: OptionList = pilot.app.view.library_panel.query_one(OptionList)
    return found


def rows(app: Any) -> list[str]:
    """The rows of the list, as they are read."""
    return [line.strip("│ ") for line in screen_text(app).split("\n") if line.startswith("│")]


def order(app: Any) -> list[str]:
    """The documents from top to bottom."""
    shown = screen_text(app)
    return sorted((path for path, _, _ in DOCUMENTS), key=shown.index)


@pytest.mark.parametrize("size", SIZES)
async def test_a_document_has_a_row_where_there_is_room(size: tuple[int, int]) -> None:
    """Date, title, articles, passages, file, state; two rows below a hundred columns; years; what was not read last."""
    app = make_app(FixedBackend(engine()))
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        found = rows(app)
        years = [row for row in found if row in ("2025 年", "2024 年", "2023 年", "日期不详")]
        assert years == ["2025 年", "2024 年", "2023 年", "日期不详"]
        assert order(app) == ["合集.html", "c.txt", "a[/]b.txt", "d.txt"]
        at = next(n for n, row in enumerate(found) if "新药园区开工 等 2 篇" in row)
        report = next(n for n, row in enumerate(found) if "白鹭县工作报告" in row)
        if size[0] >= 100:
            for part in ("2025-07-08", "125", "合集.html"):
                assert part in found[at]
            assert found[report].endswith("已改动") and "1,200" in "".join(found)
            assert "✗ 坏文件.pdf" in found[-6] or any("✗ 坏文件.pdf" in row and "不是完好的" in row for row in found)
        else:
            assert "2025-07-08" in found[at + 1] and "合集.html" in found[at + 1]
            assert found[report + 1].startswith("已改动")
        assert "旧闻一则" not in screen_text(app)  # the date shown is that of the title shown


@pytest.mark.parametrize("width", [100, 109, 120, 160])
async def test_the_heads_stand_over_their_columns(width: int) -> None:
    """Wide characters counted as two: file and state begin where their heads do, figures end where theirs do."""
    app = make_app(FixedBackend(engine()))
    async with app.run_test(size=(width, 36)) as pilot:
        await opened(pilot)
        found = screen_text(app).split("\n")
        head = next(row for row in found if "标题" in row and "状态" in row)
        report = next(row for row in found if "白鹭县工作报告" in row)
        notice = next(row for row in found if "1,200" in row)

        def at(row: str, part: str) -> int:
            return cell_len(row[: row.index(part)])

        assert at(head, "日期") == at(report, "2024-01-23") and at(head, "标题") == at(report, "白鹭县工作报告")
        assert at(head, "文件") == at(report, "c.txt") and at(head, "状态") == at(report, "已改动")
        assert at(head, "段") + 2 == at(notice, "1,200") + 5


async def test_f3_and_the_heads_sort() -> None:
    """By title in the order of sounds, by file; a head clicked twice turns the order round."""
    app = make_app(FixedBackend(engine()))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: "标题▲" in screen_text(app))
        assert order(app) == ["d.txt", "a[/]b.txt", "c.txt", "合集.html"] and "2025 年" not in screen_text(app)
        await pilot.press("f3")
        await wait_until(pilot, lambda: "文件▲" in screen_text(app))
        assert order(app) == ["a[/]b.txt", "c.txt", "d.txt", "合集.html"]
        head = app.query_one(TableHead)
        await pilot.click(head, offset=(head.render().plain.index("日期") + 2, 0))
        await wait_until(pilot, lambda: "日期▼" in screen_text(app))
        await pilot.click(head, offset=(head.render().plain.index("日期") + 2, 0))
        await wait_until(pilot, lambda: "日期▲" in screen_text(app))
        assert order(app) == ["a[/]b.txt", "c.txt", "合集.html", "d.txt"]


@pytest.mark.parametrize("size", [WIDE, USUAL])
async def test_only_what_is_selected_is_asked(size: tuple[int, int]) -> None:
    """A blank in the empty filter or in the list selects; Enter on 只问这些 sets the chips and closes the library."""
    made = engine()
    app = make_app(FixedBackend(made))
    async with app.run_test(size=size) as pilot:
        options = await opened(pilot)
        await pilot.press("space")
        await wait_until(pilot, lambda: "只问这些（已选 1 份；移到这一行按 Enter" in screen_text(app))
        assert app.view.library_panel.highlighted == "合集.html" and "▸✓" in screen_text(app)
        options.focus()
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: "已选 2 份" in screen_text(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: "已选 1 份" in screen_text(app))
        await pilot.press("space", "home", "enter")
        wanted = (Filter("file", "合集.html"), Filter("file", "c.txt"))
        await wait_until(pilot, lambda: app.asking.filters == wanted)
        assert not app.view.is_shown("library") and app.focused is app.view.input
        await ask(pilot, QUESTION)
        assert made.asked[-1] == (QUESTION, wanted)
        await pilot.press("f2")
        await wait_until(pilot, lambda: "资料库  4 个文件" in screen_text(app))
        assert "只问这些" not in screen_text(app)


async def test_only_takes_the_document_under_the_cursor() -> None:
    """/只问 without a selection; filters of another kind stay; nothing happens on what was not read."""
    app = make_app(FixedBackend(engine()))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.asking.filter((Filter("place", "白鹭"), Filter("file", "x")))
        options = await opened(pilot)
        await pilot.press("end")
        options.focus()
        await pilot.press("end", "space")
        assert "已选" not in screen_text(app)
        await app.commands.do("only")
        assert app.asking.filters == (Filter("place", "白鹭"), Filter("file", "x"))
        await pilot.press("home")
        await app.commands.do("only")
        wanted = (Filter("place", "白鹭"), Filter("file", "合集.html"))
        await wait_until(pilot, lambda: app.asking.filters == wanted)


async def test_a_blank_within_the_filter_is_a_blank() -> None:
    """Two words narrow the list; the filter is empty when the library is opened again."""
    app = make_app(FixedBackend(engine()))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await type_text(pilot, "白鹭 2024")
        await wait_until(pilot, lambda: "资料库  1 个文件" in screen_text(app))
        assert "已选" not in screen_text(app)
        await pilot.press("escape", "f2")
        await wait_until(pilot, lambda: "资料库  4 个文件" in screen_text(app))


async def test_selections_outlive_an_update_as_far_as_their_files_do() -> None:
    """What is gone is not asked."""
    made = engine()
    app = make_app(FixedBackend(made))
    async with app.run_test(size=WIDE) as pilot:
        options = await opened(pilot)
        options.focus()
        await pilot.press("space", "down", "space")
        await wait_until(pilot, lambda: "已选 2 份" in screen_text(app))
        left = made.sources()[1:]
        made.sources = lambda: tuple(s for s in left if s.path != "合集.html")  # type: ignore[method-assign]
        app.engine.reopen()
        await wait_until(pilot, lambda: "资料库  2 个文件" in screen_text(app))
        assert "已选" not in screen_text(app)


async def test_the_table_speaks_english() -> None:
    """Heads, years, states."""
    app = make_app(FixedBackend(engine()), preferences=Preferences(language="en"))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        shown = screen_text(app)
        for words in ("Date▼", "Title", "File", "State", "changed", "undated", "Not read: ", "F3 sorts"):
            assert words in shown, words
