"""Typing and commands: the input, the history, keys, palette, slash commands, themes, languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from textual import events

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, SAMPLES, FixedBackend, FixedEngine
from tjqa.results import Answer
from tjqa.ui.commands import COMMANDS
from tjqa.ui.history import History
from tjqa.ui.widgets.dialogs import HelpScreen, PickScreen
from tjqa.ui.widgets.lines import HintLine
from tjqa.ui.widgets.question_box import QUESTION_LIMIT

SIZES = [(120, 36), (80, 24), (50, 20)]
WIDE, USUAL = SIZES[0], SIZES[1]
HAN = re.compile("[\u4e00-\u9fff]")


async def test_an_input_methods_commit_and_a_paste_arrive_whole() -> None:
    """Several lines become one; nothing is lost, controls are made visible."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        app.post_message(events.Paste("西青区城镇居民人均\r\n可支配收入\n\n是多少？\x1b[31m"))
        await wait_until(pilot, lambda: app.view.input.value)
        assert app.view.input.value == "西青区城镇居民人均 可支配收入 是多少？␛[31m"


async def test_a_paste_longer_than_a_question_is_cut_and_told() -> None:
    """Ten thousand characters are a question; the rest is named, not silently lost."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        app.post_message(events.Paste("问" * (QUESTION_LIMIT + 7)))
        await wait_until(pilot, lambda: len(app.view.input.value) == QUESTION_LIMIT)
        await wait_until(pilot, lambda: "多出的 7 字" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.conversation.answers)
        assert len(app.view.conversation.cards[0].question) == QUESTION_LIMIT


async def test_typing_outside_the_input_goes_to_it() -> None:
    """An IME sends letters wherever the focus is; nothing typed is lost."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.view.conversation.cards[0].focus()
        await type_text(pilot, "宝坻")
        assert app.focused is app.view.input and app.view.input.value == "宝坻"
        app.view.conversation.cards[0].focus()
        await pilot.pause()
        app.post_message(events.Paste("区"))
        await wait_until(pilot, lambda: app.view.input.value == "宝坻区")


@pytest.mark.slow
async def test_history_goes_up_and_down_and_keeps_the_draft() -> None:
    """↑ shows older questions, ↓ brings back what was being typed."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, "第一个问题")
        await ask(pilot, "第二个问题")
        await type_text(pilot, "草稿")
        await pilot.press("up")
        assert app.view.input.value == "第二个问题"
        await pilot.press("up", "up")
        assert app.view.input.value == "第一个问题"
        await pilot.press("down", "down")
        assert app.view.input.value == "草稿"


async def test_history_search() -> None:
    """Ctrl+R, type, Enter puts the question back."""
    past = History(None)
    past.add("宝坻区有多少项目")
    past.add("西青区的收入")
    app = make_app(past=past)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: isinstance(app.screen, PickScreen) and "西青区的收入" in screen_text(app))
        await type_text(pilot, "宝坻")
        await wait_until(pilot, lambda: "西青区的收入" not in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.input.value == "宝坻区有多少项目")
        assert app.focused is app.view.input


async def test_the_grey_suggestion_is_taken_with_end() -> None:
    """Sample questions complete what is typed."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "西青区城")
        await wait_until(pilot, lambda: app.view.input.suggestion)
        await pilot.press("end")
        assert app.view.input.value == SAMPLES[1]


@pytest.mark.slow
@pytest.mark.parametrize("line", ["/帮助", "／帮助", "、帮助", "\\help", "/help"])
async def test_commands_are_typed_in_both_languages(line: str) -> None:
    """Every sign an input method gives for the slash key."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, line)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "按键" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)


def test_every_command_has_a_handler() -> None:
    """The table of commands and the table of handlers are one, in one order."""
    assert list(make_app().commands.handlers) == [command.action for command in COMMANDS]


async def test_other_commands() -> None:
    """Unknown ones are told and stay in the input; 原文 takes a number."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await type_text(pilot, "/没这个")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有命令 /没这个" in screen_text(app))
        assert app.view.input.value == "/没这个"
        app.view.input.value = ""
        await ask(pilot, QUESTION)
        await type_text(pilot, "/原文2")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        await pilot.press("ctrl+o")
        assert not app.view.is_shown("source")
        await pilot.press("f4")
        await wait_until(pilot, lambda: app.view.is_shown("source"))


async def test_the_palette_lists_our_commands_in_chinese() -> None:
    """Ctrl+P, search by a Chinese word, Enter does it."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: "打开或关闭原文" in screen_text(app))
        assert "搜索命令" in screen_text(app) and "Search" not in screen_text(app)
        await type_text(pilot, "资料")
        await wait_until(pilot, lambda: "打开或关闭原文" not in screen_text(app))
        await pilot.pause(0.3)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: app.screen is app.view.main)
        await wait_until(pilot, lambda: app.view.is_shown("library"))


async def test_ctrl_c_does_not_quit_and_ctrl_q_does() -> None:
    """With code 0."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: "按 Ctrl+Q 退出" in screen_text(app))
        assert app.is_running
        await pilot.press("ctrl+q")
    assert app.return_value == 0


async def test_an_empty_question_is_told() -> None:
    """Enter alone."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "  ")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "先输入问题" in app.query_one(HintLine).text)


@pytest.mark.slow
async def test_a_theme_switch_survives_every_theme() -> None:
    """Each theme of Textual paints answer, source, library and help."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.reading.open_at_hand(1)
        await pilot.press("ctrl+t")
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            assert "13个" in screen_text(app)
        await app.commands.do("help")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_export_writes_or_says_why_not(tmp_path: Path) -> None:
    """Markdown, JSON, CSV by the ending; another ending or an unwritable place is told."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await app.commands.run_line("/导出 x.md")
        await wait_until(pilot, lambda: "还没有答案可导出" in screen_text(app))
        await ask(pilot, QUESTION)
        for ending in ("md", "json", "csv"):
            await app.commands.run_line(f"/导出 {tmp_path}/a.{ending}")
            assert "13个" in (tmp_path / f"a.{ending}").read_text(encoding="utf-8")
        await app.commands.run_line(f"/导出 {tmp_path}/a.docx")
        await wait_until(pilot, lambda: ".md .json 或 .csv" in screen_text(app))
        await app.commands.run_line(f"/导出 {tmp_path}/没有/a.md")
        await wait_until(pilot, lambda: "没能写入" in screen_text(app))
        await app.commands.run_line(f"/导出 {tmp_path}/a.md")
        await wait_until(pilot, lambda: "已有一个同名文件" in screen_text(app))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("~nosuchuser/a.md", "没有这个用户"),
        ("~nosuchuser", "没有这个用户"),
        ("本条 ~nosuchuser/a.csv", "没有这个用户"),
        ("a\0b.md", "文件名不能有的字符"),
        ("a\ud800b.md", "文件名不能有的字符"),
    ],
)
async def test_no_name_to_export_to_ends_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    """A user that is none, and names that no file can have, are told where notices are."""
    monkeypatch.chdir(tmp_path)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await app.commands.run_line(f"/导出 {name}")
        await wait_until(pilot, lambda: told in app.query_one(HintLine).text)
        assert list(tmp_path.iterdir()) == []


async def test_exporting_from_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the app was started in was removed meanwhile: a name in it cannot be written, a whole one can."""
    gone, kept = tmp_path / "gone", tmp_path / "kept"
    gone.mkdir()
    kept.mkdir()
    monkeypatch.chdir(gone)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        gone.rmdir()
        await app.commands.run_line("/导出 x.md")
        await wait_until(pilot, lambda: "没能写入" in screen_text(app))
        await app.commands.run_line(f"/导出 {kept}/x.md")
        assert (kept / "x.md").is_file()


@pytest.mark.parametrize("command", ["/原文", "/为什么", "/答到了", "/没答到"])
async def test_numbers_without_end(command: str) -> None:
    """Of more digits than any number of a passage; int() refuses some thousands of them with an exception."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        for number in ("9" * 30, "9" * 4400, "０" * 5000):
            app.view.notice("")
            await app.commands.run_line(f"{command} {number}")
            await wait_until(pilot, lambda: f"没有引用[{number[:12]}…]" in "".join(screen_text(app).split()))  # noqa: B023


@pytest.mark.slow
async def test_export_asks_what_and_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+E: the conversation or one answer, in one of three forms; Esc writes nothing; cleared, nothing is left."""
    monkeypatch.chdir(tmp_path)
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await ask(pilot, "没有的事情")
        await pilot.press("ctrl+e")
        await wait_until(pilot, lambda: "整个对话，2 个答案 · CSV" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)
        assert not list(tmp_path.iterdir())
        await pilot.press("ctrl+e")
        await wait_until(pilot, lambda: isinstance(app.screen, PickScreen) and "这一个答案" in screen_text(app))
        await type_text(pilot, "这一个 json")
        await pilot.press("enter")
        await wait_until(pilot, lambda: list(tmp_path.glob("*.json")))
        written = json.loads(next(tmp_path.glob("*.json")).read_text("utf-8"))
        assert [a["question"] for a in written["answers"]] == ["没有的事情"]
        await app.commands.run_line("/导出 本条 一.csv")
        await wait_until(pilot, lambda: (tmp_path / "一.csv").is_file())
        await app.commands.run_line("/清空")
        await app.commands.run_line("/导出")
        await wait_until(pilot, lambda: "还没有答案可导出" in screen_text(app))


async def test_themes_by_name() -> None:
    """A known one is set, an unknown one is told; Ctrl+D or no name lists them."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await app.commands.run_line("/主题 nord")
        await wait_until(pilot, lambda: app.theme == "nord")
        await app.commands.run_line("/主题 没有")
        await wait_until(pilot, lambda: "没有主题" in screen_text(app))
        await app.commands.run_line("/主题")
        await wait_until(pilot, lambda: isinstance(app.screen, PickScreen))
        await type_text(pilot, "gruvbox")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.theme == "gruvbox")


async def test_english_everywhere_and_back() -> None:
    """After Ctrl+N no Chinese is left but documents and questions; /lang zh brings it back."""

    class FindsNothing(FixedEngine):
        def ask(self, question: str, k: int = 10, filters: object = ()) -> Answer:
            return Answer(question, "nothing", 0.0, (), (), 0.001)

    app = make_app(FixedBackend(FindsNothing()))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await app.commands.run_line("/语言")
        await wait_until(pilot, lambda: "212 passages" in screen_text(app))
        await wait_until(pilot, lambda: "library" in screen_text(app) and "资料库" not in screen_text(app))
        await ask(pilot, "没有的事情")
        await wait_until(pilot, lambda: "No reliable answer" in screen_text(app))
        text = re.sub("没有的事情|Ask.in.Chinese.*", "", screen_text(app))
        assert not HAN.search(text), text
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Keys" in screen_text(app))
        assert not HAN.search(re.sub(r"/\S+|没有的事情|Ask.in.Chinese.*", "", screen_text(app)))
        await pilot.press("escape")
        await app.commands.run_line("/lang zh")
        await wait_until(pilot, lambda: "没有找到可靠的答案" in screen_text(app) and "资料库" in screen_text(app))
