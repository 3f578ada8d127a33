"""The settings page: each change works at once and is found again; small talk; keys that moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, SAMPLES, FixedBackend, FixedEngine
from tjqa.ui.history import History
from tjqa.ui.kept.store import Kept
from tjqa.ui.preferences import Preferences, load
from tjqa.ui.text.greetings import small_talk
from tjqa.ui.widgets.dialogs import PickScreen
from tjqa.ui.widgets.settings_screen import SettingsScreen

SIZES = [(120, 36), (80, 24)]
WIDE, USUAL = SIZES


@pytest.mark.parametrize("size", SIZES)
async def test_the_theme_is_seen_while_it_is_chosen_and_stays(tmp_path: Path, size: tuple[int, int]) -> None:
    """→ goes on to the next one; it is written at once, with whether it is dark."""
    app = make_app(kept=Kept(config=tmp_path / "config.toml"))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        before = app.theme
        await pilot.press("f10")
        await wait_until(pilot, lambda: "深色" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: app.theme != before and app.theme in screen_text(app))
        assert load(tmp_path / "config.toml").theme == app.theme
        await pilot.press("left", "escape")
        await wait_until(pilot, lambda: not isinstance(app.screen, SettingsScreen))
        assert app.theme == before == load(tmp_path / "config.toml").theme


async def test_every_setting_works_at_once(tmp_path: Path) -> None:
    """Language, wide signs, compact, copying, history, fast: each row by Enter."""
    engine = FixedEngine()
    app = make_app(FixedBackend(engine), kept=Kept(tmp_path, tmp_path / "config.toml"), past=History(None))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("f10", "down", "enter")
        await wait_until(pilot, lambda: "Settings" in screen_text(app) and "written into" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "设置" in screen_text(app))
        await pilot.press("down", "enter")
        assert app.get_line_filters()
        await pilot.press("down", "enter")
        assert app.has_class("-compact")
        await pilot.press("down", "enter")
        assert app.sharing.copies_selections
        await pilot.press("down", "enter")
        assert app.kept.history is None
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: app.state.settings.fast)
        found = load(tmp_path / "config.toml")
        assert (found.language, found.ambiguous_wide, found.compact, found.auto_copy) == ("zh", True, True, True)
        assert (found.history, found.fast, found.problems) == (False, True, ())
        await pilot.press("enter", "up", "enter")
        await wait_until(pilot, lambda: not app.state.settings.fast)
        assert app.kept.history == tmp_path / "history.jsonl" and load(tmp_path / "config.toml").history
        await pilot.press("escape")
        await ask(pilot, QUESTION)
        assert History(tmp_path / "history.jsonl").questions == [QUESTION]


async def test_the_app_begins_as_it_is_set() -> None:
    """Compact and copying from the settings; a click on a row changes it as well."""
    app = make_app(preferences=Preferences(compact=True, auto_copy=True, theme="nord"))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        assert app.has_class("-compact") and app.sharing.copies_selections
        await pilot.press("f10")
        await wait_until(pilot, lambda: "nord · 深色" in screen_text(app))
        row = next(y for y, line in enumerate(screen_text(app).split("\n")) if "紧凑显示" in line)
        await pilot.click(offset=(40, row))
        await wait_until(pilot, lambda: not app.has_class("-compact"))
        assert "更改立即生效，不保存" in screen_text(app)


async def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The change works all the same."""
    (tmp_path / "config.toml").write_text("[ui\n")
    app = make_app(kept=Kept(config=tmp_path / "config.toml"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await app.commands.run_line("/主题 nord")
        await wait_until(pilot, lambda: app.theme == "nord")
        await app.commands.run_line("/语言 en")
        await wait_until(pilot, lambda: "The settings were not kept" in screen_text(app) or app.texts.language == "en")
        assert (tmp_path / "config.toml").read_text() == "[ui\n"


async def test_a_theme_is_seen_under_the_cursor_and_esc_takes_it_back(tmp_path: Path) -> None:
    """/主题 previews; only Enter keeps one."""
    app = make_app(kept=Kept(config=tmp_path / "config.toml"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        before = app.theme
        await app.commands.run_line("/主题")
        await wait_until(pilot, lambda: isinstance(app.screen, PickScreen))
        await pilot.press("down")
        await wait_until(pilot, lambda: app.theme != before)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.theme == before)
        assert not (tmp_path / "config.toml").exists()
        await app.commands.run_line("/主题")
        await wait_until(pilot, lambda: isinstance(app.screen, PickScreen))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: load(tmp_path / "config.toml").theme == app.theme != before)


async def test_what_is_selected_is_copied_when_that_is_wanted() -> None:
    """Only then; a click selects nothing."""
    app = make_app()
    copied: list[str] = []
    app.sharing.copy_selection = copied.append  # type: ignore[method-assign]
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.screen.get_selected_text = lambda: "选中的字"  # type: ignore[method-assign]
        app.screen.post_message(events.TextSelected())
        await pilot.pause()
        assert copied == []
        app.sharing.copies_selections = True
        app.screen.post_message(events.TextSelected())
        await wait_until(pilot, lambda: copied == ["选中的字"])


async def test_a_key_can_be_given_to_a_command_without_one(tmp_path: Path) -> None:
    """Theme and language have none of their own any more."""
    path = tmp_path / "config.toml"
    path.write_text('[ui.keys]\n"语言" = "ctrl+d"\n', "utf-8")
    preferences = load(path)
    assert preferences.problems == ()
    app = make_app(preferences=preferences)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+d")
        await wait_until(pilot, lambda: app.texts.language == "en")
        assert app.texts.keys_of("app.language") == ["Ctrl+D"] and app.texts.keys_of("app.theme") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("你好", "hello"),
        ("您好！", "hello"),
        ("你好呀，在吗？", "hello"),
        ("早上好", "hello"),
        ("Hello!", "hello"),
        ("谢谢", "thanks"),
        ("谢谢你啦～", "thanks"),
        ("非常感谢", "thanks"),
        ("Thank you very much.", "thanks"),
        ("再见", "bye"),
        ("你能做什么？", "abilities"),
        ("你都会些什么", "abilities"),
        ("你是谁", "abilities"),
        ("What can you do?", "abilities"),
        ("怎么用", "abilities"),
        ("你好，西青区的收入是多少？", None),
        ("感谢信是谁写的", None),
        ("早餐工程覆盖多少社区", None),
        ("谢谢", "thanks"),
        ("这个政策能做什么", None),
        ("如何使用公积金", None),
        ("高", None),
        ("？？？", None),
        ("", None),
        ("hi-tech 企业有多少家", None),
    ],
)
def test_small_talk_is_small_talk_from_end_to_end(line: str, kind: str | None) -> None:
    """A question that begins with a greeting is a question."""
    assert small_talk(line) == kind


@pytest.mark.parametrize("size", SIZES)
async def test_small_talk_gets_a_friendly_line(size: tuple[int, int]) -> None:
    """With questions that can be clicked; the engine is not asked, nothing is refused or remembered."""
    engine = FixedEngine()
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        asked = len(engine.asked)
        app.view.input.put("你能做什么？")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "我在这个文件夹的资料里查找答案" in screen_text(app).replace("\n", ""))
        assert len(engine.asked) == asked and len(app.view.conversation.cards) == 1
        assert app.past.questions == [QUESTION]
        row = max(y for y, line in enumerate(screen_text(app).split("\n")) if SAMPLES[1] in line)
        await pilot.click(offset=(8, row))
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 2)
        assert app.view.conversation.cards[1].question == SAMPLES[1]
        app.view.input.put("谢谢")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "不客气" in screen_text(app))
        await pilot.press("f5")
        await wait_until(pilot, lambda: "不客气" not in screen_text(app) and app.view.first_page.display)
