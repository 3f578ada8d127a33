"""tjqa.ui.preferences: everything optional, everything wrong named."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.support.helpers import ROOT
from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION
from tjqa.ui.preferences import Preferences, load
from tjqa.ui.text.ambiguous import twin
from tjqa.ui.widgets.lines import HintLine

pytestmark = pytest.mark.slow


def written(tmp_path: Path, text: str) -> Preferences:
    """The preferences of a file with this text."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    """Nothing needs configuring."""
    assert load(tmp_path / "config.toml") == Preferences()


def test_all_settings(tmp_path: Path) -> None:
    """Each of them."""
    text = (
        '[ui]\ntheme = "nord"\nlanguage = "en"\nhistory = false\nambiguous_wide = true\nfast = true\n'
        '[ui.keys]\n"复制" = "Ctrl+U"\nhelp = "shift+f5"\n'
    )
    keys = {"app.copy": "ctrl+u", "app.help": "f17"}
    assert written(tmp_path, text) == Preferences("nord", "en", False, True, keys, fast=True)


def test_the_example_of_the_readme_is_understood(tmp_path: Path) -> None:
    """What people copy works; a Chinese name without quotes, which TOML does not take, is explained."""
    example = re.search(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert example is not None
    found = written(tmp_path, example[1])
    assert found.problems == () and found.keys == {"app.copy": "f17", "source.next": "j,f3"}
    assert "写在引号里" in written(tmp_path, '[ui.keys]\n复制 = "f12"\n').problems[0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"[ui]\ntheme = {'9' * 5000}\n", "太长的数"),
        (f"[ui]\nhistory = -{'9' * 5000}\n", "太长的数"),
        (f"x = [1, {{y = {'9' * 5000}}}]\n", "太长的数"),
        (f"[ui]\ntheme = 0x{'f' * 5000}\n", "ui.theme 的值 …"),
        (f"ui = 0x{'f' * 5000}\n", "ui 的值 …"),
        (f"[ui]\nlanguage = '{'长' * 9000}'\n", "长…"),
        (f"[ui.keys]\ncopy = [0b{'1' * 20000}]\n", "ui.keys.copy 的值 …"),
        (f"[ui.keys]\ncopy = 'f{'9' * 5000}'\n", "9…"),
        (f"[ui]\n{'x' * 9000} = 1\n", "ui.x"),
        (f"[ui]\nhistory = {'[' * 300}0x{'f' * 5000}{']' * 300}\n", "history"),
    ],
    ids=range(10),
)
def test_values_that_cannot_be_shown_end_nothing(tmp_path: Path, text: str, named: str) -> None:
    """Numbers that int() and str() refuse, and what is longer than a sentence."""
    preferences = written(tmp_path, text)
    assert len(preferences.problems) == 1 and named in preferences.problems[0]
    assert len(preferences.problems[0]) < 300 + len(str(tmp_path))
    assert preferences == Preferences(problems=preferences.problems)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[ui]\nthema = 1\n", "ui.thema"),
        ('[ui]\nhistory = "ja"\n', "ui.history"),
        ('[ui]\nlanguage = "fr"\n', "ui.language"),
        ("[ui]\ntheme = 3\n", "ui.theme"),
        ('[ui.keys]\nnothing = "f5"\n', "没有 nothing"),
        ("[ui.keys]\ncopy = 5\n", "ui.keys.copy"),
        ('[ui.keys]\ncopy = "crtl+x"\n', "没有 crtl+x 这个键，仍用 Ctrl+Y"),
        ('[ui.keys]\ncopy = "ctrl+m"\n', "没有 ctrl+m 这个键"),
        ('[ui.keys]\ncopy = "y"\n', "y 要留给打字"),
        ('[ui.keys]\nhelp = "f12, Enter"\n', "f12, Enter 要留给打字"),
        ('[ui.keys]\n"上一问" = "k"\n', "k 要留给打字"),
        ('[ui.keys]\ncopy = "f1"\n', "f1 已是“帮助”的键"),
        ('[ui.keys]\ncopy = "F3"\n', "f3 已是“下一引用”的键"),
        ('[ui.keys]\n"展开" = "up"\n', "up 已是“上一卡片”的键"),
        ("ui = 3\n", "ui"),
        ('theme = "nord"\n', "theme"),
        ("[UI]\nx = 1\n", "UI"),
        ("[ui\n", "config.toml"),
    ],
)
def test_what_is_wrong_is_named_and_left_out(tmp_path: Path, text: str, named: str) -> None:
    """The app starts all the same."""
    preferences = written(tmp_path, text)
    assert len(preferences.problems) == 1 and named in preferences.problems[0]
    assert preferences == Preferences(problems=preferences.problems)


def test_keys_can_be_exchanged_and_shared_by_regions(tmp_path: Path) -> None:
    """Two commands may swap; a card and the source may use one key for different things."""
    text = '[ui.keys]\ncopy = "F1"\nhelp = "ctrl+y"\n"展开" = "x"\n"下一引用" = "x, F3"\n'
    wanted = {"app.copy": "f1", "app.help": "ctrl+y", "card.fold": "x", "source.next": "x,f3"}
    assert written(tmp_path, text) == Preferences(keys=wanted)


def test_a_refused_key_gives_nothing_away(tmp_path: Path) -> None:
    """Copy wants the key of help, which wants one of another command: both stay what they were, both are told."""
    found = written(tmp_path, '[ui.keys]\ncopy = "f1"\nhelp = "f5"\n')
    assert found.keys == {} and len(found.problems) == 2


async def test_keys_of_cards_and_source_can_be_changed() -> None:
    """The new key works, the old one does not; hints, card, help and footer name the new one."""
    keys = {"card.fold": "x", "source.next": "j", "app.help": "ctrl+w", "page.down": "ctrl+u"}
    app = make_app(preferences=Preferences(keys=keys))
    async with app.run_test(size=(120, 50)) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        await wait_until(pilot, lambda: "（x展开）" in screen_text(app) and "Ctrl+W 帮助" in screen_text(app))
        await pilot.press("tab")
        await wait_until(pilot, lambda: "x 展开" in app.query_one(HintLine).text)
        await pilot.press("x")
        assert card.expanded
        await pilot.press("1")
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        assert "← j 上下引用" in app.query_one(HintLine).text
        before = app.view.source_panel.source.span
        await pilot.press("j")
        assert app.view.source_panel.source.span != before
        await pilot.press("f1")
        assert app.screen is app.view.main
        await pilot.press("ctrl+w")
        await wait_until(pilot, lambda: "按键" in screen_text(app))
        help_text = "\n".join(row.content.plain for row in app.screen.query_one("_HelpText").rows_at(100))
        assert (
            re.search(r"^  x +展开 unfold$", help_text, re.MULTILINE)
            and re.search(r"^  j +在原文里：下一处引用", help_text, re.MULTILINE)
            and re.search(r"^  Ctrl\+W +帮助", help_text, re.MULTILINE)
        )


async def test_settings_reach_the_screen() -> None:
    """Theme, language and another key; a theme that does not exist is told."""
    app = make_app(preferences=Preferences("nord", "en", True, False, {"app.source": "ctrl+u"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        assert app.theme == "nord" and "You could ask" in screen_text(app)
        await ask(pilot, QUESTION)
        await pilot.press("ctrl+u")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
    app = make_app(preferences=Preferences("没有这个主题", problems=("第一个问题",)))
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(
            pilot, lambda: "第一个问题" in screen_text(app) and "没有主题 没有这个主题" in screen_text(app)
        )


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_no_ambiguous_width_is_left_when_asked_so(size: tuple[int, int]) -> None:
    """Cards, source, help: no sign that some terminals would draw two cells wide."""
    app = make_app(preferences=Preferences(ambiguous_wide=True))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        screens = [screen_text(app)]
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        screens.append(screen_text(app))
        await pilot.press("f1")
        await wait_until(pilot, lambda: "按键" in screen_text(app))
        screens.append(screen_text(app))
        for text in screens:
            assert not {char for char in text if unicodedata.east_asian_width(char) == "A"}
        assert "13个" in screens[0] and '"' in screens[1]


def test_twins_say_the_same_in_one_cell() -> None:
    """Circled digits become digits; a letter without a twin stays itself."""
    assert [twin(char) for char in "①“…αé天a"] == ["1", '"', ".", "α", "é", "天", "a"]


async def test_a_command_without_a_key_may_be_given_one() -> None:
    """By its name, like any other."""
    app = make_app(preferences=Preferences(keys={"app.line": "ctrl+u"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+u")
        await wait_until(pilot, lambda: "还没有可打开的引用" in app.query_one(HintLine).text)


def test_the_key_of_a_command_without_one_is_read(tmp_path: Path) -> None:
    """And one that is taken is refused."""
    assert written(tmp_path, '[ui.keys]\n"行" = "ctrl+u"\n').keys == {"app.line": "ctrl+u"}
    assert "已是" in written(tmp_path, '[ui.keys]\n"行" = "ctrl+y"\n').problems[0]
