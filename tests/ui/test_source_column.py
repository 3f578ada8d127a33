"""The document that is read: its title, find row, outline, lines, its own file."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import BAODI, QUESTION, XIQING, FixedBackend, FixedEngine, read
from tjqa.documents import Span
from tjqa.errors import SourcesError, UsageError
from tjqa.results import Citation, DocumentOutline, SourceView
from tjqa.ui.app import TjqaApp
from tjqa.ui.desktop import open_with_system, opener
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.find_row import FindInput
from tjqa.ui.widgets.lines import HintLine
from tjqa.ui.widgets.outline_panel import OutlinePanel, coarse

pytestmark = pytest.mark.slow

WIDE, USUAL, SMALL = (120, 36), (80, 24), (50, 20)


async def opened(pilot: Pilot[Any], number: int = 3) -> TjqaApp:
    """The app with a question asked and a citation of it open."""
    await ready(pilot)
    await ask(pilot, QUESTION)
    app: TjqaApp = pilot.app
    app.reading.open_at_hand(number)
    await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
    return app


def notice(app: TjqaApp) -> str:
    """What the hint row says."""
    return app.view.main.query_one(HintLine).text


async def test_title_place_and_the_citation_that_is_open() -> None:
    """On top the card's own number, the title, the place; in the card ▌ before it, as long as the panel is open."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        panel = app.view.source_panel
        title = str(panel.border_title)
        assert title.startswith("[3] 2019年天津市西青区政") and title.endswith(" · 第 3 行第 446 字")
        assert "引用 1/3" in str(panel.border_subtitle) and "%" in str(panel.border_subtitle)
        assert "3+446 ▌" in screen_text(app)
        card = app.view.conversation.cards[0]
        card.action_fold()
        await wait_until(pilot, lambda: "▌[3] 《" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: "▌[4] 《" in screen_text(app))
        assert "▌[3]" not in screen_text(app) and str(panel.border_title).startswith("[4]")
        await pilot.press("end")
        await wait_until(pilot, lambda: str(panel.border_subtitle).endswith("100%"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "▌[4]" not in screen_text(app))


async def test_a_document_from_the_library_bears_its_title() -> None:
    """And its file; nothing of it is cited."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.reading.open_file(BAODI)
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        title = str(app.view.source_panel.border_title)
        assert title.startswith("天津市宝坻区加快打造创") and " · 002_" in title and title.endswith(BAODI[-8:])


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL])
async def test_finding_in_the_document(size: tuple[int, int]) -> None:
    """Typed words are counted and shown at once; Enter and ↑ go through them; Esc ends it, then closes the panel."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+f")
        await type_text(pilot, "項目")
        count = read(XIQING).count("项目")
        await wait_until(pilot, lambda: f"/{count}" in screen_text(app))
        panel = app.view.source_panel
        assert panel.finding is not None and panel.finding.current is not None
        first = panel.finding.at
        await pilot.press("enter", "enter", "up")
        assert panel.finding.at == (first + 1) % count
        start, end = panel.finding.current
        assert panel.source is not None and panel.source.shown[start:end] == "项目"
        await wait_until(pilot, lambda: f"{panel.finding.at + 1}/{count}" in screen_text(app))  # type: ignore[union-attr]
        row = panel.source.row_of(start)
        assert panel.scroll_offset.y <= row < panel.scroll_offset.y + panel.size.height
        await type_text(pilot, "不在")
        await wait_until(pilot, lambda: "没有找到" in screen_text(app).split("項目不在")[-1].split("\n")[0])
        await pilot.press("escape")
        assert panel.finding is None and app.focused is panel and app.view.is_shown("source")
        await pilot.press("escape")
        assert not app.view.is_shown("source")


async def test_the_title_tells_where_the_match_is() -> None:
    """Not where the citation stands that was left; after the search it tells of the citation again."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        panel = app.view.source_panel
        before = str(panel.border_title)
        app.view.column.find("开发区")
        await wait_until(pilot, lambda: panel.finding is not None and panel.finding.current is not None)
        assert panel.finding is not None and panel.finding.current is not None and panel.source is not None
        line = panel.source.view.text.count("\n", 0, panel.finding.current[0]) + 1
        await wait_until(pilot, lambda: str(panel.border_title) == f"2019年天津市西青区政府工作报告 · 第 {line} 行")
        await pilot.press("escape")
        await wait_until(pilot, lambda: str(panel.border_title) == before)


async def test_a_burst_of_keys_goes_where_it_is_meant() -> None:
    """Over a slow line Ctrl+F and the word arrive together."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await opened(pilot)
        for key in (events.Key("ctrl+f", "\x06"), *(events.Key(_character_to_key(char), char) for char in "项目")):
            app._driver.send_message(key)  # type: ignore[union-attr]
        await wait_until(pilot, lambda: app.view.column.find_row.input.value == "项目")
        assert app.view.input.value == ""


async def test_tab_leaves_the_find_row() -> None:
    """To the next region, and back to the text."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+f", "tab")
        assert app.focused is app.view.input
        await pilot.press("shift+tab")
        assert app.focused is app.view.source_panel
        app.studying.toggle_outline("")
        await wait_until(pilot, lambda: app.focused is app.view.column.outline)
        await pilot.press("tab")
        assert app.focused is app.view.input


async def test_matches_are_marked_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Underlined, the one looked at reversed: also where NO_COLOR leaves no colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.studying.find("项目")
        await wait_until(pilot, lambda: app.view.source_panel.finding)
        await pilot.pause()
        panel = app.view.source_panel
        strips = [panel.render_line(y) for y in range(panel.size.height)]
        found = [segment for strip in strips for segment in strip if segment.text == "项目" and segment.style]
        assert sum(bool(segment.style.reverse) for segment in found) == 1
        assert all(segment.style.underline for segment in found) and len(found) > 1


async def test_keys_of_the_text_while_finding() -> None:
    """F3, → and ← go through the matches; with the find row closed they go through the citations again."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.studying.find("项目")
        panel = app.view.source_panel
        await wait_until(pilot, lambda: panel.finding is not None and panel.finding.count)
        panel.focus()
        assert panel.finding is not None and panel.source is not None
        first, cited = panel.finding.at, panel.source.span
        await pilot.press("f3", "right", "left")
        assert panel.finding.at == first + 1 and panel.source.span == cited
        await pilot.press("escape", "f3")
        await wait_until(pilot, lambda: panel.source is not None and panel.source.span != cited)


async def test_going_to_a_line() -> None:
    """By :行 in the find row and by /行; of a line that is not there it says how many there are."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await opened(pilot)
        panel = app.view.source_panel
        assert panel.source is not None
        await pilot.press("ctrl+f")
        await type_text(pilot, ":3+9000")
        await pilot.press("enter")
        assert panel.source.row_of(panel.source.place_of_line(3, 9000) or 0) == panel.scroll_offset.y
        assert isinstance(app.focused, FindInput)
        await pilot.press("escape")
        await app.commands.run_line("/行 1")
        await wait_until(pilot, lambda: panel.scroll_offset.y == 0)
        await app.commands.run_line("/行 9999")
        await wait_until(pilot, lambda: "没有第 9999 行" in notice(app) and f"{panel.source.lines:,} 行" in notice(app))  # type: ignore[union-attr]
        await app.commands.run_line("/行 三")
        await wait_until(pilot, lambda: "写行号" in notice(app))


async def test_nothing_is_open_to_be_found_in() -> None:
    """Each command says what comes first."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        for line in ("/查找 项目", "/行 3", "/目录"):
            app.view.notice("")
            await app.commands.run_line(line)
            await wait_until(pilot, lambda: "还没有可打开的引用" in notice(app))
        await app.commands.run_line("/打开原件")
        await wait_until(pilot, lambda: "先打开一份资料" in notice(app))
        assert not app.view.is_shown("source") and app.focused is app.view.input


async def test_the_outline_leads_to_its_parts() -> None:
    """Enter in the text opens it at the part in view; Enter on a part brings its first words to the top."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        outline = app.view.column.outline
        await wait_until(pilot, lambda: outline.highlighted is not None and "二、2019年工作安排" in screen_text(app))
        assert app.focused is outline
        parts = [str(outline.get_option_at_index(n).prompt) for n in range(outline.option_count)]
        assert "一、2018年工作回顾" in parts[outline.highlighted or 0]
        target = next(n for n, part in enumerate(parts) if "二、2019年工作安排" in part)
        outline.highlighted = target
        await pilot.press("enter")
        panel = app.view.source_panel
        await wait_until(pilot, lambda: app.focused is panel)
        row = panel.source.rows()[panel.scroll_offset.y]  # type: ignore[union-attr]
        assert "二、2019年工作安排" in read(XIQING)[row.start : row.end + 40]
        assert app.view.column.is_outlined
        await pilot.press("escape")
        assert not app.view.column.is_outlined and app.view.is_shown("source")
        await pilot.press("f16")
        await wait_until(pilot, lambda: app.view.column.is_outlined)
        await pilot.press("f16")
        assert not app.view.column.is_outlined


async def test_the_outline_follows_the_document() -> None:
    """Another document is opened while it is open: it is that one's."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "二、2019年工作安排" in screen_text(app))
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: app.view.column.outline.path == BAODI)
        await wait_until(pilot, lambda: app.view.column.outline.highlighted == 0)
        assert "二、2019年工作安排" not in screen_text(app)


class NoOutline(FixedEngine):
    """Cannot read outlines; the quote of [2] has moved."""

    def outline(self, path: str) -> DocumentOutline:
        """The file is gone meanwhile."""
        raise SourcesError("source_gone", "source_gone_hint", path=path, why="不存在")

    def view(self, citation: Citation) -> SourceView:
        """A line was put in on top."""
        found = super().view(citation)
        if citation.number != 2:
            return found
        span = replace(found.span, start=found.span.start + 4, end=found.span.end + 4)
        return replace(found, text="新的行\n" + found.text, span=span, moved=True, dropped=())


@pytest.mark.parametrize(("language", "said"), [("zh", "打不开"), ("en", "cannot be opened")])
async def test_an_outline_that_cannot_be_read_says_why(language: Any, said: str) -> None:
    """In the place where it would stand."""
    app = make_app(FixedBackend(NoOutline()), preferences=Preferences(language=language))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.studying.toggle_outline("")
        await wait_until(pilot, lambda: app.view.column.outline.option_count == 1 and "…" not in _first(app))
        assert said in _first(app)


def _first(app: TjqaApp) -> str:
    return str(app.view.column.outline.get_option_at_index(0).prompt)


async def test_a_quote_that_moved_is_found_and_said() -> None:
    """The title tells the line where it stands now."""
    app = make_app(FixedBackend(NoOutline()))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, 2)
        view = app.view.source_panel.source.view  # type: ignore[union-attr]
        line = view.text.count("\n", 0, view.span.start) + 1
        assert f"第 {line} 行" in str(app.view.source_panel.border_title)
        assert f"现在在第 {line} 行" in notice(app)


def test_an_outline_of_too_many_parts_leaves_out_the_lowest() -> None:
    """Not the last ones: those at the end could not be reached."""
    from tjqa.documents import Span
    from tjqa.results import OutlineKind, OutlineNode

    nodes = [OutlineNode(n % 10 > 0, OutlineKind.HEADING, str(n), Span(n, n + 1), 1) for n in range(100)]
    assert coarse(nodes, 100) == nodes
    assert [node.title for node in coarse(nodes, 50)] == [str(n) for n in range(0, 100, 10)]
    assert len(coarse(nodes, 5)) == 5 and coarse([], 5) == []


async def test_speaking_another_language_while_finding() -> None:
    """Label, placeholder and outline follow."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.studying.find("没有这个词吧")
        await wait_until(pilot, lambda: "没有找到" in screen_text(app))
        app.studying.toggle_outline("")
        await wait_until(pilot, lambda: app.view.column.outline.option_count > 1)
        app.view.speak("en")
        await wait_until(pilot, lambda: "Find" in screen_text(app) and "Outline" in screen_text(app))
        assert "not found" in screen_text(app)


# --- the file itself


def test_there_is_an_opener_only_with_a_desktop(tmp_path: Path) -> None:
    """xdg-open without one would start a program of the terminal over the app."""
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    path = str(tmp_path)
    assert opener({"DISPLAY": ":0", "PATH": path}, "linux") == [str(program)]
    assert opener({"WAYLAND_DISPLAY": "w", "PATH": path}, "linux") == [str(program)]
    assert opener({"PATH": path}, "linux") is None
    assert opener({"DISPLAY": ":0", "PATH": "."}, "linux") is None
    assert opener({"DISPLAY": ":0", "PATH": path, "SSH_CONNECTION": "x"}, "linux") is None
    assert opener({}, "darwin") == ["/usr/bin/open"] and opener({}, "win32") == []


def script(folder: Path, text: str) -> list[str]:
    """A program that stands in for the system's opener."""
    path = folder / "opener"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return [str(path)]


@pytest.mark.skipif(os.name == "nt", reason="stands in by a script")
async def test_a_path_is_one_argument(tmp_path: Path) -> None:
    """Blanks, quotes and signs of a shell are nothing but parts of the name."""
    told = tmp_path / "told"
    strange = tmp_path / "甲 $(touch 坏) ;'\".txt"
    strange.write_text("x")
    assert await open_with_system(strange, script(tmp_path, f'printf "%s|" "$#" "$1" > {told}'))
    assert told.read_text() == f"1|{strange}|"
    assert not (tmp_path / "坏").exists()
    assert not await open_with_system(strange, script(tmp_path, "exit 3"))
    assert not await open_with_system(strange, [str(tmp_path / "没有这个程序")])
    with pytest.raises(ValueError):
        await open_with_system(Path("-x"), script(tmp_path, "exit 0"))


@pytest.mark.skipif(os.name == "nt", reason="stands in by a script")
async def test_opening_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By key and by name; its folder; what the system refuses is said with the path."""
    told = tmp_path / "told"
    commands = {"command": script(tmp_path, f'printf "%s\\n" "$1" >> {told}')}
    monkeypatch.setattr("tjqa.ui.controllers.originals.opener", lambda: commands["command"])
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+x")
        await wait_until(pilot, lambda: "已交给系统程序" in notice(app))
        await app.commands.run_line("/所在文件夹")
        await wait_until(pilot, lambda: told.exists() and len(told.read_text().splitlines()) == 2)
        path = os.path.realpath(app.state.settings.sources / XIQING)
        assert told.read_text().splitlines() == [path, str(Path(path).parent)]
        commands["command"] = script(tmp_path, "exit 4")
        await pilot.press("ctrl+x")
        await wait_until(pilot, lambda: "没能打开" in notice(app))


@pytest.mark.skipif(os.name == "nt", reason="stands in by a script")
async def test_the_picture_of_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One key: drawn of what is cited, and opened; what hinders it is said, without a desktop with the command."""
    told, asked = tmp_path / "told", []

    def drawn(folder: Path, path: str, span: Span) -> bytes:
        asked.append((path, span))
        if len(asked) > 1:
            raise UsageError("picture_none", "picture_none_hint", path=path)
        return b"png"

    monkeypatch.setattr("tjqa.citations.pictures.picture_of", drawn)
    monkeypatch.setattr(
        "tjqa.ui.controllers.originals.opener", lambda: script(tmp_path, f'cat "$1" > {told}.new; mv {told}.new {told}')
    )
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f18")
        await wait_until(pilot, lambda: "先打开一处引用" in notice(app))
        await opened(pilot)
        await pilot.press("f18")
        await wait_until(pilot, told.exists)
        assert told.read_text() == "png" and app.view.source_panel.source is not None
        assert asked == [(XIQING, app.view.source_panel.source.span)]
        await pilot.press("f18")
        await wait_until(pilot, lambda: "没有图片" in notice(app))
        monkeypatch.setattr("tjqa.ui.controllers.originals.opener", lambda: None)
        await pilot.press("f18")
        await wait_until(pilot, lambda: "--picture" in notice(app))


async def test_where_the_original_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No desktop, a browser, a file that leads out of the folder by now: each is said, and nothing is started."""
    started: list[object] = []
    monkeypatch.setattr("tjqa.ui.controllers.originals.open_with_system", lambda *told: started.append(told))
    folder = tmp_path / "资料"
    folder.mkdir()
    for name in (BAODI, XIQING):
        (folder / name).write_text(read(name), encoding="utf-8")
    app = make_app(folder=folder)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        monkeypatch.setattr("tjqa.ui.controllers.originals.opener", lambda: None)
        await pilot.press("ctrl+x")
        await wait_until(pilot, lambda: "没有桌面程序" in notice(app))
        monkeypatch.setattr(type(app), "is_web", property(lambda _: True))
        await pilot.press("ctrl+x")
        await wait_until(pilot, lambda: "在浏览器里不能" in notice(app))
        (tmp_path / "外面.txt").write_text("x")
        (folder / XIQING).unlink()
        (folder / XIQING).symlink_to(tmp_path / "外面.txt")
        await pilot.press("ctrl+x")
        await wait_until(pilot, lambda: "已不在资料文件夹" in notice(app))
        assert not started


async def test_in_an_input_the_key_cuts() -> None:
    """A selection in the question is taken away, not the original opened."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.view.input.focus()
        await type_text(pilot, "不要的话")
        app.view.input.action_select_all()
        await pilot.press("ctrl+x")
        assert app.view.input.value == "" and app.focused is app.view.input
        assert not isinstance(app.focused, OutlinePanel)
