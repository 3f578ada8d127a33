"""Filters as chips, follow-up questions, starting afresh."""

from __future__ import annotations

import os
from pathlib import Path
from queue import SimpleQueue

from textual.message import Message

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, SEEDS, FixedBackend
from tjqa.config import Settings
from tjqa.errors import ModelError
from tjqa.index.filters import Filter
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import AnswerReady, AskFailed, EngineFailed, EngineReady, Request
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.targets import DropFilter

WIDE, USUAL = (120, 36), (80, 24)


async def test_filters_become_chips_and_go_away() -> None:
    """They hold for the next questions, until Backspace in the empty input or a click on one."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        backend.engine.asked.clear()
        assert not app.query_one(ChipBar).display
        await ask(pilot, f"文件:002 地区：宝坻 {QUESTION}")
        await wait_until(pilot, lambda: "筛选   文件:002 ×   地区:宝坻 ×" in screen_text(app))
        rows = app.view.conversation.cards[0].rows_at(40)
        assert "筛选  文件:002 ×\n" in "\n".join(row.content.plain for row in rows) + "\n"
        await ask(pilot, "人口多少")
        assert backend.engine.asked[-1] == ("人口多少", (Filter("file", "002"), Filter("place", "宝坻")))
        await pilot.press("backspace")
        await wait_until(pilot, lambda: app.asking.filters == (Filter("file", "002"),))
        await pilot.click(ChipBar, offset=(10, 0))
        await wait_until(pilot, lambda: not app.query_one(ChipBar).display)
        await ask(pilot, QUESTION)
        assert backend.engine.asked[-1] == (QUESTION, ())


async def test_filters_alone_wrong_ones_and_those_that_leave_nothing() -> None:
    """Set without a question; a wrong date keeps the line; nothing left says what to do."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await type_text(pilot, "自:2023 ")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "对下面的问题都有效" in screen_text(app) and "自:2023 ×" in screen_text(app))
        assert not app.view.conversation.cards
        await type_text(pilot, "至:昨天 多少")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "看不懂日期 昨天" in screen_text(app))
        assert app.view.input.value == "至:昨天 多少"
        app.view.input.value = ""
        await ask(pilot, "文件:没有 多少")
        await wait_until(pilot, lambda: "去掉一个筛选再问" in screen_text(app))
        await pilot.press("tab", "backspace")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 2)
        assert app.asking.filters == (Filter("since", "2023"),) and app.view.conversation.answers[-1].state == "found"


async def test_exact_words_are_dropped_from_the_card() -> None:
    """A click on them asks again without the marks."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        card = await ask(pilot, '"签约落地" 项目多少')
        y = next(i for i, row in enumerate(card.rows_at(card.content_size.width)) if row.target == DropFilter(0))
        await pilot.click(card, offset=(10, y + 1))
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 2)
        assert backend.engine.asked[-1] == ("签约落地 项目多少", ())


async def test_a_follow_up_shows_what_is_searched() -> None:
    """The whole question stands on the card and in the history; F6 puts it into the input; F5 starts afresh."""
    backend = FixedBackend()
    app = make_app(backend)
    whole = "西青区新签约落地北京方向项目多少个"
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, f"文件:00 {QUESTION}")
        card = await ask(pilot, "文件:00 那西青呢？")
        assert backend.engine.asked[-1] == (whole, (Filter("file", "00"),))
        assert card.question == "那西青呢？" and card.searched == whole
        await wait_until(pilot, lambda: "按“西青区新签约" in screen_text(app) and "F6 修改" in screen_text(app))
        assert app.past.questions[-1] == whole and not any("那西青" in line for line in app.past.questions)
        await pilot.press("f6")
        assert app.view.input.value == f"文件:00 {whole}"
        app.view.input.value = ""
        await pilot.press("f5")
        await wait_until(pilot, lambda: "下一问不接上文" in screen_text(app) and not app.asking.filters)
        await ask(pilot, "2019年呢？")
        assert backend.engine.asked[-1] == ("2019年呢？", ())


async def test_nothing_to_edit_is_told() -> None:
    """Before the first question."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("f6")
        await wait_until(pilot, lambda: "还没有可修改的问题" in screen_text(app))


def test_questions_before_the_engine_is_opened_wait_for_it() -> None:
    """Whatever is queued before the thread starts, as by a question typed at once, is done after the opening."""
    posted: SimpleQueue[Message] = SimpleQueue()
    thread = EngineThread(Settings(SEEDS, Path(os.devnull)), posted.put, FixedBackend())
    thread.ask(Request(1, QUESTION, ()))
    thread.forget()
    thread.ask(Request(2, "人口多少", ()))
    thread.start()
    told = [posted.get(timeout=30) for _ in range(3)]
    assert isinstance(told[0], EngineReady)
    assert [(answer.number, answer.answer.state) for answer in told[1:] if isinstance(answer, AnswerReady)] == [
        (1, "found"),
        (2, "found"),
    ]


def test_questions_before_an_engine_that_cannot_be_opened_say_why() -> None:
    """Those without an index wait for one; of another fault they are told."""
    posted: SimpleQueue[Message] = SimpleQueue()
    fault = ModelError("model_file_missing", "model_file_hint", path="模型")
    thread = EngineThread(Settings(SEEDS, Path(os.devnull)), posted.put, FixedBackend(error=fault))
    thread.ask(Request(1, QUESTION, ()))
    thread.start()
    told = [posted.get(timeout=30) for _ in range(2)]
    assert isinstance(told[0], EngineFailed) and isinstance(told[1], AskFailed)
    assert told[1].error is fault
