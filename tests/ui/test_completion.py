"""What is offered while typing: commands with what they do, places, years and documents; what filters leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend
from tjqa.index.filters import FilterValues
from tjqa.reports import ArticleTitle, SourceSummary
from tjqa.retrieval.filter_values import filter_values
from tjqa.retrieval.query_syntax import unknown_filters
from tjqa.text.segmenter import Segmenter
from tjqa.ui.preferences import Preferences
from tjqa.ui.text.completing import Completer
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.completion import Completion
from tjqa.ui.widgets.lines import HintLine

SIZE = (80, 24)
VALUES = FilterValues(
    (("白鹭县", 3), ("云岭市", 1)), (("2024", 2), ("2023", 1)), (("甲 年报.txt", "年报", 1), ("乙.txt", "合集", 4))
)


def completer(language: Any = "zh") -> Completer:
    """One that knows `VALUES`."""
    made = Completer(Texts(language))
    made.values = VALUES
    return made


def labels(before: str, language: Any = "zh") -> list[str]:
    """What is offered for a text before the cursor."""
    offers = completer(language)(before)
    return [offer.label for offer in offers.offers] if offers is not None else []


def test_commands_are_narrowed_by_what_is_typed() -> None:
    """By their names, then by what they do; with their keys."""
    assert len(labels("/")) >= 16
    assert labels("/导")[0] == "/导出" and labels("、exp")[0] == "/导出"
    assert labels("/更新")[0] == labels("/重建")[0] == "/更新"
    assert labels("/没这个") == [] and labels("/导出 甲.md") == [] and labels("导") == []
    assert labels("/exp", "en")[0] == "/export"
    offers = completer()("/导")
    assert offers is not None and offers.offers[0].key == "Ctrl+E" and offers.offers[0].told == "导出对话"


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("地区:", ["白鹭县", "云岭市"]),
        ("place:云", ["云岭市"]),
        ("多少个 地区：鹭", ["白鹭县"]),
        ("自:", ["2024", "2023"]),
        ("to:2023", ["2023"]),
        ("文件:合", ["乙.txt"]),
        ("文件:", ["甲 年报.txt", "乙.txt"]),
        ("地区:海", []),
        ("地区:白鹭县 ", []),
        ("来自:", []),
    ],
)
def test_values_of_filters_are_those_of_the_library(before: str, found: list[str]) -> None:
    """Of the kind that is being typed, anywhere in the line."""
    assert labels(before) == found


def test_what_is_taken_stands_in_place_of_what_was_typed() -> None:
    """The rest of the line stays; a path with blanks is quoted."""
    line = "多少个 文件:年 后面"
    offers = completer()("多少个 文件:年")
    assert offers is not None and offers.taken(line) == '多少个 文件:"甲 年报.txt"  后面'
    assert offers.offers[0].told == "年报"
    many = completer()("文件:乙")
    assert many is not None and many.offers[0].told == "合集 等 4 篇"


def test_values_are_read_from_titles_dates_and_paths() -> None:
    """Places that titles name, each article once; years of articles."""

    def summary(path: str, *articles: ArticleTitle) -> SourceSummary:
        return SourceSummary(path, "", "utf-8", 1, 1, (), articles, 1)

    found = filter_values(
        [
            summary(
                "甲.txt", ArticleTitle("北京市海淀区工作报告", "2023-01-02"), ArticleTitle("海淀区答记者问", "2024-02")
            ),
            summary("乙.txt", ArticleTitle("", None)),
            summary("丙.txt"),
        ],
        Segmenter(),
    )
    assert found.places[0] == ("海淀区", 2)
    assert found.years == (("2024", 1), ("2023", 1))
    assert found.files == (("甲.txt", "北京市海淀区工作报告", 2), ("乙.txt", "", 1), ("丙.txt", "", 0))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("日期:2023 多少", ("日期",)),
        ("多少 Date：2023", ("Date",)),
        ("地区:甲 自:2023", ()),
        ("比例1:2 是多少", ()),
        ("时间: 九点", ()),
        ("见 source://甲", ()),
    ],
)
def test_names_that_are_no_filters(line: str, names: tuple[str, ...]) -> None:
    """Only what is written as a filter is, with its value behind the colon."""
    assert unknown_filters(line) == names


def shown(pilot: Pilot[Any]) -> bool:
    """Whether the list is on the screen."""
    return bool(pilot.app.query_one(Completion).display)


async def test_a_command_is_chosen_and_done() -> None:
    """Half typed, Enter does the one that is lit; arrows choose another; Esc hides them and nothing else."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await type_text(pilot, "/帮")
        await wait_until(pilot, lambda: "/帮助" in screen_text(app) and "F1" in screen_text(app))
        assert "Tab 选用" in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "按键" in screen_text(app))
        await pilot.press("escape")
        await type_text(pilot, "/")
        await wait_until(pilot, lambda: shown(pilot))
        await pilot.press("down", "down")
        await pilot.press("tab")
        await wait_until(pilot, lambda: app.view.input.value == "/查找")
        await pilot.press("escape")
        await wait_until(pilot, lambda: not shown(pilot))
        assert app.view.input.value == "/查找" and app.focused is app.view.input


async def test_typed_whole_or_unknown_a_command_is_what_was_typed() -> None:
    """Whatever is lit."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await type_text(pilot, "/清空")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "已清空对话" in screen_text(app))
        await type_text(pilot, "/没这个")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有命令 /没这个" in screen_text(app))


async def test_a_click_takes_an_offer() -> None:
    """And the input keeps the focus."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await type_text(pilot, "文件:00")
        await wait_until(pilot, lambda: shown(pilot))
        await pilot.click(Completion, offset=(5, 2))
        await wait_until(pilot, lambda: app.view.input.value.startswith("文件:001_"))
        assert app.focused is app.view.input
        await wait_until(pilot, lambda: not shown(pilot))


async def test_offers_go_with_the_focus() -> None:
    """Back in the input they are there again."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await type_text(pilot, "/")
        await wait_until(pilot, lambda: shown(pilot))
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: not shown(pilot))
        await pilot.press("escape")
        await wait_until(pilot, lambda: shown(pilot))


async def test_chips_say_what_they_leave() -> None:
    """How many documents, or that there are none."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await ask(pilot, f"地区:西青 {QUESTION}")
        await wait_until(pilot, lambda: "剩 2 个文件" in screen_text(app))
        await type_text(pilot, "地区:没有这里")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有资料符合这些筛选" in screen_text(app))
        assert "剩 2 个文件" not in screen_text(app)


async def test_a_refusal_for_a_filter_says_so() -> None:
    """And not that another wording may help."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await ask(pilot, f"文件:没有 {QUESTION}")
        await wait_until(pilot, lambda: "没有资料符合筛选 文件:没有" in screen_text(app))
        assert "换一种说法" not in screen_text(app)


async def test_an_unknown_filter_says_which_there_are() -> None:
    """The question is asked all the same, in both languages."""
    for language, said in (("zh", "没有“日期:”这个筛选"), ("en", "There is no filter 日期:")):
        backend = FixedBackend()
        app = make_app(backend, preferences=Preferences(language=language, follow=False))  # type: ignore[arg-type]
        async with app.run_test(size=(120, 36)) as pilot:
            await ready(pilot)
            await ask(pilot, "日期:2023 多少个")
            await wait_until(pilot, lambda: said in screen_text(app))  # noqa: B023
            assert backend.engine.asked[-1][0] == "日期:2023 多少个"


def test_paths_are_offered_behind_the_commands_that_take_one(tmp_path: Path) -> None:
    """Folders to open, folders and files to proof; what is complete, hidden or unprintable is not offered."""
    for name in ("资料 甲", "资料乙", ".暗"):
        (tmp_path / name).mkdir()
    (tmp_path / "资料 甲" / "稿.md").write_text("稿", "utf-8")
    assert labels(f"/打开 {tmp_path}/资") == ["资料 甲/", "资料乙/"]
    assert labels(f"/open {tmp_path}/", "en") == ["资料 甲/", "资料乙/"]
    assert labels(f"/打开 {tmp_path}/资料 甲/") == []
    assert labels(f"/核稿 {tmp_path}/资料 甲/") == ["稿.md"] and labels(f"/核稿 “{tmp_path}/资料 甲/稿") == ["稿.md"]
    assert labels(f"/核稿 {tmp_path}/资料 甲/稿.md") == [] and labels("/核稿 /没有这里/") == []
    offers = completer()(f"/打开 {tmp_path}/资料 ")
    assert offers is not None and offers.taken(f"/打开 {tmp_path}/资料 ") == f"/打开 {tmp_path}/资料 甲/"
    assert labels(f"/导出 {tmp_path}/") == [] and labels(f"问题 {tmp_path}/") == []


async def test_a_folder_that_is_not_there_stays_in_the_input(tmp_path: Path) -> None:
    """To be mended; that it is not there is said."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        app.view.input.value = f"/打开 {tmp_path}/没有"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.input.value == f"/打开 {tmp_path}/没有")
        assert "没有" in app.query_one(HintLine).text
