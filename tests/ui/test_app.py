"""The app, driven by keys and mouse, at three sizes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from ui_standin import BAODI, QUESTION, SAMPLES, FixedBackend, FixedEngine, missing, read

from tjqa.errors import IndexDamaged, ModelError, SourcesError
from tjqa.ui import actions
from tjqa.ui.cards import CARDS_KEPT, AnswerCard, FirstPage
from tjqa.ui.dialogs import HelpScreen, PickScreen
from tjqa.ui.history import History
from tjqa.ui.widgets import QUESTION_LIMIT, HintLine

SIZES = [(120, 36), (80, 24), (50, 20)]
WIDE, USUAL = SIZES[0], SIZES[1]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("size", SIZES)
async def test_question_answer_citation_source_and_back(size: tuple[int, int]) -> None:
    """The main journey, by keyboard alone."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION + "？")
        assert card.question == QUESTION + "？"
        assert "13个" in screen_text(app) and "[1]" in screen_text(app)
        await type_text(pilot, "1")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.is_shown("source"))
        assert app.focused is app.source_panel
        await wait_until(pilot, lambda: "▌" in screen_text(app))
        assert ("问  " in screen_text(app)) == (size == WIDE)
        await pilot.press("escape")
        assert not app.is_shown("source") and app.focused is app.input
        assert app.input.value == ""


async def test_it_paints_before_the_engine_is_there() -> None:
    """While the model loads, the page says so, and a question typed now is answered in its turn."""
    backend = FixedBackend()
    backend.opened.clear()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: "模型 加载中" in screen_text(app))
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "正在准备，稍后自动回答" in screen_text(app))
        backend.opened.set()
        await wait_until(pilot, lambda: "13个" in screen_text(app))
        assert "模型 已就绪" in screen_text(app)


async def test_first_page_offers_samples_by_digit_and_by_click() -> None:
    """A digit + Enter asks a sample; so does a click."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await wait_until(pilot, lambda: SAMPLES[2] in screen_text(app))
        await type_text(pilot, "２")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.answers)
        assert app.conversation.cards[0].question == SAMPLES[1]
        await app.run_line("/清空")
        await wait_until(pilot, lambda: SAMPLES[2] in screen_text(app))
        await pilot.click(FirstPage, offset=(8, 6))
        await wait_until(pilot, lambda: app.conversation.cards)
        assert app.conversation.cards[0].question == SAMPLES[2]


async def test_no_index_enter_builds_and_waiting_questions_are_answered() -> None:
    """The page offers building; afterwards the question asked before is answered."""
    backend = FixedBackend(error=missing())
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: "按 Enter 现在建立" in screen_text(app))
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "索引建立后自动回答" in screen_text(app))
        backend.gate.clear()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "读取 3/5" in screen_text(app))
        assert "Esc 取消" in screen_text(app)
        backend.gate.set()
        await wait_until(pilot, lambda: app.answers)
        assert backend.builds == [False]
        notes = "".join(row.content.plain for note in app.query("Note") for row in note.rows_at(76))  # type: ignore[attr-defined]
        assert "索引已建立：5 篇资料，212 段" in notes and "坏.txt（不是文本）" in notes


async def test_escape_cancels_a_build_and_the_old_index_stays() -> None:
    """The build stops at its next step; the app answers as before."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        backend.gate.clear()
        await type_text(pilot, "/重建")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "正在建立索引" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "正在取消" in screen_text(app))
        backend.gate.set()
        await wait_until(pilot, lambda: "原有索引未改动" in screen_text(app))
        assert backend.cancelled
        await ask(pilot, QUESTION)
        assert app.answers


async def test_a_failed_build_says_why_and_can_be_tried_again() -> None:
    """An empty folder is told; once there are documents, Enter tries again."""
    backend = FixedBackend(error=missing())
    backend.build_error = SourcesError("资料文件夹里没有文档。", "请放入 .txt 文件。")
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: app.page.kind == "no_index")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "资料文件夹里没有文档" in screen_text(app))
        assert "请放入 .txt 文件" in screen_text(app) and "按 Enter 重试" in screen_text(app)
        backend.build_error, backend.error = None, None
        await pilot.press("enter")
        await ready(pilot)


async def test_a_damaged_index_is_rebuilt_from_scratch() -> None:
    """Nothing of it is reused."""
    backend = FixedBackend(error=IndexDamaged("索引文件 a 已损坏。", "请重建。"))
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: "索引文件 a 已损坏" in screen_text(app))
        await pilot.press("enter")
        await ready(pilot)
        assert backend.builds == [True]


async def test_a_missing_model_fails_questions_and_keeps_them() -> None:
    """The card says what failed and what to do; the input holds the question again."""
    app = make_app(FixedBackend(error=ModelError("没有找到模型。", "请检查 --model。")))
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: app.page.kind == "failed")
        card = await ask(pilot, QUESTION)
        assert card.error is not None and "没有找到模型" in screen_text(app) and "请检查 --model" in screen_text(app)
        assert app.input.value == QUESTION


async def test_no_answer_and_errors_are_cards() -> None:
    """Nothing found, a known error, an unexpected one: each a card, the app lives on."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, "没有的事情")
        assert "没有找到可靠的答案" in screen_text(app)
        await ask(pilot, "出错吧")
        assert "读取 002.txt 时出错" in screen_text(app)
        app.input.value = ""
        await ask(pilot, "意外吧")
        assert "程序内部出错（KeyError）" in screen_text(app)
        app.input.value = ""
        await ask(pilot, QUESTION)
        assert len(app.answers) == 2


async def test_changed_sources_are_told_in_the_top_bar() -> None:
    """The chip names how many and what to do."""
    app = make_app(FixedBackend(FixedEngine(stale=("002.txt",))))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        assert "1 篇原文已更新" in screen_text(app) and "/重建" in screen_text(app)


async def test_too_small_says_so_and_keeps_everything() -> None:
    """One line; enlarged again, the question being typed is still there and has the focus."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "宝坻")
        await pilot.resize_terminal(38, 9)
        await wait_until(pilot, lambda: "窗口太小" in screen_text(app))
        await pilot.resize_terminal(*USUAL)
        await wait_until(pilot, lambda: "窗口太小" not in screen_text(app))
        await type_text(pilot, "区")
        assert app.input.value == "宝坻区"


async def test_an_input_methods_commit_and_a_paste_arrive_whole() -> None:
    """Several lines become one; nothing is lost, controls are made visible."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        app.post_message(events.Paste("西青区城镇居民人均\r\n可支配收入\n\n是多少？\x1b[31m"))
        await wait_until(pilot, lambda: app.input.value)
        assert app.input.value == "西青区城镇居民人均 可支配收入 是多少？␛[31m"


async def test_a_paste_longer_than_a_question_is_cut_and_told() -> None:
    """Ten thousand characters are a question; the rest is named, not silently lost."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        app.post_message(events.Paste("问" * (QUESTION_LIMIT + 7)))
        await wait_until(pilot, lambda: len(app.input.value) == QUESTION_LIMIT)
        await wait_until(pilot, lambda: "多出的 7 字" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.answers)
        assert len(app.conversation.cards[0].question) == QUESTION_LIMIT


async def test_typing_outside_the_input_goes_to_it() -> None:
    """An IME sends letters wherever the focus is; nothing typed is lost."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.conversation.cards[0].focus()
        await type_text(pilot, "宝坻")
        assert app.focused is app.input and app.input.value == "宝坻"
        app.conversation.cards[0].focus()
        await pilot.pause()
        app.post_message(events.Paste("区"))
        await wait_until(pilot, lambda: app.input.value == "宝坻区")


async def test_card_keys() -> None:
    """Space unfolds, digits open, arrows go between cards, Tab goes round."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        first, second = await ask(pilot, QUESTION), await ask(pilot, QUESTION)
        await pilot.press("tab")
        assert app.focused is second
        assert "空格 展开段落" in screen_text(app)
        await pilot.press("space")
        assert second.expanded
        await pilot.press("space")
        assert not second.expanded
        await wait_until(pilot, lambda: second.region.y > 0)
        for _ in range(20):
            await pilot.press("up")
            if app.focused is first:
                break
        assert app.focused is first
        await type_text(pilot, "３")
        await wait_until(pilot, lambda: app.is_shown("source"))
        assert app.source_panel.source is not None
        assert app.source_panel.source.view.path.startswith("001")
        await pilot.press("tab")
        assert app.focused is app.input
        await pilot.press("shift+tab")
        assert app.focused is app.source_panel


async def test_a_click_on_a_citation_opens_it() -> None:
    """The chip line of [2]."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        await pilot.pause()
        y = next(i for i, row in enumerate(card.rows_at(card.content_size.width)) if row.target == "cite:2")
        await pilot.click(card, offset=(6, y + 1))
        await wait_until(pilot, lambda: app.is_shown("source"))
        source = app.source_panel.source
        assert source is not None and source.span == card.answer.citations[1].span  # type: ignore[union-attr]


async def test_going_from_citation_to_citation() -> None:
    """n and N light up the next and the previous cited span of the file."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.open_newest(1)
        await wait_until(pilot, lambda: "引用 1/2" in screen_text(app))
        await pilot.press("n")
        await wait_until(pilot, lambda: "引用 2/2" in screen_text(app))
        source = app.source_panel.source
        assert source is not None and card.answer is not None
        assert source.span == card.answer.citations[1].span
        await pilot.press("N")
        await wait_until(pilot, lambda: "引用 1/2" in screen_text(app))


async def test_a_vanished_source_is_told() -> None:
    """Opening a file that is gone says so and what to do."""
    app = make_app(FixedBackend(FixedEngine(folder=Path(__file__).parent)))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.open_newest(1)
        await wait_until(pilot, lambda: "已不存在" in screen_text(app))
        assert not app.is_shown("source")


async def test_a_citation_that_is_not_there() -> None:
    """A digit too high is told."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await type_text(pilot, "9")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有引用 [9]" in screen_text(app))


@pytest.mark.parametrize("size", SIZES)
async def test_library_filters_and_opens(size: tuple[int, int]) -> None:
    """Ctrl+T, type, Enter; Esc closes one panel after the other."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: "资料库  5 篇" in screen_text(app))
        await type_text(pilot, "宝坻")
        await wait_until(pilot, lambda: "资料库  1 篇" in screen_text(app) and "略去：页面信息 1" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.is_shown("source"))
        await wait_until(pilot, lambda: "打造创新发展宝地高地" in screen_text(app))
        await pilot.press("escape")
        assert app.is_shown("library") and not app.is_shown("source")
        await pilot.press("escape")
        assert not app.is_shown("library") and app.focused is app.input


async def test_history_goes_up_and_down_and_keeps_the_draft() -> None:
    """↑ shows older questions, ↓ brings back what was being typed."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, "第一个问题")
        await ask(pilot, "第二个问题")
        await type_text(pilot, "草稿")
        await pilot.press("up")
        assert app.input.value == "第二个问题"
        await pilot.press("up", "up")
        assert app.input.value == "第一个问题"
        await pilot.press("down", "down")
        assert app.input.value == "草稿"


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
        await wait_until(pilot, lambda: app.input.value == "宝坻区有多少项目")
        assert app.focused is app.input


async def test_the_grey_suggestion_is_taken_with_end() -> None:
    """Sample questions complete what is typed."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "西青区城")
        await wait_until(pilot, lambda: app.input._suggestion)
        await pilot.press("end")
        assert app.input.value == SAMPLES[1]


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
        await wait_until(pilot, lambda: app.screen is app.main)


async def test_other_commands() -> None:
    """Unknown ones are told and stay in the input; 原文 takes a number."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await type_text(pilot, "/没这个")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有命令 /没这个" in screen_text(app))
        assert app.input.value == "/没这个"
        app.input.value = ""
        await ask(pilot, QUESTION)
        await type_text(pilot, "/原文2")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.is_shown("source"))
        await pilot.press("ctrl+o")
        assert not app.is_shown("source")
        await pilot.press("f4")
        await wait_until(pilot, lambda: app.is_shown("source"))


async def test_the_palette_lists_our_commands_in_chinese() -> None:
    """Ctrl+P, search by a Chinese word, Enter does it."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: "切换主题" in screen_text(app))
        assert "搜索命令" in screen_text(app) and "Search" not in screen_text(app)
        await type_text(pilot, "资料")
        await wait_until(pilot, lambda: "切换主题" not in screen_text(app))
        await pilot.pause(0.3)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: app.screen is app.main)
        await wait_until(pilot, lambda: app.is_shown("library"))


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


async def test_quitting_does_not_wait_for_a_loading_model() -> None:
    """The engine's thread is still busy when the app has gone."""
    backend = FixedBackend()
    backend.opened.clear()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: "加载中" in screen_text(app))
        await pilot.press("ctrl+q")
    assert app.return_value == 0 and not backend.opened.is_set()
    backend.opened.set()


async def test_only_the_newest_cards_are_kept() -> None:
    """Fifty, whatever is asked."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        for number in range(CARDS_KEPT + 3):
            await app.ask(f"问题{number}")
        await wait_until(pilot, lambda: len(app.answers) == CARDS_KEPT)
        assert next(iter(app.query(AnswerCard))).number == 4


async def test_an_empty_question_is_told() -> None:
    """Enter alone."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "  ")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "先输入问题" in app.query_one(HintLine).text)


async def test_a_theme_switch_survives_every_theme() -> None:
    """Each theme of Textual paints answer, source, library and help."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.open_newest(1)
        await pilot.press("ctrl+t")
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            assert "13个" in screen_text(app)
        app.do_help("")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def drag(pilot: Pilot[Any], widget: Widget, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press, move, release."""
    await pilot.mouse_down(widget, offset=start)
    await pilot.hover(widget, offset=end)
    await pilot.mouse_up(widget, offset=end)
    await pilot.pause()


async def test_selected_text_comes_out_as_the_document_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line breaks of the window, no gutter, no indent; selecting opens nothing."""
    taken: list[str] = []

    async def take(text: str, commands: list[list[str]]) -> bool:
        taken.append(text)
        return True

    monkeypatch.setattr(actions, "copy_with_helper", take)
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        await pilot.pause()
        await drag(pilot, card, (6, 2), (75, 3))
        assert not app.is_shown("source")
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: taken)
        assert card.answer is not None
        assert taken[0].startswith("今年以来,该区围绕") and taken[0] in card.answer.best[0].quote and len(taken[0]) > 60
        await wait_until(pilot, lambda: "已复制选中的文字" in screen_text(app))
        app.screen.clear_selection()
        app.open_newest(1)
        await wait_until(pilot, lambda: "▌" in screen_text(app))
        await pilot.pause()
        await drag(pilot, app.source_panel, (8, 4), (60, 6))
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: len(taken) == 2)
        assert taken[1].replace("\n", "") and taken[1] in read(BAODI)


async def test_copying_the_answer_and_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+Y: the newest answer with its citations; in the library, the path; without a helper, no false claim."""
    monkeypatch.setattr(actions, "helpers", list)
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: "还没有答案可复制" in screen_text(app))
        await ask(pilot, QUESTION)
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: "已发送给终端" in screen_text(app))
        assert "SHA-256" in app.clipboard and "13个" in app.clipboard
        await pilot.press("ctrl+t", "down", "down")
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: app.clipboard.endswith(".txt"))


async def test_the_conversation_keeps_its_place_behind_the_source() -> None:
    """In a narrow window the source covers the cards; back again, the same rows are in view."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        for _ in range(4):
            await ask(pilot, QUESTION)
        await pilot.press("pageup")
        await pilot.pause()
        place = app.conversation.scroll_offset.y
        assert place > 0
        before = screen_text(app)
        app.open_newest(2)
        await wait_until(pilot, lambda: app.is_shown("source"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: screen_text(app).split("\n")[1:18] == before.split("\n")[1:18])
        assert app.conversation.scroll_offset.y == place


async def test_resizing_the_source_keeps_the_reading_place() -> None:
    """The first row in view still shows the same character."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.open_newest(3)
        await wait_until(pilot, lambda: "▌" in screen_text(app))
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        source = app.source_panel.source
        assert source is not None
        first = source.rows()[app.source_panel.scroll_offset.y].start
        await pilot.resize_terminal(50, 20)
        await wait_until(pilot, lambda: source.width < 50)
        await pilot.pause()
        row = source.rows()[app.source_panel.scroll_offset.y]
        assert row.start <= first < source.rows()[app.source_panel.scroll_offset.y + 1].start


async def test_export_writes_or_says_why_not(tmp_path: Path) -> None:
    """Markdown, JSON, CSV by the ending; another ending or an unwritable place is told."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await app.run_line("/导出 x.md")
        await wait_until(pilot, lambda: "还没有答案可导出" in screen_text(app))
        await ask(pilot, QUESTION)
        for ending in ("md", "json", "csv"):
            await app.run_line(f"/导出 {tmp_path}/a.{ending}")
            assert "13个" in (tmp_path / f"a.{ending}").read_text(encoding="utf-8")
        await app.run_line(f"/导出 {tmp_path}/a.docx")
        await wait_until(pilot, lambda: ".md .json 或 .csv" in screen_text(app))
        await app.run_line(f"/导出 {tmp_path}/没有/a.md")
        await wait_until(pilot, lambda: "没能写入" in screen_text(app))


async def test_themes_by_name() -> None:
    """A known one is set, an unknown one is told."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await app.run_line("/主题 nord")
        await wait_until(pilot, lambda: app.theme == "nord")
        await app.run_line("/主题 没有")
        await wait_until(pilot, lambda: "没有主题" in screen_text(app))
        await app.run_line("/主题")
        await wait_until(pilot, lambda: isinstance(app.screen, PickScreen))
        await type_text(pilot, "gruvbox")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.theme == "gruvbox")


@pytest.mark.parametrize("size", SIZES)
async def test_english_everywhere_and_back(size: tuple[int, int]) -> None:
    """After /语言 no Chinese is left but documents and questions; /lang zh brings it back."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await app.run_line("/语言")
        await wait_until(pilot, lambda: "model ready" in screen_text(app) or size[0] == 50)
        await wait_until(pilot, lambda: "library" in screen_text(app) and "资料库" not in screen_text(app))
        await ask(pilot, "没有的事情")
        await wait_until(pilot, lambda: "No reliable answer" in screen_text(app))
        text = re.sub("没有的事情|Ask.in.Chinese.*", "", screen_text(app))
        assert not HAN.search(text), text
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Keys" in screen_text(app))
        assert not HAN.search(re.sub(r"/\S+|没有的事情|Ask.in.Chinese.*", "", screen_text(app)))
        await pilot.press("escape")
        await app.run_line("/lang zh")
        await wait_until(pilot, lambda: "没有找到可靠的答案" in screen_text(app) and "资料库" in screen_text(app))
