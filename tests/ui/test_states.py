"""The app's states: first run, loading, no index, building, failing, answering, at three sizes."""

from __future__ import annotations

import re

import pytest

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, SAMPLES, FixedBackend, FixedEngine, missing
from tjqa.errors import IndexDamaged, ModelError, SourcesError
from tjqa.messages import literal, message
from tjqa.reports import MovedFile
from tjqa.ui.widgets.cards import CARDS_KEPT, AnswerCard, FirstPage
from tjqa.ui.widgets.lines import HintLine

pytestmark = pytest.mark.slow

SIZES = [(120, 36), (80, 24), (50, 20)]
WIDE, USUAL = SIZES[0], SIZES[1]


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
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        assert app.focused is app.view.source_panel
        await wait_until(pilot, lambda: "▌" in screen_text(app))
        assert ("问  " in screen_text(app)) == (size == WIDE)
        await pilot.press("escape")
        assert not app.view.is_shown("source") and app.focused is app.view.input
        assert app.view.input.value == ""


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
        assert "212 段" in screen_text(app)


async def test_first_page_offers_samples_by_digit_and_by_click() -> None:
    """A digit + Enter asks a sample; so does a click."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await wait_until(pilot, lambda: SAMPLES[2] in screen_text(app))
        await type_text(pilot, "２")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.conversation.answers)
        assert app.view.conversation.cards[0].question == SAMPLES[1]
        await app.commands.run_line("/清空")
        await wait_until(pilot, lambda: SAMPLES[2] in screen_text(app))
        row = next(y for y, line in enumerate(screen_text(app).split("\n")) if SAMPLES[2] in line)
        await pilot.click(FirstPage, offset=(8, row - app.view.first_page.region.y))
        await wait_until(pilot, lambda: app.view.conversation.cards)
        assert app.view.conversation.cards[0].question == SAMPLES[2]


async def test_no_index_enter_builds_and_waiting_questions_are_answered() -> None:
    """The page offers building; afterwards the question asked before is answered."""
    backend = FixedBackend(error=missing())
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: "按 Enter 建立索引" in screen_text(app))
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "索引建立后自动回答" in screen_text(app))
        backend.gate.clear()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "读取与清洗 3/5" in screen_text(app))
        assert "Esc 或 Ctrl+C 取消；原有索引不受影响" in screen_text(app)
        backend.gate.set()
        await wait_until(pilot, lambda: app.view.conversation.answers)
        assert backend.builds == [False]
        notes = "".join(row.content.plain for note in app.query("Note") for row in note.rows_at(76))  # type: ignore[attr-defined]
        assert "索引已建立：5 个文件，212 段" in notes and "坏.txt（不是文本）" in notes


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_a_build_is_cancelled_and_the_old_index_stays(key: str) -> None:
    """The build stops; meanwhile and afterwards the app answers from the old index."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        backend.gate.clear()
        await type_text(pilot, "/更新")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "正在更新索引" in screen_text(app) and "可以继续提问" in screen_text(app))
        await ask(pilot, QUESTION)
        assert app.state.is_building and app.view.conversation.answers and "读取与清洗 3/5" in screen_text(app)
        await pilot.press("tab", "escape")  # from a card, Esc only goes back to the input
        assert app.focused is app.view.input and not backend.cancelled
        await pilot.press(key)
        await wait_until(pilot, lambda: "正在取消" in screen_text(app))
        backend.gate.set()
        await wait_until(pilot, lambda: "做完的部分不必重做" in screen_text(app))
        assert backend.cancelled
        await ask(pilot, QUESTION)
        assert len(app.view.conversation.answers) == 2 and not app.state.is_building


async def test_leaving_ends_a_build() -> None:
    """The process that builds does not outlive the app; until then its panel speaks the language of the rest."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        backend.gate.clear()
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: "读取与清洗 3/5" in screen_text(app))
        await app.commands.run_line("/语言")
        await wait_until(pilot, lambda: "Updating the index" in screen_text(app) and "older index" in screen_text(app))
        await pilot.press("ctrl+q")
    assert backend.ended and app.return_value == 0


async def test_a_failed_build_says_why_and_can_be_tried_again() -> None:
    """An empty folder is told; once there are documents, Enter tries again."""
    backend = FixedBackend(error=missing())
    backend.build_error = SourcesError(literal("资料文件夹里没有文档。"), literal("请放入 .txt 文件。"))
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: app.state.page.kind == "no_index")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "资料文件夹里没有文档" in screen_text(app))
        assert "请放入 .txt 文件" in screen_text(app) and "按 Enter 重试" in screen_text(app)
        backend.build_error, backend.error = None, None
        await pilot.press("enter")
        await ready(pilot)


async def test_a_damaged_index_is_rebuilt_from_scratch() -> None:
    """Nothing of it is reused."""
    backend = FixedBackend(error=IndexDamaged("index_file_damaged", path="a"))
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: "索引文件 a 已损坏" in screen_text(app))
        await pilot.press("enter")
        await ready(pilot)
        assert backend.builds == [True]


async def test_a_missing_model_fails_questions_and_keeps_them() -> None:
    """The card says what failed and what to do; the input holds the question again."""
    app = make_app(FixedBackend(error=ModelError(literal("没有找到模型。"), literal("请检查 --model。"))))
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: app.state.page.kind == "failed")
        card = await ask(pilot, QUESTION)
        assert card.error is not None and "没有找到模型" in screen_text(app) and "请检查 --model" in screen_text(app)
        assert app.view.input.value == QUESTION


async def test_no_answer_and_errors_are_cards() -> None:
    """Nothing found, a known error, an unexpected one: each a card, the app lives on."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, "没有的事情")
        assert "没有找到可靠的答案" in screen_text(app)
        await ask(pilot, "出错吧")
        assert "读取 002.txt 时出错" in screen_text(app)
        app.view.input.value = ""
        await ask(pilot, "意外吧")
        assert "程序内部出错（KeyError）" in screen_text(app)
        app.view.input.value = ""
        await ask(pilot, QUESTION)
        assert len(app.view.conversation.answers) == 2


async def test_an_index_that_is_due_is_told_in_the_top_bar() -> None:
    """A new cleaner, another model: it answers as before, and the way to renew it is named."""
    engine = FixedEngine()
    engine.due = (message("index_due", names=[message("version_cleaner")]),)
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        assert "索引该更新了 · /更新" in screen_text(app)


async def test_an_update_says_what_became_of_files() -> None:
    """Nothing new; files moved and gone, by name."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        backend.report = {"unchanged": True, "moved": (MovedFile("旧.txt", "新.txt"),), "removed": ("走.txt",)}
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: "没有改动，索引已是最新" in screen_text(app))
        assert "旧.txt → 新.txt" in screen_text(app) and "1 个文件已移走：走.txt" in screen_text(app)


async def test_changed_sources_are_told_in_the_top_bar() -> None:
    """The chip names how many and what to do."""
    app = make_app(FixedBackend(FixedEngine(stale=("002.txt",))))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        assert "1 个文件有改动" in screen_text(app) and "/更新" in screen_text(app)


async def test_too_small_says_so_and_keeps_everything() -> None:
    """One line; enlarged again, the question being typed is still there and has the focus."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "宝坻")
        await pilot.resize_terminal(38, 9)
        await wait_until(pilot, lambda: "窗口太小" in screen_text(app))
        await pilot.resize_terminal(20, 9)
        await wait_until(pilot, lambda: re.sub(r"\s", "", screen_text(app)) == "窗口太小，请放大到40×10以上")
        await pilot.resize_terminal(*USUAL)
        await wait_until(pilot, lambda: "窗口太小" not in screen_text(app))
        await type_text(pilot, "区")
        assert app.view.input.value == "宝坻区"


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


async def test_what_is_told_after_the_end_is_for_nobody() -> None:
    """Other threads may post when the screens have gone."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
    assert not app.view.is_open
    app.readiness.failed(missing())
    app.reading.failed(missing())
    app.asking.failed(1, missing())
    await app.building.failed(missing())


async def test_only_the_newest_cards_are_kept() -> None:
    """Fifty, whatever is asked."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        for number in range(CARDS_KEPT + 3):
            await app.asking.ask(f"问题{number}")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == CARDS_KEPT)
        assert next(iter(app.query(AnswerCard))).number == 4
        assert "只留最近 50 个" in app.query_one(HintLine).text
        await app.commands.do("clear")
        assert (await ask(pilot, QUESTION)).border_title == " 1 "
