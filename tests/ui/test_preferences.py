"""tjqa.ui.preferences: everything optional, everything wrong named."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from ui_pilot import ask, make_app, ready, screen_text, wait_until
from ui_standin import QUESTION

from tjqa.ui.ambiguous import twin
from tjqa.ui.preferences import Preferences, load


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
        '[ui]\ntheme = "nord"\nlanguage = "en"\nhistory = false\nambiguous_wide = true\n'
        '[ui.keys]\n"复制" = "f5"\nhelp = "f6"\n'
    )
    assert written(tmp_path, text) == Preferences("nord", "en", False, True, {"app.copy": "f5", "app.help": "f6"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[ui]\nthema = 1\n", "ui.thema"),
        ('[ui]\nhistory = "ja"\n', "ui.history"),
        ('[ui]\nlanguage = "fr"\n', "ui.language"),
        ("[ui]\ntheme = 3\n", "ui.theme"),
        ('[ui.keys]\nnothing = "f5"\n', "ui.keys.nothing"),
        ("[ui.keys]\ncopy = 5\n", "ui.keys.copy"),
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


async def test_settings_reach_the_screen() -> None:
    """Theme, language and another key; a theme that does not exist is told."""
    app = make_app(preferences=Preferences("nord", "en", True, False, {"app.source": "f9"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        assert app.theme == "nord" and "You could ask" in screen_text(app)
        await ask(pilot, QUESTION)
        await pilot.press("f9")
        await wait_until(pilot, lambda: app.is_shown("source"))
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
        app.open_newest(1)
        await wait_until(pilot, lambda: app.is_shown("source") and app.source_panel.is_settled)
        screens.append(screen_text(app))
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Ctrl+T" in screen_text(app))
        screens.append(screen_text(app))
        for text in screens:
            assert not {char for char in text if unicodedata.east_asian_width(char) == "A"}
        assert "13个" in screens[0] and '"' in screens[1]


def test_twins_say_the_same_in_one_cell() -> None:
    """Circled digits become digits; a letter without a twin stays itself."""
    assert [twin(char) for char in "①“…αé天a"] == ["1", '"', ".", "α", "é", "天", "a"]
